import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyPlanRun, planRun, syncRun } from '../../lib/sync';
import { sealHolds } from '../../lib/sync/model/canonical-json';
import { journalSchema } from '../../lib/sync/documents/journal';
import { foldId, listKey } from '../../lib/sync/model/list';
import type { Progress } from '../../lib/sync/model/progress';
import { messageOf } from '../support/issue-text';
import { populate, wanted, worlds } from './arbitrary-world';
import { harness, ids, ownCallCenters, rows, settings, source, supervised } from './world';

describe('stopping', () => {
	it('at any request leaves a true journal, and running again converges', async () => {
		const cases = fc.tuple(
			worlds(),
			fc.nat(60),
			fc.constantFrom('signal' as const, 'platform' as const, 'throttled' as const),
			fc.boolean(),
		);
		await fc.assert(
			fc.asyncProperty(cases, async ([world, at, how, slow]) => {
				const abort = new AbortController();
				const { platform, around, clock } = harness({ signal: abort.signal });
				populate(platform, world);
				platform.latency = slow ? 10 : 0;
				platform.meanwhile = ({ index }) => {
					if (index === at && how === 'signal') abort.abort();
				};
				platform.fault = ({ index }) => (how !== 'signal' && index === at ? 'stopped' : null);
				const sync = async () => await syncRun(world.source, world.settings, around);
				const result = await (slow ? clock.run(sync) : sync());
				const arrived = platform.arrivals.length;
				if (arrived > at + 1) {
					// Only what was under way already when the run was stopped.
					expect(arrived).toBeLessThanOrEqual(at + world.settings.concurrency);
				}
				if (arrived > at) {
					const last = arrived === at + 1 && how === 'signal' && result.status !== 'stopped';
					if (!last) expect(result.status).toBe('stopped');
				}
				if (result.status === 'stopped') expect(messageOf(result.reason)).not.toBe('');
				if (result.journal !== null) {
					expect(sealHolds(journalSchema.parse(JSON.parse(JSON.stringify(result.journal))))).toBe(true);
				}
				for (const list of result.lists) {
					const now = platform.folded(list.ref);
					for (const { member, change, outcome, code } of list.members) {
						if (code === 'conflictingRows' || code === 'unverified' || code === 'outcomeUnknown') continue;
						const done = (change === 'add') === now.includes(foldId(member));
						expect([member, change, outcome, done]).toEqual([
							member,
							change,
							outcome,
							outcome === 'applied' || outcome === 'alreadyInPlace',
						]);
					}
				}
				const fresh = harness();
				const missing = platform.writes;
				platform.fault = () => null;
				platform.meanwhile = () => undefined;
				platform.latency = 0;
				const again = await syncRun(world.source, world.settings, { ...fresh.around, platform });
				expect(again.happened.writes).toBe(again.plan!.forecast.writes);
				expect(platform.writes).toBe(missing + again.plan!.forecast.writes);
				for (const ref of world.refs) {
					const target = wanted(world).get(listKey(ref));
					if (target) expect(platform.folded(ref)).toEqual([...target].sort());
				}
			}),
			{ numRuns: 300 },
		);
	});

	it('in planning writes nothing, and names what was not looked at', async () => {
		const abort = new AbortController();
		const { platform, around } = harness({ signal: abort.signal });
		for (const id of ids(3, 'sup')) platform.set(supervised(id), []);
		platform.meanwhile = ({ index }) => {
			if (index === 1) abort.abort();
		};
		const wished = source(ids(3, 'sup').flatMap((id) => rows(supervised(id), ['a@x'])));
		const result = await planRun(wished, settings({ concurrency: 1 }), around);
		expect(result).toMatchObject({
			status: 'stopped',
			plan: null,
			journal: null,
			reason: { code: 'stopped', facts: { problem: 'cancelled' } },
		});
		expect(result.lists.map(({ outcome }) => outcome)).toEqual(['notAttempted', 'notAttempted', 'notAttempted']);
		expect(platform.arrivals).toHaveLength(2);
	});

	it('while users or joinable call centers are read leaves the lists not attempted, and none failed', async () => {
		const agent = ownCallCenters('sup@x');
		for (const [asked, list, more] of [
			['users', supervised(), { checkUsers: true }],
			['joinable', agent, { kind: 'agentCallCenters' }],
		] as const) {
			const { platform, around } = harness();
			platform.set(list, []);
			platform.fault = (arrival) => (arrival.asked === asked ? 'stopped' : null);
			const result = await syncRun(source(rows(list, ['a@x'])), settings(more), around);
			expect(result.status).toBe('stopped');
			expect(result.lists.map(({ outcome }) => outcome)).toEqual(['notAttempted']);
			expect(platform.writes).toBe(0);
		}
	});

	it('before the first request sends none', async () => {
		const { platform, around } = harness({ signal: AbortSignal.abort() });
		platform.set(supervised(), []);
		const result = await syncRun(source(rows(supervised(), ['a@x'])), settings(), around);
		expect(result.status).toBe('stopped');
		expect(platform.arrivals).toEqual([]);
		expect(result.happened).toMatchObject({ reads: 0, writes: 0 });
	});

	it('reports an accepted write that cannot be read back any more as unverified', async () => {
		const abort = new AbortController();
		const { platform, around } = harness({ signal: abort.signal });
		platform.set(supervised(), []);
		platform.fault = ({ asked }) => (asked === 'add' ? 'noList' : null);
		platform.meanwhile = ({ asked }, moment) => {
			if (asked === 'add' && moment === 'done') abort.abort();
		};
		const result = await syncRun(source(rows(supervised(), ['a@x'])), settings(), around);
		expect(result.reason).toEqual({ code: 'stopped', facts: { problem: 'cancelled' } });
		const [member] = result.lists[0].members;
		expect(member).toMatchObject({ outcome: 'failed', code: 'unverified', facts: { said: null } });
		expect(messageOf(member)).toMatch(/Run again\.$/);
	});

	it('hands back what was done, and what was not', async () => {
		const { platform, around } = harness();
		for (const id of ids(3, 'sup')) platform.set(supervised(id), []);
		platform.fault = ({ index }) => (index === 4 ? 'stopped' : null);
		const wished = source(ids(3, 'sup').flatMap((id) => rows(supervised(id), ['a@x'])));
		const result = await syncRun(wished, settings({ concurrency: 1 }), around);
		expect(result.status).toBe('stopped');
		expect(result.journal!.stopped).toMatchObject({
			code: 'stopped',
			facts: { problem: 'signInRefused', platformCode: 'fake-stopped' },
		});
		expect(result.journal!.lists.map(({ outcome }) => outcome)).toEqual(['applied', 'notAttempted', 'notAttempted']);
	});
});

function counted(members: Progress['members']): string[] {
	return members === null ? [] : [`+${members.added} -${members.removed} left ${members.left}`];
}

describe('progress', () => {
	it('counts lists read and lists written, up to their totals', async () => {
		const seen: string[] = [];
		const { platform, around } = harness({
			onProgress: ({ phase, done, total, members }) =>
				seen.push([`${phase} ${done}/${total}`, ...counted(members)].join(' ')),
		});
		for (const id of ids(3, 'sup'))
			platform.set(supervised(id), id === 'sup1@x' ? ['a@x'] : id === 'sup2@x' ? ['leaver@x'] : []);
		await syncRun(
			source(ids(3, 'sup').flatMap((id) => rows(supervised(id), ['a@x']))),
			settings({ concurrency: 1 }),
			around,
		);
		// Who leaves the last list goes after all additions.
		const writing = [
			'0 +0 -0 left 3',
			'0 +1 -0 left 2',
			'0 +2 -0 left 1',
			'1 +2 -0 left 1',
			'1 +2 -1 left 0',
			'2 +2 -1 left 0',
		].map((line) => `writing ${line.replace(' ', '/2 ')}`);
		expect(seen).toEqual(['reading 0/3', 'reading 1/3', 'reading 2/3', 'reading 3/3', ...writing]);
	});

	it('adds up to what was planned from first to last, whatever is refused, held or done by somebody else', async () => {
		const totals = new Set<number>();
		let last: Progress['members'] = null;
		const { platform, around } = harness({
			onProgress: ({ members }) => {
				if (members === null) return;
				const { added, removed, alreadyInPlace, notMade, left } = members;
				totals.add(added + removed + alreadyInPlace + notMade + left);
				expect(Math.min(added, removed, alreadyInPlace, notMade, left)).toBeGreaterThanOrEqual(0);
				last = members;
			},
		});
		platform.set(supervised('sup1@x'), ['old1@x']);
		platform.set(supervised('sup2@x'), ['old2@x', 'kept@x']);
		platform.set(supervised('sup3@x'), ['old2@x']);
		platform.stubborn.add('no@x');
		// A colleague at the portal is a step ahead with one addition to the second list.
		platform.meanwhile = ({ asked, ref }, moment) => {
			if (asked === 'add' && ref?.userId === 'sup1@x' && moment === 'done')
				platform.set(supervised('sup2@x'), ['old2@x', 'kept@x', 'b1@x']);
		};
		const wished = [
			...rows(supervised('sup1@x'), ['a1@x', 'no@x', 'a2@x']),
			...rows(supervised('sup2@x'), ['kept@x', 'b1@x', 'b2@x']),
			...rows(supervised('sup3@x'), ['old2@x']),
		];
		const planned = await planRun(source(wished), settings(), around);
		await applyPlanRun(
			planned.plan,
			{ planHash: planned.plan!.hash, removals: 2 },
			settings({ concurrency: 1 }),
			around,
		);
		expect([...totals]).toEqual([7]);
		expect(last).toMatchObject({ added: 3, removed: 1, alreadyInPlace: 1, notMade: 2, left: 0 });
	});
});
