import type { INodeProperties, INodePropertyCollection } from 'n8n-workflow';
import { DEFAULT_MAX_RATE, DEFAULT_START_RATE, FASTEST_RATE, MAX_CONCURRENCY } from '../../../lib/rate-limit';
import {
	DEFAULT_CONCURRENCY,
	DEFAULT_LIMITS,
	DEFAULT_MAX_ENTRIES,
	DEFAULT_PLAN_VALID_MINUTES,
} from '../../../lib/sync';
import { FROM_SOURCE, type Operation } from './operation';

/** Plain names, because n8n's lint reads a default only where it is one. */
const {
	additionCountTotal,
	removalCountTotal,
	removalPercentTotal,
	removalCountPerList,
	removalPercentPerList,
	shrinkPercent,
	listsNotShownPercent,
} = DEFAULT_LIMITS;

/** Operations that check the guards: an approved plan is checked again, with the limits as they are set now. */
const GUARDED: Operation[] = ['plan', 'applyPlan', 'sync', 'rollBack'];
const PLANNING: Operation[] = ['plan', 'sync', 'rollBack'];

function forOperations(operation: Operation[]): Pick<INodeProperties, 'displayOptions'> {
	return { displayOptions: { show: { '/operation': operation } } };
}

const columnMapping: INodePropertyCollection = {
	displayName: 'Columns',
	name: 'column',
	values: [
		{
			displayName: 'Column Name',
			name: 'name',
			type: 'string',
			default: '',
			placeholder: 'e.g. Team Manager Login',
			description: 'Name of the column as it stands in the source',
		},
		{
			displayName: 'Holds',
			name: 'field',
			type: 'options',
			noDataExpression: true,
			options: [
				{ name: 'Action', value: 'action' },
				{ name: 'Agent', value: 'agent' },
				{ name: 'Call Center', value: 'callCenter' },
				{ name: 'Group', value: 'group' },
				{ name: 'Supervisor', value: 'supervisor' },
				{ name: 'Tenant', value: 'tenant' },
			],
			default: 'agent',
			description: 'What the column holds',
		},
	],
};

const renamed: INodePropertyCollection = {
	displayName: 'Renamed IDs',
	name: 'alias',
	values: [
		{
			displayName: 'ID in the Source',
			name: 'from',
			type: 'string',
			default: '',
			placeholder: 'e.g. a.peeters@example.com',
		},
		{
			displayName: 'ID on the Platform',
			name: 'to',
			type: 'string',
			default: '',
			placeholder: 'e.g. a.janssens@example.com',
		},
	],
};

const guardOptions: INodeProperties[] = [
	{
		displayName: 'Limit: Additions in Total',
		name: 'additionCountTotal',
		type: 'number',
		...forOperations(GUARDED),
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: additionCountTotal,
		description: 'Most additions that one run may make. 0 means no limit.',
	},
	{
		displayName: 'Limit: Lists Not Shown (%)',
		name: 'listsNotShownPercent',
		type: 'number',
		...forOperations(['plan', 'applyPlan', 'sync']),
		typeOptions: { minValue: 0, maxValue: 100 },
		default: listsNotShownPercent,
		description:
			'How many of the lists that the source names may be missing on the platform, forbidden or unreadable, ' +
			'in percent. Two are always allowed unless this is 0.',
	},
	{
		displayName: 'Limit: Removals in Total',
		name: 'removalCountTotal',
		type: 'number',
		...forOperations(GUARDED),
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: removalCountTotal,
		description: 'Most removals that one run may make',
	},
	{
		displayName: 'Limit: Removals in Total (%)',
		name: 'removalPercentTotal',
		type: 'number',
		...forOperations(GUARDED),
		typeOptions: { minValue: 0, maxValue: 100 },
		default: removalPercentTotal,
		description: 'Most removals that one run may make, in percent of all members of the lists that the source names',
	},
	{
		displayName: 'Limit: Removals per List',
		name: 'removalCountPerList',
		type: 'number',
		...forOperations(GUARDED),
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: removalCountPerList,
		description: 'Most removals from any one list',
	},
	{
		displayName: 'Limit: Removals per List (%)',
		name: 'removalPercentPerList',
		type: 'number',
		...forOperations(GUARDED),
		typeOptions: { minValue: 0, maxValue: 100 },
		default: removalPercentPerList,
		description:
			'Most removals from any one list, in percent of its members. Lists of fewer than five lose at most half.',
	},
	{
		displayName: 'Limit: Source Shrinks (%)',
		name: 'shrinkPercent',
		type: 'number',
		...forOperations(FROM_SOURCE),
		typeOptions: { minValue: 0, maxValue: 100 },
		default: shrinkPercent,
		description:
			'How much smaller than at the last applied run of this node the source may be, in percent. A broken ' +
			'export shows here first.',
	},
	{
		displayName: 'On Breach of a Limit',
		name: 'onBreach',
		type: 'options',
		...forOperations(PLANNING),
		options: [
			{ name: 'Stop the Run', value: 'abort', description: 'Write nothing' },
			{
				name: 'Hold Removals',
				value: 'hold',
				description: 'Write the additions, hold back the removals and report them',
			},
		],
		default: 'abort',
		description: 'What happens when a run would remove or add more than the limits allow',
	},
	{
		displayName: 'Protected Members',
		name: 'protectedMembers',
		type: 'string',
		...forOperations(GUARDED),
		default: '',
		placeholder: 'e.g. duty.manager@example.com, reception@example.com',
		description:
			'IDs that are never removed from any list, separated by commas or line breaks. They are read as those ' +
			'of the source are, and what cannot be an ID stops the run.',
	},
	{
		displayName: 'When Guards Stop the Run',
		name: 'whenStopped',
		type: 'options',
		...forOperations(['applyPlan', 'sync', 'rollBack']),
		options: [
			{
				name: 'Fail the Node',
				value: 'fail',
				description: 'The execution fails and its error workflow starts. The operation Plan shows the report.',
			},
			{
				name: 'Hand Back the Summary',
				value: 'summary',
				description: "The execution goes on with the report; look at the field 'status', which is 'aborted'",
			},
		],
		default: 'fail',
		description: 'What the node does when a guard stopped the run before the first write',
	},
];

const sourceOptions: INodeProperties[] = [
	{
		displayName: 'Allow Clearing Lists',
		name: 'allowClear',
		type: 'boolean',
		...forOperations(PLANNING),
		default: false,
		description:
			'Whether a list that the source names without any member is emptied. Otherwise such a row is rejected.',
	},
	{
		displayName: 'Assign to Call Center First',
		name: 'assignFirst',
		type: 'boolean',
		displayOptions: { show: { '/operation': FROM_SOURCE, '/kind': ['supervisedAgents'] } },
		default: false,
		description:
			'Whether to assign an agent to the call center before putting it under a supervisor there. Nothing is ' +
			'ever unassigned this way.',
	},
	{
		displayName: 'Check IDs Against Group',
		name: 'checkUsers',
		type: 'boolean',
		...forOperations(FROM_SOURCE),
		default: false,
		description:
			'Whether to look up all IDs among the users of the group before anything is planned (a few requests per group)',
	},
	{
		displayName: 'Column Mapping',
		name: 'columns',
		type: 'fixedCollection',
		...forOperations(FROM_SOURCE),
		typeOptions: { multipleValues: true },
		placeholder: 'Add Column',
		default: {},
		options: [columnMapping],
		description: 'Which column holds what, where the names cannot be guessed',
	},
	{
		displayName: 'Default Domain',
		name: 'defaultDomain',
		type: 'string',
		...forOperations(GUARDED),
		default: '',
		placeholder: 'e.g. example.com',
		description: 'Added to IDs of users and call centers that have no @, in the source and in these options',
	},
	{
		displayName: 'Delimiter',
		name: 'delimiter',
		type: 'options',
		displayOptions: { show: { '/operation': FROM_SOURCE, '/source': ['csv'] } },
		options: [
			{ name: 'Comma', value: ',' },
			{ name: 'Found by Looking', value: '' },
			{ name: 'Pipe', value: '|' },
			{ name: 'Semicolon', value: ';' },
			{ name: 'Tab', value: '\t' },
		],
		default: '',
		description: 'What stands between the columns of the CSV file',
	},
	{
		displayName: 'Renamed IDs',
		name: 'aliases',
		type: 'fixedCollection',
		...forOperations(FROM_SOURCE),
		typeOptions: { multipleValues: true },
		placeholder: 'Add ID',
		default: {},
		options: [renamed],
		description:
			'People who have another ID on the platform than in the source. Each ID once, and the new one is not ' +
			'renamed again.',
	},
];

const writingOptions: INodeProperties[] = [
	{
		displayName: 'Entries per Request',
		name: 'maxEntries',
		type: 'number',
		...forOperations(PLANNING),
		typeOptions: { minValue: 0, numberPrecision: 0 },
		default: DEFAULT_MAX_ENTRIES,
		description: 'Most members that one write request carries. 0 means no limit.',
	},
	{
		displayName: 'Sole Writer',
		name: 'soleWriter',
		type: 'boolean',
		default: false,
		description:
			'Whether nobody else changes these lists while the run goes on. A whole list may then be written up ' +
			'to 60 seconds after it was read, which can save requests; without this option it is 5 seconds, ' +
			'because whatever somebody else does in between is overwritten.',
	},
	{
		displayName: 'Lists Side by Side',
		name: 'concurrency',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: MAX_CONCURRENCY, numberPrecision: 0 },
		default: DEFAULT_CONCURRENCY,
		description:
			'How many lists are read or written at the same time. One list is always written by one request after the other.',
	},
	{
		displayName: 'Plan Only',
		name: 'planOnly',
		type: 'boolean',
		...forOperations(['rollBack']),
		default: false,
		description:
			"Whether to only plan the roll back. The plan can be reviewed, approved and applied with 'Apply Plan'.",
	},
	{
		displayName: 'Plan Valid for (Minutes)',
		name: 'planValidMinutes',
		type: 'number',
		...forOperations(['plan', 'rollBack']),
		typeOptions: { minValue: 1, numberPrecision: 0 },
		default: DEFAULT_PLAN_VALID_MINUTES,
		description: 'How long the plan may be applied',
	},
	{
		displayName: 'Requests per Second: Maximum',
		name: 'maxRate',
		type: 'number',
		typeOptions: { minValue: 0.2, maxValue: FASTEST_RATE, numberPrecision: 1 },
		default: DEFAULT_MAX_RATE,
		description:
			'This run is never faster, however willing the platform. Runs at the same time share one rate, up to ' +
			'the highest maximum among them.',
	},
	{
		displayName: 'Requests per Second: Start',
		name: 'startRate',
		type: 'number',
		typeOptions: { minValue: 0.2, maxValue: FASTEST_RATE, numberPrecision: 1 },
		default: DEFAULT_START_RATE,
		description: 'The rate to begin with. It rises while the platform keeps up and falls when it asks to slow down.',
	},
];

const outputOptions: INodeProperties[] = [
	{
		displayName: 'Include Documents in Summary',
		name: 'includeDocuments',
		type: 'boolean',
		default: false,
		description:
			'Whether to put the plan and the journal into the summary as JSON as well, for workflows that keep ' +
			'them in a database or pass an approval step that drops files',
	},
	{
		displayName: 'Include Unchanged Lists',
		name: 'includeUnchanged',
		type: 'boolean',
		default: false,
		description: "Whether the output 'Changes' has an item for lists that are as wanted, too",
	},
];

/** Nothing here needs to be touched: every default is sensible for a nightly run. */
export const optionsProperty: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [...guardOptions, ...sourceOptions, ...writingOptions, ...outputOptions].sort((a, b) =>
		a.displayName < b.displayName ? -1 : 1,
	),
};
