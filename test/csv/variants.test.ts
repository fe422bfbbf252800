import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readItems, type CsvSource } from '../../lib/csv';
import { foldId } from '../../lib/sync/model/list';
import { codes, pairs, read as readOf, SETTINGS, source, sourceOf, sourceOfItems } from './reading';

interface Wish {
	readonly supervisor: string;
	readonly agent: string;
	readonly callCenter: string;
	readonly note: string;
}

const name = fc.stringMatching(/^[a-zé.-]{1,6}$/);
const wishes = fc.array(
	fc.record<Wish>({
		supervisor: name,
		agent: name,
		callCenter: name,
		note: fc.constantFrom('', 'x', 'a, b; c|d', 'say "hi"'),
	}),
	{ minLength: 1, maxLength: 12 },
);

function quoted(cell: string): string {
	return /["\r\n;,|\t]/.test(cell) ? `"${cell.replace(/"/g, '""')}"` : cell;
}

function file(rows: readonly Wish[], columns: ReadonlyArray<keyof Wish>, delimiter: string, end: string): string {
	return [
		columns.join(delimiter),
		...rows.map((row) => columns.map((column) => quoted(row[column])).join(delimiter)),
	].join(end);
}

/** What a source asks for, whatever its order and spelling. */
function meaning({ rows }: CsvSource): string[] {
	return rows
		.map(({ list: { userId, callCenterId }, memberId }) => foldId(`${userId} ${callCenterId} ${memberId}`))
		.sort();
}

const COLUMNS: ReadonlyArray<keyof Wish> = ['supervisor', 'agent', 'callCenter', 'note'];

describe('the same wishes, written otherwise', () => {
	test('any order of rows and columns, any case, delimiter, line end and encoding', () => {
		fc.assert(
			fc.property(
				wishes,
				fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })),
				fc.shuffledSubarray([...COLUMNS], { minLength: 4 }),
				fc.constantFrom(';', ',', '\t', '|'),
				fc.constantFrom('\n', '\r\n', '\r'),
				fc.constantFrom<BufferEncoding>('utf8', 'utf16le'),
				(rows, random, columns, delimiter, end, encoding) => {
					const plain = meaning(source(file(rows, COLUMNS, ';', '\n')));
					const shuffled = [...rows]
						.map((row) => [random.next().value as number, row] as const)
						.sort(([a], [b]) => a - b)
						.map(([, row]) => row);
					const shouted = shuffled.map((row) => ({
						...row,
						agent: row.agent.toUpperCase(),
						supervisor: ` ${row.supervisor}`,
					}));
					const text = `\ufeff${file(shouted, columns, delimiter, end)}`;
					expect(meaning(source(Buffer.from(text, encoding)))).toEqual(plain);
				},
			),
			{ numRuns: 300 },
		);
	});

	test('members in one cell or in rows of their own', () => {
		const header = 'supervisor;agent;call center\n';
		expect(pairs(source(`${header}jan;an|bea;cc1\n`))).toEqual(pairs(source(`${header}jan;an;cc1\njan;bea;cc1\n`)));
	});

	test('composed and decomposed accents', () => {
		const read = source('supervisor;agent;call center\njan;rene\u0301;cc1\njan;ren\u00e9;cc1\n');
		expect(pairs(read)).toEqual(['jan cc1 ren\u00e9']);
		expect(codes(read)).toContain('duplicateRow@3');
	});

	test('the spelling that came first is kept', () => {
		expect(pairs(source('supervisor;agent;call center\nJan;An;CC1\njan;Bea;cc1\nJAN;AN;Cc2\n'))).toEqual([
			'Jan CC1 An',
			'Jan CC1 Bea',
			'Jan Cc2 An',
		]);
	});
});

describe('items and files', () => {
	test('the same rows give the same result, item for line', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.tuple(...COLUMNS.map(() => fc.constantFrom('', 'jan', 'An', 'an ', 'a|b', '1.2E+9', 'é', 'Total', ' '))),
					{ minLength: 1, maxLength: 10 },
				),
				(cells) => {
					const file = [COLUMNS, ...cells].map((row) => row.map((cell) => quoted(cell)).join(';')).join('\n') + '\n';
					const items = cells.map((row) => Object.fromEntries(COLUMNS.map((column, i) => [column, row[i]])));
					const read = [
						readOf(file),
						readItems(
							items.map((json) => ({ json })),
							SETTINGS,
						),
					];
					const refused = read.map((result) => (result.ok ? null : result.failure.code));
					expect(refused[0]).toBe(refused[1]);
					if (refused[0] !== null) return;
					const [ofFile, ofItems] = read.map(sourceOf);
					expect(ofItems.rows.map((row) => ({ ...row, item: 0, line: row.line + 1 }))).toEqual(ofFile.rows);
					expect(
						ofItems.rejected.map(({ line, code, userId, memberIds, cells: original }) => [
							line + 1,
							code,
							userId,
							memberIds,
							original,
						]),
					).toEqual(
						ofFile.rejected.map(({ line, code, userId, memberIds, cells: original }) => [
							line,
							code,
							userId,
							memberIds,
							original,
						]),
					);
					expect(
						ofItems.findings.filter(({ line }) => line !== null).map(({ code, line }) => `${code}@${(line ?? 0) + 1}`),
					).toEqual(codes(ofFile).filter((code) => code.includes('@') && code !== 'unknownColumn@1'));
					expect(ofItems.mapping).toEqual(ofFile.mapping);
					expect(ofItems.records).toBe(ofFile.records);
				},
			),
			{ numRuns: 300 },
		);
	});

	test('items know their number and index', () => {
		const read = sourceOfItems([
			{ Leidinggevende: 'jan', Medewerker: 'an', Wachtrij: 'cc1' },
			{},
			{ Leidinggevende: 'jan', Medewerker: 12345, Wachtrij: 'cc1' },
		]);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 12345']);
		expect(read.rows.map(({ line, item }) => [line, item])).toEqual([
			[1, 0],
			[3, 2],
		]);
		expect(codes(read)).toEqual(['blankRow@2']);
		expect(read.format).toBeNull();
	});

	test('an array is several members; an item without its key is a blank cell', () => {
		const read = sourceOfItems([
			{ supervisor: 'jan', 'call center': 'cc1', agents: ['an', 'bea', 'an'] },
			{ supervisor: 'piet', 'call center': 'cc1' },
		]);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea', 'piet cc1 -']);
		expect(codes(read)).toEqual(['duplicateRow@1']);
	});

	test('what is no text and no number is rejected, and so is a number that lost its digits', () => {
		const read = sourceOfItems([
			{ supervisor: 'jan', 'call center': 'cc1', agents: { id: 'an' } },
			{ supervisor: ['jan', 'piet'], 'call center': 'cc1', agents: 'an' },
			{ supervisor: 'jan', 'call center': 'cc1', agents: 2 ** 70 },
		]);
		expect(read.rows).toEqual([]);
		expect(read.rejected.map(({ line, code }) => `${code}@${line}`)).toEqual([
			'invalidId@1',
			'severalValues@2',
			'mangledId@3',
		]);
	});

	test('no items, and items without the columns', () => {
		expect(codes(sourceOfItems([]))).toEqual(['noRows']);
		expect(() => sourceOfItems([{ supervisor: 'jan' }])).toThrow(/missingColumn.*Found: the columns "supervisor"/);
	});
});
