import type { INodeProperties } from 'n8n-workflow';
import { idNotRoundTripped, type CsvSource } from '../../../lib/csv';
import {
	exportLists as exportRun,
	ended,
	type ExportSettings,
	type ExportWish,
	type KindName,
} from '../../../lib/sync';
import { locator } from '../../ApioCallCenter/descriptions/locators';
import { callCenterParameter, groupParameter, kindOptions, tenantParameter } from '../run/desired-source';
import { keyColumnNotices } from '../run/matching';
import { idsParameter, namedIds } from '../run/named-ids';
import { endedRun, refused, type Operation, type PreparedRun, type OperationContext } from '../run/operation';
import { columnNames } from '../run/options';
import { readRows, rowParameters } from '../run/source-rows';

const OF_GROUP = { exportScope: ['group'] };
const OF_SOURCE = { exportScope: ['source'] };

const callCenters = idsParameter({
	noun: 'Call Center',
	name: 'callCenterIds',
	description: 'Export only these call centers. Empty means all of the group.',
	loadOptionsMethod: 'getCallCenters',
	displayOptions: { show: OF_GROUP },
});

const supervisors = idsParameter({
	noun: 'Supervisor',
	name: 'supervisorIds',
	description:
		'Export only the lists of these supervisors. Empty means all supervisors. If the platform does not list ' +
		'supervisors, name them here.',
	loadOptionsMethod: 'getSupervisors',
	dependsOn: ['callCenterIds'],
	displayOptions: { show: { ...OF_GROUP, kind: ['supervisedAgents'] } },
});

const agents = idsParameter({
	noun: 'Agent',
	name: 'agentIds',
	description: 'Export only the lists of these agents. Empty means all agents of the call centers.',
	loadOptionsMethod: 'getUsers',
	displayOptions: { show: { ...OF_GROUP, kind: ['agentCallCenters'] } },
});

const tenant = locator({
	displayName: 'Tenant',
	name: 'tenantId',
	description: 'The tenant that the group belongs to',
	listMethod: 'searchTenants',
	example: 'acme',
});

const group = locator({
	displayName: 'Group',
	name: 'groupId',
	description: 'The group whose lists are exported',
	listMethod: 'searchGroups',
	example: 'acme_brussels',
});

const whatToExport: INodeProperties = {
	displayName: 'What to Export',
	name: 'kind',
	type: 'options',
	noDataExpression: true,
	options: kindOptions,
	default: 'supervisedAgents',
	description: 'Which kind of list to export',
};

const scope: INodeProperties = {
	displayName: 'Lists to Export',
	name: 'exportScope',
	type: 'options',
	noDataExpression: true,
	options: [
		{
			name: 'Of a Group',
			value: 'group',
			description: 'All lists of a group, or those of chosen call centers or people',
		},
		{
			name: 'Named by a Source',
			value: 'source',
			description: 'The lists that a CSV file, the input items or JSON name',
		},
	],
	default: 'group',
	description: 'Which lists of this kind to export',
};

/** Reads the live lists and returns them in the form that Plan and Sync read. Writes nothing. */
export const exportLists: Operation = {
	parameters: [
		whatToExport,
		scope,
		...[...rowParameters, ...keyColumnNotices].map((parameter) => shownFor(parameter, OF_SOURCE)),
		shownFor(tenantParameter, OF_SOURCE),
		shownFor(groupParameter, OF_SOURCE),
		shownFor(callCenterParameter, OF_SOURCE),
		shownFor(tenant, OF_GROUP),
		shownFor(group, OF_GROUP),
		callCenters,
		supervisors,
		agents,
	],

	async prepare(context) {
		const kind = context.execute.getNodeParameter('kind', context.item) as KindName;
		const wanted =
			context.execute.getNodeParameter('exportScope', context.item) === 'source'
				? await wishOfSource(context, kind)
				: wishOfGroup(context, kind);
		if (!wanted.ok) return wanted.ended;
		const { baseUrl, runContext, pace } = await context.connect();
		const settings: ExportSettings = {
			...context.settings({ kind, mode: 'mirror', platformUrl: baseUrl, lastRun: null }),
			notReadBack: (ref, members) => idNotRoundTripped(ref, members, context.options),
		};
		const result = await exportRun(wanted.wish, settings, runContext);
		return { source: wanted.source, mode: 'mirror', pace, prepared: ended(result) };
	},
};

type Wanted =
	| { readonly ok: true; readonly wish: ExportWish; readonly source: CsvSource | null }
	| { readonly ok: false; readonly ended: PreparedRun };

async function wishOfSource(context: OperationContext, kind: KindName): Promise<Wanted> {
	const { options } = context;
	const read = await readRows(
		context,
		{
			kind,
			keysOnly: true,
			tenantId: idOf(context, 'tenantId'),
			groupId: idOf(context, 'groupId'),
			callCenterId: kind === 'supervisedAgents' ? idOf(context, 'callCenterId') : undefined,
			defaultDomain: options.defaultDomain.trim().replace(/^@/, '') || undefined,
			columns: columnNames(options),
		},
		'addOnly',
	);
	if (!read.ok) return { ok: false, ended: endedRun(read.result) };
	return { ok: true, wish: { from: 'source', source: read.source }, source: read.source };
}

function wishOfGroup(context: OperationContext, kind: KindName): Wanted {
	const tenantId = idOf(context, 'tenantId');
	const groupId = idOf(context, 'groupId');
	if (tenantId === undefined || groupId === undefined)
		return { ok: false, ended: endedRun(refused({ code: 'noGroup', facts: {} })) };
	const places = namedIds(context, callCenters);
	const owners = namedIds(context, kind === 'supervisedAgents' ? supervisors : agents);
	if (!places.ok) return { ok: false, ended: endedRun(refused(places.issue)) };
	if (!owners.ok) return { ok: false, ended: endedRun(refused(owners.issue)) };
	const search = { callCenters: places.ids, owners: owners.ids };
	return { ok: true, wish: { from: 'group', scope: { tenantId, groupId }, search }, source: null };
}

function idOf({ execute, item }: OperationContext, name: string): string | undefined {
	return (execute.getNodeParameter(name, item, '', { extractValue: true }) as string).trim() || undefined;
}

function shownFor(parameter: INodeProperties, show: Record<string, string[]>): INodeProperties {
	return { ...parameter, displayOptions: { show: { ...parameter.displayOptions?.show, ...show } } };
}
