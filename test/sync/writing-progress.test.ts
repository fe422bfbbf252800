/** How far the writing of a plan is: lists, and changes of the lists that the source names. */

import { expect, it } from '@jest/globals';
import { WritingProgress } from '../../lib/sync/apply/writing-progress';
import type { ListOutcome, Plan, PlannedList } from '../../lib/sync/documents';
import type { ListRef } from '../../lib/sync';
import { ownCallCenters, supervised } from './world';

function planned(ref: ListRef, adds: number, removes = 0): PlannedList {
	const changes = (count: number) =>
		Array.from({ length: count }, (_, index) => ({ member: `m${index}@x`, lines: [] }));
	return { ref, adds: changes(adds), removes: changes(removes), held: [] } as unknown as PlannedList;
}

function outcome({ ref }: PlannedList, members: ReadonlyArray<readonly ['add' | 'remove', string]>): ListOutcome {
	return { ref, members: members.map(([change, word]) => ({ change, outcome: word })) } as unknown as ListOutcome;
}

const [A, B] = [planned(supervised('a@x'), 3, 2), planned(supervised('b@x'), 1)];
const FIRST = planned(ownCallCenters('m0@x'), 2);
const HELD_ONLY = planned(supervised('c@x'), 0);

function progress(...lists: PlannedList[]): WritingProgress {
	return new WritingProgress({ kind: 'supervisedAgents', lists } as unknown as Plan);
}

const NONE = { added: 0, removed: 0, alreadyInPlace: 0, notMade: 0 };

it('lists with a change are counted, and changes of those that the source names', () => {
	expect(progress(A, B, FIRST, HELD_ONLY).current()).toEqual({
		...{ phase: 'writing', done: 0, total: 3 },
		members: { kind: 'supervisedAgents', ...NONE, left: 6 },
	});
});

it('what a list under way shows counts until its outcome does', () => {
	const writing = progress(A, B);
	writing.addShown(A.ref, [{ direction: 'add' }, { direction: 'remove' }]);
	writing.addShown(A.ref, [{ direction: 'add' }]);
	expect(writing.current()).toMatchObject({ done: 0, members: { ...NONE, added: 2, removed: 1, left: 3 } });
	writing.finish(
		A,
		outcome(A, [
			['add', 'applied'],
			['add', 'alreadyInPlace'],
			['add', 'failed'],
			['remove', 'applied'],
			['remove', 'held'],
		]),
	);
	const members = { added: 1, removed: 1, alreadyInPlace: 1, notMade: 2, left: 1 };
	expect(writing.current()).toMatchObject({ done: 1, total: 2, members });
});

it('what was not attempted is left over, and what was refused is not', () => {
	const writing = progress(A);
	const word = (word: string) => [['add', word] as const, ['add', word] as const, ['add', word] as const];
	writing.finish(A, outcome(A, [...word('notAttempted'), ['remove', 'conflict'], ['remove', 'applied']]));
	expect(writing.current().members).toEqual({ kind: 'supervisedAgents', ...NONE, removed: 1, notMade: 1, left: 3 });
});

it('prerequisites are counted as lists, and nobody on them', () => {
	const writing = progress(FIRST, B);
	writing.addShown(FIRST.ref, [{ direction: 'add' }]);
	writing.finish(
		FIRST,
		outcome(FIRST, [
			['add', 'applied'],
			['add', 'failed'],
		]),
	);
	expect(writing.current()).toMatchObject({ done: 1, total: 2, members: { ...NONE, left: 1 } });
});
