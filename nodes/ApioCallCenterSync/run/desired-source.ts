/** The source of Plan and Sync: its parameters and their reading. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import type { CsvSource, ReadOptions } from '../../../lib/csv';
import { KIND_LABELS } from '../../../lib/report';
import { sourceInMemory, type KindName, type Mode, type RunResult, type Settings } from '../../../lib/sync';
import { locator } from '../../ApioCallCenter/descriptions/locators';
import { lastRun, lastRunKey, rememberRun } from './last-run';
import { actionColumnNotice, columnNotices, matchingParameters, readMatching } from './matching';
import { keepMemory, readMemory } from './memory-store';
import { endedRun, type PreparedRun, type OperationContext } from './operation';
import { columnNames } from './options';
import { readRows, rowParameters } from './source-rows';

export const tenantParameter: INodeProperties = locator({
	displayName: 'Default Tenant',
	name: 'tenantId',
	description: 'The tenant of rows that name none. Leave it empty if every row has one.',
	listMethod: 'searchTenants',
	example: 'acme',
	required: false,
});

export const groupParameter: INodeProperties = locator({
	displayName: 'Default Group',
	name: 'groupId',
	description: 'The group of rows that name none. Leave it empty if every row has one.',
	listMethod: 'searchGroups',
	example: 'acme_brussels',
	required: false,
});

/** For rows that name none. */
export const callCenterParameter: INodeProperties = {
	...locator({
		displayName: 'Default Call Center',
		name: 'callCenterId',
		description:
			"The call center of rows that name none. It is an ID ('serviceUserId'), even if the source has names. " +
			'Leave it empty if every row has a call center.',
		listMethod: 'searchCallCenters',
		example: 'sales_cc@example.com',
		required: false,
	}),
	displayOptions: { show: { kind: ['supervisedAgents'] } },
};

/** The kinds of list, to choose from. */
export const kindOptions: INodePropertyOptions[] = [
	{
		name: KIND_LABELS.supervisedAgents,
		value: 'supervisedAgents',
		description: 'Which agents each supervisor supervises in a call center',
	},
	{
		name: KIND_LABELS.agentCallCenters,
		value: 'agentCallCenters',
		description: 'Which call centers each agent is assigned to',
	},
];

/** The kind of list, the source, the mode, and the defaults for rows. */
export const sourceParameters: INodeProperties[] = [
	{
		displayName: 'What to Sync',
		name: 'kind',
		type: 'options',
		noDataExpression: true,
		options: kindOptions,
		default: 'supervisedAgents',
		description: 'Which lists on the platform to sync with the source',
	},
	...rowParameters,
	...matchingParameters,
	...columnNotices,
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'Add Only',
				value: 'addOnly',
				description: 'Add what the source names, never remove anything',
			},
			{
				name: 'Mirror',
				value: 'mirror',
				description: 'Make each list that the source names equal to the source: add and remove',
			},
			{
				name: 'Remove Only',
				value: 'removeOnly',
				description: 'Remove what the source names, never add anything',
			},
			{
				name: 'Use Action Column',
				value: 'actionColumn',
				description: "Add or remove row by row, as the column 'action' of the source says",
			},
		],
		default: 'mirror',
		description: 'Whether the sync adds, removes or both. It never changes lists that the source does not name.',
	},
	actionColumnNotice,
	tenantParameter,
	groupParameter,
	callCenterParameter,
];

export type DesiredSource =
	| {
			readonly ok: true;
			readonly source: CsvSource;
			readonly mode: Mode;
			readonly settings: (platformUrl: string) => Settings;
			/** Keeps of the result what the next run compares with. */
			readonly remember: (result: RunResult) => void;
	  }
	| { readonly ok: false; readonly ended: PreparedRun };

export async function readDesiredSource(context: OperationContext): Promise<DesiredSource> {
	const { execute, item, options } = context;
	const kind = execute.getNodeParameter('kind', item) as KindName;
	const mode = execute.getNodeParameter('mode', item) as Mode;
	const id = (name: string) =>
		(execute.getNodeParameter(name, item, '', { extractValue: true }) as string).trim() || undefined;
	const matching = readMatching(execute, item);
	const reading: ReadOptions = {
		kind,
		tenantId: id('tenantId'),
		groupId: id('groupId'),
		callCenterId: kind === 'supervisedAgents' ? id('callCenterId') : undefined,
		defaultDomain: options.defaultDomain.trim().replace(/^@/, '') || undefined,
		columns: columnNames(options),
		...(matching === undefined ? {} : { matching }),
	};
	const read = await readRows(context, reading, mode);
	if (!read.ok) return { ok: false, ended: endedRun(read.result, mode) };
	const key = lastRunKey(reading, execute.getNodeParameter('source', item) as string, item);
	const memory = await readMemory(context, key);
	return {
		ok: true,
		source: read.source,
		mode,
		settings: (platformUrl) => {
			const owner = { kind, mode, platformUrl };
			const last = lastRun(execute, key) ?? sourceInMemory(memory, owner);
			return context.settings({ ...owner, memory, matching, lastRun: last });
		},
		remember: (result) => {
			rememberRun(execute, key, result);
			keepMemory(context, key, result);
		},
	};
}
