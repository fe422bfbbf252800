/** Input items as records: keys are columns, values of any type are cells, arrays are several members. */

import { describe, expect, test } from '@jest/globals';
import { readItems } from '../../lib/csv';
import { codes, pairs, SETTINGS, sourceOfItems } from './reading';

const LIST = { supervisor: 'jan', 'call center': 'cc1' };

/** The cells of a row that is rejected because of another one. */
function cell(value: unknown): string | undefined {
	return sourceOfItems([{ ...LIST, agent: '#REF!', note: value }]).rejected[0].cells.note;
}

function failure(items: ReadonlyArray<Record<string, unknown>>, options: Partial<typeof SETTINGS> = {}) {
	const result = readItems(
		items.map((json) => ({ json })),
		{ ...SETTINGS, ...options },
	);
	return result.ok ? null : result.failure;
}

describe('a value is a cell', () => {
	test.each<[unknown, string]>([
		['text', 'text'],
		['', ''],
		[null, ''],
		[undefined, ''],
		[0, '0'],
		[32, '32'],
		[2 ** 60, '1.152921504606847E+18'],
		[true, 'true'],
		[false, 'false'],
		[{ a: 1 }, '{"a":1}'],
		[[], ''],
		[['a', 2, null, true], 'a\n2\n\ntrue'],
		[['a'], 'a'],
		[[''], '\n'],
		[[null], '\n'],
		[[['a']], '["a"]'],
	])('%j is read as %j', (value, text) => {
		expect(cell(value)).toBe(text);
	});

	test('and one that is nested too deeply is an object', () => {
		let deep: unknown = 'x';
		for (let level = 0; level < 10_000; level++) deep = [deep];
		expect(cell({ deep })).toBe('{"…"}');
	});
});

describe('members', () => {
	test('are those of an array, and a number is one', () => {
		const read = sourceOfItems([
			{ ...LIST, agent: ['an', 'bea'] },
			{ ...LIST, agent: 4711 },
		]);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea', 'jan cc1 4711']);
	});

	test('are none where an array is empty, and one is missing where it has null', () => {
		expect(pairs(sourceOfItems([{ ...LIST, agent: [] }]))).toEqual(['jan cc1 -']);
		expect(sourceOfItems([{ ...LIST, agent: [null] }]).rejected).toMatchObject([{ code: 'blankCell' }]);
		expect(sourceOfItems([{ ...LIST, agent: ['an', null] }]).rejected).toMatchObject([{ code: 'blankCell' }]);
	});
});

describe('items', () => {
	test('need not all have the same keys, nor keys of their own by inheritance', () => {
		const read = sourceOfItems([
			{ ...LIST, agent: 'an' },
			{ agent: 'bea', ...LIST, note: 'x' },
			{ ...LIST, agent: 'chris', toString: 'y' },
		]);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea', 'jan cc1 chris']);
		expect(codes(read)).toEqual(['unknownColumn', 'unknownColumn']);
		expect(read.columns).toEqual(['supervisor', 'call center', 'agent', 'note', 'toString']);
		const [row] = sourceOfItems([
			{ ...LIST, agent: '#REF!' },
			{ ...LIST, agent: 'an', toString: 'y' },
		]).rejected;
		expect(row.cells.toString).toBe('');
	});

	test('have their number from 1 as the line, or that of the item that they came with', () => {
		const { rows } = sourceOfItems([
			{ ...LIST, agent: 'an' },
			{ ...LIST, agent: 'bea' },
		]);
		expect(rows.map(({ line, item }) => [line, item])).toEqual([
			[1, 0],
			[2, 1],
		]);
		const read = readItems([{ json: { ...LIST, agent: 'an' }, item: 6 }], SETTINGS);
		expect(read.ok && read.source.rows).toMatchObject([{ line: 7, item: 6 }]);
		expect(read.ok && read.source.format).toBeNull();
	});

	test('are no rows where there is none, whatever columns are required', () => {
		expect(codes(sourceOfItems([]))).toEqual(['noRows']);
	});

	test('are not read where an option, the keys or a column are wrong', () => {
		expect(failure([{ ...LIST, agent: 'an' }], { defaultDomain: 'a b' })).toMatchObject({ code: 'invalidOption' });
		expect(failure([{ supervisor: 'jan' }])).toMatchObject({ code: 'missingColumn' });
		expect(failure([{ ...LIST, agent: 'an', acton: 'remove' }])).toMatchObject({ code: 'suspectColumn' });
		expect(failure([{ ...LIST, agent: 'an' }])).toBeNull();
	});
});
