/** What a run remembers of lists, and which lists the next one need not read. */

import { describe, expect, it } from '@jest/globals';
import type { Settings } from '../../lib/sync';
import { shortHash, type ListOutcome, type Memory } from '../../lib/sync/documents';
import { listKey, type ListRef } from '../../lib/sync/model/list';
import { Desired } from '../../lib/sync/plan/desired';
import { RememberedLists } from '../../lib/sync/plan/remembered-lists';
import type { SourceRow } from '../../lib/sync/model/row';
import { ids, row, settings, source, supervised } from './world';

const NOW = Date.UTC(2026, 10, 30);
const LIST = supervised('sup@x');

function rememberedBy(rows: readonly SourceRow[], more: Partial<Settings> = {}): RememberedLists {
	const given = settings({ readLists: 'changed', lookEvery: 24, ...more });
	const lists = RememberedLists.of(new Desired(source(rows), given), given, NOW);
	if (lists === null) throw new Error('Nothing is remembered.');
	return lists;
}

/** A list on which the run left these members. */
function outcome(after: readonly string[] | null, more: Partial<ListOutcome> = {}, ref: ListRef = LIST): ListOutcome {
	return {
		...{ ref, outcome: 'applied', after, foreign: { added: [], removed: [] }, members: [], requests: [] },
		...more,
	} as unknown as ListOutcome;
}

const change = (member: string, direction: 'add' | 'remove') => ({ member, change: direction, outcome: 'applied' });
const ASKED = [row(LIST, 'An@x'), row(LIST, 'bea@x')];

/** What is remembered of the list. */
function remembered(result: ListOutcome, rows: readonly SourceRow[] = ASKED, more: Partial<Settings> = {}) {
	return rememberedBy(rows, more).after([result], null, NOW).lists[shortHash(listKey(LIST))];
}

describe('a list', () => {
	it.each(['applied', 'alreadyInPlace', 'unchanged'] as const)(
		'that is %s is remembered, with its size and the run',
		(word) => {
			expect(remembered(outcome(['an@x', 'bea@x', 'chris@x'], { outcome: word }))).toEqual([expect.any(String), 3, 1]);
		},
	);

	it('that shows all its changes is remembered', () => {
		const members = [change('AN@x', 'add'), change('dirk@x', 'remove')] as ListOutcome['members'];
		expect(remembered(outcome(['an@x', 'bea@x'], { members }))).toBeDefined();
	});

	it.each<[string, Partial<ListOutcome>]>([
		['was not written', { outcome: 'held' }],
		['failed', { outcome: 'failed' }],
		['was not seen afterwards', { after: null }],
		['was changed by others, who added', { foreign: { added: ['x@x'], removed: [] } }],
		['was changed by others, who removed', { foreign: { added: [], removed: ['x@x'] } }],
		['was changed by others, who did both', { foreign: { added: ['x@x'], removed: ['y@x'] } }],
		['lacks who was added', { members: [change('dirk@x', 'add')] as ListOutcome['members'] }],
		['still has who was removed', { members: [change('An@x', 'remove')] as ListOutcome['members'] }],
	])('that %s is not remembered', (_, more) => {
		expect(remembered(outcome(['an@x', 'bea@x'], more))).toBeUndefined();
	});

	it('is not remembered if one of its rows cannot be carried out or has no member', () => {
		const fine = outcome(['an@x']);
		expect(remembered(fine, [row(LIST, 'an@x', { action: 'remove' })])).toBeUndefined();
		expect(remembered(fine, [row(LIST, 'an@x'), row(LIST, null)])).toBeUndefined();
		expect(remembered(fine, [row(LIST, 'an@x')])).toBeDefined();
	});

	it('that the source does not name is not remembered', () => {
		const memory = rememberedBy(ASKED).after([outcome(['an@x'], {}, supervised('other@x'))], null, NOW);
		expect(memory.lists).toEqual({});
	});
});

describe('the size of the source', () => {
	it('is that of this run, or stays that of an earlier one', () => {
		const lastRun = { rows: 9, lists: 3, members: 8 };
		const measure = { rows: 2, lists: 1, members: 2 };
		expect(rememberedBy(ASKED, { lastRun }).after([], measure, NOW).source).toEqual(measure);
		expect(rememberedBy(ASKED, { lastRun }).after([], null, NOW).source).toEqual(lastRun);
		expect(rememberedBy(ASKED).after([], null, NOW).source).toBeNull();
	});
});

describe('the next run', () => {
	const LISTS = ids(9, 'sup').map((id) => supervised(id));
	const rowsOf = (members: readonly string[] = ['an@x']) =>
		LISTS.flatMap((ref) => members.map((member) => row(ref, member)));
	const first = (rows: readonly SourceRow[] = rowsOf(), more: Partial<Settings> = {}): Memory =>
		rememberedBy(rows, more).after(
			LISTS.map((ref) => outcome(['an@x', 'bea@x'], {}, ref)),
			null,
			NOW,
		);
	const notRead = (lists: RememberedLists) => LISTS.filter((ref) => lists.membersOf(listKey(ref)) !== null);

	it('need not read unchanged lists, knows their size, and reads those whose turn it is', () => {
		const next = rememberedBy(rowsOf(), { memory: first() });
		expect(next.state).toBe('used');
		expect(notRead(next)).toHaveLength(8);
		for (const ref of notRead(next)) expect(next.membersOf(listKey(ref))).toBe(2);
		expect(next.membersOf('no list')).toBeNull();
	});

	it('reads lists that were last read in the same run in the order of their hashes', () => {
		const next = rememberedBy(rowsOf(), { memory: first(), lookEvery: 3 });
		const byHash = [...LISTS].sort((a, b) => (shortHash(listKey(a)) < shortHash(listKey(b)) ? -1 : 1));
		expect(new Set(notRead(next))).toEqual(new Set(byHash.slice(3)));
	});

	it('reads first what was looked at longest ago', () => {
		const [early, ...late] = LISTS;
		const memory = rememberedBy(rowsOf()).after([outcome(['an@x'], {}, early)], null, NOW);
		const second = rememberedBy(rowsOf(), { memory });
		const both = second.after(
			late.map((ref) => outcome(['an@x'], {}, ref)),
			null,
			NOW,
		);
		expect(Object.values(both.lists).map(([, , run]) => run)).toEqual(late.map(() => 2));
		const apart = rememberedBy(rowsOf(), { memory: { ...both } });
		expect(apart.state).toBe('used');
		expect(notRead(apart)).toHaveLength(7);
	});

	it('reads every list that was not looked at in so many runs', () => {
		const memory = first();
		expect(notRead(rememberedBy(rowsOf(), { memory, lookEvery: 2 }))).toHaveLength(4);
		// In the second run nothing is looked at.
		const later = rememberedBy(rowsOf(), { memory, lookEvery: 100 }).after([], null, NOW);
		expect(Object.keys(later.lists)).toHaveLength(8);
		expect(notRead(rememberedBy(rowsOf(), { memory: later, lookEvery: 3 }))).toHaveLength(5);
		expect(notRead(rememberedBy(rowsOf(), { memory: later, lookEvery: 2 }))).toHaveLength(0);
	});

	it('reads a list whose rows ask for something else, and not because of their order or case', () => {
		const memory = first(rowsOf(['an@x', 'bea@x']));
		expect(notRead(rememberedBy(rowsOf(['BEA@x', 'An@x']), { memory }))).toHaveLength(8);
		for (const others of [['an@x'], ['an@x', 'chris@x'], ['an@x', 'bea@x', 'chris@x']])
			expect(notRead(rememberedBy(rowsOf(others), { memory }))).toHaveLength(0);
		const acting = { mode: 'actionColumn' } as const;
		const action = (word: 'add' | 'remove') => LISTS.map((ref) => row(ref, 'an@x', { action: word }));
		const added = first(action('add'), acting);
		expect(notRead(rememberedBy(action('add'), { ...acting, memory: added }))).toHaveLength(8);
		expect(notRead(rememberedBy(action('remove'), { ...acting, memory: added }))).toHaveLength(0);
	});

	it('reads a list whose rows cannot be carried out any more', () => {
		const memory = first();
		const missing = LISTS.map((ref) => row(ref, null));
		expect(notRead(rememberedBy([...rowsOf(), ...missing], { memory }))).toHaveLength(0);
	});

	it('forgets a list that was read, unless it is unchanged', () => {
		const next = rememberedBy(rowsOf(), { memory: first() });
		const [one, ...others] = notRead(next);
		next.isRead(listKey(one));
		expect(notRead(next)).toEqual(others);
		expect(Object.keys(next.after([], null, NOW).lists)).toHaveLength(7);
		expect(Object.keys(next.after([outcome(['an@x'], {}, one)], null, NOW).lists)).toHaveLength(8);
	});
});

it('nothing is remembered where all lists are read', () => {
	const given = settings({ readLists: 'all' });
	expect(RememberedLists.of(new Desired(source(ASKED), given), given, NOW)).toBeNull();
});
