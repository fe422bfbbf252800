/** The rows to sync: a CSV file streamed from a binary field, or the input items. */

import { sleep, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { readCsv, readItems } from '../../../lib/csv';
import type { CsvSource, ReadOptions } from '../../../lib/csv/options';
import { isCorrectionFile } from '../../../lib/report';
import type { Mode } from '../../../lib/sync/plan-document';
import type { RunResult } from '../../../lib/sync/run';
import type { SourceKind } from '../properties/source';
import { cancelled, refused } from './finished';
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
): Promise<ReadSource> {
	const kind = execute.getNodeParameter('source', item) as SourceKind;
	const signal = execute.getExecutionCancelSignal();
	const read = kind === 'csv' ? await readFile(execute, item, reading, options, signal) : await readAllItems(execute.getInputData(), reading);
	if (signal?.aborted === true) return { ok: false, result: cancelled() };
	if (!read.ok) return { ok: false, result: refused(read.failure.code, read.failure.message) };
	if (mode === 'mirror' && isCorrectionFile(read.source.columns)) return { ok: false, result: refused('correctionFile', CORRECTION_FILE) };
	return read;
}

const CORRECTION_FILE =
	"The source is a CSV of rejected rows (it has the columns line, code and message). It names only a part of each list, so the mode 'Mirror' would remove all others. Choose the mode 'As the Action Column Says'.";

async function readFile(
	execute: IExecuteFunctions,
	item: number,
	reading: ReadOptions,
	options: SyncOptions,
	signal: AbortSignal | undefined,
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

async function readAllItems(items: INodeExecutionData[], reading: ReadOptions): Promise<Awaited<ReturnType<typeof readCsv>>> {
	return readItems(
		items.map(({ json }, item) => ({ json, item })),
		reading,
	);
}

/** Ends early when the execution is cancelled; the caller looks at the signal. */
async function* untilAborted(
	chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array | string>,
	signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array> {
	for await (const chunk of chunks) {
		if (signal?.aborted === true) return;
		yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
	}
}
