import { prepareRemoveEverywhere, type Issue } from '../../../lib/sync';
import { groupParameter, tenantParameter } from '../run/desired-source';
import { peopleColumnNotices, peopleMatchingParameters, readMatching } from '../run/matching';
import { idsParameter, namedIds } from '../run/named-ids';
import { endedRun, refused, type Operation } from '../run/operation';
import { columnNames } from '../run/options';
import { readRows, rowParameters } from '../run/source-rows';

const supervisors = idsParameter({
	noun: 'Supervisor',
	name: 'supervisorIds',
	description:
		'The supervisors whose lists to read if the platform does not list supervisors. Otherwise the lists of all ' +
		'supervisors are read.',
	loadOptionsMethod: 'getSupervisors',
});

/** Removes people from every list of their group: planned, guarded, journaled and undone like a sync. */
export const removeEverywhere: Operation = {
	parameters: [
		...rowParameters,
		...peopleMatchingParameters,
		...peopleColumnNotices,
		tenantParameter,
		groupParameter,
		supervisors,
	],

	async prepare(context) {
		const { execute, item, options, asTool, connect, settings } = context;
		if (asTool && !options.planOnly) return endedRun(refused(NOT_FOR_AGENTS));
		const named = namedIds(context, supervisors);
		if (!named.ok) return endedRun(refused(named.issue));
		const id = (name: string) =>
			(execute.getNodeParameter(name, item, '', { extractValue: true }) as string).trim() || undefined;
		const matching = readMatching(execute, item);
		const read = await readRows(
			context,
			{
				kind: 'agentCallCenters',
				keysOnly: true,
				tenantId: id('tenantId'),
				groupId: id('groupId'),
				defaultDomain: options.defaultDomain.trim().replace(/^@/, '') || undefined,
				columns: columnNames(options),
				...(matching === undefined ? {} : { matching }),
			},
			'removeOnly',
		);
		if (!read.ok) return endedRun(read.result);
		const { source } = read;
		const { baseUrl, runContext, pace } = await connect();
		const prepared = await prepareRemoveEverywhere(
			source,
			{ supervisors: named.ids, handOver: options.nameHandOver },
			settings({ kind: 'supervisedAgents', mode: 'removeOnly', platformUrl: baseUrl, lastRun: null, matching }),
			runContext,
			{ writes: !options.planOnly },
		);
		return { source, mode: 'removeOnly', pace, prepared };
	},
};

const NOT_FOR_AGENTS: Issue = { code: 'approvalMissing', facts: { problem: 'removeEverywhere' } };
