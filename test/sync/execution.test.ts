/** What the runs of one execution are handed: what the guards found over all of them, and what earlier runs wrote. */

import { describe, expect, it } from '@jest/globals';
import { asOnlyRun, decideAll, ended, withMatches, type Prepared, type WrittenLists } from '../../lib/sync/execution';
import type { Breach } from '../../lib/sync/documents';
import type { MatchedSource } from '../../lib/sync/plan';
import { listKey } from '../../lib/sync/model/list';
import type { RunResult } from '../../lib/sync/result';
import { settings, supervised } from './world';

const [A, B, C, D] = ['a@x', 'b@x', 'c@x', 'd@x'].map((id) => supervised(id));
const LIMITS = settings().limits;

function result(status: RunResult['status'], more: Partial<RunResult> = {}): RunResult {
	return { status, lists: [], ...more } as unknown as RunResult;
}

type Counts = NonNullable<Prepared['guarded']>['counts'];

/** A run that notes what it is handed. */
function run(counts: Partial<Counts>, leaverCount: number, done = result('applied')) {
	const handed: { breaches: readonly Breach[]; written?: WrittenLists } = { breaches: [] };
	const empty = { lists: [], unchanged: [], liveMembers: 0, source: null, named: { lists: 0, notShown: 0 } };
	const prepared: Prepared = {
		guarded: { counts: { ...empty, ...counts } as Counts, settings: settings({ limits: { ...LIMITS, leaverCount } }) },
		claims: null,
		decide: (breaches, written) => {
			handed.breaches = breaches;
			handed.written = written;
			return { over: false, write: async () => done };
		},
		refuse: () => result('refused'),
	};
	return { prepared, handed };
}

const people = (all: number, ...ids: string[]) => ({ people: { leavers: new Map(ids.map((id) => [id, id])), all } });

describe('people who leave in several runs', () => {
	it('are counted once each, in all of them together', () => {
		const runs = [run(people(10, 'an@x', 'bea@x'), 2), run(people(20, 'bea@x', 'chris@x'), 2)];
		decideAll(runs.map(({ prepared }) => prepared));
		for (const { handed } of runs)
			expect(handed.breaches).toMatchObject([{ code: 'leavers', facts: { people: 3, limit: 2, runs: 2 } }]);
		const fewer = [run(people(10, 'an@x', 'bea@x'), 3), run(people(20, 'bea@x', 'chris@x'), 3)];
		decideAll(fewer.map(({ prepared }) => prepared));
		for (const { handed } of fewer) expect(handed.breaches).toEqual([]);
	});

	it('are those of one run where there is no other', () => {
		const one = run(people(10, 'an@x', 'bea@x'), 1);
		decideAll([one.prepared, ended(result('failed'))]);
		expect(one.handed.breaches).toMatchObject([{ code: 'leavers', facts: { people: 2, runs: 1 } }]);
	});
});

describe('what earlier runs wrote', () => {
	it('is passed to later ones: the lists with a write, as they were left', async () => {
		const lists = [
			[A, ['an@x'], ['read', 'add']],
			[B, null, ['remove']],
			[C, [], ['replace', 'read']],
			[D, ['x@x'], ['read', 'joinable']],
		].map(([ref, after, writes]) => ({ ref, after, requests: (writes as string[]).map((write) => ({ write })) }));
		const first = run({}, 9, result('applied', { lists } as never));
		const second = run({}, 9);
		const steps = decideAll([first.prepared, second.prepared]);
		expect(second.handed.written?.size).toBe(0);
		for (const step of steps) if (!step.over) await step.write();
		expect([...(second.handed.written ?? [])]).toEqual([
			[listKey(A), ['an@x']],
			[listKey(B), null],
			[listKey(C), []],
		]);
	});
});

describe('a run that is over before the guards', () => {
	it('has its result, whatever others do', () => {
		const failed = result('failed');
		const other = run({}, 9);
		const [step, next] = decideAll([ended(failed), other.prepared]);
		expect(step).toEqual({ over: true, result: failed });
		expect(next.over).toBe(false);
		expect(ended(failed).refuse({ code: 'emptySource', facts: {} })).toBe(failed);
		expect(ended(failed)).toMatchObject({ guarded: null, claims: null });
	});
});

describe('what a source was found to mean', () => {
	const matched = { source: {} } as MatchedSource;

	it('is in every result of its run', async () => {
		const writing = withMatches(run({}, 9).prepared, matched);
		expect(await asOnlyRun(Promise.resolve(writing))).toMatchObject({ status: 'applied', matched });
		expect(writing.refuse({ code: 'emptySource', facts: {} })).toMatchObject({ status: 'refused', matched });
		expect(writing.guarded).not.toBeNull();
		const over = withMatches(ended(result('failed')), matched);
		expect(await asOnlyRun(Promise.resolve(over))).toMatchObject({ status: 'failed', matched });
	});

	it('does not change the input of a run', () => {
		const { prepared, handed } = run(people(10, 'an@x', 'bea@x'), 1);
		const other = run({}, 9);
		decideAll([withMatches(prepared, matched), other.prepared]);
		expect(handed.breaches).toHaveLength(1);
		expect(handed.written).toBe(other.handed.written);
	});
});
