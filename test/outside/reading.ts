/** How the CSV module reads a file of another project's suite: cut into records, and read as a source. */

import { readCsvBuffer, type CsvOptions, type CsvSource, type ReadResult } from '../../lib/csv';
import { decoderFor } from '../../lib/csv/decode';
import { guessEncoding } from '../../lib/csv/encoding';
import type { UnreadableRest } from '../../lib/csv/record-parser';
import { cutByReader } from '../records/compare';

export interface Cut {
	readonly records: ReadonlyArray<{ readonly cells: readonly string[]; readonly line: number }>;
	readonly stop: UnreadableRest | null;
}

/** UTF-8 with LF. */
export function decoded(file: string | Uint8Array): Uint8Array {
	const bytes = typeof file === 'string' ? Buffer.from(file) : file;
	const guess = guessEncoding(bytes);
	const decoder = decoderFor(guess);
	return Buffer.concat([decoder.push(bytes.subarray(guess.bomLength)), decoder.end()]);
}

/** Decoder and record reader, as the reader uses them. */
export function cut(file: string | Uint8Array, delimiter = ','): Cut {
	const { records, unclosed } = cutByReader(decoded(file), delimiter);
	return { records: records.map(({ cells, line }) => ({ cells, line })), stop: unclosed };
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

/** Lines that the reader returns or reports, counted without our header. */
export function reportedLines({ rows, rejected, findings }: CsvSource): ReadonlySet<number> {
	return new Set([...rows, ...rejected, ...findings].flatMap(({ line }) => (line === null ? [] : [line - 1])));
}
