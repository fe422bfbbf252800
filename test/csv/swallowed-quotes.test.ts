import { describe, expect, test } from '@jest/globals';
import { pairs, source } from './reading';

const HEADER = 'supervisor;agent;call center;name;note';

describe('a quotation mark that was left open and met one before a cell that begins with a separator', () => {
	test('leaves a mark without its fellow behind, which gives it away', () => {
		const read = source(`${HEADER}\njan;an;cc1;"Maes; An;x\njan;bea;cc1;Bos;";left"\njan;chris;cc1;Dox;\n`);
		expect(pairs(read)).toEqual(['jan cc1 chris']);
		expect(read.rejected).toMatchObject([{ line: 2, code: 'unclosedQuote', userId: null, memberIds: [] }]);
	});

	test('and not where marks come in pairs, or stand before or within the cell of several lines', () => {
		const rows = ['jan;an;cc1;"x\ny";"say ""hi"""', 'jan;bea;cc1;5" up;"x\ny"', 'jan;chris;cc1;"5"" up\ny";'];
		expect(source(`${HEADER}\n${rows.join('\n')}\n`).rejected).toEqual([]);
	});
});
