/** The rows to sync: a CSV file streamed from a binary field, the input items, or a parameter. */

import { sleep, type IExecuteFunctions } from 'n8n-workflow';
import {
	mayBeCorrectionFile,
	readCsv,
	readItems,
	type CsvSource,
	type InputItem,
	type ReadOptions,
} from '../../../lib/csv';
import type { Mode, RunResult } from '../../../lib/sync';
import type { SourceKind } from '../properties/source';
import { parsedJson } from './documents';
import { endedEarly, refused } from './finished';
import type { SyncOptions } from './options';

/** Half a megabyte at a time: few calls, little memory. Bytes. */
const CHUNK_BYTES = 512 * 1024;

export type ReadSource = { ok: true; source: CsvSource } | { ok: false; result: RunResult };

export async function readSource(
	execute: IExecuteFunctions,
	item: number,
	reading: ReadOptions,
	options: SyncOptions,
	mode: Mode,
	signal: AbortSignal,
): Promise<ReadSource> {
	const kind = execute.getNodeParameter('source', item) as SourceKind;
	const rows =
		kind === 'json' ? rowsOf(execute, item) : execute.getInputData().map(({ json }, index) => ({ json, item: index }));
	if (!Array.isArray(rows)) return { ok: false, result: refused('rowsUnreadable', rows.message) };
	const read = kind === 'csv' ? await readFile(execute, item, reading, options, signal) : readItems(rows, reading);
	if (signal.aborted) return { ok: false, result: endedEarly(signal) };
	if (!read.ok) return { ok: false, result: refused(read.failure.code, read.failure.message) };
	if (mode === 'mirror' && mayBeCorrectionFile(read.source.columns))
		return { ok: false, result: refused('correctionFile', CORRECTION_FILE) };
	return read;
}

const CORRECTION_FILE =
	"The source is a CSV of rejected rows (it has a column that only such files have, like 'apio line'). " +
	"It names only a part of each list, so the mode 'Mirror' would remove all others. Choose the mode 'As " +
	"the Action Column Says'; if the source is something else, rename that column.";

async function readFile(
	execute: IExecuteFunctions,
	item: number,
	reading: ReadOptions,
	options: SyncOptions,
	signal: AbortSignal,
): ReturnType<typeof readCsv> {
	const property = execute.getNodeParameter('binaryPropertyName', item) as string;
	const { id, data } = execute.helpers.assertBinaryData(item, property);
	const chunks =
		id === undefined ? [Buffer.from(data, 'base64')] : await execute.helpers.getBinaryStream(id, CHUNK_BYTES);
	return await readCsv(untilAborted(chunks, signal), {
		...reading,
		...(options.delimiter === '' ? {} : { delimiter: options.delimiter }),
		item,
		breathe: async () => await sleep(0),
	});
}

function rowsOf(execute: IExecuteFunctions, item: number): InputItem[] | { readonly message: string } {
	const parsed = parsedJson(execute.getNodeParameter('rowsJson', item), "parameter 'Rows'");
	if (!parsed.ok) return parsed;
	const list: unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
	// Rows of one parameter all come from one item; their numbers count from 1 all the same.
	if (list.every(isRow)) return list.map((json) => ({ json }));
	return { message: "The parameter 'Rows' holds something that is no row. Give a list of objects, one for each row." };
}

function isRow(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ends early when the run has to; the caller looks at the signal. */
async function* untilAborted(
	chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array | string>,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	for await (const chunk of chunks) {
		if (signal.aborted) return;
		yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
	}
}
