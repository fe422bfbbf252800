import { describe, expect, test } from '@jest/globals';
import { codes, failure, pairs, source, rejected } from './reading';

const HEADER = 'Supervisor;Agent;Call center';

describe('the width of a file is that of most of its rows', () => {
	const header = 'name;supervisor;agent;call center;note';
	const good = [
		'Maes An;s.maes;j.dupont;helpdesk;',
		'Bos Bea;s.maes;b.bos;helpdesk;x',
		'Claes Jo;s.maes;j.claes;helpdesk;',
	];

	test('a separator too many is no blank cell beyond the header', () => {
		const read = source([header, ...good, 'Maes; S;s.maes;c.dox;helpdesk;', ''].join('\n'));
		expect(pairs(read)).toEqual(['s.maes helpdesk j.dupont', 's.maes helpdesk b.bos', 's.maes helpdesk j.claes']);
		expect(rejected(read)).toEqual(['raggedRow@5 - -']);
	});

	test('nor is it where the row is the only one', () => {
		expect(rejected(source(`${header}\nMaes; S;s.maes;c.dox;helpdesk;\n`))).toEqual(['raggedRow@2 - -']);
	});

	test('is that of the header where two widths are equally frequent', () => {
		const wide = good.map((row) => `${row};`);
		const rejectedLines = (rows: readonly string[]) =>
			source([header, ...rows, ''].join('\n')).rejected.map(({ line }) => line);
		expect(rejectedLines([...good.slice(0, 2), ...wide.slice(0, 2)])).toEqual([4, 5]);
		expect(rejectedLines([...good, ...wide.slice(0, 2)])).toEqual([5, 6]);
		expect(rejectedLines([good[0], ...wide.slice(0, 2)])).toEqual([2]);
		expect(rejectedLines(wide.slice(0, 2))).toEqual([]);
	});

	test('blank rows and titles do not count', () => {
		const rows = `${HEADER}\njan;an;cc1\n`;
		expect(pairs(source(`${rows};;;;\n;;;;\n`))).toEqual(['jan cc1 an']);
		expect(pairs(source(`${'Agents;;;;\n'.repeat(3)}${rows}`))).toEqual(['jan cc1 an']);
	});

	test('rows with cells beyond the header do not count', () => {
		const { rejected: rows } = source(`${HEADER}\njan;an;cc1;;x\njan;bea;cc1;;y\njan;chris;cc1;;z\n`);
		expect(rows.map(({ problems: [{ facts }] }) => facts)).toEqual(
			[1, 2, 3].map(() => ({ cells: 5, header: 3, named: 3, rows: 3 })),
		);
	});

	test.each([1, 2])('every line but the header may end with %d separators', (more) => {
		const tail = ';'.repeat(more);
		const read = source(
			[
				header,
				...good.map((row) => row + tail),
				'Maes An;s.maes;c.dox;helpdesk',
				header,
				`Total: 3${';'.repeat(4 + more)}`,
				'',
			].join('\n'),
		);
		expect(pairs(read)).toHaveLength(3);
		expect(rejected(read)).toEqual(['raggedRow@5 - -']);
		expect(codes(read)).toEqual(expect.arrayContaining(['repeatedHeader@6', 'footerRow@7']));
	});

	test('then no other width is a row', () => {
		const read = source(
			[header, ...good.map((row) => `${row};`), 'Maes;An;s.maes;j.dupont;helpdesk', `${good[0]};x`, ''].join('\n'),
		);
		expect(rejected(read)).toEqual(['raggedRow@5 - -', 'raggedRow@6 - -']);
	});
});

describe('a header that alone ends with separators', () => {
	const rows = ['jan;an;cc1', 'jan;bea;cc2', 'jan;chris;cc1'];
	const file = (header: string, lines: readonly string[]) => source([header, ...lines, ''].join('\n'), DEFAULTED);
	/** With it a name that is out of place sends every row to another list. */
	const DEFAULTED = { callCenterId: 'main' };

	test.each([';', ';;', '; ', ';\u00a0;""'])('has blank columns there, which no row needs: %j', (end) => {
		const read = file(`${HEADER}${end}`, rows);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc2 bea', 'jan cc1 chris']);
		expect([read.rejected, codes(read)]).toEqual([[], []]);
	});

	test('then every other width is ragged, except that of the header', () => {
		const read = file(`${HEADER};`, [...rows, 'jan;dirk;cc1;', 'jan;eva', `${HEADER};`]);
		expect(rejected(read)).toEqual(['raggedRow@5 - -', 'raggedRow@6 - -']);
		expect(codes(read)).toContain('repeatedHeader@7');
		expect(read.rejected[0]?.message).toContain('The row has 4 cells, but the other rows have 3 cells. Put');
	});

	test('has none where rows end with them too: a row that is a cell short may have lost any separator', () => {
		const read = file(`${HEADER};`, [...rows.map((row) => `${row};`), 'jan;dirk;cc1', 'jan;dirkcc1;']);
		expect(pairs(read)).toHaveLength(3);
		expect(rejected(read)).toEqual(['raggedRow@5 - -', 'raggedRow@6 - -']);
	});

	test('is not detected by one row, nor by rows without a last cell', () => {
		expect(rejected(file(`${HEADER};`, rows.slice(0, 1)))).toEqual(['raggedRow@2 - -']);
		expect(file(`${HEADER};`, ['jan;an;', 'jan;bea;']).rows).toEqual([]);
	});

	test.each([
		['a name further ahead is blank as well', 'Supervisor;;Agent;Call center;', 'jan;;an;cc1'],
		['a separator within a name has shifted the others', 'Supervisor;Agent;No;te;Call center;', 'jan;an;x;cc1;'],
	])('is not detected where %s', (_, header, row) => {
		expect(file(header, [row, row.replace('an;', 'bea;')]).rows).toEqual([]);
	});
});

describe('the first complete header is the header', () => {
	const header = 'supervisor;call center;agent;tenant';

	test('and other words for the same columns are that header once more', () => {
		const read = source(
			[header, 'jan;cc1;an;acme', 'jan;cc1;bea;acme', 'manager;queue;user;tenant', 'jan;cc1;chris;acme', ''].join('\n'),
		);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea', 'jan cc1 chris']);
		expect(codes(read)).toContain('repeatedHeader@4');
		expect(read.format?.headerLine).toBe(1);
	});

	test('and not a second one with more columns', () => {
		const read = source(`${HEADER}\njan;an;cc1\n\nGroup;Supervisor;Agent;Call center\nghent;jan;bea;cc1\n`);
		expect(pairs(read)).toEqual(['jan cc1 an']);
		expect(rejected(read)).toEqual(['raggedRow@4 - -', 'raggedRow@5 - -']);
	});

	test.each([
		['a character', 'Supervisr;Agent;Call center'],
		['a separator', 'SupervisorAgent;Call center'],
		['a cell', 'Agent;Call center'],
		['a line end within it', 'Supervisor;Ag\nent;Call center'],
	])(
		'one that lost or got %s is not taken for a title where the same header comes once more below its rows',
		(_, damaged) => {
			expect(failure(`${damaged}\njan;an;cc1\n${HEADER}\njan;bea;cc1\n`).code).toBe('rowsAboveHeader');
		},
	);

	test('titles that name what they are about stay titles', () => {
		const file = `Report;Agents\nUser;admin\nDate;2026-01-31\n\nAgent;Call center\nan;cc1\n`;
		expect(source(file, { kind: 'agentCallCenters' }).rows).toHaveLength(1);
	});
});
