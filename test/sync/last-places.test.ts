import { describe, expect, it } from '@jest/globals';
import { emptyDraft, type Draft } from '../../lib/sync/plan/draft';
import { markLastPlaces } from '../../lib/sync/plan/holds';
import { listKey, type ListRef } from '../../lib/sync/model/list';
import { membersOf } from '../../lib/sync/model/members';
import { ownCallCenters, supervised } from './world';

function draft(ref: ListRef, live: readonly string[], removes: readonly string[], adds: readonly string[] = []): Draft {
	const made = emptyDraft(ref, listKey(ref), 1, { members: membersOf([...live]), at: 0 }, []);
	for (const member of removes) made.removes.set(member, { member, lines: [] });
	for (const member of adds) made.adds.set(member, { member, lines: [] });
	return made;
}

/** By list: who leaves the last place, or empties the list. */
function marked(drafts: readonly Draft[], settled: Parameters<typeof markLastPlaces>[1] = []): string[][] {
	markLastPlaces(drafts, settled);
	return drafts.map(({ removes }) =>
		[...removes.values()].filter(({ lastPlace }) => lastPlace === true).map(({ member }) => member),
	);
}

const [A, B, C] = [supervised('a@x'), supervised('b@x'), supervised('c@x')];

describe('who leaves the last place waits for the additions to other lists', () => {
	it('but not who stays on a list, is added to one, or is on an unchanged one', () => {
		const leaving = draft(
			A,
			['last@x', 'stays@x', 'comes@x', 'settled@x', 'x@x'],
			['last@x', 'stays@x', 'comes@x', 'settled@x'],
		);
		const others = [draft(B, ['STAYS@x', 'y@x'], ['y@x'], ['z@x']), draft(C, [], [], ['comes@x'])];
		const settled = [{ ref: supervised('d@x'), ids: ['Settled@x'] }];
		expect(marked([leaving, ...others], settled)).toEqual([['last@x'], ['y@x'], []]);
	});

	it('and so does whoever leaves a list that would be empty', () => {
		const [emptied, other] = [draft(A, ['one@x'], ['one@x']), draft(B, ['one@x'], [], ['new@x'])];
		expect(marked([emptied, other])).toEqual([['one@x'], []]);
	});

	it('and so does a supervisor of a list with additions, whose row may have the two ids swapped', () => {
		const lists = [draft(A, ['b@x', 'x@x', 's@x'], ['b@x', 'x@x']), draft(supervised('B@x'), ['y@x'], [], ['a@x'])];
		expect(marked(lists, [{ ref: C, ids: ['b@x', 'x@x'] }])).toEqual([['b@x'], []]);
	});

	it('only if there are such additions', () => {
		expect(marked([draft(A, ['a@x', 'x@x'], ['a@x']), draft(B, ['b@x', 'y@x'], ['b@x'])])).toEqual([[], []]);
	});

	it('but not for those to the same list, which are sent first anyway', () => {
		const [both, other] = [draft(A, ['a@x', 'x@x'], ['a@x'], ['new@x']), draft(B, ['b@x', 'y@x'], ['b@x'])];
		expect(marked([both, other])).toEqual([[], ['b@x']]);
		const second = draft(C, [], [], ['other@x']);
		expect(marked([draft(A, ['a@x', 'x@x'], ['a@x'], ['new@x']), second])).toEqual([['a@x'], []]);
	});

	it('but not where members are call centers, which do not move', () => {
		const lists = [draft(ownCallCenters('a@x'), ['cc@x'], ['cc@x']), draft(ownCallCenters('b@x'), [], [], ['new@x'])];
		expect(marked(lists)).toEqual([[], []]);
		// Beside lists whose members do.
		expect(marked([draft(ownCallCenters('a@x'), ['cc@x'], ['cc@x']), draft(B, [], [], ['new@x'])])).toEqual([[], []]);
	});
});
