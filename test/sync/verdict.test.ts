/** What becomes of a run that the platform shows or allows little, and of several runs in one execution. */

import { describe, expect, it } from '@jest/globals';
import { applyPlanRun, decideAll, planRun, prepareRollBack, prepareSync, rollBackRun, syncRun } from '../../lib/sync';
import { FORBIDDEN_LISTS } from '../../lib/sync/model/limits';
import { hiddenScopes } from '../../lib/sync/plan/lists-not-shown';
import type { ListIssue } from '../../lib/sync/model/issue';
import type { ListRef } from '../../lib/sync/model/list';
import { messageOf } from '../support/issue-text';
import { harness, ids, ownCallCenters, rows, settings, source, supervised } from './world';

const inGroup = (groupId: string, userId: string, tenantId = 'T'): ListRef => ({
	...supervised(userId),
	tenantId,
	groupId,
});
const supervisors = (count: number, groupId = 'G') =>
	Array.from({ length: count }, (_, index) => inGroup(groupId, `s${index}@x`));
const wish = (refs: readonly ListRef[], members = ['new@x']) => source(refs.flatMap((ref) => rows(ref, members)));

describe('a run of which nothing could be planned', () => {
	it('has failed, and writes nothing', async () => {
		const { platform, around } = harness();
		const result = await syncRun(wish(supervisors(3)), settings(), around);
		expect(result).toMatchObject({ status: 'failed', reason: { code: 'unknownLists' }, journal: null });
		expect(result.lists.map(({ outcome, code }) => [outcome, code])).toEqual(
			Array.from({ length: 3 }, () => ['rejected', 'missingList']),
		);
		expect(platform.writes).toBe(0);
	});

	it('asks for each of a few groups once, and for none where one cause is plain', async () => {
		const { platform, around } = harness();
		const groups = ['A', 'B', 'C', 'D', 'E'].flatMap((group) => supervisors(2, group));
		await planRun(wish(groups), settings(), around);
		expect(platform.count('users')).toBe(3);
		platform.fault = () => 'forbidden';
		const before = platform.count('users');
		expect((await planRun(wish(groups), settings(), around)).reason).toMatchObject({ code: 'forbidden' });
		expect(platform.count('users')).toBe(before);
	});

	it('says how many have another reason where there is no one cause', async () => {
		const { platform, around } = harness();
		platform.fault = ({ ref }) => (ref?.userId === 's0@x' ? 'unavailable' : null);
		const result = await syncRun(wish(supervisors(3)), settings(), around);
		expect(result.reason).toMatchObject({ code: 'nothingPlanned', facts: { lists: 3, others: 2 } });
		expect(messageOf(result.reason)).toMatch(
			/^None of the 3 lists could be planned\. Supervisor s0@x .*2 lists have other reasons\.$/,
		);
	});

	it('is no success when its plan is applied, either', async () => {
		const { around } = harness();
		const planned = await planRun(wish(supervisors(2)), settings(), around);
		const applied = await applyPlanRun(
			planned.plan,
			{ planHash: planned.plan!.hash, removals: null },
			settings(),
			around,
		);
		expect(applied).toMatchObject({ status: 'failed', journal: null });
	});

	it('a roll back has failed as well, but not where others have changed its lists', async () => {
		const { platform, around } = harness();
		const ref = supervised();
		platform.set(ref, ['a@x']);
		const { journal } = await syncRun(wish([ref], ['a@x', 'b@x']), settings(), around);
		platform.fault = () => 'forbidden';
		expect(await rollBackRun(journal, settings(), around)).toMatchObject({
			status: 'failed',
			reason: { code: 'forbidden' },
		});
		platform.fault = () => null;
		platform.set(ref, ['a@x', 'b@x', 'c@x']);
		expect(await rollBackRun(journal, settings(), around)).toMatchObject({ status: 'partial', reason: null });
	});
});

describe('forbidden', () => {
	it('one list does not affect the others', async () => {
		const { platform, around } = harness();
		const refs = supervisors(4);
		for (const ref of refs) platform.set(ref, []);
		platform.fault = ({ ref }) => (ref?.userId === 's1@x' ? 'forbidden' : null);
		const result = await syncRun(wish(refs), settings(), around);
		expect(result.status).toBe('partial');
		expect(result.lists.find(({ ref }) => ref.userId === 's1@x')).toMatchObject({
			outcome: 'rejected',
			code: 'forbidden',
		});
		expect(result.plan!.unplanned).toMatchObject([{ code: 'forbidden', lines: [2] }]);
		expect(refs.filter((ref) => platform.folded(ref).includes('new@x'))).toHaveLength(3);
	});

	it('writing ends a list, and a group once its first few lists were all forbidden', async () => {
		const { platform, around } = harness();
		const [closed, open] = [supervisors(20, 'closed'), supervisors(20, 'open')];
		for (const ref of [...closed, ...open]) platform.set(ref, ['old@x', 'stays@x']);
		platform.fault = ({ ref, asked }) => (asked !== 'read' && ref?.groupId === 'closed' ? 'forbidden' : null);
		const result = await syncRun(wish([...closed, ...open], ['stays@x', 'new@x']), settings(), around);
		const tried = platform.arrivals.filter(({ ref, asked }) => asked !== 'read' && ref?.groupId === 'closed').length;
		expect(tried).toBeGreaterThanOrEqual(FORBIDDEN_LISTS);
		expect(tried).toBeLessThan(FORBIDDEN_LISTS + settings().concurrency);
		expect(result.status).toBe('partial');
		// Whoever would be on no list any more stays: an addition that failed may have meant anybody.
		for (const ref of open) expect(platform.folded(ref)).toEqual(['new@x', 'old@x', 'stays@x']);
		for (const { ref, code, members } of result.lists.filter((list) => list.ref.groupId === 'closed')) {
			expect([ref.groupId, code]).toEqual(['closed', 'forbidden']);
			expect(members.every(({ outcome }) => outcome === 'failed' || outcome === 'notAttempted')).toBe(true);
			expect(platform.folded(ref)).toEqual(['old@x', 'stays@x']);
		}
	});

	it('everywhere is a run that failed', async () => {
		const { platform, around } = harness();
		const refs = supervisors(20);
		for (const ref of refs) platform.set(ref, []);
		platform.fault = ({ asked }) => (asked === 'read' ? null : 'forbidden');
		const result = await syncRun(wish(refs), settings(), around);
		expect(result).toMatchObject({ status: 'failed', reason: { code: 'forbidden' } });
		expect(platform.writes).toBeLessThan(FORBIDDEN_LISTS + settings().concurrency);
	});

	it('removing alone leaves the additions that were made', async () => {
		const { platform, around } = harness();
		const ref = supervised();
		platform.set(ref, ['old@x', 'stays@x']);
		platform.fault = ({ asked }) => (asked === 'remove' ? 'forbidden' : null);
		const result = await syncRun(
			wish([ref], ['stays@x', 'new@x']),
			settings({ forcedStrategy: 'incremental' }),
			around,
		);
		expect(result.status).toBe('partial');
		expect(result.lists[0].members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
			['new@x', 'applied', null],
			['old@x', 'failed', 'forbidden'],
		]);
	});
});

describe('tenants and groups of which nothing is shown', () => {
	const HOW = { missingList: 'list', forbidden: 'read', unreadableList: 'planning' } as const;
	type Absent = [ListRef, keyof typeof HOW];
	const plan = (shown: ListRef[], absent: Absent[]): Parameters<typeof hiddenScopes>[0] => ({
		lists: [],
		unchanged: shown,
		unplanned: absent.map(([list, code]) => {
			const issue = { code, facts: { problem: HOW[code], list, said: '' } } as ListIssue;
			return { ref: list, outcome: 'rejected', ...issue };
		}),
	});

	it.each<[string, ListRef[], Absent[], object[]]>([
		[
			'a tenant',
			[inGroup('G', 'a')],
			[
				[inGroup('G', 'b', 'U'), 'missingList'],
				[inGroup('H', 'b', 'U'), 'missingList'],
			],
			[{ tenantId: 'U', groupId: null, lists: 2, why: 'missing' }],
		],
		[
			'a group',
			[inGroup('G', 'a')],
			[
				[inGroup('H', 'b'), 'forbidden'],
				[inGroup('h', 'c'), 'forbidden'],
			],
			[{ tenantId: 'T', groupId: 'H', lists: 2, why: 'forbidden' }],
		],
		['one list alone', [inGroup('G', 'a')], [[inGroup('H', 'b'), 'missingList']], []],
		[
			'a group of which one is shown',
			[inGroup('G', 'a')],
			[
				[inGroup('G', 'b'), 'missingList'],
				[inGroup('G', 'c'), 'missingList'],
			],
			[],
		],
		[
			'two causes',
			[inGroup('G', 'a')],
			[
				[inGroup('H', 'b'), 'missingList'],
				[inGroup('H', 'c'), 'forbidden'],
			],
			[],
		],
		[
			'lists that could not be read',
			[inGroup('G', 'a')],
			[
				[inGroup('H', 'b'), 'unreadableList'],
				[inGroup('H', 'c'), 'unreadableList'],
			],
			[],
		],
	])('%s', (_name, shown, absent, expected) => {
		expect(hiddenScopes(plan(shown, absent))).toEqual(expected);
	});
});

describe('several runs of one execution', () => {
	it('write nothing before all are planned, and each sees what those before it wrote', async () => {
		const { platform, around } = harness();
		const agent = ownCallCenters('a@x');
		platform.set(agent, ['cc1@x']);
		const one = settings({ kind: 'agentCallCenters', mode: 'addOnly' });
		const runs = [['cc2@x'], ['cc3@x', 'cc2@x'], ['cc2@x']].map((members) => source(rows(agent, members)));
		platform.know(['cc1@x', 'cc2@x', 'cc3@x']);
		const prepared = [];
		for (const run of runs) prepared.push(await prepareSync(run, one, around));
		expect(platform.writes).toBe(0);
		const statuses = [];
		for (const step of decideAll(prepared)) statuses.push((step.over ? step.result : await step.write()).status);
		expect(statuses).toEqual(['applied', 'applied', 'unchanged']);
		expect(platform.folded(agent)).toEqual(['cc1@x', 'cc2@x', 'cc3@x']);
	});

	it('are measured before any of them holds its removals back', async () => {
		const { platform, around } = harness();
		const refs = supervisors(2);
		for (const ref of refs) platform.set(ref, ids(10));
		const limited = settings({ onBreach: 'hold', limits: { ...settings().limits, removalCountTotal: 5 } });
		const prepared = [];
		for (const ref of refs) prepared.push(await prepareSync(wish([ref], ids(6)), limited, around));
		const results = [];
		for (const step of decideAll(prepared)) results.push(step.over ? step.result : await step.write());
		expect(results.map(({ status, plan }) => [status, plan!.guards.breaches.map(({ facts }) => facts)])).toEqual([
			['held', [expect.objectContaining({ removals: 8 })]],
			['held', [expect.objectContaining({ removals: 8 })]],
		]);
		for (const ref of refs) expect(platform.folded(ref)).toHaveLength(10);
	});

	it('undo one journal twice without harm', async () => {
		const { platform, around } = harness();
		const ref = supervised();
		platform.set(ref, ids(9));
		const { journal } = await syncRun(wish([ref], [...ids(9), 'new@x']), settings(), around);
		const prepared = [];
		for (let times = 0; times < 2; times += 1)
			prepared.push(await prepareRollBack(journal, settings(), around, { writes: true }));
		const statuses = [];
		for (const step of decideAll(prepared)) statuses.push((step.over ? step.result : await step.write()).status);
		expect(statuses).toEqual(['applied', 'unchanged']);
		expect(platform.folded(ref)).toHaveLength(9);
	});
});
