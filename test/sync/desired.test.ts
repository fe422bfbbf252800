/** What the rows of a source ask of each list, whatever order, case and repetition they come in. */

import { describe, expect, it } from '@jest/globals';
import { Desired } from '../../lib/sync/plan/desired';
import type { DesiredList } from '../../lib/sync/plan/desired-list';
import type { Settings } from '../../lib/sync';
import type { SourceRow } from '../../lib/sync/model/row';
import { row, settings, source, supervised } from './world';

const LIST = supervised();

type Asked = readonly [memberId: string | null, action?: 'add' | 'remove' | null, line?: number];

/** The only list of these rows, numbered from 2. */
function list(rows: readonly Asked[], more: Partial<Settings> = {}): DesiredList {
	const all = rows.map(
		([memberId, action = null, line], index): SourceRow => row(LIST, memberId, { action, line: line ?? index + 2 }),
	);
	const desired = new Desired(source(all), settings(more));
	expect(desired.lists).toHaveLength(1);
	return desired.of(desired.lists[0]);
}

const members = (one: DesiredList) => [...one.members.keys()];
const invalid = (one: DesiredList) =>
	one.invalid.map(({ memberId, change, issue, lines }) => [memberId, change, issue.code, lines]);

describe('the lists of a source', () => {
	it('are one for each key in any case, sorted, with the lines that name nobody', () => {
		const [one, two] = [supervised('b@x'), supervised('A@x')];
		const rows = [
			row(one, 'an'),
			row(two, null, { line: 7 }),
			row({ ...one, userId: 'B@X' }, 'bea'),
			row(two, 'chris'),
		];
		const { lists } = new Desired(source(rows), settings());
		expect(lists.map((each) => [each.ref.userId, each.rows.map(({ memberId }) => memberId), each.memberless])).toEqual([
			['A@x', ['chris'], [7]],
			['b@x', ['an', 'bea'], []],
		]);
	});

	it('have the parts of their key that a default gave', () => {
		const rows = [row(LIST, 'an', { defaulted: ['callCenterId'] }), row(LIST, 'bea'), row(LIST, 'chris')];
		expect(new Desired(source(rows), settings()).lists.map(({ defaulted }) => defaulted)).toEqual([['callCenterId']]);
	});
});

describe('the members of a list', () => {
	it('are there once, with all lines that name them, in the order of the file', () => {
		const one = list([
			['An', null, 12],
			['bea', null, 9],
			['an', null, 3],
			['AN', null, 100],
			[null, null, 8],
		]);
		expect(members(one)).toEqual(['an', 'bea']);
		expect(one.spelling('an')).toBe('An');
		expect(one.spelling('who')).toBe('who');
		expect([one.lines('an'), one.lines('bea'), one.lines('who')]).toEqual([[3, 12, 100], [9], []]);
		expect([...one.allMembers()]).toEqual([
			['an', [3, 12, 100]],
			['bea', [9]],
		]);
		expect(one.allLines()).toEqual([8, 9, 12]);
	});

	it('have their new names', () => {
		const aliases = { AN: 'anna' };
		const one = list([['An'], ['Anna'], ['bea']], { aliases });
		expect(members(one)).toEqual(['anna', 'bea']);
		expect([one.spelling('anna'), one.spelling('bea'), one.lines('anna')]).toEqual(['anna', 'bea', [2, 3]]);
		expect(new Desired(source([row(LIST, 'an')]), settings({ aliases })).renamed('aN')).toBe('anna');
		expect(new Desired(source([row(LIST, 'an')]), settings({ aliases })).renamed('Bea')).toBe('Bea');
	});
});

describe('what a row asks', () => {
	it.each([
		['mirror', null, 'add'],
		['mirror', 'add', 'add'],
		['addOnly', 'add', 'add'],
		['removeOnly', null, null],
		['removeOnly', 'remove', null],
		['actionColumn', 'add', 'add'],
		['actionColumn', 'remove', null],
	] as const)('is done in mode %s with action %s', (mode, action, wanted) => {
		const one = list([['an', action]], { mode });
		expect(invalid(one)).toEqual([]);
		expect(members(one)).toEqual(['an']);
		expect(one.desiredIds()).toEqual(wanted === null ? [] : ['an']);
	});

	it.each([
		['mirror', 'remove', 'remove', 'actionNotInMode'],
		['addOnly', 'remove', 'remove', 'actionNotInMode'],
		['removeOnly', 'add', 'add', 'actionNotInMode'],
		['actionColumn', null, 'add', 'actionMissing'],
	] as const)('cannot be done in mode %s with action %s', (mode, action, change, code) => {
		const one = list([['An', action]], { mode });
		expect(members(one)).toEqual([]);
		expect(invalid(one)).toEqual([['An', change, code, [2]]]);
		expect([...one.allMembers()]).toEqual([['an', [2]]]);
	});

	it('cannot be done where two rows contradict each other, however often they are repeated', () => {
		const one = list(
			[
				['An', 'add', 9],
				['an', 'add', 4],
				['AN', 'remove', 5],
				['an', 'add', 6],
				['bea', 'remove', 7],
			],
			{ mode: 'actionColumn' },
		);
		expect(members(one)).toEqual(['bea']);
		expect(invalid(one)).toEqual([['AN', 'add', 'conflictingRows', [4, 5, 9]]]);
		expect(one.invalid[0].issue.facts).toEqual({ problem: 'sameList', member: 'AN', lines: [4, 5, 9] });
		expect([...one.allMembers()]).toEqual([
			['bea', [7]],
			['an', [4, 5, 9]],
		]);
	});
});

describe('a live list', () => {
	const asked: readonly Asked[] = [['An'], ['bea'], ['BEA']];

	it('is as the rows ask, with its own spelling', () => {
		expect(list(asked).unchangedIds(['BEA', 'An'])).toEqual(['BEA', 'An']);
		expect(list([[null]]).unchangedIds([])).toEqual([]);
	});

	it.each([[['An']], [['An', 'bea', 'chris']], [['An', 'chris']], [['bea', 'Bea']], [['bea', 'bea']]])(
		'is not: %j',
		(live) => {
			expect(list(asked).unchangedIds(live)).toBeNull();
		},
	);

	it('does not pass the quick check where rows are invalid, or remove', () => {
		expect(list([['an'], ['bea', 'remove']]).unchangedIds(['an'])).toBeNull();
		for (const mode of ['addOnly', 'removeOnly', 'actionColumn'] as const)
			expect(list([['an', mode === 'removeOnly' ? 'remove' : 'add']], { mode }).unchangedIds(['an'])).toBeNull();
	});

	it('keeps the spelling of the platform', () => {
		expect(list(asked).internedIds(['an', 'bea', 'Chris'])).toEqual(['an', 'bea', 'Chris']);
	});
});
