import type { IDataObject, INodeProperties } from 'n8n-workflow';

import {
	ACD_STATES,
	BOUNCED_CALLS,
	GUARD_TIMER_SECONDS,
	succeeded,
	updateAgentProfile,
	type ProfileSettings,
} from '../../../../lib/apio';
import { agentAddress, CALL_CENTER, locator } from '../../descriptions/locators';
import { resolveDnis } from '../../descriptions/dnis';
import { idOf, showFor, type ItemParameters, type Operation } from '../../operation';

const settings: INodeProperties = {
	displayName: 'Settings',
	name: 'settings',
	type: 'collection',
	placeholder: 'Add Setting',
	default: {},
	description: 'Settings that are not added here do not change',
	options: [
		{
			displayName: 'ACD State',
			name: 'agentACDState',
			type: 'options',
			options: ACD_STATES.map((state) => ({ name: state, value: state })).sort((a, b) => a.name.localeCompare(b.name)),
			default: 'Available',
			description: "The agent's state for the automatic distribution of calls",
		},
		{
			displayName: 'Bounced Calls Before Unavailable',
			name: 'numberConsecutiveBouncedCallsToForceAgentUnavailable',
			type: 'number',
			typeOptions: { minValue: BOUNCED_CALLS.min, maxValue: BOUNCED_CALLS.max },
			default: 3,
			description: 'How many unanswered calls in a row make the agent unavailable, from 1 to 5',
		},
		{
			displayName: 'Enable Guard Timer',
			name: 'enableGuardTimer',
			type: 'boolean',
			default: false,
			description: 'Whether a free agent gets a pause before the next call',
		},
		{
			displayName: 'Guard Timer (Seconds)',
			name: 'guardTimerSeconds',
			type: 'number',
			typeOptions: { minValue: GUARD_TIMER_SECONDS.min, maxValue: GUARD_TIMER_SECONDS.max },
			default: 5,
			description: 'How long the pause before the next call is, from 1 to 25 seconds',
		},
		{
			displayName: 'Make Outgoing Calls as Call Center',
			name: 'makeOutgoingCallsAsCallCenter',
			type: 'boolean',
			default: false,
			description:
				"Whether outgoing calls show a number of the call center. Needs 'Outgoing DNIS'; Premium call centers only.",
		},
		{
			displayName: 'Threshold Profile Name',
			name: 'agentThresholdProfileName',
			type: 'string',
			default: '',
			placeholder: 'e.g. Default Agent Threshold Profile',
			description: "The profile of thresholds for the agent's statistics",
		},
		{
			displayName: 'Unavailable After Bounced Calls',
			name: 'forceAgentUnavailableOnBouncedCallLimit',
			type: 'boolean',
			default: false,
			description: 'Whether the agent becomes unavailable after a number of unanswered calls in a row',
		},
		{
			displayName: 'Unavailable Code',
			name: 'agentUnavailableCode',
			type: 'string',
			default: '',
			placeholder: 'e.g. 101',
			description: 'Why the agent is unavailable; at most 10 characters',
		},
		{
			displayName: 'Unavailable on Do Not Disturb',
			name: 'forceAgentUnavailableOnDNDActivation',
			type: 'boolean',
			default: false,
			description: 'Whether the agent becomes unavailable when turning on do not disturb',
		},
		{
			displayName: 'Unavailable on Personal Calls',
			name: 'forceAgentUnavailableOnPersonalCalls',
			type: 'boolean',
			default: false,
			description: 'Whether the agent is unavailable during personal calls. Premium call centers only.',
		},
		{
			displayName: 'Unavailable When Not Reachable',
			name: 'forceAgentUnavailableOnNotReachable',
			type: 'boolean',
			default: false,
			description: "Whether the agent becomes unavailable when the agent's phone cannot be reached",
		},
		{
			displayName: 'Use Default Guard Timer',
			name: 'useDefaultGuardTimer',
			type: 'boolean',
			default: true,
			description: "Whether the platform's guard timer counts instead of the agent's own",
		},
		{
			displayName: 'Use System Unavailable Settings',
			name: 'useSystemDefaultUnavailableSettings',
			type: 'boolean',
			default: true,
			description: "Whether the platform decides when an agent becomes unavailable instead of the agent's own settings",
		},
	],
};

const properties: INodeProperties[] = [
	...agentAddress,
	settings,
	{
		displayName: 'Outgoing DNIS',
		name: 'outgoingDnis',
		type: 'options',
		options: [
			{ name: 'Clear', value: 'clear', description: 'Remove the current number' },
			{ name: 'Leave as It Is', value: 'keep' },
			{ name: 'Set', value: 'set', description: 'Show this number of a call center on outgoing calls' },
		],
		default: 'keep',
		description: 'The number that outgoing calls of the agent show',
	},
	{
		...locator({
			displayName: 'DNIS',
			name: 'dnis',
			description:
				"The number of a call center. By ID: 'Name &lt;call center ID&gt;', or the call center's ID if it " +
				'has only one number.',
			listMethod: 'searchDnis',
			example: 'Sales Line <sales_cc@example.com>',
		}),
		displayOptions: { show: { outgoingDnis: ['set'] } },
	},
	{
		displayName: 'Availability per Call Center',
		name: 'availability',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Call Center',
		description:
			'Whether the agent takes calls of each call center. To change which call centers the agent is in, use ' +
			"'Call Center: Assign to Agent'.",
		options: [
			{
				displayName: 'Call Center',
				name: 'callCenter',
				values: [
					locator({
						displayName: 'Call Center',
						name: 'id',
						description: 'A call center that the agent is in',
						listMethod: 'searchAssignedCallCenters',
						example: 'sales_cc@example.com',
						named: CALL_CENTER,
					}),
					{
						displayName: 'Available',
						name: 'available',
						type: 'boolean',
						default: true,
						description: 'Whether the agent takes calls of this call center',
					},
				],
			},
		],
	},
];

export const update: Operation = {
	description: showFor('agentProfile', 'update', properties),
	names: {
		...Object.fromEntries((settings.options as INodeProperties[]).map(({ name, displayName }) => [name, displayName])),
		outgoingCallDNIS: 'Outgoing DNIS',
		call_centers: 'Availability per Call Center',
	},
	async execute(apio, item) {
		const agent = item.agent();
		const changes = typed(item.collection('settings')) as ProfileSettings;
		const outgoing = item.value('outgoingDnis', 'keep');
		if (outgoing === 'clear') changes.outgoingCallDNIS = null;
		if (outgoing === 'set') {
			const dnis = await resolveDnis(apio, agent, idOf(item.value('dnis', '')));
			if (!dnis.ok) return dnis;
			changes.outgoingCallDNIS = dnis.value;
		}
		const availability = availabilityOf(item);
		if (availability.length > 0) changes.call_centers = availability;
		item.fills(
			'call_centers',
			availability.map(({ serviceUserId }) => serviceUserId),
		);
		for (const name of ['agentThresholdProfileName', 'agentUnavailableCode'] as const)
			item.fills(name, [idOf(changes[name])]);
		if (changes.outgoingCallDNIS) item.fills('outgoingCallDNIS', Object.values(changes.outgoingCallDNIS));
		const answer = await updateAgentProfile(apio, agent, changes);
		return answer.ok ? succeeded([{ userId: agent.userId, ...(answer.value as IDataObject) }]) : answer;
	},
};

/** An expression over a CSV row gives text where the API wants a number or a yes. */
function typed(given: IDataObject): IDataObject {
	const typeOf = new Map((settings.options as INodeProperties[]).map(({ name, type }) => [name, type]));
	return Object.fromEntries(
		Object.entries(given).map(([name, value]) => {
			if (typeOf.get(name) === 'number' && typeof value === 'string' && /^\s*\d+\s*$/.test(value))
				return [name, Number(value)];
			if (typeOf.get(name) === 'boolean' && (value === 'true' || value === 'false')) return [name, value === 'true'];
			return [name, value];
		}),
	);
}

function availabilityOf(item: ItemParameters) {
	return item.rows('availability', 'callCenter').map(({ id, available }) => ({
		serviceUserId: idOf(id),
		available: available as boolean,
	}));
}
