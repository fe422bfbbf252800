/** The terms of the engine: ids that are equal, keys of lists, members, and what is known of a damaged row. */

import { describe, expect, it } from '@jest/globals';
import { foldId, KINDS, listKey, listRefSchema, sortedByKey } from '../../lib/sync/model/list';
import { chunksOf, distinctIds, membersHash, membersOf, missingFrom, sameMembers } from '../../lib/sync/model/members';
import {
	mergedPartialRows,
	shownProblems,
	withoutDefaults,
	type PartialRow,
	type RowProblem,
} from '../../lib/sync/model/row';
import { ownCallCenters, supervised } from './world';

describe('ids', () => {
	it.each([
		['An@X.be', 'an@x.be'],
		['an@x.be', 'an@x.be'],
		['RE\u0301NE\u0301', 'r\u00e9n\u00e9'],
		['\u00c9', '\u00e9'],
		['\u03a3', '\u03c3'],
		['Z[', 'z['],
		['a b', 'a b'],
	])('%j is compared as %j', (id, folded) => {
		expect(foldId(id)).toBe(folded);
		expect(foldId(folded)).toBe(folded);
	});
});

describe('lists', () => {
	it('have one key in any case, and another one for any part', () => {
		const list = supervised('Sup@x', 'CC@x');
		expect(listKey(list)).toBe(listKey({ ...supervised('sup@X', 'cc@x'), tenantId: 't', groupId: 'g' }));
		const others = [
			{ ...list, kind: 'agentCallCenters' as const },
			{ ...list, tenantId: 'U' },
			{ ...list, groupId: 'H' },
			{ ...list, userId: 'other@x' },
			{ ...list, callCenterId: 'other@x' },
			{ ...list, callCenterId: null },
			{ ...list, tenantId: 'TG', groupId: '' },
		];
		expect(new Set([list, ...others].map(listKey)).size).toBe(others.length + 1);
	});

	it('are of two kinds, which the API lets do different things', () => {
		// POST and DELETE beside PUT, answered with the list.
		const supervisedAgents = { incremental: true, answersWithList: true, asksJoinable: false };
		// PUT alone, answered with nothing, and only of what the agent may join.
		const agentCallCenters = { incremental: false, answersWithList: false, asksJoinable: true };
		expect(KINDS).toMatchObject({
			supervisedAgents: { ...supervisedAgents, keyedByCallCenter: true, membersMove: true },
			agentCallCenters: { ...agentCallCenters, keyedByCallCenter: false, membersMove: false },
		});
		expect(KINDS.supervisedAgents.memberNoun.join(' or ')).toBe('agent or agents');
		expect(KINDS.agentCallCenters.memberNoun.join(' or ')).toBe('call center or call centers');
	});

	it('are sorted by their keys', () => {
		const refs = [supervised('b@x'), ownCallCenters('z@x'), supervised('A@x', 'b@x'), supervised('a@x', 'a@x')];
		expect(sortedByKey(refs.map((ref) => ({ ref }))).map(({ ref }) => [ref.userId, ref.callCenterId])).toEqual([
			['z@x', null],
			['a@x', 'a@x'],
			['A@x', 'b@x'],
			['b@x', 'cc@x'],
		]);
	});

	it('have ids that are not empty', () => {
		expect(listRefSchema.safeParse(supervised()).success).toBe(true);
		for (const part of ['tenantId', 'groupId', 'userId', 'callCenterId'])
			expect(listRefSchema.safeParse({ ...supervised(), [part]: '' }).success).toBe(false);
	});
});

describe('members', () => {
	const [one, two] = [membersOf(['An@x', 'bea@x', 'AN@x']), membersOf(['BEA@x', 'an@x'])];

	it('are there once, in their first spelling', () => {
		expect([...one]).toEqual([
			['an@x', 'An@x'],
			['bea@x', 'bea@x'],
		]);
		expect(distinctIds(['b', 'a', 'B', 'A', 'c'])).toEqual(['b', 'a', 'c']);
	});

	it('are the same in any order and case, and so is their hash', () => {
		expect(sameMembers(one, two)).toBe(true);
		expect(membersHash(one)).toBe(membersHash(two));
		for (const other of [[], ['an@x'], ['an@x', 'chris@x'], ['an@x', 'bea@x', 'chris@x']].map(membersOf)) {
			expect(sameMembers(one, other)).toBe(false);
			expect(membersHash(one)).not.toBe(membersHash(other));
		}
	});

	it('that another list lacks are returned in their spelling', () => {
		expect([...missingFrom(one, membersOf(['BEA@x', 'chris@x']))]).toEqual([['an@x', 'An@x']]);
		expect([...missingFrom(one, two)]).toEqual([]);
	});

	it('are sent in pieces of no more than a size, which may be none', () => {
		expect(chunksOf([1, 2, 3, 4, 5], 2)).toEqual([[1, 2], [3, 4], [5]]);
		expect(chunksOf([1, 2, 3, 4], 2)).toEqual([
			[1, 2],
			[3, 4],
		]);
		for (const size of [0, -1, 3, 4]) expect(chunksOf([1, 2, 3], size)).toEqual([[1, 2, 3]]);
		expect(chunksOf([], 2)).toEqual([]);
		expect(chunksOf([1, 2], 1)).toEqual([[1], [2]]);
	});
});

describe('a damaged row', () => {
	const row = (more: Partial<PartialRow>): PartialRow => ({
		...{ tenantId: 'T', groupId: 'G', userId: 'sup@x', callCenterId: 'cc@x', memberIds: ['an@x'] },
		...more,
	});

	it('that is read in two ways means what both agree on, and names the rest', () => {
		expect(mergedPartialRows(row({}), row({ memberIds: ['an@x', 'bea@x'] }))).toEqual(
			row({ memberIds: ['an@x', 'bea@x'] }),
		);
		expect(mergedPartialRows(row({}), row({ tenantId: 'U', groupId: null }))).toEqual(
			row({ tenantId: null, groupId: null }),
		);
		expect(mergedPartialRows(row({}), row({ userId: 'boss@x', callCenterId: null }))).toEqual(
			row({ userId: null, callCenterId: null, memberIds: ['an@x', 'sup@x', 'boss@x', 'cc@x'] }),
		);
	});

	it('knows its list without the parts that come from a default', () => {
		const key = { tenantId: 'T', groupId: 'G', userId: 'sup@x', callCenterId: 'cc@x' };
		const list = { ...supervised('sup@x', 'cc@x'), ...key };
		expect(withoutDefaults(list)).toStrictEqual(key);
		expect(withoutDefaults(list, ['tenantId', 'callCenterId'])).toStrictEqual({
			...key,
			tenantId: null,
			callCenterId: null,
		});
	});

	it('shows five problems, and how many more there are', () => {
		const problems = Array.from({ length: 7 }, (_, index) => ({ column: `${index}` })) as unknown as RowProblem[];
		expect(shownProblems(problems)).toEqual({ problems: problems.slice(0, 5), moreProblems: 2 });
		expect(shownProblems(problems.slice(0, 5)).moreProblems).toBe(0);
	});
});
