/** What an approved plan comes to besides its changes: its other lists, and the guards as they are now. */

import { describe, expect, it } from '@jest/globals';
import { applyPlanRun, decideAll, planRun, prepareApplyPlan, prepareRollBack, syncRun } from '../../lib/sync';
import type { Plan, Prepared, RunContext, Settings, SourceRow } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import { harness, ids, ownCallCenters, row, rows, settings, source, STRICT, supervised } from './world';

const CHANGED = supervised('changed@x');
/** In another group and call center, so that a list that is not there is not taken for the one that changes. */
const elsewhere = (userId: string) => ({ ...supervised(userId, 'other@x'), groupId: 'H' });
const [SAME, GONE] = ['same@x', 'gone@x'].map(elsewhere);

/** A plan made under `then`, and its application under `now`. */
async function planned(all: readonly SourceRow[], then: Partial<Settings> = {}) {
	const scene = harness();
	scene.platform.set(CHANGED, ids(5));
	scene.platform.set(SAME, ids(2));
	const { plan } = await planRun(source(all), settings(then), scene.around);
	const removals = plan!.lists.reduce((sum, { removes }) => sum + removes.length, 0);
	const apply = async (now: Partial<Settings> = {}) =>
		await applyPlanRun(plan, { planHash: plan!.hash, removals }, settings({ ...then, ...now }), scene.around);
	return { ...scene, plan: plan!, apply };
}

const REMOVAL = rows(CHANGED, ids(4));
const ADDITION = rows(CHANGED, [...ids(5), 'new@x']);
const OTHERS = [...rows(SAME, ids(2)), ...rows(GONE, ['agent1@x'])];
const limits = (more: Partial<Settings['limits']>) => ({ limits: { ...settings().limits, ...more } });

describe('the other lists of an approved plan', () => {
	it('are reported as they were planned, without a request', async () => {
		const { platform, apply } = await planned([...ADDITION, ...OTHERS]);
		const arrived = platform.arrivals.length;
		const { status, lists } = await apply();
		expect(status).toBe('partial');
		expect(
			lists.map(({ ref, outcome, code, before, requests }) => [ref.userId, outcome, code, before, requests.length]),
		).toEqual([
			['changed@x', 'applied', null, ids(5), 2],
			['gone@x', 'rejected', 'missingList', null, 0],
			['same@x', 'unchanged', null, null, 0],
		]);
		expect(platform.arrivals.slice(arrived).map(({ ref }) => ref!.userId)).toEqual(['changed@x', 'changed@x']);
	});

	it('make the run fail only where no list could be planned', async () => {
		const failed = await (await planned(rows(GONE, ['agent1@x']))).apply();
		expect(failed).toMatchObject({
			status: 'failed',
			reason: { code: 'nothingPlanned', facts: { lists: 1, others: 0 } },
		});
		expect(failed.lists.map(({ outcome }) => outcome)).toEqual(['rejected']);
		expect(await (await planned(OTHERS)).apply()).toMatchObject({ status: 'partial', reason: null, journal: null });
		expect(await (await planned(rows(SAME, ids(2)))).apply()).toMatchObject({ status: 'unchanged', reason: null });
		expect((await (await planned([...ADDITION, ...rows(GONE, ['agent1@x'])])).apply()).status).toBe('partial');
	});
});

describe('the guards as they are set when a plan is applied', () => {
	it('stop the whole plan, with the breach, and say that nothing can be held now', async () => {
		const { platform, apply } = await planned([...REMOVAL, ...OTHERS]);
		const before = platform.state();
		const result = await apply({ onBreach: 'hold', ...limits({ removalCountPerList: 0 }) });
		const breach = {
			list: CHANGED,
			code: 'removalsPerList',
			facts: { kind: CHANGED.kind, removals: 1, live: 5, limit: 0, percent: 100, max: 0 },
		};
		expect(result).toMatchObject({
			status: 'aborted',
			journal: null,
			breaches: [breach],
			reason: { code: 'guards', facts: { breaches: [breach], canHold: false } },
		});
		expect(result.lists.map(({ ref, outcome, after }) => [ref.userId, outcome, after])).toEqual([
			['changed@x', 'notAttempted', null],
			['gone@x', 'rejected', null],
			['same@x', 'unchanged', null],
		]);
		expect(result.lists[0].members).toMatchObject([{ member: 'agent5@x', change: 'remove', outcome: 'notAttempted' }]);
		expect(platform.state()).toBe(before);
	});

	it('that stopped it in planning stop it again, and are reported again', async () => {
		const { plan, apply } = await planned(REMOVAL, limits({ removalCountTotal: 0 }));
		expect(plan.guards.verdict).toBe('abort');
		const result = await apply(limits({ removalCountTotal: 100 }));
		expect(result).toMatchObject({ status: 'aborted', breaches: plan.guards.breaches });
		expect(result.breaches).toMatchObject([{ code: 'removalsTotal' }]);
	});

	it('count the members of all lists that were planned', async () => {
		const { apply } = await planned([...REMOVAL, ...OTHERS]);
		const { breaches } = await apply(limits({ removalCountTotal: 0 }));
		expect(breaches).toMatchObject([{ code: 'removalsTotal', facts: { removals: 1, live: 7, runs: 1 } }]);
	});

	it('stop a plan that removes for a source that shrank or is not all shown, and no other', async () => {
		const lastRun = { rows: 1_000, lists: 1_000, members: 1_000 };
		const shrunk = { lastRun, ...limits({ shrinkPercent: 20 }) };
		const gone = [...OTHERS, ...ids(2, 'gone').flatMap((id) => rows(elsewhere(id), ['agent1@x']))];
		const hidden = limits({ listsNotShownPercent: STRICT.listsNotShownPercent });
		const codes = async (all: readonly SourceRow[], now: Partial<Settings>, then: Partial<Settings> = {}) =>
			((await (await planned(all, then)).apply(now)).breaches ?? []).map(({ code }) => code);
		expect(await codes(REMOVAL, shrunk)).toEqual(['sourceShrank', 'sourceShrank', 'sourceShrank']);
		expect(await codes(ADDITION, shrunk)).toEqual([]);
		expect(await codes(rows(CHANGED, ['agent1@x']), shrunk, { mode: 'removeOnly' })).toEqual([]);
		expect(await codes([...REMOVAL, ...gone], hidden)).toEqual(['listsNotShown']);
		expect(await codes([...ADDITION, ...gone], hidden)).toEqual([]);
		const { apply } = await planned([...REMOVAL, ...gone]);
		expect((await apply(hidden)).breaches).toMatchObject([{ facts: { lists: 5, notShown: 3 } }]);
	});

	it('do not count the call centers that are assigned first', async () => {
		const scene = harness();
		scene.platform.set(CHANGED, []);
		scene.platform.set(ownCallCenters('a@x'), []);
		scene.platform.mayJoin.set(listKey(ownCallCenters('a@x')), ['cc@x']);
		const { plan } = await planRun(source(rows(CHANGED, ['a@x'])), settings({ assignFirst: true }), scene.around);
		const now = settings({ assignFirst: true, ...limits({ additionCountTotal: 1 }) });
		expect((await applyPlanRun(plan, { planHash: plan!.hash, removals: 0 }, now, scene.around)).status).toBe('applied');
	});

	it('stop a plan of which one list removes, and count no list as not shown that was named with nobody', async () => {
		const lastRun = { rows: 1_000, lists: 1_000, members: 1_000 };
		const added = rows(elsewhere('same@x'), [...ids(2), 'new@x']);
		const one = await (await planned([...REMOVAL, ...added])).apply({ lastRun, ...limits({ shrinkPercent: 20 }) });
		expect(one.breaches).toHaveLength(3);
		const empty = ['a@x', 'b@x', 'c@x'].map((id) => row(elsewhere(id), null));
		const scene = await planned([...REMOVAL, ...rows(SAME, ids(2))]);
		for (const { list } of empty) scene.platform.set(list, []);
		const { plan } = await planRun(source([...REMOVAL, ...empty]), settings(), scene.around);
		expect(plan!.unplanned.map(({ code }) => code)).toEqual(['emptyList', 'emptyList', 'emptyList']);
		const now = settings(limits({ listsNotShownPercent: STRICT.listsNotShownPercent }));
		const approval = { planHash: plan!.hash, removals: plan!.totals.removes };
		expect((await applyPlanRun(plan, approval, now, scene.around)).breaches).toBeUndefined();
	});

	it('name a protected member in whatever case', async () => {
		const { apply } = await planned(REMOVAL);
		expect((await apply({ protectedMembers: ['AGENT5@x'] })).breaches).toMatchObject([
			{ code: 'protectedMember', facts: { members: { first: ['agent5@x'], more: 0 } } },
		]);
	});
});

describe('an approved plan of a roll back', () => {
	/** Planned from the journal of a run that made these changes. */
	async function undoing(all: readonly SourceRow[]) {
		const scene = harness();
		scene.platform.set(CHANGED, ids(5));
		const { journal } = await syncRun(source(all), settings(), scene.around);
		const prepared = await prepareRollBack(journal, settings(), scene.around, { writes: false });
		const [step] = decideAll([prepared]);
		const plan = step.over ? step.result.plan! : null!;
		const apply = async (now: Partial<Settings> = {}) =>
			await applyPlanRun(plan, { planHash: plan.hash, removals: plan.totals.removes }, settings(now), scene.around);
		return { ...scene, apply };
	}

	it('is compared with no earlier source', async () => {
		const { apply } = await undoing(ADDITION);
		const lastRun = { rows: 1_000, lists: 1_000, members: 1_000 };
		expect((await apply({ lastRun, mode: 'mirror', ...limits({ shrinkPercent: 1 }) })).status).toBe('applied');
	});

	it('has nothing to do where the run did nothing', async () => {
		const scene = harness();
		scene.platform.set(CHANGED, []);
		scene.platform.stubborn.add('new@x');
		const { journal } = await syncRun(source(rows(CHANGED, ['new@x'])), settings(), scene.around);
		const [step] = decideAll([await prepareRollBack(journal, settings(), scene.around, { writes: false })]);
		const plan = step.over ? step.result.plan! : null!;
		const result = await applyPlanRun(plan, { planHash: plan.hash, removals: 0 }, settings(), scene.around);
		expect(result).toMatchObject({ status: 'unchanged', reason: null, lists: [] });
	});
});

describe('two approved plans in one execution', () => {
	const breachesOf = async (plans: readonly Plan[], around: RunContext) => {
		const now = settings(limits({ removalCountTotal: 0 }));
		const prepared: Prepared[] = [];
		for (const plan of plans) {
			const removals = plan.lists.reduce((sum, { removes }) => sum + removes.length, 0);
			prepared.push(await prepareApplyPlan(plan, { planHash: plan.hash, removals }, now, around));
		}
		return decideAll(prepared).map((step) => (step.over ? step.result.breaches : null));
	};

	it('count members of the lists that are planned, and not the call centers that are assigned first', async () => {
		const { platform, around } = harness();
		const plans: Plan[] = [];
		for (const id of ['one@x', 'two@x']) {
			platform.set(supervised(id), ['old@x', 'stays@x']);
			platform.set(ownCallCenters('shared@x'), ['a@x', 'b@x', 'c@x']);
			platform.mayJoin.set(listKey(ownCallCenters('shared@x')), ['cc@x']);
			const wished = source(rows(supervised(id), ['stays@x', 'shared@x']));
			plans.push((await planRun(wished, settings({ assignFirst: true }), around)).plan!);
		}
		expect(plans.map(({ totals }) => totals.prerequisites)).toEqual([1, 1]);
		const breach = { code: 'removalsTotal', facts: { removals: 2, live: 4, runs: 2 } };
		expect(await breachesOf(plans, around)).toMatchObject([[breach], [breach]]);
	});
});
