/** The list-member index and the list index find by numbers what a map of joined keys would find. */

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

describe('the list-member index', () => {
	/** The results of claiming these pairs, by the index and by a map. A new pair gets the number of its row. */
	function claims(pairs: Iterable<readonly [list: number, member: number]>, rowsBetween = 0) {
		const index = new ListMemberIndex();
		const known = new Map<string, number>();
		const [actual, expected]: [number[], number[]] = [[], []];
		let row = 0;
		for (const [list, member] of pairs) {
			const key = `${list} ${member}`;
			actual.push(index.claim(list, member, row));
			expected.push(known.get(key) ?? -1);
			if (!known.has(key)) known.set(key, row);
			row += 1 + rowsBetween;
		}
		return { actual, expected };
	}

	test.each([0, 3])('finds the first row of each of many pairs, with %i rows of no pair between', (between) => {
		const random = seededRandom(1);
		const some = Array.from({ length: 12_000 }, () => [Math.floor(random() * 90), Math.floor(random() * 90)] as const);
		const { actual, expected } = claims(some, between);
		expect(actual).toEqual(expected);
		expect(expected.filter((found) => found === -1).length).toBeGreaterThan(5_000);
	});

	test('finds rows without a member as well', () => {
		const { actual, expected } = claims([
			[0, -1],
			[0, 0],
			[1, -1],
			[0, -1],
			[1, -1],
		]);
		expect(actual).toEqual(expected);
	});

	test('keeps the number of the first row, however large', () => {
		const index = new ListMemberIndex();
		expect(index.claim(7, 8, 1_000_000)).toBe(-1);
		expect(index.claim(7, 8, 1_000_001)).toBe(1_000_000);
	});
});

describe('the list index', () => {
	test('has one entry for each list, numbered in the order of their first rows', () => {
		const index = new ListIndex();
		const known = new Map<string, ListEntry>();
		const random = seededRandom(2);
		const below = (limit: number) => Math.floor(random() * limit);
		for (let row = 0; row < 2_000; row++) {
			const key: ListNumbers = { tenant: below(3), group: below(4), user: below(5), callCenter: below(6) - 1 };
			const text = Object.values(key).join(' ');
			const found = index.find(key, entry);
			expect(found.number).toBe(known.get(text)?.number ?? known.size);
			known.set(text, found);
			expect(index.find(key, entry)).toBe(found);
		}
		expect(known.size).toBe(3 * 4 * 5 * 6);
	});

	test('distinguishes ids up to the largest number of a register', () => {
		const most = 2 ** 24 - 1;
		const index = new ListIndex();
		const keys = [0, 1, most].flatMap((a) =>
			[0, 1, most].flatMap((b) => [
				{ tenant: a, group: b, user: 0, callCenter: -1 },
				{ tenant: 0, group: 0, user: a, callCenter: b },
			]),
		);
		const distinct = new Set(keys.map((key) => Object.values(key).join(' ')));
		expect(new Set(keys.map((key) => index.find(key, entry))).size).toBe(distinct.size);
	});
});
