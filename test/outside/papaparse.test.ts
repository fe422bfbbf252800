/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   reads the suite's file, which is a script for browsers */
/** PapaParse's own test cases (npm, MIT): those with a text to be cut into records. */

import { readFileSync } from 'node:fs';
import { createContext, runInContext } from 'node:vm';
import { expect, test } from '@jest/globals';
import papa from 'papaparse';
import { cut, filled } from './reading';
import { holdAgainst, type Case } from './suite';

interface PapaCase {
	readonly description: string;
	readonly input?: unknown;
	readonly config?: Readonly<Record<string, unknown>>;
	readonly expected: {
		readonly data?: unknown;
		readonly errors?: ReadonlyArray<{ readonly code: string }>;
		readonly meta?: { readonly delimiter?: unknown };
	};
}

type Group = 'CORE_PARSER_TESTS' | 'PARSE_TESTS' | 'PARSE_ASYNC_TESTS' | 'UNPARSE_TESTS' | 'CUSTOM_TESTS';

/** The script's tables; the tests that it would run with them are left out. */
function tables(): Record<Group, PapaCase[]> {
	const context = createContext({
		chai: { assert: {} },
		Papa: papa,
		describe: Object.assign(() => {}, { skip: () => {} }),
	});
	runInContext(readFileSync(require.resolve('papaparse/tests/test-cases.js'), 'utf8'), context);
	return context as unknown as Record<Group, PapaCase[]>;
}

const { CORE_PARSER_TESTS, PARSE_TESTS, PARSE_ASYNC_TESTS, UNPARSE_TESTS, CUSTOM_TESTS } = tables();
const all = [...CORE_PARSER_TESTS, ...PARSE_TESTS, ...PARSE_ASYNC_TESTS, ...UNPARSE_TESTS, ...CUSTOM_TESTS];
const reading = [...CORE_PARSER_TESTS, ...PARSE_TESTS].filter(({ input }) => typeof input === 'string');

/** From the script's own realm into this one. */
function plain(value: unknown): unknown {
	return JSON.parse(JSON.stringify(value ?? null));
}

function hasOpenQuote({ expected }: PapaCase): boolean {
	return (expected.errors ?? []).some(({ code }) => code === 'MissingQuotes');
}

/**
 * The separator that is asked for or that shall be found: here it is found from the header, for which see
 * lib/csv/delimiter.ts.
 */
function delimiterOf({ config, expected }: PapaCase): string {
	const asked = config?.delimiter ?? expected.meta?.delimiter;
	return typeof asked === 'string' && [...asked].length === 1 && asked !== '\n' ? asked : ',';
}

/** In the shape that the case asks for: records, or objects by the names of the first. */
function dataOf({ input, config, expected }: PapaCase): unknown {
	const read = cut(input as string, delimiterOf({ description: '', config, expected }));
	const records = config?.skipEmptyLines === true ? filled(read) : read.records.map(({ cells }) => [...cells]);
	const [names = [], ...rows] = records;
	if (config?.header !== true) return records;
	return rows.map((cells) =>
		Object.fromEntries(cells.map((cell, column) => [names[column] ?? `column ${column + 1}`, cell])),
	);
}

holdAgainst(
	'PapaParse',
	reading.map(
		(each): Case => ({
			name: each.description,
			input: each.input as string,
			delimiter: delimiterOf(each),
			expected: { data: plain(each.expected.data), openQuote: hasOpenQuote(each) },
			actual: () => ({ data: dataOf(each), openQuote: cut(each.input as string, delimiterOf(each)).stop !== null }),
		}),
	),
	[
		{
			reason:
				'A quotation mark that is never closed ends the reading, and is reported with its line; the ' +
				'unfinished record is not returned',
			cases: ['Quoted field has no closing quote'],
		},
		{
			reason:
				'A cell that is opened by a quotation mark and not closed by one keeps its quotation marks, or ' +
				'takes in the rest and is reported; it is never guessed',
			cases: [
				'Quoted field has invalid trailing quote after delimiter with a valid closer',
				'Quoted field has invalid trailing quote after delimiter',
				'Quoted field has invalid trailing quote before delimiter',
				'Quoted field has invalid trailing quote after new line',
				'Quoted fields with spaces between closing quote and next delimiter',
				'Quoted fields with spaces between closing quote and next new line',
				'Quoted fields with spaces after closing quote',
				'Quoted fields with spaces between closing quote and next delimiter and contains delimiter',
				'Quoted fields with spaces between closing quote and newline and contains newline',
			],
		},
		{
			reason: 'There are no comment lines: a line that begins with # may be an id',
			cases: [
				'Commented line at beginning',
				'Commented line in middle',
				'Commented line at end',
				'Two comment lines consecutively',
				'Two comment lines consecutively at end of file',
				'Three comment lines consecutively at beginning of file',
				'Entire file is comment lines',
				'Comment with non-default character',
				'Multi-character comment string',
				'Input with only a commented line',
				'Input with only a commented line and blank line after',
				'Fast mode with comments',
				'Lines with comments are not used when guessing the delimiter in an escaped file',
				'Lines with comments are not used when guessing the delimiter in a non-escaped file',
				'Header row with preceding comment',
			],
		},
		{
			reason: 'A line end at the end of the file is followed by no record',
			cases: [
				'One column input with empty fields',
				'Fast mode with blank line at end',
				'Blank lines at end',
				'Empty lines',
			],
		},
		{
			reason: 'There is no preview and no number of lines to skip: lines above the header are detected',
			cases: [
				'Fast mode with preview',
				'Preview 1 row',
				'Preview 2 rows',
				'Preview with header row',
				'Skip First N number of lines , with header and 2 rows',
				'Skip First N number of lines , with header and 2 rows (2)',
				'Skip First N number of lines , with header false',
				'Skip first 2 lines , with custom newline character',
			],
		},
		{
			reason: 'Repeated column names get a number of another form, in the reader and not in the tokenizer',
			cases: [
				'Simple duplicated header names',
				'Duplicated header names with headerTransform',
				'Duplicated header names existing column',
				'Duplicate header names with __proto__ field',
			],
		},
		{
			reason: 'Line ends inside quotation marks become one LF, whatever the file has',
			cases: [
				'Quoted field with \\r\\n',
				'Quoted field with \\r',
				'Preview should count rows, not lines',
				'Carriage return in header inside quotes, with line feed endings',
				'Using \\r\\n endings with \\r\\n in header field uses \\r\\n linebreak',
				'Using \\n endings with \\r\\n in header field uses \\n linebreak',
			],
		},
		{
			reason: 'A lone CR ends a line, as in files of old Macs, so a cell with one becomes two records',
			cases: ['Mixed slash n and slash r should choose first as precident'],
		},
		{
			reason: 'A row of another width than the header is refused as a whole, never cut',
			cases: ['Row with too many fields'],
		},
		{
			reason: 'Cells are text, and are never converted to numbers or other text',
			cases: [
				'Header rows are transformed when transformHeader function is provided',
				'transformHeader accepts and optional index attribute',
				'Dynamic typing converts numeric literals and maintains precision',
				'Dynamic typing converts boolean literals',
				'Dynamic typing applies to specific columns',
				'Dynamic typing applies to specific columns by index',
				'Dynamic typing can be applied to `__parsed_extra`',
				'Dynamic typing by indices can be determined by function',
				'Dynamic typing by headers can be determined by function',
				'Dynamic typing converts empty values into NULL',
				'Custom transform function is applied to values',
				'Custom transform accepts column number also',
				'Custom transform accepts header name when using header',
			],
		},
		{
			reason: 'A separator is one character, and is found from the header that a sync needs',
			cases: [
				'Multi-character delimiter',
				'Multi-character delimiter (length 2) with quoted field',
				'Callback delimiter',
				'Pipe delimiter is guessed correctly when mixed with comas',
				'Pipe delimiter is guessed correctly when first field are enclosed in quotes and contain ' +
					'delimiter characters',
				'Pipe delimiter is guessed correctly when some fields are enclosed in quotes and contain delimiter ' +
					'characters and escaoped quotes',
				'Delimiter is guessed correctly when a quoted field holds newlines and other delimiter characters',
			],
		},
		{
			reason: 'The quotation mark is ", doubled where it belongs to the text',
			cases: [
				'Single quote as quote character',
				'Custom escape character in the middle',
				'Custom escape character at the end',
				'Using reserved regex character . as quote character',
				'Using reserved regex character | as quote character',
			],
		},
		{
			reason: 'Rows of blank cells are records here; the reader leaves them out and counts them',
			cases: [
				"Parsing with skipEmptyLines set to 'greedy'",
				"Parsing with skipEmptyLines set to 'greedy' with quotes and delimiters as content",
			],
		},
	],
);

test('the other cases are about writing, downloading and streams', () => {
	expect({ all: all.length, reading: reading.length }).toEqual({ all: 272, reading: 161 });
});
