/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads the suite's files */
/**
 * node-csv's own tests as far as npm has them (csv 0.3.7, BSD; later releases are published without their tests): a
 * text that is read, and the text that it is when written again. The files are CoffeeScript; only their block strings
 * are looked at.
 */

import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import papa from 'papaparse';
import { cut, filled } from './reading';
import { holdAgainst, type Case } from './suite';

const FOLDER = join(dirname(require.resolve('csv-0.3/package.json')), 'test');

/**
 * `it 'name'`, the first text that is read, and the first that is expected; a test without both is about something
 * else.
 */
function casesIn(file: string): Case[] {
	const text = readFileSync(join(FOLDER, file), 'utf8');
	return text
		.split(/^\s*it(?=[ .])/m)
		.slice(1)
		.flatMap((body) => {
			const name = /'([^']*)'/.exec(body)?.[1] ?? '';
			const input = /from\.string\s*\(?\s*"""([\s\S]*?)"""/.exec(body)?.[1];
			const output = /\.eql\s*"""([\s\S]*?)"""/.exec(body)?.[1];
			if (input === undefined || output === undefined) return [];
			const delimiter = /"""[^"]*delimiter: ['"](.*?)['"]/.exec(body)?.[1] === '\\t' ? '\t' : ',';
			// The expected text is read by another parser, so that the tokenizer is not held against itself.
			const expected = papa.parse(blockString(output), { delimiter: ',', skipEmptyLines: true }).data;
			const read = blockString(input);
			return [
				{
					name: `${file.replace('.coffee', '')}: ${name}`,
					input: read,
					delimiter,
					expected,
					actual: () => filled(cut(read, delimiter)),
				},
			];
		});
}

/** CoffeeScript's `"""`: the common indentation and the line ends at both ends are no part of it. */
function blockString(raw: string): string {
	const lines = raw.split('\n');
	const indents = lines
		.slice(1)
		.filter((line) => line.trim() !== '')
		.map((line) => /^[ ]*/.exec(line)?.[0].length ?? 0);
	const indent = Math.min(...indents, Infinity);
	const dedented = lines
		.map((line, index) => (index === 0 ? line : line.slice(indent === Infinity ? 0 : indent)))
		.join('\n');
	return dedented
		.replace(/^\n/, '')
		.replace(/\n[ \t]*$/, '')
		.replace(/\\(u[0-9a-f]{4}|.)/g, (_, sign: string) => {
			if (sign.startsWith('u')) return String.fromCharCode(Number.parseInt(sign.slice(1), 16));
			return { n: '\n', r: '\r', t: '\t' }[sign] ?? sign;
		});
}

holdAgainst(
	'node-csv',
	readdirSync(FOLDER)
		.filter((file) => file.endsWith('.coffee'))
		.flatMap(casesIn),
	[
		{
			reason: 'The expected text is written by node-csv, with other columns, values or separators',
			cases: [
				'columns: accept a boolean true',
				'columns: should be the same length',
				'columns: should filter from a transformed object',
				'columns: should emit new columns in output',
				'header: should print headers with defined write columns',
				'header: should print headers with true read columns and defined write columns',
				'rowDelimiter: Test line breaks custom (2)',
				'rowDelimiter: Test line breaks unicode',
				'transform: should be able to reorder fields',
				'transform: should skip all lines where transform return null',
				'transform: should recieve an array and return an object',
				'transform: should accept a returned array with different types',
			],
		},
		{
			reason: 'There are no comment lines: a line that begins with # may be an id',
			cases: ['comment: skip line starting by # by default'],
		},
		{
			reason:
				'A cell that is opened by a quotation mark and not closed by one keeps its quotation marks, or ' +
				'takes in the rest and is reported; it is never guessed',
			cases: ['comment: doent apply inside quotes'],
		},
		{
			reason: 'The quotation mark is ", doubled where it belongs to the text',
			cases: ['escape: should honor the backslash escape charactere'],
		},
		{
			reason: 'A line ends with LF, CR LF or CR, and with nothing else',
			cases: ['rowDelimiter: Test line breaks custom', 'rowDelimiter: should handle new line precede with a quote'],
		},
		{
			reason: 'Cells are cut unchanged; white space around ids is removed later',
			cases: [
				'trim: should ignore the whitespaces immediately following the delimiter',
				'trim: should work on last field',
				'trim: should ignore the whitespaces immediately preceding the delimiter',
				'trim: should ignore the whitespaces immediately preceding and following the delimiter',
				'trim: should preserve whitespace inside text if there are quotes or not',
			],
		},
	],
);
