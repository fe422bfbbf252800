/** The tables that find the row of a pair and the list of a row by numbers: as a map of joined keys would. */

import { describe, expect, test } from '@jest/globals';
import { ListIndex, type ListEntry, type ListNumbers } from '../../lib/csv/list-index';
import { ListMemberIndex } from '../../lib/csv/list-member-index';
import { seededRandom } from '../../tools/seeded-random';

function entry(number: number): ListEntry {
	const ref = {
		kind: 'supervisedAgents',
		tenantId: 'T',
		groupId: 'G',
		userId: `${number}`,
		callCenterId: null,
	} as const;
	return { number, ref, members: 0, emptyRow: -1 };
}

describe('a table of pairs', () => {
	/** How the claims of these pairs end, by the table and by a map; a row is given to a pair that is new. */
	function claims(pairs: Iterable<readonly [list: number, member: number]>, rowsBetween = 0) {
		const table = new ListMemberIndex();
		const known = new Map<string, number>();
		const [actual, expected]: [number[], number[]] = [[], []];
		let row = 0;
		for (const [list, member] of pairs) {
			const key = `${list} ${member}`;
			actual.push(table.claim(list, member, row));
			expected.push(known.get(key) ?? -1);
			if (!known.has(key)) known.set(key, row);
			row += 1 + rowsBetween;
		}
		return { actual, expected };
	}

	test.each([0, 3])('knows the first row of each, however many there are, with %i rows of none between', (between) => {
		const random = seededRandom(1);
		const some = Array.from({ length: 12_000 }, () => [Math.floor(random() * 90), Math.floor(random() * 90)] as const);
		const { actual, expected } = claims(some, between);
		expect(actual).toEqual(expected);
		expect(expected.filter((found) => found === -1).length).toBeGreaterThan(5_000);
	});

	test('knows where there is no member as well', () => {
		const { actual, expected } = claims([
			[0, -1],
			[0, 0],
			[1, -1],
			[0, -1],
			[1, -1],
		]);
		expect(actual).toEqual(expected);
	});

	test('has room for the first row, whatever its number', () => {
		const table = new ListMemberIndex();
		expect(table.claim(7, 8, 1_000_000)).toBe(-1);
		expect(table.claim(7, 8, 1_000_001)).toBe(1_000_000);
	});
});

describe('a table of lists', () => {
	test('has one entry for each, numbered as they came, whatever order their rows are in', () => {
		const table = new ListIndex();
		const known = new Map<string, ListEntry>();
		const random = seededRandom(2);
		const below = (limit: number) => Math.floor(random() * limit);
		for (let row = 0; row < 2_000; row++) {
			const key: ListNumbers = { tenant: below(3), group: below(4), user: below(5), callCenter: below(6) - 1 };
			const text = Object.values(key).join(' ');
			const found = table.find(key, entry);
			expect(found.number).toBe(known.get(text)?.number ?? known.size);
			known.set(text, found);
			expect(table.find(key, entry)).toBe(found);
		}
		expect(known.size).toBe(3 * 4 * 5 * 6);
	});

	test('tells ids apart as far as a register counts', () => {
		const most = 2 ** 24 - 1;
		const table = new ListIndex();
		const keys = [0, 1, most].flatMap((a) =>
			[0, 1, most].flatMap((b) => [
				{ tenant: a, group: b, user: 0, callCenter: -1 },
				{ tenant: 0, group: 0, user: a, callCenter: b },
			]),
		);
		const distinct = new Set(keys.map((key) => Object.values(key).join(' ')));
		expect(new Set(keys.map((key) => table.find(key, entry))).size).toBe(distinct.size);
	});
});
