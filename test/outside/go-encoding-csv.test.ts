/**
 * Test cases of Go's encoding/csv (go1.19.8, src/encoding/csv/reader_test.go): inputs, records, and where fields and
 * errors stand. Data of The Go Authors, under the licence in go-encoding-csv.LICENSE.
 */

import { describe, expect, test } from '@jest/globals';
import { messageOf } from '../support/issue-text';
import { cut, filled, readBelowHeader } from './reading';
import { holdAgainst, type Case } from './suite';
import cases from './go-encoding-csv.json';

interface GoCase {
	readonly Name: string;
	/** § begins a field, ¶ a record, ∑ is where an error is reported. */
	readonly Input?: string;
	/** Where the input is no UTF-8. */
	readonly InputBase64?: string;
	/** Text and how often. */
	readonly InputRepeats?: ReadonlyArray<readonly [string, number]>;
	readonly Output?: readonly string[][];
	readonly OutputBase64?: readonly string[][];
	readonly OutputRepeats?: ReadonlyArray<ReadonlyArray<readonly [string, number]>>;
	readonly Errors?: ReadonlyArray<string | null>;
	readonly Comma?: string;
	readonly Comment?: string;
	readonly UseFieldsPerRecord?: boolean;
	readonly FieldsPerRecord?: number;
}

interface Positioned {
	readonly bytes: Buffer;
	/** Line in which each record begins, from 1. */
	readonly lines: readonly number[];
	/** Line of each error. */
	readonly errorLines: readonly number[];
}

const GO_CASES = cases as unknown as readonly GoCase[];
const MARKS = { field: Buffer.from('§'), record: Buffer.from('¶'), error: Buffer.from('∑') };

function inputOf(go: GoCase): Buffer {
	if (go.InputBase64 !== undefined) return Buffer.from(go.InputBase64, 'base64');
	return Buffer.from(go.InputRepeats?.map(([text, times]) => text.repeat(times)).join('') ?? go.Input ?? '');
}

/** Takes the marks out and says where they stood. */
function positioned(go: GoCase): Positioned {
	const marked = inputOf(go);
	const kept: number[] = [];
	const lines: number[] = [];
	const errorLines: number[] = [];
	let line = 1;
	let begins = true;
	for (let at = 0; at < marked.length; ) {
		const mark = (['field', 'record', 'error'] as const).find((name) =>
			marked.subarray(at, at + MARKS[name].length).equals(MARKS[name]),
		);
		if (mark === undefined) {
			if (marked[at] === 10) line++;
			kept.push(marked[at++] as number);
			continue;
		}
		if (mark === 'record') begins = true;
		if (mark === 'field' && begins) lines.push(line);
		if (mark === 'field') begins = false;
		if (mark === 'error') errorLines.push(line);
		at += MARKS[mark].length;
	}
	return { bytes: Buffer.from(kept), lines, errorLines };
}

function outputOf(go: GoCase): string[][] {
	if (go.OutputBase64 !== undefined)
		return go.OutputBase64.map((cells) => cells.map((cell) => Buffer.from(cell, 'base64').toString('utf8')));
	const repeated = go.OutputRepeats?.map((cells) => cells.map(([text, times]) => text.repeat(times)));
	return repeated ?? (go.Output ?? []).map((cells) => [...cells]);
}

/** Errors with the line of the record in which they are: the reader names the line where a quotation mark opens. */
function expectedOf(go: GoCase): unknown {
	const { lines } = positioned(go);
	const errors = (go.Errors ?? []).flatMap((code, record) =>
		code === null ? [] : [code === 'errInvalidDelim' ? code : `${code} in line ${lines[record]}`],
	);
	return { records: outputOf(go).map((cells, record) => ({ cells, line: lines[record] })), errors };
}

/** A comma where Go is asked for one that cannot be. */
function separatorOf({ Comma = ',' }: GoCase): string {
	return '\r\n"'.includes(Comma) ? ',' : Comma;
}

function actualOf(go: GoCase): unknown {
	const { bytes } = positioned(go);
	const read = cut(bytes, separatorOf(go));
	const records = read.records.filter(({ cells }) => cells.length > 1 || cells[0] !== '');
	const width = go.FieldsPerRecord || (records[0]?.cells.length ?? 1);
	const source = readBelowHeader(bytes, width, go.Comma);
	if (!source.ok)
		return { records: [], errors: [source.failure.code === 'invalidOption' ? 'errInvalidDelim' : source.failure.code] };
	const ragged = source.source.rejected.filter(
		({ problems: [{ code }] }) => code === 'raggedRow' && go.UseFieldsPerRecord === true,
	);
	return {
		records,
		errors: [
			...(read.stop === null ? [] : [`ErrQuote in line ${read.stop.line}`]),
			...ragged.map(({ line }) => `ErrFieldCount in line ${line - 1}`),
		],
	};
}

holdAgainst(
	'Go encoding/csv',
	GO_CASES.map(
		(go): Case => ({
			name: go.Name,
			input: positioned(go).bytes,
			delimiter: separatorOf(go),
			expected: expectedOf(go),
			actual: () => actualOf(go),
		}),
	),
	[
		{
			reason: 'A lone CR ends a line, as in files of old Macs, so a cell with one becomes two records',
			cases: [
				'BareCR',
				'FieldCR',
				'FieldCRCR',
				'FieldCRCRLF',
				'FieldCRCRLFCR',
				'FieldCRCRLFCRCR',
				'MultiFieldCRCRLFCRCR',
				'QuotedTrailingCRCR',
			],
		},
		{
			reason: 'Cells are cut unchanged; white space around ids is removed later',
			cases: ['TrimSpace', 'TrimQuote', 'TrailingCommaSpaceEOF', 'TrailingCommaSpaceEOL'],
		},
		{
			reason: 'There are no comment lines: a line that begins with # may be an id',
			cases: [
				'Comment',
				'HugeLines',
				'NonASCIICommaAndComment',
				'NonASCIICommaAndCommentWithQuotes',
				'NonASCIICommentConfusion',
				'BadComment1',
				'BadComment2',
				'BadComment3',
				'BadCommaComment',
			],
		},
		{
			reason:
				'A stray quotation mark stays in its cell and does not end the reading; a row with one in an id ' +
				'is refused in that line',
			cases: [
				'BadDoubleQuotes',
				'BadBareQuote',
				'BadTrailingQuote',
				'ExtraneousQuote',
				'StartLine1',
				'QuoteWithTrailingCRLF',
			],
		},
		{
			reason:
				'A cell that is opened by a quotation mark and not closed by one keeps its quotation marks, or ' +
				'takes in the rest and is reported; it is never guessed',
			cases: ['LazyQuotes', 'BareQuotes', 'LazyQuoteWithTrailingCRLF', 'LazyOddQuotes'],
		},
		{ reason: 'Bytes that are not UTF-8 are read as Windows-1252, and this is reported', cases: ['BinaryBlobField'] },
		{ reason: 'Any character but a line end or a quotation mark may be the separator', cases: ['BadComma4'] },
	],
);

describe('what Go refuses and the tokenizer takes as it stands', () => {
	const stray = GO_CASES.filter(({ Errors }) => Errors?.some((code) => code === 'ErrBareQuote' || code === 'ErrQuote'));

	test.each(stray)('$Name is refused by the reader, at that line', (go) => {
		const { bytes, lines } = positioned(go);
		const width = Math.max(...filled(cut(bytes)).map((cells) => cells.length), 2);
		const read = readBelowHeader(bytes, width);
		if (!read.ok) throw new Error(messageOf(read.failure));
		expect(read.source.rejected.map(({ line }) => line - 1)).toContain(lines.at(-1));
		expect(read.source.rows.filter(({ line }) => line - 1 >= (lines.at(-1) as number))).toEqual([]);
	});
});
