/** The searches behind 'From List'. APIO has no paging, so the whole list is read and filtered here. */

import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import {
	availableCallCenters,
	availableDnis,
	callCenterAgents,
	callCenterSupervisors,
	getAgentProfile,
	groupCallCenters,
	groups,
	groupUsers,
	tenants,
	type Apio,
	type ApioFailure,
	type CallCenterEntry,
	type Result,
	type UserEntry,
} from '../../../lib/apio';
import { fullName } from '../../../lib/sync';
import { toNodeError } from '../../shared/errors';
import { connect } from '../../shared/n8n-transport';
import { dnisText } from '../descriptions/dnis';
import { nameIn } from '../names';
import { idOf } from '../operation';

type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;

/** An id, and the name beside it where there is one. */
interface Choice {
	readonly id: string | undefined;
	readonly name?: string;
}

export const searchTenants = search(async (apio) =>
	choices(await tenants(apio), ({ tenantId, name }) => ({ id: tenantId, name })),
);

export const searchGroups = search(async (apio, context) =>
	choices(await groups(apio, chosen(context, 'tenantId', 'Tenant')), ({ groupId, groupName }) => ({
		id: groupId,
		name: groupName,
	})),
);

export const searchUsers = search(async (apio, context) =>
	choices(await groupUsers(apio, chosenGroup(context)), userChoice),
);

/**
 * The supervisors of the call center that is chosen beside it. Where none is chosen yet, or the platform does not list
 * them (no page of APIO's documentation has that request), all users of the group.
 */
export const searchSupervisors = search(async (apio, context) => {
	const group = chosenGroup(context);
	const callCenterId = idIfKnown(context, 'callCenterId');
	const supervisors = callCenterId === null ? null : await callCenterSupervisors(apio, { ...group, callCenterId });
	const listed = supervisors?.ok === true && supervisors.value.length > 0 ? supervisors : await groupUsers(apio, group);
	return choices(listed, userChoice);
});

export const searchCallCenters = search(async (apio, context) =>
	choices(await groupCallCenters(apio, chosenGroup(context)), callCenterChoice),
);

export const searchCallCenterAgents = search(async (apio, context) => {
	const callCenterId = chosen(context, 'callCenterId', 'Call Center');
	return choices(await callCenterAgents(apio, { ...chosenGroup(context), callCenterId }), userChoice);
});

export const searchAssignedCallCenters = search(async (apio, context) =>
	choices(await assigned(apio, context), callCenterChoice),
);

/** The call centers that the agent may join and those it is in: both may be in the complete list. */
export const searchJoinableCallCenters = search(async (apio, context) => {
	const joinable = await availableCallCenters(apio, chosenAgent(context), { enrichCcInfo: true });
	if (!joinable.ok) return joinable;
	const already = await assigned(apio, context);
	if (!already.ok) return already;
	return choices({ ok: true, value: [...already.value, ...joinable.value] }, callCenterChoice);
});

export const searchDnis = search(async (apio, context) =>
	choices(await availableDnis(apio, chosenAgent(context)), (dnis) => ({ id: dnisText(dnis) })),
);

async function assigned(apio: Apio, context: ILoadOptionsFunctions): Promise<Result<CallCenterEntry[]>> {
	const profile = await getAgentProfile(apio, chosenAgent(context), { enrichCcInfo: true });
	return profile.ok ? { ok: true, value: profile.value.call_centers ?? [] } : profile;
}

function search(load: (apio: Apio, context: ILoadOptionsFunctions) => Promise<Result<Choice[]>>): ListSearch {
	return async function (this: ILoadOptionsFunctions, filter?: string) {
		const loaded = await load(await connect(this), this);
		if (!loaded.ok) throw searchError(this, loaded.failure);
		return { results: toItems(loaded.value, filter) };
	};
}

function searchError(context: ILoadOptionsFunctions, failure: ApioFailure) {
	const error = toNodeError(context.getNode(), failure, { itemIndex: null, parameters: [] });
	if (failure.status === 403) {
		error.message = "The account of the credential may not list them: switch this field to 'By ID' and enter the ID";
		error.description = `APIO said: ${failure.message}`;
	}
	return error;
}

function choices<T>(result: Result<T[]>, toChoice: (entry: T) => Choice): Result<Choice[]> {
	return result.ok ? { ok: true, value: result.value.map(toChoice) } : result;
}

function userChoice({ userId, firstName = '', lastName = '' }: UserEntry): Choice {
	return { id: userId, name: fullName({ firstName, lastName }) };
}

function callCenterChoice({ serviceUserId, name }: CallCenterEntry): Choice {
	return { id: serviceUserId, name };
}

function toItems(loaded: Choice[], filter = ''): INodeListSearchItems[] {
	const wanted = filter.trim().toLowerCase();
	const items = loaded.flatMap(({ id, name }) =>
		id ? [{ value: id, name: name && name !== id ? `${name} (${id})` : id }] : [],
	);
	const distinct = [...new Map(items.map((item) => [item.value, item])).values()];
	return distinct
		.filter(({ name }) => name.toLowerCase().includes(wanted))
		.sort((a, b) => a.name.localeCompare(b.name));
}

function chosenGroup(context: ILoadOptionsFunctions) {
	return { tenantId: chosen(context, 'tenantId', 'Tenant'), groupId: chosen(context, 'groupId', 'Group') };
}

function chosenAgent(context: ILoadOptionsFunctions) {
	return { ...chosenGroup(context), userId: chosen(context, 'agentId', 'Agent') };
}

/** The id in a parameter; null for a name or an expression, which is known only while the workflow runs. */
function idIfKnown(context: ILoadOptionsFunctions, parameter: string): string | null {
	const value = context.getCurrentNodeParameter(parameter);
	const id = nameIn(value) === null ? idOf(value) : '';
	return id === '' || id.startsWith('=') ? null : id;
}

/** The value of a parameter that the list depends on. */
function chosen(context: ILoadOptionsFunctions, parameter: string, displayName: string): string {
	const id = idIfKnown(context, parameter);
	if (id !== null) return id;
	const description = "The list depends on it. If it is a name or an expression, enter the ID here as well ('By ID').";
	throw new NodeOperationError(context.getNode(), `Choose '${displayName}' first`, { description });
}
