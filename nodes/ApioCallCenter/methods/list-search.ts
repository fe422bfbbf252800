/**
 * The searches behind 'From List', and lists to choose several entries of. APIO has no paging, so the whole list is
 * read and filtered here.
 */

import {
	NodeOperationError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type INodePropertyOptions,
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
import { PICKER_TEXTS } from '../../../lib/report';
import { toNodeError } from '../../shared/errors';
import { connect } from '../../shared/n8n-transport';
import { dnisText } from '../descriptions/dnis';
import { nameIn } from '../names';
import { idOf } from '../operation';

type ListSearch = (this: ILoadOptionsFunctions, filter?: string) => Promise<INodeListSearchResult>;
type LoadOptions = (this: ILoadOptionsFunctions) => Promise<INodePropertyOptions[]>;

/** An id, with its name if there is one. */
interface Choice {
	readonly id: string | undefined;
	readonly name?: string;
}

/** Reads what there is to choose from. */
export type Load = (apio: Apio, context: ILoadOptionsFunctions) => Promise<Result<Choice[]>>;

export const searchTenants = search(async (apio) =>
	choices(await tenants(apio), ({ tenantId, name }) => ({ id: tenantId, name })),
);

export const searchGroups = search(async (apio, context) =>
	choices(await groups(apio, chosen(context, 'tenantId', 'Tenant')), ({ groupId, groupName }) => ({
		id: groupId,
		name: groupName,
	})),
);

export const usersOfGroup: Load = async (apio, context) => usersWith(await groupUsers(apio, chosenGroup(context)));

export const searchUsers = search(usersOfGroup);

/**
 * The supervisors of the call center that is chosen beside it. Where none is chosen yet, or the platform does not list
 * them (no page of APIO's documentation has that request), all users of the group.
 */
export const searchSupervisors = search(async (apio, context) => {
	const group = chosenGroup(context);
	const callCenterId = idIfKnown(context, 'callCenterId');
	const supervisors = callCenterId === null ? null : await callCenterSupervisors(apio, { ...group, callCenterId });
	const found = supervisors?.ok === true && supervisors.value.length > 0 ? supervisors : await groupUsers(apio, group);
	return usersWith(found);
});

export const callCentersOfGroup: Load = async (apio, context) =>
	choices(await groupCallCenters(apio, chosenGroup(context)), callCenterChoice);

export const searchCallCenters = search(callCentersOfGroup);

export const searchCallCenterAgents = search(async (apio, context) => {
	const callCenterId = chosen(context, 'callCenterId', 'Call Center');
	return usersWith(await callCenterAgents(apio, { ...chosenGroup(context), callCenterId }));
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

function search(load: Load): ListSearch {
	return async function (this: ILoadOptionsFunctions, filter?: string) {
		const loaded = await load(await connect(this), this);
		if (!loaded.ok) throw searchError(this, loaded.failure, PICKER_TEXTS.byId);
		return { results: toItems(loaded.value, filter) };
	};
}

/** For parameters in which several entries are chosen. n8n filters them in the editor. */
export function listed(load: Load): LoadOptions {
	return async function (this: ILoadOptionsFunctions) {
		const loaded = await load(await connect(this), this);
		if (!loaded.ok) throw searchError(this, loaded.failure, PICKER_TEXTS.byExpression);
		return toItems(loaded.value).map(({ name, value }) => ({ name, value }));
	};
}

function searchError(context: ILoadOptionsFunctions, failure: ApioFailure, whereForbidden: string) {
	const error = toNodeError(context.getNode(), failure, { itemIndex: null, parameters: [] });
	if (failure.status === 403) {
		error.message = whereForbidden;
		error.description = PICKER_TEXTS.said(failure.message);
	}
	return error;
}

export function usersWith(result: Result<UserEntry[]>): Result<Choice[]> {
	return choices(result, userChoice);
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

export function chosenGroup(context: ILoadOptionsFunctions) {
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
	const label = areDefaults(context) && DEFAULTED.has(parameter) ? `Default ${displayName}` : displayName;
	const { message, description } = PICKER_TEXTS.chooseFirst(label);
	throw new NodeOperationError(context.getNode(), message, { description });
}

const DEFAULTED: ReadonlySet<string> = new Set(['tenantId', 'groupId']);

/** Whether tenant and group of APIO Call Center Sync are those of rows that name none. */
function areDefaults(context: ILoadOptionsFunctions): boolean {
	const operation = context.getCurrentNodeParameter('operation');
	if (operation === 'export') return context.getCurrentNodeParameter('exportScope') === 'source';
	return operation === 'plan' || operation === 'sync' || operation === 'removeEverywhere';
}
