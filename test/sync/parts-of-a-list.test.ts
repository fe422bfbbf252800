/** Lists of which only a part can be carried out: what is done of them, and how the rest is reported. */

import { describe, expect, it } from '@jest/globals';
import { syncRun } from '../../lib/sync';
import { listKey, type ListRef } from '../../lib/sync/model/list';
import { harness, ownCallCenters, rows, settings, source, supervised } from './world';

const [OLD, NEW, OTHER] = [supervised('old@x'), supervised('new@x'), supervised('other@x')];

/** Lists as they are and as they are wanted, where the platform refuses these members. */
async function synced(
	lists: ReadonlyArray<readonly [ref: ListRef, live: readonly string[], wanted: readonly string[]]>,
	refused: readonly string[],
) {
	const { platform, around } = harness();
	for (const [ref, live, wanted] of lists) {
		platform.set(ref, live);
		platform.mayJoin.set(listKey(ref), [...wanted]);
	}
	platform.know(lists.flatMap(([, live, wanted]) => [...live, ...wanted]));
	for (const member of refused) platform.stubborn.add(member);
	const wished = source(lists.flatMap(([ref, , wanted]) => rows(ref, wanted)));
	const result = await syncRun(wished, settings({ kind: lists[0][0].kind }), around);
	const issues = (word: string) =>
		result.lists.flatMap(({ members }) =>
			members.flatMap(({ member, outcome, code, facts }) => (outcome === word ? [[member, code, facts]] : [])),
		);
	return { platform, result, issues };
}

describe('where one of those who move is refused by the new list', () => {
	it('the others leave the old one, and the refused one stays', async () => {
		const { platform, issues } = await synced(
			[
				[OLD, ['ok@x', 'bad@x', 'stays@x'], ['stays@x']],
				[NEW, ['c@x'], ['c@x', 'ok@x', 'bad@x']],
			],
			['bad@x'],
		);
		expect(platform.folded(OLD)).toEqual(['bad@x', 'stays@x']);
		expect(platform.folded(NEW)).toEqual(['c@x', 'ok@x']);
		expect(issues('held')).toEqual([['bad@x', 'moveFailed', { member: 'bad@x', list: NEW }]]);
	});

	it('who stays on another list leaves as well', async () => {
		const { platform, issues } = await synced(
			[
				[OLD, ['bad@x', 'leaves@x', 'stays@x'], ['stays@x']],
				[NEW, ['c@x'], ['c@x', 'bad@x']],
				[OTHER, ['d@x', 'leaves@x'], ['d@x', 'leaves@x']],
			],
			['bad@x'],
		);
		expect(platform.folded(OLD)).toEqual(['bad@x', 'stays@x']);
		expect(issues('held')).toHaveLength(1);
	});
});

it('removals that are held name the first addition that failed, and how many more there are', async () => {
	const facts = (others: number) => ({ problem: 'sameList', member: 'bad1@x', others });
	for (const others of [0, 1, 2]) {
		const bad = ['bad1@x', 'bad2@x', 'bad3@x'].slice(0, others + 1);
		const { issues } = await synced([[OLD, ['stays@x', 'gone@x'], ['stays@x', ...bad]]], bad);
		expect(issues('held')).toEqual([['gone@x', 'additionFailed', facts(others)]]);
	}
});

it('a list that can only be written whole is reported as replaced, also where a part of it was refused', async () => {
	const agent = ownCallCenters('agent@x');
	const { platform, result } = await synced([[agent, ['one@x'], ['one@x', 'two@x', 'bad@x']]], ['bad@x']);
	expect(platform.folded(agent)).toEqual(['one@x', 'two@x']);
	expect(result.lists).toMatchObject([{ strategy: 'replace', fallback: { problem: 'refused' } }]);
});
