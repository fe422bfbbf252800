/** People who leave are counted as people: one of them may be on hundreds of lists, and is the whole of their own. */

import { describe, expect, it } from '@jest/globals';
import { decideAll, prepareRemoveEverywhere, prepareSync } from '../../lib/sync';
import type { Breach, Settings, Step } from '../../lib/sync';
import { asOnlyRun } from '../../lib/sync/execution';
import { verdictOf } from '../../lib/sync/plan/guards';
import { harness, ids, NO_LIMITS, ownCallCenters, row, rows, settings, source, STRICT, supervised } from './world';

const CENTER = 'center@x';
const WORKERS = ids(20, 'worker');

/** `count` supervisors, each with one list of all these agents in one call center. */
function crowd(count: number, agents: readonly string[]) {
	const scene = harness();
	const { platform, around } = scene;
	const owners = ids(count, 'chief');
	platform.know([...owners, ...agents]);
	platform.groupCallCenters = [{ serviceUserId: CENTER, name: '' }];
	platform.callCenterSupervisors = new Map([[CENTER, owners]]);
	for (const owner of owners) platform.set(supervised(owner, CENTER), agents);
	for (const agent of agents) platform.set(ownCallCenters(agent), [CENTER]);
	const prepare = async (people: readonly string[], more: Partial<Settings> = {}) =>
		await prepareRemoveEverywhere(
			source(people.map((id) => row(ownCallCenters(id), null))),
			{ supervisors: [], handOver: true },
			settings({ limits: STRICT, ...more }),
			around,
			{ writes: true },
		);
	return {
		...scene,
		prepare,
		leave: async (...given: Parameters<typeof prepare>) => await asOnlyRun(prepare(...given)),
	};
}

/** Of a run that is over; null where there is something to write. */
function breachesOf(step: Step) {
	return step.over ? step.result.plan?.guards.breaches : null;
}

describe('the guards of leavers', () => {
	it('abort even if set to hold, which would do nothing', () => {
		const now = settings({ onBreach: 'hold' });
		const leavers: Breach = { list: null, code: 'leavers', facts: { people: 11, limit: 10, runs: 1 } };
		const facts = { members: { first: [WORKERS[0]], more: 0 } };
		expect(verdictOf([leavers], now)).toBe('abort');
		expect(verdictOf([{ list: null, code: 'protectedLeaver', facts }], now)).toBe('abort');
		expect(verdictOf([{ list: null, code: 'protectedMember', facts }], now)).toBe('hold');
		expect(verdictOf([{ list: null, code: 'protectedMember', facts }, leavers], now)).toBe('abort');
	});

	it('let one leaver in 300 lists pass by default, who is a fifth of each', async () => {
		const agents = ids(5);
		const result = await crowd(300, agents).leave([agents[0]]);
		expect(result.status).toBe('applied');
		expect(result.happened.writes).toBe(301);
	});

	it('stop the eleventh leaver, also where removals would be held', async () => {
		const many = ids(200, 'worker');
		expect((await crowd(2, many).leave(many.slice(0, 10))).status).toBe('applied');
		for (const onBreach of ['abort', 'hold'] as const) {
			const result = await crowd(2, many).leave(many.slice(0, 11), { onBreach });
			const breaches = [{ list: null, code: 'leavers', facts: { people: 11, limit: 10, runs: 1 } }];
			expect(result).toMatchObject({ status: 'aborted', reason: { facts: { breaches } }, happened: { writes: 0 } });
		}
	});

	it('stop more than their share of the people who are on any list', async () => {
		const more = { limits: { ...STRICT, leaverCount: 100 } };
		expect((await crowd(2, WORKERS).leave(WORKERS.slice(0, 5), more)).status).toBe('applied');
		const { plan, status } = await crowd(2, WORKERS).leave(WORKERS.slice(0, 6), more);
		expect(status).toBe('aborted');
		const facts = { removals: 6, live: 20, limit: 5, percent: 10, max: 200, runs: 1 };
		expect(plan?.guards.breaches).toEqual([{ list: null, code: 'removalsTotal', facts }]);
	});

	it('stop for a protected member in whatever case, and name nobody else', async () => {
		for (const onBreach of ['abort', 'hold'] as const) {
			const scene = crowd(2, WORKERS);
			const before = scene.platform.state();
			const protectedMembers = [WORKERS[1].toUpperCase(), WORKERS[7], 'nobody@x'];
			const { plan, status } = await scene.leave(WORKERS.slice(0, 3), { protectedMembers, onBreach });
			expect(status).toBe('aborted');
			const facts = { members: { first: [WORKERS[1]], more: 0 } };
			expect(plan?.guards.breaches).toEqual([{ list: null, code: 'protectedLeaver', facts }]);
			expect(scene.platform.state()).toBe(before);
		}
		expect((await crowd(2, WORKERS).leave(WORKERS.slice(0, 3), { protectedMembers: [WORKERS[7]] })).status).toBe(
			'applied',
		);
	});

	it('count the people of several runs together, each of them once', async () => {
		const { prepare } = crowd(2, WORKERS);
		const breaches = async (...runs: ReadonlyArray<readonly string[]>) => {
			const prepared = [];
			for (const people of runs) prepared.push(await prepare(people));
			return decideAll(prepared).map(breachesOf);
		};
		expect(await breaches(WORKERS.slice(0, 4), WORKERS.slice(1, 5))).toEqual([null, null]);
		const over = [{ code: 'removalsTotal', facts: { removals: 6, live: 20, limit: 5, runs: 2 } }];
		expect(await breaches(WORKERS.slice(0, 4), WORKERS.slice(2, 6))).toMatchObject([over, over]);
	});

	it('leave a sync of the same execution measured list by list', async () => {
		const { prepare, platform, around } = crowd(1, WORKERS);
		const other = supervised('other@x', 'elsewhere@x');
		platform.set(other, ids(4));
		const now = settings({ limits: { ...NO_LIMITS, removalPercentPerList: 30 } });
		const sync = await prepareSync(source(rows(other, [...ids(4).slice(3), 'new@x'])), now, around);
		const [left, synced] = decideAll([await prepare(WORKERS.slice(0, 1)), sync]);
		expect(left.over).toBe(false);
		expect(breachesOf(synced)).toMatchObject([
			{ list: other, code: 'removalsPerList', facts: { removals: 3, live: 4 } },
		]);
	});
});
