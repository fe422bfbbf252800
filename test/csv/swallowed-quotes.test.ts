import { describe, expect, test } from '@jest/globals';
import { hasSwallowedRows } from '../../lib/csv/record-parser';
import { pairs, source } from './reading';

const HEADER = 'supervisor;agent;call center;name;note';

describe('a quotation mark that was left open and met one before a cell that begins with a separator', () => {
	test('leaves an unpaired mark behind, by which it is detected', () => {
		const read = source(`${HEADER}\njan;an;cc1;"Maes; An;x\njan;bea;cc1;Bos;";left"\njan;chris;cc1;Dox;\n`);
		expect(pairs(read)).toEqual(['jan cc1 chris']);
		expect(read.rejected).toMatchObject([{ line: 2, code: 'unclosedQuote', userId: null, memberIds: [] }]);
	});

	test('but not where marks are paired, or stand before or within the cell of several lines', () => {
		const rows = ['jan;an;cc1;"x\ny";"say ""hi"""', 'jan;bea;cc1;5" up;"x\ny"', 'jan;chris;cc1;"5"" up\ny";'];
		expect(source(`${HEADER}\n${rows.join('\n')}\n`).rejected).toEqual([]);
	});
});

describe('a record of several lines that is as wide as a row', () => {
	test.each([
		['the rest of a row and the beginning of one', ['jan', 'an;x\njan;bea', 'cc1'], true],
		['whole rows between them', ['an;x;y\njan;bea;cc1\njan', 'x', 'cc1'], true],
		['the beginning of a row only', ['jan', 'x\ny;bea', 'cc1'], false],
		['the rest of a row only', ['jan', 'an;x\ny', 'cc1'], false],
		['as many separators in one line of another cell', ['a;b;c', 'x\ny', 'cc1'], false],
		['no separator in the lines of its first cell', ['x\ny', 'an', 'cc1'], false],
	])('with %s', (_, cells, swallowed) => {
		expect(hasSwallowedRows(cells, ';', 3)).toBe(swallowed);
	});

	test('has swallowed none where a row has one cell only', () => {
		expect(hasSwallowedRows(['x\ny'], ';', 1)).toBe(false);
	});
});
