/** The trigger's parameters: what to watch, and how they are read. */

import type { INodeProperties, IPollFunctions } from 'n8n-workflow';

import { succeeded, type Apio, type GroupRef, type Result } from '../../lib/apio';
import { CALL_CENTER, groupAddress, locator, PERSON } from '../ApioCallCenter/descriptions/locators';
import { memberIds, memberParameters } from '../ApioCallCenter/descriptions/members';
import { NameLookup, resolveNames } from '../ApioCallCenter/names';
import { ItemParameters, type ParameterSource } from '../ApioCallCenter/operation';
import type { NamedParameter } from '../shared/errors';

/** What is watched in one group. */
export type Watched = GroupRef &
	(
		| { readonly what: 'supervisedAgents'; readonly callCenterId: string; readonly supervisorIds: readonly string[] }
		| { readonly what: 'agentCallCenters'; readonly agentIds: readonly string[] }
		| { readonly what: 'callCenterAgents'; readonly callCenterId: string }
		/** `supervisorIds`: watched as well, and the only ones where the platform lists none. */
		| { readonly what: 'callCenter'; readonly callCenterId: string; readonly supervisorIds: readonly string[] }
		| { readonly what: 'availability'; readonly agentIds: readonly string[] }
		/** The availability of all agents of the call center in that call center. */
		| { readonly what: 'callCenterAvailability'; readonly callCenterId: string }
	);

type What = Watched['what'];

const callCenter = locator({
	displayName: 'Call Center',
	name: 'callCenterId',
	description: "The call center that is watched; its ID is its 'serviceUserId'",
	listMethod: 'searchCallCenters',
	example: 'sales_cc@example.com',
	named: CALL_CENTER,
});

const supervisors = memberParameters({
	noun: 'Supervisor',
	plural: 'Supervisors',
	listMethod: 'searchSupervisors',
	example: 'an.claes@example.com, tom.maes@example.com',
	named: PERSON,
});

const agents = memberParameters({
	noun: 'Agent',
	plural: 'Agents',
	listMethod: 'searchUsers',
	example: 'jan.peeters@example.com, els.janssens@example.com',
	named: PERSON,
});

function shownFor(what: readonly What[], properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.map((property) => ({
		...property,
		displayOptions: { ...property.displayOptions, show: { ...property.displayOptions?.show, watch: [...what] } },
	}));
}

export const watchedParameters: INodeProperties[] = [
	{
		displayName: 'Watch',
		name: 'watch',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Agents of a Call Center',
				value: 'callCenterAgents',
				description: 'Agents who join or leave a call center',
			},
			{
				name: 'Agents of Supervisors',
				value: 'supervisedAgents',
				description: 'Agents who are added to or removed from the lists of chosen supervisors in a call center',
			},
			{
				name: 'All Lists of a Call Center',
				value: 'callCenter',
				description: 'Its agents, its supervisors, and the agents of each supervisor',
			},
			{
				name: "Availability of a Call Center's Agents",
				value: 'callCenterAvailability',
				description: 'ACD state and availability of all agents of a call center, and agents who join or leave it',
			},
			{
				name: 'Availability of Agents',
				value: 'availability',
				description: 'ACD state and availability per call center of chosen agents',
			},
			{
				name: 'Call Centers of Agents',
				value: 'agentCallCenters',
				description: 'Call centers that chosen agents join or leave',
			},
		] satisfies Array<{ name: string; value: What; description: string }>,
		default: 'callCenter',
	},
	...groupAddress,
	...shownFor(['supervisedAgents', 'callCenterAgents', 'callCenter', 'callCenterAvailability'], [callCenter]),
	...shownFor(
		['callCenter'],
		[
			{
				displayName:
					"APIO documents no request for a call center's supervisors. If your platform does not list them, name " +
					'the supervisors to watch here. Otherwise leave this empty.',
				name: 'supervisorsNotice',
				type: 'notice',
				default: '',
			},
		],
	),
	...shownFor(['supervisedAgents', 'callCenter'], supervisors),
	...shownFor(['agentCallCenters', 'availability'], agents),
];

export interface ReadParameters {
	readonly watched: Result<Watched>;
	/** For messages about them. */
	readonly parameters: readonly NamedParameter[];
}

/** Every poll looks up the names again. */
export async function readWatched(poll: IPollFunctions, apio: Apio): Promise<ReadParameters> {
	const source: ParameterSource = {
		getNodeParameter: (name, _item, fallback) => poll.getNodeParameter(name, fallback),
	};
	const item = new ItemParameters(source, 0);
	const named = await resolveNames(item, shownIn(item), new NameLookup(apio));
	const watched = named.ok ? watchedOf(item) : named;
	const members = [
		{ argument: 'agents', displayName: 'Agents', values: item.valuesOf('agents') },
		{ argument: 'supervisors', displayName: 'Supervisors', values: item.valuesOf('supervisors') },
	];
	return { watched, parameters: [...item.ids, ...members] };
}

/** The properties that apply to the chosen kind; others may have values chosen for another kind. */
function shownIn(item: ItemParameters): INodeProperties[] {
	const what = item.value('watch') as string;
	return watchedParameters.filter(({ displayOptions }) => displayOptions?.show?.watch?.includes(what) ?? false);
}

function watchedOf(item: ItemParameters): Result<Watched> {
	const what = item.value('watch') as What;
	const group = { tenantId: item.id('tenantId'), groupId: item.id('groupId') };
	switch (what) {
		case 'supervisedAgents':
		case 'callCenter': {
			const callCenterId = item.id('callCenterId');
			const ids = memberIds(item, 'supervisors');
			return ids.ok ? succeeded({ ...group, what, callCenterId, supervisorIds: ids.value }) : ids;
		}
		case 'agentCallCenters':
		case 'availability': {
			const ids = memberIds(item, 'agents');
			return ids.ok ? succeeded({ ...group, what, agentIds: ids.value }) : ids;
		}
		case 'callCenterAgents':
		case 'callCenterAvailability':
			return succeeded({ ...group, what, callCenterId: item.id('callCenterId') });
	}
}
