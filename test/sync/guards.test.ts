import { describe, expect, it } from '@jest/globals';
import { formatNumber } from '../../lib/number-format';
import { applyPlanRun, planRun, syncRun } from '../../lib/sync';
import type { Settings } from '../../lib/sync';
import { notShownLimit, removalLimit, totalRemovalLimit } from '../../lib/sync/plan/guards';
import { listKey } from '../../lib/sync/model/list';
import { messageOf } from '../support/issue-text';
import { harness, ids, NO_LIMITS, ownCallCenters, rows, settings, source, STRICT, supervised } from './world';

function limits(more: Partial<Settings['limits']>): Settings['limits'] {
	return { ...NO_LIMITS, ...more };
}

/** A list of `live` members from which the source takes `removals`, with one other list as ballast. */
async function run(live: number, removals: number, more: Partial<Settings>) {
	const { platform, around } = harness();
	platform.set(supervised(), ids(live));
	// One stays always, as a newcomer: a list named with nobody on it is another matter.
	const wished = source(rows(supervised(), [...ids(live).slice(removals), 'new@x']));
	const before = platform.state();
	const result = await syncRun(wished, settings(more), around);
	return { result, platform, wrote: platform.state() !== before };
}

describe('removals per list', () => {
	it.each([
		[1, 0],
		[2, 1],
		[3, 1],
		[4, 2],
		[5, 1],
		[6, 1],
		[7, 2],
		[10, 3],
		[33, 9],
		[34, 10],
		[1000, 10],
	])('a list of %i may lose %i and no more', async (live, limit) => {
		expect(removalLimit(live, STRICT)).toBe(limit);
		const only = { limits: { ...STRICT, removalPercentTotal: 100, removalCountTotal: 1e9 } };
		const allowed = await run(live, limit, only);
		expect(allowed.result.status).toBe('applied');
		const over = await run(live, limit + 1, only);
		expect(over.result.status).toBe('aborted');
		expect(over.result.journal).toBeNull();
		expect(over.platform.writes).toBe(0);
		expect(over.result.plan!.guards.breaches).toMatchObject([
			{ code: 'removalsPerList', facts: { removals: limit + 1, limit } },
		]);
		expect(messageOf(over.result.reason)).toContain(`${limit + 1} of its ${formatNumber(live)}`);
	});

	it('never empties a small list, unless 100 % is allowed', () => {
		for (const live of [1, 2, 3, 4]) {
			expect(removalLimit(live, STRICT)).toBeLessThan(live);
			expect(removalLimit(live, { ...STRICT, removalPercentPerList: 100 })).toBe(live);
			expect(removalLimit(live, { ...STRICT, removalPercentPerList: 0 })).toBe(0);
			expect(removalLimit(live, { ...STRICT, removalCountPerList: 0 })).toBe(0);
		}
	});

	it('holds the removals of that list only, and applies its additions, if set to hold', async () => {
		const { platform, around } = harness();
		platform.set(supervised('a@x'), ids(4));
		platform.set(supervised('b@x'), ids(4));
		const wished = source([...rows(supervised('a@x'), ['new@x']), ...rows(supervised('b@x'), ids(3))]);
		const result = await syncRun(
			wished,
			settings({ onBreach: 'hold', limits: limits({ removalPercentPerList: 30 }) }),
			around,
		);
		expect(result.status).toBe('held');
		expect(result.plan!.guards.verdict).toBe('hold');
		expect(platform.members(supervised('a@x'))).toEqual([...ids(4), 'new@x']);
		expect(platform.members(supervised('b@x'))).toEqual(ids(3));
		const held = result.lists[0].members.filter(({ outcome }) => outcome === 'held');
		expect(held.map(({ member, code }) => [member, code])).toEqual(ids(4).map((id) => [id, 'removalsPerList']));
	});
});

describe('removals in total', () => {
	it.each([
		[0, 5],
		[10, 5],
		[50, 5],
		[51, 6],
		[100, 10],
		[1999, 200],
		[5000, 200],
	])('of %i members at most %i go', (live, limit) => {
		expect(totalRemovalLimit(live, STRICT)).toBe(limit);
	});

	it('stops before the first write just over the limit, and not at it', async () => {
		const only = { limits: limits({ removalPercentTotal: 10, removalCountTotal: 200 }) };
		expect((await run(100, 10, only)).result.status).toBe('applied');
		const over = await run(100, 11, only);
		expect(over.result.status).toBe('aborted');
		expect(over.platform.writes).toBe(0);
		expect(over.result.plan!.guards.breaches).toMatchObject([
			{ code: 'removalsTotal', list: null, facts: { removals: 11, limit: 10 } },
		]);
	});

	it('counts members of unchanged lists, and holds every removal where that was asked for', async () => {
		const { platform, around } = harness();
		const lists = ids(8, 'sup').map((id) => supervised(id));
		for (const ref of lists) platform.set(ref, ids(2));
		const wished = source(lists.flatMap((ref, index) => rows(ref, index < 6 ? ['agent1@x'] : ids(2))));
		const result = await syncRun(
			wished,
			settings({ onBreach: 'hold', limits: limits({ removalPercentTotal: 10 }) }),
			around,
		);
		expect(result.plan!.guards.breaches).toMatchObject([{ code: 'removalsTotal', facts: { removals: 6, limit: 5 } }]);
		expect(result.plan!.totals).toMatchObject({ liveMembers: 16, removes: 0, held: 6 });
		expect(platform.writes).toBe(0);
		expect(result.status).toBe('held');
	});
});

describe('protected members', () => {
	it('are never removed, in whatever case they are written', async () => {
		const aborted = await run(4, 1, { protectedMembers: ['AGENT1@X'] });
		expect(aborted.result.status).toBe('aborted');
		expect(aborted.wrote).toBe(false);
		expect(aborted.result.plan!.guards.breaches).toMatchObject([
			{ code: 'protectedMember', facts: { members: { first: ['agent1@x'], more: 0 } } },
		]);
		const held = await run(4, 2, { protectedMembers: ['AGENT1@X'], onBreach: 'hold' });
		expect(held.platform.members(supervised())).toEqual(['agent1@x', 'agent3@x', 'agent4@x', 'new@x']);
	});
});

describe('a source that shrank', () => {
	const last = (rowCount: number, lists: number, members: number) => ({ lastRun: { rows: rowCount, lists, members } });

	it.each([
		['rows', last(10, 1, 8), 'rows'],
		['members', last(8, 1, 11), 'members'],
		['lists', last(8, 2, 8), '1 list'],
	])('is measured in %s', async (_, lastRun, what) => {
		const { result, wrote } = await run(7, 0, { limits: limits({ shrinkPercent: 19 }), ...lastRun });
		expect(result.status).toBe('aborted');
		expect(wrote).toBe(false);
		expect(result.plan!.guards.breaches).toHaveLength(1);
		expect(messageOf(result.reason)).toContain(`${what} against `);
	});

	it('is reported to have lost more than the limit, however little more, with as few digits as possible', async () => {
		const lost = async (before: number) =>
			messageOf((await run(7, 0, { limits: limits({ shrinkPercent: 20 }), ...last(before, 1, 8) })).result.reason);
		expect(await lost(16)).toContain('8 rows against 16 in the last applied run, 50 % less, over the limit of 20 %.');
		expect(await lost(11)).toContain('27.3 % less');
	});

	it('may lose exactly as much as the limit says', async () => {
		expect((await run(7, 0, { limits: limits({ shrinkPercent: 20 }), ...last(10, 1, 10) })).result.status).toBe(
			'applied',
		);
		expect((await run(7, 0, { limits: limits({ shrinkPercent: 20 }), ...last(11, 1, 10) })).result.status).toBe(
			'aborted',
		);
	});

	it('holds every removal and lets additions through, where that was asked for', async () => {
		const { result, platform } = await run(4, 1, {
			onBreach: 'hold',
			limits: limits({ shrinkPercent: 20 }),
			...last(100, 1, 4),
		});
		expect(result.status).toBe('held');
		expect(platform.members(supervised())).toEqual([...ids(4), 'new@x']);
	});

	it('is checked in mirror mode only', async () => {
		const { result } = await run(4, 1, {
			mode: 'addOnly',
			limits: limits({ shrinkPercent: 20 }),
			...last(100, 10, 400),
		});
		expect(result.status).toBe('applied');
	});
});

describe('lists that are not shown', () => {
	/** So many lists named, of which so many are there. */
	async function named(lists: number, shown: number, more: Partial<Settings> = {}) {
		const { platform, around } = harness();
		const refs = Array.from({ length: lists }, (_, index) => supervised(`s${index}@x`));
		for (const ref of refs.slice(0, shown)) platform.set(ref, ['old@x', 'stays@x']);
		const wished = source(refs.flatMap((ref) => rows(ref, ['stays@x', 'new@x'])));
		return {
			result: await syncRun(wished, settings({ limits: limits({ listsNotShownPercent: 20 }), ...more }), around),
			platform,
			refs,
			wished,
		};
	}

	it.each([
		[1, 2],
		[3, 2],
		[10, 2],
		[14, 2],
		[15, 3],
		[100, 20],
	])('of %i lists, %i may be missing and no more', async (lists, limit) => {
		expect(notShownLimit(lists, STRICT)).toBe(limit);
		if (limit < lists) {
			const allowed = await named(lists, lists - limit);
			expect(allowed.result.status).toBe('partial');
			expect(allowed.platform.folded(allowed.refs[0])).toContain('new@x');
		}
		if (limit + 1 >= lists) return;
		const over = await named(lists, lists - limit - 1);
		expect(over.result.status).toBe('aborted');
		expect(over.platform.writes).toBe(0);
		expect(over.result.plan!.guards.breaches).toMatchObject([
			{ code: 'listsNotShown', list: null, facts: { notShown: limit + 1, limit } },
		]);
		expect(messageOf(over.result.reason)).toContain("raise 'Maximum Lists Not Shown (%)'");
	});

	it('may be none at 0 %, and all at 100 %', () => {
		expect(notShownLimit(50, limits({ listsNotShownPercent: 0 }))).toBe(0);
		expect(notShownLimit(50, limits({ listsNotShownPercent: 100 }))).toBe(50);
	});

	it('holds all removals and applies the additions where that was asked for', async () => {
		const { result, platform, refs } = await named(6, 3, { onBreach: 'hold' });
		expect(result.status).toBe('partial');
		expect(platform.folded(refs[0])).toEqual(['new@x', 'old@x', 'stays@x']);
	});

	it('are checked again before a plan with removals is applied', async () => {
		const { wished } = await named(3, 0);
		const { platform, around } = harness();
		// The missing ones may mean the first, and so cannot mean the second; and who leaves that has a place on the first.
		const [near, far] = [supervised('near@x'), { ...supervised('far@x', 'other@x'), groupId: 'H' }];
		platform.set(near, ['n@x', 'z2@x']);
		platform.set(far, ['z1@x', 'z2@x']);
		const planned = await planRun(
			source([...wished.rows, ...rows(near, ['n@x', 'z2@x']), ...rows(far, ['z1@x'])]),
			settings(),
			around,
		);
		const approval = { planHash: planned.plan!.hash, removals: 1 };
		const strict = await applyPlanRun(
			planned.plan,
			approval,
			settings({ limits: limits({ listsNotShownPercent: 20 }) }),
			around,
		);
		expect(strict.breaches).toMatchObject([{ code: 'listsNotShown', facts: { notShown: 3, limit: 2 } }]);
		expect(platform.writes).toBe(0);
		expect((await applyPlanRun(planned.plan, approval, settings(), around)).status).toBe('partial');
	});
});

describe('additions in total', () => {
	it('abort the run even where removals would be held, because holding them does not help', async () => {
		for (const onBreach of ['abort', 'hold'] as const) {
			const { platform, around } = harness();
			platform.set(supervised(), []);
			const wished = source(rows(supervised(), ids(3)));
			expect(
				(await syncRun(wished, settings({ onBreach, limits: limits({ additionCountTotal: 2 }) }), around)).status,
			).toBe('aborted');
			expect(platform.writes).toBe(0);
			expect(
				(await syncRun(wished, settings({ onBreach, limits: limits({ additionCountTotal: 3 }) }), around)).status,
			).toBe('applied');
		}
	});
});

describe('additions that bring prerequisites', () => {
	it('count once', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), []);
		platform.set(ownCallCenters('agent1@x'), []);
		platform.mayJoin.set(listKey(ownCallCenters('agent1@x')), ['cc@x']);
		const more = { assignFirst: true, limits: limits({ additionCountTotal: 1 }) };
		expect((await syncRun(source(rows(supervised(), ['agent1@x'])), settings(more), around)).status).toBe('applied');
		expect(platform.members(ownCallCenters('agent1@x'))).toEqual(['cc@x']);
	});
});

describe('every guard at once', () => {
	it('reports all breaches, not only the first', async () => {
		const { result } = await run(20, 19, {
			limits: { ...STRICT, additionCountTotal: 0 },
			protectedMembers: ['agent1@x'],
			lastRun: { rows: 500, lists: 1, members: 3 },
		});
		const guards = result.plan!.guards.breaches.map(({ code }) => code);
		expect(guards).toEqual(['removalsPerList', 'protectedMember', 'removalsTotal', 'sourceShrank', 'sourceShrank']);
	});

	it('checks again when an approved plan is applied, against the limits at that time', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ids(10));
		const planned = await planRun(source(rows(supervised(), ids(4))), settings(), around);
		const approval = { planHash: planned.plan!.hash, removals: 6 };
		const strict = await applyPlanRun(planned.plan, approval, settings({ limits: STRICT, onBreach: 'hold' }), around);
		expect(strict.status).toBe('aborted');
		expect(platform.writes).toBe(0);
		expect((await applyPlanRun(planned.plan, approval, settings(), around)).status).toBe('applied');
	});

	it('lets a plan through that removes nobody because the source shrank', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ids(4));
		const shrunk = settings({
			onBreach: 'hold',
			limits: limits({ shrinkPercent: 20 }),
			lastRun: { rows: 100, lists: 1, members: 100 },
		});
		const { plan } = await planRun(source(rows(supervised(), ['new@x'])), shrunk, around);
		expect(plan!.guards.verdict).toBe('hold');
		const result = await applyPlanRun(plan, { planHash: plan!.hash, removals: null }, shrunk, around);
		expect(result.status).toBe('held');
		expect(platform.members(supervised())).toEqual([...ids(4), 'new@x']);
	});

	it('never applies a plan that a guard stopped', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ids(10));
		const planned = await planRun(source(rows(supervised(), ids(4))), settings({ limits: STRICT }), around);
		expect(planned.status).toBe('aborted');
		const result = await applyPlanRun(planned.plan, { planHash: planned.plan!.hash, removals: 6 }, settings(), around);
		expect(result.status).toBe('aborted');
		expect(platform.writes).toBe(0);
	});

	it('guards clearing a list like any other removal', async () => {
		const { platform, around } = harness();
		platform.set(supervised(), ids(4));
		const wished = source([{ ...rows(supervised(), ['x'])[0], memberId: null }]);
		expect((await syncRun(wished, settings({ allowClear: true, limits: STRICT }), around)).status).toBe('aborted');
		expect((await syncRun(wished, settings({ allowClear: true }), around)).status).toBe('applied');
		expect(platform.members(supervised())).toEqual([]);
	});
});

describe('what a run that was stopped says', () => {
	const small = ids(40, 'sup').map((id) => supervised(id));

	async function stopped(lists: number) {
		const { platform, around } = harness();
		for (const ref of small.slice(0, lists)) platform.set(ref, ids(4));
		const wished = source(small.slice(0, lists).flatMap((ref) => rows(ref, ['agent1@x'])));
		const planned = await planRun(wished, settings(), around);
		const strict = settings({ limits: STRICT });
		return {
			aborted: messageOf((await planRun(wished, strict, around)).reason),
			applied: await applyPlanRun(
				planned.plan,
				{ planHash: planned.plan!.hash, removals: planned.plan!.totals.removes },
				strict,
				around,
			),
		};
	}

	it('is short however many limits are exceeded, the worst first and each option once', async () => {
		const { aborted } = await stopped(40);
		const lines = aborted.split('\n');
		expect(lines).toHaveLength(5);
		expect(lines[0]).toMatch(/^\[all lists\] Too many removals: 120 of 160 members \(75 %\) would be removed/);
		expect(lines[3]).toBe('38 more limits are exceeded; the report names them.');
		expect(lines[4]).toMatch(
			/raise 'Maximum Removals in Total \(%\)', .*, or set 'When a Limit Is Exceeded' to 'Hold Removals'\.$/,
		);
	});

	it('names the limits that an approved plan exceeds, and does not offer to hold', async () => {
		const { applied } = await stopped(1);
		expect(applied).toMatchObject({ status: 'aborted', breaches: [{ code: 'removalsPerList' }] });
		expect(messageOf(applied.reason)).toMatch(/would be removed, over the limit of 2 /);
		expect(messageOf(applied.reason)).not.toContain('be held');
	});
});
