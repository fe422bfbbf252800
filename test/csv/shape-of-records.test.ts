/** What a record is before its cells are read: a row, a closing line, or of no use as it is. */

import { describe, expect, test } from '@jest/globals';
import { codes, pairs, source, sourceOfItems } from './reading';

const HEADER = 'Supervisor;Call center;Agent';
const ROW = 'jan;cc1;an\n';

/** Line, code and facts of the first problem of each rejected row. */
function rejected({ rejected: rows }: ReturnType<typeof source>) {
	return rows.map(({ line, problems: [{ code, facts }] }) => [line, code, facts]);
}

test('a cell of very many frames is no id and no closing line', () => {
	const nested = `${'** '.repeat(50_000)}End${' **'.repeat(50_000)}`;
	expect(rejected(source(`${HEADER}\njan;cc1;${nested}\n${ROW}`)).map(([line]) => line)).toEqual([2]);
});

describe('a record that is wider than the header in every row', () => {
	const WIDE = `${HEADER}\njan;cc1;an;\njan;cc1;bea; \n`;

	test('is a row where the cells beyond it are blank', () => {
		const read = source(WIDE);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea']);
		expect(read.rejected).toEqual([]);
	});

	test('has only cells of the header where it is rejected for another reason', () => {
		const [row] = source(`${WIDE}jan;cc1;#REF!;\n`).rejected;
		expect(row.cells).toEqual({ Supervisor: 'jan', 'Call center': 'cc1', Agent: '#REF!' });
	});

	test.each(['jan;cc1;chris;x', 'jan;cc1;chris', 'jan;cc1;chris;;'])('and is rejected where it is %s', (row) => {
		const read = source(`${WIDE}${row}\n`);
		const cells = row.split(';').length;
		expect(rejected(read)).toEqual([[4, 'raggedRow', { cells, header: 3, named: 3, rows: 4 }]]);
		expect(read.records).toBe(3);
	});

	test('is none where one of several cells beyond it is not blank', () => {
		const read = source(`${HEADER}\njan;cc1;an;;\njan;cc1;bea;x;\njan;cc1;chris;;\n`);
		expect(rejected(read)).toEqual([[3, 'raggedRow', { cells: 5, header: 3, named: 3, rows: 5 }]]);
	});

	test('has all its cells where they do not fit', () => {
		const [row] = source(`${WIDE}jan;cc1;chris;x\n`).rejected;
		expect(row.cells).toEqual({ Supervisor: 'jan', 'Call center': 'cc1', Agent: 'chris', 'column 4': 'x' });
	});
});

describe('a record of several lines', () => {
	test.each([
		['is not as wide as a row', 'jan;cc1;an;"x\ny";z\n'],
		['has text behind a closing quotation mark', 'jan;cc1;an;"x\ny" z\n'],
		['holds the rest of a row and the beginning of one', 'jan;cc1;"an;x\njan;cc1;bea";x\n'],
	])('may have swallowed rows where it %s', (_, record) => {
		const read = source(`${HEADER};Note\n${record}jan;cc1;chris;x\n`);
		expect(rejected(read)).toEqual([[2, 'unclosedQuote', { problem: 'swallowedLines', from: 2, to: 3 }]]);
		expect(read.records).toBe(2);
		expect(pairs(read)).toEqual(['jan cc1 chris']);
	});

	test('is a row where it does not', () => {
		expect(pairs(source(`${HEADER};Note\njan;cc1;an;"x\ny"\n`))).toEqual(['jan cc1 an']);
	});

	test('is the rest of the file where its quotation mark is not closed, and has no cells', () => {
		const read = source(`${HEADER}\n${ROW}jan;cc1;"bea\njan;cc1;chris\n`);
		expect(rejected(read)).toEqual([[3, 'unclosedQuote', { problem: 'restOfFile' }]]);
		expect(read.rejected[0].cells).toEqual({ Supervisor: '', 'Call center': '', Agent: '' });
		expect(read.records).toBe(2);
	});
});

describe('a separator that changed places with the character beside it', () => {
	test.each(['1"Maes"', '"Maes"1', 'x""', '""x'])('is detected in a cell of no field: %s', (cell) => {
		const read = source(`${HEADER};Note\njan;cc1;an;"${cell.replaceAll('"', '""')}"\njan;cc1;bea;x\n`);
		expect(rejected(read)).toEqual([[2, 'unclosedQuote', { problem: 'strayCharacter' }]]);
		expect(read.records).toBe(2);
	});

	test.each(['12"Maes"', '"Maes"12', '1"Maes" x', '"Maes"', '1"', '"1', 'a"b"c', '"a"b"c"', '1""Maes"', ''])(
		'and not in %j',
		(cell) => {
			expect(source(`${HEADER};Note\njan;cc1;an;"${cell.replaceAll('"', '""')}"\n`).rejected).toEqual([]);
		},
	);

	test('but not in items, which have no separators', () => {
		const item = { supervisor: 'jan', 'call center': 'cc1', agent: 'an', note: '1"Maes"' };
		expect(sourceOfItems([item]).rejected).toEqual([]);
	});
});

describe('lines that are no rows', () => {
	test('are reported: a total with its text, blank rows with their number', () => {
		const read = source(`${HEADER}\n${ROW};;\n \nTotal: 12;;\n\u001a\n`);
		expect(read.findings.map(({ line, code, facts }) => [line, code, facts])).toEqual([
			[3, 'blankRow', { count: 3 }],
			[5, 'footerRow', { value: 'Total: 12' }],
		]);
		expect(read.records).toBe(1);
	});

	test('are no blank rows where the old end-of-file character stands in a row', () => {
		expect(source(`${HEADER}\n${ROW}\u001a;cc1;bea\n`).records).toBe(2);
	});

	test('are no closing lines where another separator stands in them', () => {
		const read = source(`${HEADER}\n${ROW}jan,cc1,bea\n`);
		expect(rejected(read)).toEqual([[3, 'wrongDelimiter', { problem: 'row', row: ',', header: ';' }]]);
		expect(read.records).toBe(2);
	});

	test('leave nothing in a file without rows', () => {
		expect(codes(source(`${HEADER}\n`))).toEqual(['noRows']);
		expect(sourceOfItems([{ supervisor: '', agent: '', 'call center': '' }]).findings).toMatchObject([
			{ code: 'noRows', facts: { unit: 'item' } },
			{ code: 'blankRow', facts: { count: 1 } },
		]);
	});
});

test('the mapping of fields to columns has the names of the file', () => {
	const none = { tenant: null, group: null, action: null };
	const read = source('Nr;Chef;Queue;User ID\n1;jan;cc1;an\n', {
		columns: { supervisor: 'Chef', callCenter: 'queue', agent: 'User ID' },
	});
	expect(read.mapping).toEqual({ ...none, supervisor: 'Chef', callCenter: 'Queue', agent: 'User ID' });
	expect(source(`${HEADER};Action\n${ROW.trim()};add\n`).mapping).toEqual({
		...none,
		supervisor: 'Supervisor',
		callCenter: 'Call center',
		agent: 'Agent',
		action: 'Action',
	});
});

describe('cells of rejected rows', () => {
	const OURS = 'apio line;apio code;apio message';

	test('are as they stand in the file', () => {
		const [row] = source(`${HEADER};Note\njan;cc1;#REF!;'=x\n`).rejected;
		expect(row.cells.Note).toBe("'=x");
	});

	test('are without the formula escapes of a file that this package wrote', () => {
		const file = `sep=^\n${OURS};${HEADER};Note\n7;x;y;jan;cc1;#REF!;`.replaceAll(';', '^');
		const [row] = source(`${file}"a^'-b;'-c"\n`).rejected;
		expect(row.cells.Note).toBe('a^-b;-c');
		const ours = { 'apio line': 7, 'apio code': 'x', 'apio message': 'y' };
		const item = { ...ours, supervisor: 'jan', 'call center': 'cc1', agent: '#REF!', note: "a,'-b;'-c" };
		expect(sourceOfItems([item]).rejected[0].cells.note).toBe('a,-b;-c');
	});
});

test('columns without a field are reported by name', () => {
	const read = source(`${HEADER};Nota bene\n${ROW.trim()};x\n`);
	expect(read.findings).toMatchObject([{ code: 'unknownColumn', line: 1, facts: { name: 'Nota bene' } }]);
});

test('the last record of a file that ends within a character is rejected as such', () => {
	const bytes = Buffer.from(`${HEADER};Note\n${ROW.trim()};zoë\njan;cc1;bea;né`).subarray(0, -1);
	expect(rejected(source(bytes))).toEqual([[3, 'invalidId', { problem: 'endsWithinCharacter' }]]);
});
