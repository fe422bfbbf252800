import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { escapeFormulas, unescapeFormulas } from '../../lib/csv/formula-escape';
import { csvCell } from '../../lib/report/csv-cell';

const SEPARATORS = [',', ';', '\t', '|'];

/** Texts of what matters to separators, quotes and formulas, and of anything else. */
const sign = fc.oneof(
	fc.constantFrom(
		'=',
		'+',
		'-',
		'@',
		'\t',
		'\r',
		'\n',
		' ',
		'"',
		"'",
		',',
		';',
		'|',
		'\uFF1D',
		'\uFF0B',
		'\uFF0D',
		'\uFF20',
		'\u00a0',
		'\u200b',
		'\ufeff',
	),
	fc.constantFrom('a', '1', '+3225551234', '=1+1', "'=1", '😀'),
	fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
);
const text = fc.array(sign, { maxLength: 12 }).map((signs) => signs.join(''));
const delimiter = fc.oneof(
	fc.constantFrom(...SEPARATORS),
	fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }).filter((one) => !/["\r\n]/.test(one)),
);
/** A file whose separator itself begins a formula is beyond help. */
const harmless = delimiter.filter((one) => one === '\t' || !isFormula(one));

/** What no spreadsheet may find at the start of a cell; a telephone number computes nothing. */
function isFormula(cell: string): boolean {
	const seen = cell.replace(/^(?:(?![\t\r\n])[\p{Cc}\p{Cf}\p{Z}"])+/u, '');
	return /^[=+\-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20]/.test(seen) && !/^\+[1-9]\d{6,14}(?!\d)/.test(seen);
}

/**
 * Cells as a program finds them that knows quotation marks; one that opens and never closes has the rest for its cell.
 */
function heedingQuotes(line: string, separator: string): string[] {
	const options = {
		delimiter: separator,
		record_delimiter: ['\r\n', '\n', '\r'],
		relax_quotes: true,
		relax_column_count: true,
	};
	const records = (text: string) => (parse(text, options) as string[][]).flat();
	try {
		return records(line);
	} catch {
		return records(`${line}"`);
	}
}

function heedingNone(line: string, separator: string): string[] {
	return line.split(/\r\n|\n|\r/).flatMap((part) => part.split(separator));
}

describe('formula escape', () => {
	it.each([
		['=1+1', "'=1+1"],
		['+1+1', "'+1+1"],
		['-', "'-"],
		['+', "'+"],
		['-5', "'-5"],
		['@SUM(A1)', "'@SUM(A1)"],
		['\tx', "'\tx"],
		['\nx', "'\nx"],
		['\uFF1D1', "'\uFF1D1"],
		[' =1', " '=1"],
		['\u200b=1', "\u200b'=1"],
		['a;=1', "a;'=1"],
		['a, "=1', `a, "'=1`],
		['a\n-1\n@b', "a\n'-1\n'@b"],
		['a\r-1', "a\r'-1"],
		["'=1", "''=1"],
		["'+3225551234", "''+3225551234"],
		['+3225551234;+1', "+3225551234;'+1"],
		['+0225551234', "'+0225551234"],
		['+32 2 555', "'+32 2 555"],
		['+3225551234+1', "'+3225551234+1"],
		['+3225551234567890', "'+3225551234567890"],
	])('escapes %j', (cell, safe) => {
		expect(escapeFormulas(cell, ';')).toBe(safe);
		expect(unescapeFormulas(safe, ';')).toBe(cell);
	});

	it.each([
		'+3225551234',
		'+12125550123',
		'anna@example.com',
		'a+b@example.com',
		'x=y',
		'a - b',
		"it's",
		'32 2 555 12 34',
		'',
	])('leaves %j as it is', (cell) => {
		expect(escapeFormulas(cell, ';')).toBe(cell);
		expect(unescapeFormulas(cell, ';')).toBe(cell);
	});

	it('knows a cell that begins behind the separator of its own file', () => {
		expect(escapeFormulas('a^=1', '^')).toBe("a^'=1");
		expect(unescapeFormulas("a^'=1", '^')).toBe('a^=1');
		expect(escapeFormulas('a^=1', ';')).toBe('a^=1');
		expect(escapeFormulas('+3225551234^x', '^')).toBe('+3225551234^x');
		expect(escapeFormulas('+3225551234^x', ';')).toBe("'+3225551234^x");
		expect(unescapeFormulas('=1;-2', ';')).toBe('=1;-2');
	});

	it('removes an escape that another export put before a telephone number', () => {
		expect(unescapeFormulas("'+3225551234", ';')).toBe('+3225551234');
	});

	it('quotes what another separator, a quotation mark or another format would misread', () => {
		expect(csvCell('a;b', ',')).toBe('"a;b"');
		expect(csvCell('a^b', '^')).toBe('"a^b"');
		expect(csvCell('say "hi"', ',')).toBe('"say ""hi"""');
		expect(csvCell('<html>', ',')).toBe('"<html>"');
		expect(csvCell('=cmd|"/c calc"!A1', ',')).toBe(`"'=cmd|""/c calc""!A1"`);
	});

	it('gives every text back as it was, under any separator', () => {
		fc.assert(
			fc.property(
				text,
				delimiter,
				(cell, separator) => unescapeFormulas(escapeFormulas(cell, separator), separator) === cell,
			),
			{ numRuns: 1000 },
		);
	});

	it('leaves no cell that begins as a formula, whichever separator the file is opened with', () => {
		const row = fc.array(text, { minLength: 1, maxLength: 4 });
		fc.assert(
			fc.property(row, harmless, (cells, written) => {
				const line = cells.map((cell) => csvCell(cell, written)).join(written);
				for (const opened of [...SEPARATORS, written]) {
					for (const cell of [...heedingQuotes(line, opened), ...heedingNone(line, opened)]) {
						// Blank cells of a file with tabs are tabs; what follows them has an escape of its own.
						const shown = written === '\t' ? cell.replace(/^[\p{Cc}\p{Cf}\p{Z}"]+/u, '') : cell;
						expect([cell, isFormula(shown)]).toEqual([cell, false]);
					}
				}
			}),
			{ numRuns: 400 },
		);
	});
});
