import { describe, expect, test } from '@jest/globals';
import { heldMessage } from '../../lib/report';
import { emptyDraft, type Draft } from '../../lib/sync/plan/draft';
import { holdForBlockedRows, type BlockedRow } from '../../lib/sync/plan/holds';
import { listKey, type ListRef } from '../../lib/sync/model/list';
import { membersOf } from '../../lib/sync/model/members';
import type { PartialKey } from '../../lib/sync/model/row';
import { ownCallCenters, supervised } from './world';

/** A list that two people are to leave; somebody else stays. */
function losing(ref: ListRef, removes = ['one@x', 'two@x']): Draft {
	const draft = emptyDraft(ref, listKey(ref), 1, { members: membersOf([...removes, 'stays@x']), at: 0 }, []);
	for (const member of removes) draft.removes.set(member, { member, lines: [] });
	return draft;
}

/** Why a row cannot be carried out, and another reason. */
const WRONG: BlockedRow['cause'] = {
	problems: [{ column: null, code: 'blankCell', facts: { problem: 'noAction' } }],
	moreProblems: 0,
};
const OTHER: BlockedRow['cause'] = { issue: { code: 'actionMissing', facts: { line: 10 } } };
const IT_IS_WRONG =
	'There is no action in this row. Enter add or remove. ' +
	"The column is the action by its name or by 'Column Mapping': if it is something else, such as a date, " +
	'rename it, or correct that option.';

function blocked(
	key: Partial<PartialKey> | null,
	lines: number[],
	members: BlockedRow['members'] = [],
	cause: BlockedRow['cause'] = WRONG,
): BlockedRow {
	return {
		key: key === null ? null : { tenantId: 'T', groupId: 'G', userId: null, callCenterId: null, ...key },
		lines,
		members,
		meansAnybody: false,
		cause,
	};
}

/** Lists without a change, and who is on them. */
type Settled = ReadonlyArray<{ readonly ref: ListRef; readonly ids: readonly string[] }>;

/** By list: who stays, and why. */
function held(
	refs: readonly ListRef[],
	rows: readonly BlockedRow[],
	settled: Settled = [],
	drafts = refs.map((ref) => losing(ref)),
): string[][] {
	holdForBlockedRows(drafts, settled, rows);
	return drafts.map((draft) => draft.held.map((entry) => `${entry.member}: ${heldMessage(entry, draft.ref)}`));
}

const [A, B] = [supervised('a@x', 'cc@x'), supervised('b@x', 'cc@x')];

describe('the message of removals that are held', () => {
	test(
		'names the lines of all rows that may mean the list, in order and once, and why the first cannot be ' +
			'carried out',
		() => {
			const rows = [
				blocked({ userId: 'a@x', callCenterId: 'cc@x' }, [9, 3]),
				blocked({ userId: 'A@x', callCenterId: 'cc@x' }, [3, 10], [], OTHER),
			];
			const reason =
				'Held because lines 3, 9 and 10 of the source cannot be carried out and may mean this list: ' + IT_IS_WRONG;
			expect(held([A, B], rows)).toEqual([[`one@x: ${reason}`, `two@x: ${reason}`], []]);
		},
	);

	test('counts rows together whose keys differ only in what no list has', () => {
		const rows = [
			blocked({ userId: 'nobody@x', callCenterId: 'cc@x' }, [4]),
			blocked({ userId: 'somebody@x', callCenterId: 'cc@x' }, [5]),
		];
		const reason =
			'Held because lines 4 and 5 of the source cannot be carried out and may mean this list: ' + IT_IS_WRONG;
		expect(held([A], rows)).toEqual([[`one@x: ${reason}`, `two@x: ${reason}`]]);
	});

	test('names the lines that name a member, of every row', () => {
		const rows = [
			blocked(null, [8], [['one@x', [8]]]),
			blocked(
				null,
				[7, 6],
				[
					['one@x', [7, 6]],
					['stranger@x', [6]],
				],
				OTHER,
			),
		];
		const reason =
			'Held because lines 6, 7 and 8 of the source cannot be carried out and name this member: ' + IT_IS_WRONG;
		expect(held([A], rows)).toEqual([[`one@x: ${reason}`]]);
	});

	test('names a change where there is no source, as in a roll back', () => {
		const rows = [blocked(null, [], [['two@x', []]])];
		expect(held([A], rows)).toEqual([
			[`two@x: Held because a change cannot be carried out and names this member: ${IT_IS_WRONG}`],
		]);
	});
});

describe('ids are compared whole', () => {
	const isHeld = (refs: readonly ListRef[], rows: readonly BlockedRow[]) =>
		held(refs, rows).map((reasons) => reasons.length > 0);

	test('not as one joined text: each row holds its own list', () => {
		const refs = [supervised('ab', 'c'), supervised('a', 'bc')];
		expect(
			isHeld(refs, [
				blocked({ userId: 'ab', callCenterId: 'c' }, [2]),
				blocked({ userId: 'a', callCenterId: 'bc' }, [3]),
			]),
		).toEqual([true, true]);
	});

	test('a list is not taken for one whose joined parts are equal: the nearest are held', () => {
		const refs = [supervised('ab', 'c'), supervised('a', 'x'), supervised('y', 'bc')];
		expect(isHeld(refs, [blocked({ userId: 'a', callCenterId: 'bc' }, [2])])).toEqual([false, true, true]);
	});

	test('an unreadable part is not an empty one', () => {
		const refs = [supervised('a', 'x'), supervised('b', 'x')];
		expect(
			isHeld(refs, [
				blocked({ userId: 'a', callCenterId: null }, [2]),
				blocked({ userId: null, callCenterId: 'x' }, [3]),
			]),
		).toEqual([true, true]);
	});
});

describe('who is held besides those whom a row names', () => {
	const who = (...args: Parameters<typeof held>) =>
		held(...args).map((reasons) => reasons.map((reason) => reason.split(':')[0]));

	test('people whose id stands where a part of the key should', () => {
		for (const key of [{ userId: 'TWO@x' }, { callCenterId: 'two@x', userId: 'nobody@x' }]) {
			const refs = [A, { ...supervised('z@x', 'zz@x'), groupId: 'other' }];
			expect(who(refs, [blocked({ groupId: 'G', ...key }, [5])])[1]).toEqual(['two@x']);
		}
	});

	test('the lists of anybody whose id stands in a row without a supervisor, or with one who has no list', () => {
		const elsewhere = (userId: string) => ({ ...supervised(userId, 'zz@x'), groupId: 'other' });
		const lists = [A, elsewhere('z@x'), elsewhere('y@x')];
		const members: BlockedRow['members'] = [['z@x', [5]]];
		const all = ['one@x', 'two@x'];
		for (const userId of [null, 'nobody@x']) {
			expect(who(lists, [blocked({ userId, callCenterId: 'cc@x' }, [5], members)])).toEqual([all, all, []]);
			expect(who(lists, [blocked({ userId, callCenterId: 'Z@x' }, [5])])).toEqual([all, all, []]);
		}
		expect(who(lists, [blocked({ userId: 'a@x', callCenterId: 'cc@x' }, [5], members)])).toEqual([all, [], []]);
	});

	test('the lists of every id where a part of the key is missing, although the supervisor has a list', () => {
		const other = { ...supervised('z@x', 'zz@x'), groupId: 'other' };
		const shifted = (member: string) =>
			who([A, other], [blocked({ userId: 'a@x', groupId: null }, [5], [[member, [5]]])])[1];
		expect(shifted('z@x')).toEqual(['one@x', 'two@x']);
		expect(shifted('zz@x')).toEqual(['one@x', 'two@x']);
		expect(shifted('nobody@x')).toEqual([]);
	});

	test('for an unreadable member, everybody who would be on no list any more', () => {
		const unreadable = [
			{ ...blocked(null, [5]), meansAnybody: true },
			{ ...blocked(null, [7]), meansAnybody: true, cause: OTHER },
		];
		expect(held([A], unreadable)[0]![0]).toBe(
			'one@x: Held because lines 5 and 7 of the source cannot be carried out and may mean any member, and this ' +
				`removal would leave the member on no list, or the list empty: ${IT_IS_WRONG}`,
		);
		expect(who([A, B], unreadable)).toEqual([
			['one@x', 'two@x'],
			['one@x', 'two@x'],
		]);
	});

	test('but nobody who stays on a list, is added to one, or is on an unchanged one', () => {
		const unreadable = [{ ...blocked(null, [5]), meansAnybody: true }];
		expect(who([A], unreadable, [{ ref: B, ids: ['ONE@x', 'other@x'] }])).toEqual([['two@x']]);
		const coming = losing(B, ['gone@x']);
		coming.adds.set('one@x', { member: 'one@x', lines: [] });
		expect(who([A, B], unreadable, [], [losing(A), coming])).toEqual([['two@x'], ['gone@x']]);
		const staying = losing(B, ['one@x', 'two@x', 'three@x']);
		staying.removes.delete('two@x');
		expect(who([A, B], unreadable, [], [losing(A), staying])).toEqual([['one@x'], ['one@x', 'three@x']]);
	});

	test('and everybody on a list that would be empty, whatever its kind', () => {
		const emptied = losing(ownCallCenters('a@x'), ['stays@x', 'one@x']);
		expect(who([emptied.ref], [{ ...blocked(null, [5]), meansAnybody: true }], [], [emptied])).toEqual([
			['stays@x', 'one@x'],
		]);
	});

	test('but nobody for that where members do not move', () => {
		const unreadable = [{ ...blocked(null, [5]), meansAnybody: true }];
		expect(who([ownCallCenters('a@x')], unreadable)).toEqual([[]]);
	});
});

describe('lists without a change count as lists that exist', () => {
	test('so that a row that means one of them holds no other', () => {
		const row = [blocked({ userId: 'b@x', callCenterId: 'cc@x' }, [5])];
		expect(held([A], row, [{ ref: B, ids: [] }])).toEqual([[]]);
		expect(held([A], row)[0]).toHaveLength(2);
	});
});
