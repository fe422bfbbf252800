/** Changes that have to wait for others: what is planned first, and what is not written where that failed. */

import { describe, expect, it } from '@jest/globals';
import { planRun } from '../../lib/sync';
import type { ListOutcome, PlannedList } from '../../lib/sync/documents';
import { listKey, type ListRef } from '../../lib/sync/model/list';
import { Preparation, supervisionKey } from '../../lib/sync/plan/prerequisites';
import { harness, ownCallCenters, row, settings, source, supervised } from './world';

const [LIST, OTHER] = [supervised('sup@x', 'one@x'), supervised('boss@x', 'two@x')];
const OWN = ownCallCenters('an@x');

describe('an agent who is to be supervised', () => {
	function scene(live: readonly string[] | null, mayJoin: readonly string[]) {
		const made = harness();
		for (const ref of [LIST, OTHER]) made.platform.set(ref, ['old@x']);
		if (live !== null) made.platform.set(OWN, live);
		made.platform.mayJoin.set(listKey(OWN), [...mayJoin]);
		return made;
	}

	async function planned(made: ReturnType<typeof harness>) {
		const rows = [
			row(LIST, 'old@x', { line: 2 }),
			row(LIST, 'an@x', { line: 30 }),
			row(OTHER, 'old@x', { line: 3 }),
			row(OTHER, 'an@x', { line: 4 }),
			row(supervised('third@x', 'ONE@x'), 'an@x', { line: 9 }),
		];
		made.platform.set(supervised('third@x', 'one@x'), []);
		const { plan } = await planRun(source(rows), settings({ assignFirst: true }), made.around);
		const lists = plan?.lists ?? [];
		const held = lists.flatMap((list) =>
			list.held.map(({ member, code, facts }) => [list.ref.userId, member, code, facts]),
		);
		const first = lists.filter(({ ref }) => ref.kind === 'agentCallCenters');
		return { held, first: first.map(({ ref, adds, stage }) => [ref, stage, adds]), lists };
	}

	it('is put in each call center once, for all rows that need it', async () => {
		const { first, held } = await planned(scene(['two@X'], ['One@x', 'two@x']));
		expect(first).toEqual([[OWN, 0, [{ member: 'One@x', lines: [9, 30] }]]]);
		expect(held).toEqual([]);
	});

	it('needs nothing first where all call centers are there', async () => {
		const made = scene(['ONE@x', 'two@x'], []);
		const { first, lists } = await planned(made);
		expect([first, lists.length]).toEqual([[], 3]);
		expect(made.platform.count('joinable')).toBe(0);
	});

	it('is not put under a supervisor where the call center may not be joined, and elsewhere is', async () => {
		const { first, held } = await planned(scene([], ['two@x']));
		expect(first).toEqual([[OWN, 0, [{ member: 'two@x', lines: [4] }]]]);
		expect(held.map(([owner, member, code]) => [owner, member, code])).toEqual([
			['sup@x', 'an@x', 'cannotJoin'],
			['third@x', 'an@x', 'cannotJoin'],
		]);
		expect(held[0][3]).toEqual({ agent: 'an@x', callCenter: 'one@x' });
	});

	it.each([
		['is not there', null, 'unknownMember', { problem: 'notOnPlatform', member: 'an@x' }],
		['cannot be read', 'read', 'callCentersUnreadable', { agent: 'an@x', said: expect.stringContaining('forbidden') }],
		['cannot be asked what it may have', 'joinable', 'joinableUnreadable', { agent: 'an@x', said: null }],
	] as const)('whose own list %s is not put under anybody', async (_, asked, code, facts) => {
		const made = scene(asked === null ? null : [], ['one@x', 'two@x']);
		made.platform.fault = (arrival) => (arrival.asked === asked && arrival.ref?.userId === 'an@x' ? 'forbidden' : null);
		const { first, held } = await planned(made);
		expect(first).toEqual([]);
		expect(held.map(([owner]) => owner).sort()).toEqual(['boss@x', 'sup@x', 'third@x']);
		for (const [, , reported, said] of held) expect([reported, said]).toEqual([code, facts]);
	});
});

describe('what failed before', () => {
	type Change = readonly [member: string, change: 'add' | 'remove', outcome: string];

	function after(...lists: ReadonlyArray<readonly [ListRef, readonly Change[]]>): Preparation {
		const preparation = new Preparation();
		for (const [ref, changes] of lists) {
			const members = changes.map(([member, change, outcome]) => ({ member, change, outcome }));
			preparation.note({ ref, members } as unknown as ListOutcome);
		}
		return preparation;
	}

	function blocked(preparation: Preparation, ref: ListRef, adds: readonly string[], removes: readonly string[] = []) {
		const changes = (ids: readonly string[]) => ids.map((member) => ({ member, lines: [5] }));
		const list = { ref, adds: changes(adds), removes: changes(removes) } as unknown as PlannedList;
		return preparation.blocked(list);
	}

	it('rejects the additions that need it, and no others', () => {
		const preparation = after([
			OWN,
			[
				['ONE@x', 'add', 'failed'],
				['two@x', 'add', 'applied'],
				['three@x', 'add', 'alreadyInPlace'],
			],
		]);
		expect(blocked(preparation, LIST, ['AN@x', 'bea@x'], ['an@x'])).toEqual([
			{
				...{ member: 'AN@x', lines: [5], change: 'add', outcome: 'rejected', code: 'prerequisiteFailed' },
				facts: { member: 'AN@x', callCenter: 'one@x' },
			},
		]);
		expect(blocked(preparation, OTHER, ['an@x'])).toEqual([]);
		expect(blocked(preparation, supervised('sup@x', 'three@x'), ['an@x'])).toEqual([]);
		expect(blocked(preparation, { ...LIST, groupId: 'H' }, ['an@x'])).toEqual([]);
	});

	it('does not include a failed removal from a call center', () => {
		const preparation = after([OWN, [['one@x', 'remove', 'failed']]]);
		expect(blocked(preparation, LIST, ['an@x'])).toEqual([]);
		expect(blocked(preparation, OWN, [], ['one@x'])).toEqual([]);
	});

	it('holds an agent in a call center who is still supervised there', () => {
		const preparation = after([
			LIST,
			[
				['AN@x', 'remove', 'held'],
				['bea@x', 'remove', 'applied'],
				['chris@x', 'add', 'failed'],
			],
		]);
		expect(blocked(preparation, OWN, ['new@x'], ['ONE@x', 'two@x'])).toEqual([
			{
				...{ member: 'ONE@x', lines: [5], change: 'remove', outcome: 'held', code: 'stillSupervised' },
				facts: { agent: 'an@x' },
			},
		]);
		for (const agent of ['bea@x', 'chris@x'])
			expect(blocked(preparation, ownCallCenters(agent), [], ['one@x'])).toEqual([]);
	});

	it('is nothing where all succeeded', () => {
		const preparation = after([OWN, [['one@x', 'add', 'applied']]], [LIST, [['an@x', 'remove', 'applied']]]);
		expect(blocked(preparation, LIST, ['an@x'])).toEqual([]);
		expect(blocked(preparation, OWN, [], ['one@x'])).toEqual([]);
	});
});

it('who is supervised where has one key in any case, by any supervisor', () => {
	expect(supervisionKey(LIST, 'An@x')).toBe(supervisionKey(supervised('boss@x', 'ONE@x'), 'an@x'));
	const others = [
		supervisionKey(LIST, 'bea@x'),
		supervisionKey(OTHER, 'an@x'),
		supervisionKey({ ...LIST, tenantId: 'U' }, 'an@x'),
		supervisionKey({ ...LIST, groupId: 'H' }, 'an@x'),
	];
	expect(new Set([supervisionKey(LIST, 'an@x'), ...others]).size).toBe(5);
});
