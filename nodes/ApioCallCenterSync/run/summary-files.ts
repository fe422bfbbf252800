/** The files that go with a summary. */

import type { IBinaryKeyData, IExecuteFunctions } from 'n8n-workflow';
import {
	correctionCsv,
	htmlReport,
	rowsNotAttempted,
	rowsToCorrect,
	type RunView,
	type SourceShape,
} from '../../../lib/report';
import { documentFile } from '../../../lib/sync';
import type { CompletedRun } from './operation';

/** Property of the item, name and type of each file. */
const FILES = {
	plan: ['plan.json', 'application/json'],
	journal: ['journal.json', 'application/json'],
	report: ['report.html', 'text/html'],
	rejectedRows: ['rejected-rows.csv', 'text/csv'],
	notAttempted: ['not-attempted.csv', 'text/csv'],
	memory: ['memory.json', 'application/json'],
} as const;

type FileProperty = keyof typeof FILES;

export async function summaryFiles(
	execute: IExecuteFunctions,
	run: CompletedRun,
	view: RunView,
): Promise<IBinaryKeyData> {
	const shape = sourceShape(run);
	const { plan, journal, memory } = run.result;
	// The most useful first, because the editor shows only the first ones.
	// Each is made when its turn comes, because those of a large run take a hundred megabytes each.
	const contents: Array<[FileProperty, () => Buffer | string | null]> = [
		['report', () => htmlReport(view)],
		['rejectedRows', () => (shape === null ? null : correctionCsv(rowsToCorrect(view, shape), shape))],
		[
			'notAttempted',
			() => (shape === null || !view.written ? null : correctionCsv(rowsNotAttempted(view, shape), shape)),
		],
		['journal', () => (journal === null ? null : documentFile(journal))],
		['plan', () => (plan === null ? null : documentFile(plan))],
		['memory', () => (memory == null ? null : JSON.stringify(memory))],
	];
	const files: IBinaryKeyData = {};
	for (const [property, contentOf] of contents) {
		const content = contentOf();
		if (content === null) continue;
		const [name, type] = FILES[property];
		const bytes = typeof content === 'string' ? Buffer.from(content, 'utf8') : content;
		files[property] = await execute.helpers.prepareBinaryData(bytes, `apio-sync-${name}`, type);
	}
	return files;
}

/** Roll back and approved plans have no source to be fed back; their failed members get columns of our own. */
function sourceShape({ source, mode, result }: CompletedRun): SourceShape | null {
	if (source !== null) {
		const { columns, mapping, format } = source;
		return { delimiter: format?.delimiter ?? ',', columns, mapping, mode, words: result.matched ?? null };
	}
	if (result.plan === null) return null;
	const mapping = {
		tenant: 'tenant',
		group: 'group',
		supervisor: 'supervisor',
		callCenter: 'call_center',
		agent: 'agent',
		action: 'action',
	};
	return { delimiter: ',', columns: Object.values(mapping), mapping, mode, words: null };
}
