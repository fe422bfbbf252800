/** How the CSV room reads a file of another project's suite: cut into records, and read as a source. */

import { readCsvBuffer, type CsvOptions, type CsvSource, type ReadResult } from '../../lib/csv';
import { decoderFor } from '../../lib/csv/decode';
import { guessEncoding } from '../../lib/csv/encoding';
import { RecordReader, type UnclosedQuote } from '../../lib/csv/records';

export interface Cut {
	readonly records: ReadonlyArray<{ readonly cells: readonly string[]; readonly line: number }>;
	readonly stop: UnclosedQuote | null;
}

/** Decoder and tokenizer, as the reader uses them. */
export function cut(file: string | Uint8Array, delimiter = ','): Cut {
	const bytes = typeof file === 'string' ? Buffer.from(file) : file;
	const guess = guessEncoding(bytes);
	const decoder = decoderFor(guess);
	const records: Array<{ cells: string[]; line: number }> = [];
	const reader = new RecordReader(delimiter, (cells, line) => records.push({ cells, line }));
	const first = reader.feed(decoder.push(bytes.subarray(guess.bomLength))) ?? reader.feed(decoder.end());
	return { records, stop: first ?? reader.end() };
}

/** A blank line is a record of one empty cell; most libraries leave it out. */
export function filled({ records }: Cut): string[][] {
	return records.filter(({ cells }) => cells.length > 1 || cells[0] !== '').map(({ cells }) => [...cells]);
}

const COLUMNS = ['agent', 'supervisor', 'call center'];

/** The whole reader on rows of so many columns below a header of ours, which is line 1. */
export function readBelowHeader(rows: string | Uint8Array, width: number, delimiter = ','): ReadResult {
	const names = Array.from({ length: Math.max(width, 2) }, (_, column) => COLUMNS[column] ?? `note ${column}`);
	const options: CsvOptions = {
		kind: 'supervisedAgents',
		tenantId: 'acme',
		groupId: 'brussels',
		callCenterId: 'sales',
		delimiter,
	};
	return readCsvBuffer(Buffer.concat([Buffer.from(`${names.join(delimiter)}\n`), Buffer.from(rows)]), options);
}

/** Lines of which the reader says anything, counted without our header. */
export function toldLines({ rows, rejected, findings }: CsvSource): ReadonlySet<number> {
	return new Set([...rows, ...rejected, ...findings].flatMap(({ line }) => (line === null ? [] : [line - 1])));
}
