/** The outcome of a list from those of its members, and the status of a run from those of its lists. */

import { describe, expect, it } from '@jest/globals';
import {
	listOutcome,
	notAttempted,
	statusOf,
	unchangedOutcome,
	unplannedOutcome,
	unreadOutcome,
} from '../../lib/sync/apply/outcome';
import type { ListOutcome, MemberOutcome, OutcomeWord, PlannedList } from '../../lib/sync/documents';
import { unplanned } from '../../lib/sync/plan/draft';
import { supervised } from './world';

const LIST = supervised();
const STOPPED = { code: 'stopped', facts: { problem: 'cancelled' } } as unknown as Parameters<typeof unreadOutcome>[1];

function member(outcome: OutcomeWord, code: string | null = null, id = 'an@x'): MemberOutcome {
	return { member: id, change: 'add', outcome, code, facts: code === null ? null : { member: id } } as never;
}

function view(...members: string[]) {
	return { members: new Map(members.map((id) => [id.toLowerCase(), id])), at: 0 };
}

function outcome(members: MemberOutcome[], more: Partial<Parameters<typeof listOutcome>[0]> = {}): ListOutcome {
	return listOutcome({
		...{ ref: LIST, strategy: 'incremental', reason: null, fallback: null, before: null, after: null },
		...{ foreign: { added: [], removed: [] }, members, requests: [] },
		...more,
	});
}

describe('the outcome of a list', () => {
	const worstFirst = [
		...(['conflict', 'failed', 'notAttempted', 'rejected', 'held', 'applied', 'alreadyInPlace', 'unchanged'] as const),
	];

	it.each(worstFirst.map((word, index) => [word, worstFirst.slice(index)] as const))(
		'is %s where nothing worse became of a member',
		(word, words) => {
			const members = [...words].reverse().map((one) => member(one, `${one}Code`, `${one}@x`));
			expect(outcome(members)).toMatchObject({ outcome: word, code: `${word}Code`, facts: { member: `${word}@x` } });
		},
	);

	it('has the reason of the first member with it, or none', () => {
		expect(outcome([member('applied'), member('held', 'one'), member('held', 'two')]).code).toBe('one');
		expect(outcome([member('applied')])).toMatchObject({ code: null, facts: null });
		expect(outcome([])).toMatchObject({ outcome: 'unchanged', code: null });
	});

	it('is that others changed it, where no member has a reason', () => {
		const foreign = { added: ['x@x'], removed: [] };
		expect(outcome([member('applied')], { foreign })).toMatchObject({
			code: 'changedByOthers',
			facts: { foreign: { added: { first: ['x@x'] } } },
		});
		expect(outcome([], { foreign: { added: [], removed: ['x@x'] } }).code).toBe('changedByOthers');
		expect(outcome([member('held', 'one')], { foreign }).code).toBe('one');
	});

	it('has the list before and after, in the spelling of the platform then', () => {
		const both = outcome([], { before: view('An@x', 'Bea@x'), after: view('An@x', 'BEA@x', 'chris@x') });
		expect([both.before, both.after]).toEqual([
			['An@x', 'Bea@x'],
			['An@x', 'BEA@x', 'chris@x'],
		]);
		expect(outcome([], { after: view('An@x') })).toMatchObject({ before: null, after: ['An@x'] });
	});
});

describe('a list to which nothing was written', () => {
	const planned = {
		...{ ref: LIST, strategy: 'replace', reason: { code: 'x' }, before: ['an@x', 'bea@x'] },
		adds: [{ member: 'new@x', lines: [2] }],
		removes: [{ member: 'an@x', lines: [] }],
		held: [{ member: 'bea@x', change: 'remove', code: 'rowNotCarriedOut', facts: {}, lines: [3] }],
	} as unknown as PlannedList;

	it('has what was planned for it, and what was seen of it', () => {
		const log = [{ write: 'read' }] as unknown as ListOutcome['requests'];
		const outcome = notAttempted(planned, { view: view('an@x', 'bea@x'), log: log as never });
		expect(outcome).toMatchObject({
			...{ outcome: 'notAttempted', code: null, strategy: 'replace', reason: { code: 'x' }, fallback: null },
			...{ before: ['an@x', 'bea@x'], after: ['an@x', 'bea@x'], foreign: { added: [], removed: [] }, requests: log },
		});
		expect(outcome.members.map((one) => [one.member, one.change, one.outcome, one.code, one.lines])).toEqual([
			['new@x', 'add', 'notAttempted', null, [2]],
			['an@x', 'remove', 'notAttempted', null, []],
			['bea@x', 'remove', 'held', 'rowNotCarriedOut', [3]],
		]);
		expect(notAttempted(planned, null)).toMatchObject({ before: ['an@x', 'bea@x'], after: null, requests: [] });
	});

	const nothing = { strategy: null, reason: null, fallback: null, members: [] };

	it('could not be planned, and is as it was seen', () => {
		const issue = { code: 'emptyList', facts: { list: LIST, lines: [2], mirror: true } } as const;
		const foreign = { added: ['x@x'], removed: ['y@x'] };
		expect(unplannedOutcome(unplanned(LIST, 'conflict', issue as never, { view: view('an@x'), foreign }))).toEqual({
			...{ ref: LIST, outcome: 'conflict', ...issue, ...nothing },
			...{ before: ['an@x'], after: ['an@x'], foreign, requests: [] },
		});
		expect(unplannedOutcome(unplanned(LIST, 'rejected', issue as never))).toMatchObject({
			...{ outcome: 'rejected', before: null, after: null, foreign: { added: [], removed: [] } },
		});
	});

	it('needs no change, or was not looked at because of a stop', () => {
		const empty = { foreign: { added: [], removed: [] }, requests: [] };
		expect(unchangedOutcome(LIST, ['an@x'], [])).toEqual({
			...{ ref: LIST, outcome: 'unchanged', code: null, facts: null, ...nothing, ...empty },
			...{ before: ['an@x'], after: ['an@x'] },
		});
		expect(unreadOutcome(LIST, STOPPED)).toEqual({
			...{ ref: LIST, outcome: 'notAttempted', ...STOPPED, ...nothing, ...empty, before: null, after: null },
		});
		expect(unreadOutcome(LIST, null)).toMatchObject({ outcome: 'notAttempted', code: null, facts: null });
	});
});

describe('the status of a run', () => {
	it.each<[string, OutcomeWord[][]]>([
		['partial', [['applied'], ['conflict']]],
		['partial', [['applied', 'failed']]],
		['partial', [['held', 'rejected']]],
		['partial', [['notAttempted']]],
		['held', [['applied'], ['held', 'applied']]],
		['applied', [['applied'], ['unchanged']]],
		['applied', [['alreadyInPlace']]],
		['unchanged', [['unchanged'], []]],
		['unchanged', []],
	])('is %s where members are %j', (status, lists) => {
		expect(statusOf(lists.map((words) => outcome(words.map((word) => member(word)))))).toBe(status);
	});

	it('is that of lists without members as well', () => {
		expect(statusOf([unreadOutcome(LIST, null)])).toBe('partial');
		expect(statusOf([unchangedOutcome(LIST, [], [])])).toBe('unchanged');
	});
});
