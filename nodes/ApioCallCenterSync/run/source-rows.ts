/**
 * The rows to sync, from a CSV file in a binary field, the input items or a parameter: the parameters and the reading.
 */

import { sleep, type INodeProperties } from 'n8n-workflow';
import {
	mayBeCorrectionFile,
	readCsv,
	readItems,
	type InputItem,
	type CsvSource,
	type ReadOptions,
} from '../../../lib/csv';
import { issueOf, type Facts, type Mode, type RunResult } from '../../../lib/sync';
import { parsedJson } from './documents';
import { refused, stoppedEarly, type OperationContext } from './operation';

/** Half a megabyte at a time: few calls, little memory. Bytes. */
const CHUNK_BYTES = 512 * 1024;

export const rowParameters: INodeProperties[] = [
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		options: [
			{
				name: 'CSV File',
				value: 'csv',
				description: 'A CSV file in a binary field of the input item. Each input item is a separate run.',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'All input items together, one row each: from Excel, Google Sheets, a database or a webhook',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'A list of rows as JSON, for AI agents and expressions. Each input item is a separate run.',
			},
		],
		default: 'csv',
		description: 'Where the rows come from',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		displayOptions: { show: { source: ['csv'] } },
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the CSV file',
		description:
			'Field of the input item that holds the CSV file. Encoding, delimiter and columns are detected. Columns ' +
			'have names like Supervisor, Call Center and Agent.',
	},
	{
		displayName: 'Rows',
		name: 'rowsJson',
		type: 'json',
		required: true,
		displayOptions: { show: { source: ['json'] } },
		default: '',
		placeholder:
			'e.g. [{ "supervisor": "an@example.com", "callCenter": "sales@example.com", "agent": "jan@example.com" }]',
		description: 'List of objects, one for each row, with the columns of a CSV file',
	},
];

export type ReadRows = { ok: true; source: CsvSource } | { ok: false; result: RunResult };

export async function readRows(context: OperationContext, reading: ReadOptions, mode: Mode): Promise<ReadRows> {
	const { execute, item, signal } = context;
	const from = execute.getNodeParameter('source', item) as 'csv' | 'items' | 'json';
	const rows =
		from === 'json' ? rowsInJson(context) : execute.getInputData().map(({ json }, index) => ({ json, item: index }));
	if (!Array.isArray(rows)) return { ok: false, result: refused({ code: 'rowsUnreadable', facts: rows }) };
	const read = from === 'csv' ? await readFile(context, reading) : readItems(rows, reading);
	if (signal.aborted) return { ok: false, result: stoppedEarly(signal) };
	if (!read.ok) return { ok: false, result: refused(issueOf(read.failure)) };
	if (mode === 'mirror' && mayBeCorrectionFile(read.source.columns))
		return { ok: false, result: refused({ code: 'correctionFile', facts: {} }) };
	return read;
}

async function readFile(
	{ execute, item, options, signal }: OperationContext,
	reading: ReadOptions,
): ReturnType<typeof readCsv> {
	const property = execute.getNodeParameter('binaryPropertyName', item) as string;
	const { id, data } = execute.helpers.assertBinaryData(item, property);
	const chunks =
		id === undefined ? [Buffer.from(data, 'base64')] : await execute.helpers.getBinaryStream(id, CHUNK_BYTES);
	return await readCsv(untilAborted(chunks, signal), {
		...reading,
		...(options.delimiter === '' ? {} : { delimiter: options.delimiter }),
		item,
		yieldToOthers: async () => await sleep(0),
	});
}

function rowsInJson({ execute, item }: OperationContext): InputItem[] | Facts<'rowsUnreadable'> {
	const parsed = parsedJson(execute.getNodeParameter('rowsJson', item));
	if (!parsed.ok) return parsed.facts;
	const list: unknown[] = Array.isArray(parsed.value) ? parsed.value : [parsed.value];
	// Rows of one parameter all come from one item; their numbers count from 1 all the same.
	if (list.every(isRow)) return list.map((json) => ({ json }));
	return { problem: 'notRows' };
}

function isRow(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Ends early if the run has to end; the caller checks the signal. */
async function* untilAborted(
	chunks: Iterable<Uint8Array> | AsyncIterable<Uint8Array | string>,
	signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
	for await (const chunk of chunks) {
		if (signal.aborted) return;
		yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
	}
}
