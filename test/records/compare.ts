/**
 * The record reader cuts plain records itself and leaves the others to csv-parse. Here csv-parse cuts all of a text, in
 * one piece, and the reader has to give the same, however the text is fed to it.
 */

import { ONE_LINE, RecordParser, type Form, type UnreadableRest } from '../../lib/csv/record-parser';
import { tokenizer } from '../../lib/vendor/csv-parse';

export interface CutRecord {
	readonly cells: readonly string[];
	readonly line: number;
	readonly form: Form;
}

export interface CutFile {
	readonly records: readonly CutRecord[];
	readonly unclosed: UnreadableRest | null;
}

/** By csv-parse alone. `utf8` has LF as its only line end. */
export function cutByTokenizer(utf8: Uint8Array, delimiter: string, maxRecords = Infinity): CutFile {
	const records: CutRecord[] = [];
	let line = 1;
	const all = tokenizer(delimiter, maxRecords, (cells, form) => {
		records.push({ cells, line, form });
		line += form.lines;
	});
	all.feed(utf8);
	if (all.isOver || all.end()) return { records, unclosed: null };
	const linesBefore = all.cells.join('').split('\n').length - 1;
	return { records, unclosed: { line: line + linesBefore, reason: 'quoteNotClosed' } };
}

/** By the record reader, fed in pieces that end at `cuts`. */
export function cutByReader(
	utf8: Uint8Array,
	delimiter: string,
	{ cuts = [], maxRecords }: { readonly cuts?: readonly number[]; readonly maxRecords?: number } = {},
): CutFile {
	const records: CutRecord[] = [];
	const reader = new RecordParser(delimiter, (cells, line, form) => records.push({ cells, line, form }), maxRecords);
	let unclosed: UnreadableRest | null = null;
	const edges = [0, ...[...cuts].sort((a, b) => a - b), utf8.length];
	for (let i = 1; i < edges.length; i++) unclosed ??= reader.feed(utf8.subarray(edges[i - 1], edges[i]));
	return { records, unclosed: unclosed ?? reader.end() };
}

/** Records that csv-parse did not see. */
export function plainIn({ records }: CutFile): number {
	return records.filter(({ form }) => form === ONE_LINE).length;
}
