import { describe, expect, test } from '@jest/globals';
import { isClosingRecord, isNumeric } from '../../lib/csv/closing-records';
import { pairs, source } from './reading';

/** Rows have four cells, of which the first three must be there. */
function isClosing(cells: readonly string[], ended = true, required = [0, 1, 2], numbersAreIds = true): boolean {
	return isClosingRecord({ cells, line: 1, item: 0, ended }, 4, required, numbersAreIds);
}

describe('a closing line', () => {
	test.each(['12', '-3', '+3', '1.234,50', '1 234', '12 %', '12%', ' 7 ', '2.', '7\u00a0'])(
		'has nothing but numbers beside its words, such as %j',
		(number) => {
			expect(isClosing(['Total', '', '', number])).toBe(true);
		},
	);

	test.each(['a12', '12a', '1-2', '%', '+', '12%%', '#12', '--3', 'x', '1;2', '12 %a'])('and not %j', (other) => {
		expect(isClosing(['Total', '', '', other])).toBe(false);
	});

	test('lacks two of the cells that a row must have beside its words', () => {
		expect(isClosing(['Total', '', '', ''])).toBe(true);
		expect(isClosing(['Total', '12', '', ''])).toBe(false);
		expect(isClosing(['Total: 12', '', '', '12'])).toBe(true);
		expect(isClosing(['Total: 12', '12', '', ''])).toBe(false);
		expect(isClosing(['', '', '', 'Total'])).toBe(true);
	});

	test('may have a number as well where a row needs four cells, a single word counting as one', () => {
		const needed = [0, 1, 2, 3];
		expect(isClosing(['Total', '12', '', ''], true, needed)).toBe(true);
		expect(isClosing(['Total: 12', '12', '', ''], true, needed)).toBe(true);
		expect(isClosing(['Total: 12', '12', '13', ''], true, needed)).toBe(false);
	});

	test('lacks the only cell beside its words where a row needs two', () => {
		expect(isClosing(['Total: 12', '', '', ''], true, [0, 1])).toBe(true);
		expect(isClosing(['Total: 12', '12', '', ''], true, [0, 1])).toBe(false);
		expect(isClosing(['Total', '', '', ''], true, [0, 1])).toBe(false);
	});

	test('may have numbers where no ids are numbers, but no word that may be one', () => {
		const known = (...cells: readonly string[]) => isClosing(cells, true, [0, 1, 2], false);
		expect(known('Total: 12', '12', '13', '')).toBe(true);
		expect(known('Total:', '', '2')).toBe(true);
		expect(known('Total', '12', '', '')).toBe(false);
	});

	test.each([
		['Total records;2;', 1],
		['Aantal records: ;2;', 1],
		['Total:;;2', 1],
		['Total: 2;2', 1],
		['Total;2;', 0],
	])('of a file is one where its ids are no numbers: %s', (line, closing) => {
		const file = (agent: string) => `Supervisor;Agent;Call center\njan;${agent};cc1\n${line}\njan;bea;cc1\n`;
		const found = (agent: string) => source(file(agent)).findings.filter(({ code }) => code === 'footerRow').length;
		expect([found('an'), found('142'), found('142|143')]).toEqual([closing, 0, 0]);
		const first = source(`Supervisor;Agent;Call center\n${line}\njan;an;cc1\n`);
		expect([first.rejected.length, pairs(first)]).toEqual([1, ['jan cc1 an']]);
	});

	test.each([
		['142', true],
		['+32 2', true],
		['1-2', true],
		[' 142|143', true],
		['a1', false],
		['1a', false],
		['12@x', false],
		['', false],
		['-', false],
		['é1', false],
	])('takes %j for a number: %s', (cell, numeric) => expect(isNumeric(cell)).toBe(numeric));

	test('or is shorter than a row that lost one separator', () => {
		expect(isClosing(['Total', '12'])).toBe(true);
		expect(isClosing(['Total', '', '12'])).toBe(false);
		expect(isClosing(['Total: 12', '', '12'])).toBe(false);
		expect(isClosing(['Total: 12', '', ''])).toBe(true);
		expect(isClosing(['Total'])).toBe(true);
	});

	test('or is drawn of dashes in all cells', () => {
		expect(isClosing(['---', '--', ' ----- ', '==='])).toBe(true);
		for (const cell of ['', '-', 'a--', '--a', '-=', '=', '----1'])
			expect(isClosing(['---', '---', '---', cell])).toBe(false);
		expect(isClosing(['---', '---', '---'])).toBe(false);
		expect(isClosing(['---', '---', '---', '---', '---'])).toBe(false);
		expect(isClosingRecord({ cells: ['---'], line: 2, item: 0, ended: true }, 1, [0], true)).toBe(false);
		const drawn = source('Supervisor;Agent;Call center\n----------;-----;-----------\njan;an;cc1\n');
		expect([pairs(drawn), drawn.rejected]).toEqual([['jan cc1 an'], []]);
	});

	test('and never wider', () => {
		expect(isClosing(['Total', '', '', '', ''])).toBe(false);
		expect(isClosing(['Total: 12', '', '', '', '', ''])).toBe(false);
	});

	test('is no blank row, and no other word', () => {
		expect(isClosing([' ', '', '', ''])).toBe(false);
		expect(isClosing([''])).toBe(false);
		expect(isClosing(['Maes', '', '', ''])).toBe(false);
	});

	test('of a single word may be the beginning of a row where the file ends without a line end', () => {
		expect(isClosing(['Total'], false)).toBe(false);
		expect(isClosing(['Total: 12'], false)).toBe(true);
	});

	test.each(['*** End of report ***', '--- Einde ---', 'Generated on 2026-11-30 02:00', 'Exportiert von HR um 2:00'])(
		'that stands alone has nothing beside it: %s',
		(line) => {
			expect([isClosing([line]), isClosing([line, '', '', ' ']), isClosing(['', line, '', ''])]).toEqual([
				true,
				true,
				true,
			]);
			expect([isClosing([line, '12']), isClosing([line, '', '', '12']), isClosing([line, 'an', '', ''])]).toEqual([
				false,
				false,
				false,
			]);
		},
	);

	test('that stands alone may begin a row where the file ends without a line end, if no id stands there', () => {
		expect(isClosing(['Printed: 2026-11-30'], false)).toBe(true);
		expect(isClosing(['Printed: 2026-11-30'], false, [1, 2, 3])).toBe(false);
		expect(isClosing(['Printed: 2026-11-30'], true, [1, 2, 3])).toBe(true);
	});
});
