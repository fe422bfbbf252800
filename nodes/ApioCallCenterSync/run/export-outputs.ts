/** Exported lists as items: one summary with the CSV, and one item for each member of each list. */

import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { exportCsv, exportRows, summaryLine, type RunView } from '../../../lib/report';
import type { Exported } from '../../../lib/sync';
import { isCalledByAgent } from './called-by-ai-agent';
import { codeAndMessage, listJson, tenths, type Pairing } from './outputs';

/** Lists in the summary for an AI agent, which sees only the summary and has limited context. */
const LISTS_FOR_AGENTS = 100;

export async function exportSummaryItem(
	execute: IExecuteFunctions,
	view: RunView,
	exported: Exported,
	pairing: Pairing,
): Promise<INodeExecutionData> {
	const { lists, kind } = exported;
	const { status, happened } = view.result;
	const empty = lists.filter(({ members }) => members.length === 0);
	const json: IDataObject = {
		operation: view.operation,
		status,
		summary: summaryLine(view),
		counts: {
			lists: lists.length,
			members: lists.reduce((sum, { members }) => sum + members.length, 0),
			emptyLists: empty.length,
			listsNotExported: view.notDone.lists,
			rejectedRows: view.rejected.length,
		},
		emptyLists: empty.map(({ ref }) => listJson(ref)),
		notices: view.notices.map(codeAndMessage),
		happened: {
			requests: view.happened.requests,
			reads: happened.reads,
			writes: happened.writes,
			seconds: tenths(view.happened.seconds),
		},
	};
	if (isCalledByAgent(execute)) return { json: { ...json, ...shownToAgents(exported) }, pairedItem: pairing.run };
	const csv = Buffer.from(exportCsv(exportRows(exported), kind), 'utf8');
	const file = await execute.helpers.prepareBinaryData(csv, 'apio-lists.csv', 'text/csv');
	return { json, binary: { lists: file }, pairedItem: pairing.run };
}

function shownToAgents({ lists }: Exported): IDataObject {
	const shown = lists.slice(0, LISTS_FOR_AGENTS);
	return {
		lists: shown.map(({ ref, members }) => ({ ...listJson(ref), members: [...members] })),
		listsLeftOut: lists.length - shown.length,
	};
}

export function exportItems(exported: Exported, pairing: Pairing): INodeExecutionData[] {
	return exported.lists.flatMap((list) => {
		const pairedItem = pairing.list(list.ref);
		return exportRows({ ...exported, lists: [list] }).map((row) => ({ json: { ...row }, pairedItem }));
	});
}
