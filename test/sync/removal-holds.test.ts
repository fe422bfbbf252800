/** Which removals wait for additions, and stay held where these did not come about. */

import { describe, expect, it } from '@jest/globals';
import { failedAddition, removalsToHold } from '../../lib/sync/apply/removal-holds';
import type { PlannedList } from '../../lib/sync/documents';
import type { ListRef } from '../../lib/sync';
import { Moves } from '../../lib/sync/plan/moves';
import { ownCallCenters, supervised } from './world';

const [OLD, NEW, THIRD] = [supervised('old@x'), supervised('new@x'), supervised('third@x')];

interface Changes {
	readonly adds?: readonly string[];
	readonly removes?: ReadonlyArray<readonly [member: string, lastPlace?: boolean]>;
}

function planned(ref: ListRef, { adds = [], removes = [] }: Changes): PlannedList {
	return {
		ref,
		adds: adds.map((member) => ({ member, lines: [] })),
		removes: removes.map(([member, lastPlace]) => ({ member, lines: [7], lastPlace })),
	} as unknown as PlannedList;
}

/** Lists as last seen, by the members that they show; those without were not written. */
function writers(shown: ReadonlyArray<readonly [PlannedList, readonly string[]]>) {
	return new Map(shown.map(([list, members]) => [list, { shows: (folded: string) => members.includes(folded) }]));
}

describe('a removal', () => {
	const old = planned(OLD, { removes: [['An@x'], ['bea@x', true], ['chris@x', false]] });
	const [one, two] = [planned(NEW, { adds: ['an@x'] }), planned(THIRD, { adds: ['AN@x'] })];
	const moves = new Moves([old, one, two]);

	it('is held until the member is on all of the new lists', () => {
		const held = (shown: Parameters<typeof writers>[0]) => removalsToHold(old, moves, writers(shown), null);
		const waits = (list: ListRef) => [
			{ member: 'An@x', lines: [7], change: 'remove', code: 'moveFailed', facts: { member: 'An@x', list } },
		];
		expect(held([[one, ['an@x']]])).toEqual(waits(THIRD));
		expect(held([[two, ['an@x']]])).toEqual(waits(NEW));
		expect(
			held([
				[one, []],
				[two, ['an@x']],
			]),
		).toEqual(waits(NEW));
		expect(
			held([
				[one, ['an@x']],
				[two, ['an@x']],
			]),
		).toEqual([]);
	});

	it('from the last place is held where any addition failed', () => {
		const shown = writers([
			[one, ['an@x']],
			[two, ['an@x']],
		]);
		expect(removalsToHold(old, moves, shown, { member: 'dirk@x', ref: THIRD })).toEqual([
			{
				...{ member: 'bea@x', lines: [7], change: 'remove', code: 'additionFailed' },
				facts: { problem: 'lastPlace', member: 'dirk@x', list: THIRD },
			},
		]);
	});
});

describe('an addition has failed', () => {
	const [one, two] = [planned(NEW, { adds: ['An@x', 'bea@x'] }), planned(THIRD, { adds: ['an@x'] })];

	it('that its list does not show, whatever another one shows, and the first of them is reported', () => {
		expect(failedAddition([one, two], writers([]))).toMatchObject({ member: 'An@x', ref: NEW });
		expect(failedAddition([one, two], writers([[one, ['an@x']]]))).toMatchObject({ member: 'bea@x', ref: NEW });
		const shownElsewhere = writers([[one, ['an@x', 'bea@x']]]);
		expect(failedAddition([one, two], shownElsewhere)).toMatchObject({ member: 'an@x', ref: THIRD });
		expect(
			failedAddition(
				[one, two],
				writers([
					[one, ['an@x', 'bea@x']],
					[two, ['an@x']],
				]),
			),
		).toBeNull();
	});

	it('not where call centers of agents are not shown, which do not move', () => {
		expect(failedAddition([planned(ownCallCenters('an@x'), { adds: ['cc@x'] })], writers([]))).toBeNull();
	});
});
