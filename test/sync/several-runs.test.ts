/** Runs of one execution: what they may not share, and what is counted over all of them. */

import { describe, expect, it } from '@jest/globals';
import { decideAll, prepareRollBack, prepareSync, syncRun } from '../../lib/sync';
import type { ListRef } from '../../lib/sync/model/list';
import type { Prepared, RunContext, RunResult, Settings } from '../../lib/sync';
import { messageOf } from '../support/issue-text';
import { harness, ids, ownCallCenters, row, rows, settings, source, STRICT, supervised } from './world';

const [ONE, TWO] = [supervised('one@x'), supervised('two@x')];

async function results(prepared: readonly Prepared[]): Promise<RunResult[]> {
	const all: RunResult[] = [];
	for (const step of decideAll(prepared)) all.push(step.over ? step.result : await step.write());
	return all;
}

/** A run for each source, all planned before any is written. */
async function runs(around: RunContext, more: Partial<Settings>, ...wishes: Array<Array<[ListRef, string[]]>>) {
	const prepared: Prepared[] = [];
	for (const wish of wishes) {
		const all = wish.flatMap(([ref, members]) => rows(ref, members));
		prepared.push(await prepareSync(source(all), settings(more), around));
	}
	return await results(prepared);
}

const limits = (more: Partial<Settings['limits']>) => ({ limits: { ...settings().limits, ...more } });

describe('two runs that mirror the same list', () => {
	it('are both refused, naming their items, and a third goes on', async () => {
		const { platform, around } = harness();
		for (const ref of [ONE, TWO]) platform.set(ref, ['old@x', 'stays@x']);
		const all = await runs(
			around,
			{},
			[[ONE, ['stays@x', 'a@x']]],
			[[TWO, ['stays@x', 'b@x']]],
			[[supervised('ONE@x'), ['stays@x', 'c@x']]],
		);
		expect(all.map(({ status, reason }) => [status, reason])).toEqual([
			['refused', { code: 'listInSeveralRuns', facts: { list: ONE, items: [1, 3] } }],
			['applied', null],
			['refused', { code: 'listInSeveralRuns', facts: { list: ONE, items: [1, 3] } }],
		]);
		expect(messageOf(all[0].reason)).toMatch(/^Items 1 and 3 name the same list \(/);
		expect(platform.members(ONE)).toEqual(['old@x', 'stays@x']);
		expect(platform.folded(TWO)).toEqual(['b@x', 'stays@x']);
	});

	it('report the first list that they share, whether it is changed, as it should be, or not there', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ['a@x']);
		const shared = await runs(
			around,
			{},
			[
				[ONE, ['a@x']],
				[TWO, ['a@x']],
			],
			[
				[ONE, ['a@x']],
				[TWO, ['a@x']],
			],
		);
		expect(shared.map(({ reason }) => reason)).toMatchObject([
			{ facts: { items: [1, 2] } },
			{ facts: { items: [1, 2] } },
		]);
		const missing = await runs(around, {}, [[TWO, ['a@x']]], [[TWO, ['b@x']]]);
		expect(missing.map(({ status }) => status)).toEqual(['refused', 'refused']);
	});

	it('are refused as well in the mode Action Column', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ['a@x']);
		const changes = async (ref: ListRef) =>
			await prepareSync(source([row(ref, 'b@x', { action: 'add' })]), settings({ mode: 'actionColumn' }), around);
		const all = await results([await changes(ONE), await changes(ONE)]);
		expect(all.map(({ reason }) => reason?.code)).toEqual(['listInSeveralRuns', 'listInSeveralRuns']);
	});

	it.each(['addOnly', 'removeOnly'] as const)('may do so where they only ask for one direction: %s', async (mode) => {
		const { platform, around } = harness();
		platform.set(ONE, ['a@x', 'b@x', 'c@x']);
		const all = await runs(around, { mode }, [[ONE, ['a@x', 'd@x']]], [[ONE, ['b@x', 'e@x']]]);
		expect(all.map(({ status }) => status)).toEqual(['applied', 'applied']);
		expect(platform.folded(ONE)).toEqual(mode === 'addOnly' ? ['a@x', 'b@x', 'c@x', 'd@x', 'e@x'] : ['c@x']);
	});

	it('do not share the call centers that both assign first', async () => {
		const { platform, around } = harness();
		for (const ref of [ONE, TWO]) platform.set(ref, []);
		platform.set(ownCallCenters('a@x'), []);
		platform.know(['cc@x', 'a@x']);
		const all = await runs(around, { assignFirst: true }, [[ONE, ['a@x']]], [[TWO, ['a@x']]]);
		expect(all.map(({ status }) => status)).toEqual(['applied', 'applied']);
		expect(platform.members(ownCallCenters('a@x'))).toEqual(['cc@x']);
	});
});

describe('the guards over all runs', () => {
	it('count the members of a list once, whoever changes it', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ids(10));
		platform.set(TWO, ids(7, 'other'));
		const all = await runs(
			around,
			{ mode: 'removeOnly', ...limits({ removalCountTotal: 1 }) },
			[[ONE, ['agent1@x']]],
			[[supervised('ONE@x'), ['agent2@x', 'AGENT1@x']]],
			[[TWO, ['nobody@x']]],
			[[ONE, ['nobody@x']]],
		);
		const breach = { code: 'removalsTotal', facts: { removals: 2, live: 17, limit: 1, percent: 100, max: 1, runs: 4 } };
		for (const { status, plan } of all.slice(0, 2)) {
			expect(status).toBe('aborted');
			expect(plan!.guards.breaches).toMatchObject([breach]);
		}
		expect(platform.writes).toBe(0);
	});

	it('count what all of them take from one list', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ids(10));
		platform.set(TWO, ids(10));
		const all = await runs(
			around,
			{ mode: 'removeOnly', ...limits({ removalCountPerList: 2 }) },
			[[ONE, ['agent1@x', 'agent2@x']]],
			[[ONE, ['agent3@x']]],
			[[TWO, ['agent1@x']]],
		);
		expect(all.map(({ status }) => status)).toEqual(['aborted', 'aborted', 'applied']);
		expect(all[1].plan!.guards.breaches).toMatchObject([
			{ list: ONE, code: 'removalsPerList', facts: { removals: 3, live: 10, limit: 2 } },
		]);
	});

	it('count the additions, and the lists that are not shown', async () => {
		const { platform, around } = harness();
		platform.set(ONE, []);
		platform.set(TWO, []);
		const added = await runs(around, limits({ additionCountTotal: 3 }), [[ONE, ids(2)]], [[TWO, ids(2)]]);
		expect(added.map(({ plan }) => plan!.guards.breaches)).toMatchObject([
			[{ code: 'additionsTotal', facts: { additions: 4, limit: 3, runs: 2 } }],
			[{ code: 'additionsTotal', facts: { additions: 4, limit: 3, runs: 2 } }],
		]);
		const gone = ids(3, 'gone').map((id) => supervised(id));
		const absent = await runs(
			around,
			limits({ listsNotShownPercent: STRICT.listsNotShownPercent }),
			[
				[ONE, ['a@x']],
				[gone[0], ['a@x']],
			],
			[
				[TWO, ['a@x']],
				[gone[1], ['a@x']],
				[gone[2], ['a@x']],
			],
		);
		expect(absent.map(({ plan }) => plan!.guards.breaches)).toMatchObject([
			[{ code: 'listsNotShown', facts: { lists: 5, notShown: 3, runs: 2 } }],
			[{ code: 'listsNotShown', facts: { lists: 5, notShown: 3, runs: 2 } }],
		]);
	});

	it('leave a refused run out', async () => {
		const { platform, around } = harness();
		for (const ref of [ONE, TWO]) platform.set(ref, ids(10));
		const more = limits({ removalCountTotal: 1 });
		const all = await runs(around, more, [[ONE, ids(9)]], [[ONE, ids(8)]], [[TWO, ids(9)]]);
		expect(all.map(({ status }) => status)).toEqual(['refused', 'refused', 'applied']);
	});
});

describe('a run after another one on the same lists', () => {
	it('does not write what that one has done, and reads before it overwrites', async () => {
		const { platform, around } = harness();
		const own = ownCallCenters('a@x');
		platform.set(own, ['one@x']);
		platform.know(['one@x', 'two@x', 'three@x']);
		const kind = { kind: own.kind, mode: 'addOnly' } as const;
		const all = await runs(around, kind, [[own, ['two@x']]], [[own, ['two@x', 'three@x']]]);
		expect(all.map(({ plan }) => plan!.lists[0].adds.map(({ member }) => member))).toEqual([['two@x'], ['three@x']]);
		expect(all[1].plan!.lists[0]).toMatchObject({ before: ['one@x', 'two@x'], readAgain: true });
		expect(platform.members(own)).toEqual(['one@x', 'two@x', 'three@x']);
	});

	it('removes only those who are still there', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ids(3));
		const all = await runs(
			around,
			{ mode: 'removeOnly' },
			[[ONE, ['agent1@x']]],
			[[ONE, ['agent1@x', 'agent2@x']]],
			[[ONE, ['agent1@x']]],
		);
		expect(all.map(({ status }) => status)).toEqual(['applied', 'applied', 'unchanged']);
		expect(all[1].plan!.lists[0].removes.map(({ member }) => member)).toEqual(['agent2@x']);
		expect(platform.members(ONE)).toEqual(['agent3@x']);
	});

	it('plans from its own read where that one left the list unknown', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ['old@x']);
		platform.fault = ({ index }) => (index === 2 ? 'doubtAfter' : index > 2 && index < 5 ? 'unavailable' : null);
		const all = await runs(around, { mode: 'addOnly' }, [[ONE, ['a@x']]], [[ONE, ['b@x']]]);
		expect(all[0].lists[0]).toMatchObject({ after: null, code: 'outcomeUnknown' });
		expect(all[1]).toMatchObject({ status: 'applied', plan: { lists: [{ before: ['old@x'] }] } });
		expect(platform.folded(ONE)).toEqual(['a@x', 'b@x', 'old@x']);
	});
});

describe('an objection to a plan', () => {
	const reason = { code: 'approvalMissing', facts: { problem: 'removals', removals: 1 } } as const;

	it('refuses the run before anything is written, and shows the plan', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ids(2));
		const wished = source(rows(ONE, ['agent1@x']));
		const [result] = await results([await prepareSync(wished, settings(), around, () => reason)]);
		expect(result).toMatchObject({ status: 'refused', reason, journal: null, plan: { totals: { removes: 1 } } });
		expect(result.lists.map(({ outcome }) => outcome)).toEqual(['notAttempted']);
		expect(platform.writes).toBe(0);
	});

	it('is asked for with the plan, and may be none', async () => {
		const { platform, around } = harness();
		platform.set(ONE, ids(2));
		const asked: number[] = [];
		const objection = ({ totals }: NonNullable<RunResult['plan']>) => {
			asked.push(totals.removes);
			return null;
		};
		const wished = source(rows(ONE, ['agent1@x']));
		const [result] = await results([await prepareSync(wished, settings(), around, objection)]);
		expect([result.status, asked]).toEqual(['applied', [1]]);
	});
});

it('a roll back that is only planned writes nothing', async () => {
	const { platform, around } = harness();
	platform.set(ONE, ids(2));
	const { journal } = await syncRun(source(rows(ONE, [...ids(2), 'new@x'])), settings(), around);
	const { writes } = platform;
	const [result] = await results([await prepareRollBack(journal, settings(), around, { writes: false })]);
	expect(result).toMatchObject({ status: 'planned', plan: { origin: 'journal', totals: { removes: 1 } } });
	expect(platform.writes).toBe(writes);
});
