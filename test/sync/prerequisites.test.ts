import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyPlanRun, planRun, rollBackRun, syncRun } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import { codeOf, messageOf } from '../support/issue-text';
import { harness, ids, ownCallCenters, row, rows, settings, source, supervised } from './world';

const LIST = supervised('sup@x', 'cc@x');
const FIRST = settings({ assignFirst: true });

/** Three agents; the first is in the call center already, the second may join it, the third may not. */
function scene() {
	const made = harness();
	made.platform.set(LIST, ['old@x']);
	made.platform.set(ownCallCenters('agent1@x'), ['CC@x']);
	made.platform.set(ownCallCenters('agent2@x'), ['other@x']);
	made.platform.set(ownCallCenters('agent3@x'), []);
	made.platform.mayJoin.set(listKey(ownCallCenters('agent2@x')), ['CC@x']);
	made.platform.mayJoin.set(listKey(ownCallCenters('agent3@x')), ['other@x']);
	return made;
}

describe('agents are put in the call center before they are put under a supervisor there', () => {
	it('by additions to their own lists only, all of them before the first supervisor', async () => {
		const { platform, around } = scene();
		const result = await syncRun(source(rows(LIST, ['agent1@x', 'agent2@x', 'old@x'])), FIRST, around);
		expect(result.status).toBe('applied');
		expect(platform.members(ownCallCenters('agent2@x'))).toEqual(['other@x', 'CC@x']);
		expect(platform.members(LIST)).toEqual(['old@x', 'agent1@x', 'agent2@x']);
		const order = platform.arrivals
			.filter(({ asked }) => asked === 'add' || asked === 'replace')
			.map(({ ref }) => ref!.kind);
		expect(order).toEqual(['agentCallCenters', 'supervisedAgents']);
		expect(result.plan!.totals).toMatchObject({ listsToChange: 1, prerequisites: 1, adds: 2 });
		expect(platform.reads).toBe(result.plan!.forecast.planningReads + result.plan!.forecast.reads);
		expect(platform.writes).toBe(result.plan!.forecast.writes);
	});

	it('and one who cannot join is rejected with what to do, while the rest goes on and removals are held', async () => {
		const { platform, around } = scene();
		const wished = source([row(LIST, 'agent2@x'), row(LIST, 'agent3@x', { line: 33 })]);
		const result = await syncRun(wished, FIRST, around);
		expect(result.status).toBe('partial');
		expect(platform.members(LIST)).toEqual(['old@x', 'agent2@x']);
		expect(platform.members(ownCallCenters('agent3@x'))).toEqual([]);
		const members = result.lists.find(({ ref }) => ref.kind === 'supervisedAgents')!.members;
		expect(members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
			['agent2@x', 'applied', null],
			['agent3@x', 'rejected', 'cannotJoin'],
			['old@x', 'held', 'rowNotCarriedOut'],
		]);
		expect(messageOf(members[1])).toContain('an administrator has to');
		expect(members[1].lines).toEqual([33]);
	});

	it('and unknown agents are rejected', async () => {
		const { platform, around } = scene();
		const result = await syncRun(source(rows(LIST, ['old@x', 'nobody@x', 'agent1@x'])), FIRST, around);
		expect(platform.members(LIST)).toEqual(['old@x', 'agent1@x']);
		expect(result.lists[0].members).toMatchObject([
			{ outcome: 'applied' },
			{ member: 'nobody@x', outcome: 'rejected', code: 'unknownMember' },
		]);
	});

	it.each(['incremental', 'replace'] as const)(
		'and whoever could not be put there is not put under the supervisor, whose removals are held: %s',
		async (forcedStrategy) => {
			const { platform, around } = scene();
			platform.fault = ({ asked, ref }) => (asked === 'replace' && ref!.userId === 'agent2@x' ? 'unavailable' : null);
			const result = await syncRun(source(rows(LIST, ['agent1@x', 'agent2@x'])), { ...FIRST, forcedStrategy }, around);
			expect(platform.members(LIST)).toEqual(['old@x', 'agent1@x']);
			const supervisedList = result.lists.find(({ ref }) => ref.kind === 'supervisedAgents')!;
			expect(supervisedList.members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
				['agent1@x', 'applied', null],
				['agent2@x', 'rejected', 'prerequisiteFailed'],
				['old@x', 'held', 'additionFailed'],
			]);
		},
	);

	it('the same when a reviewed plan is applied', async () => {
		const { platform, around } = scene();
		const { plan } = await planRun(source(rows(LIST, ['agent1@x', 'agent2@x'])), FIRST, around);
		platform.fault = ({ asked, ref }) => (asked === 'replace' && ref!.userId === 'agent2@x' ? 'refused' : null);
		const result = await applyPlanRun(plan, { planHash: plan!.hash, removals: 1 }, FIRST, around);
		expect(platform.members(LIST)).toEqual(['old@x', 'agent1@x']);
		expect(result.status).toBe('partial');
	});

	it('one read per agent, however many supervisors want it', async () => {
		const { platform, around } = harness();
		const lists = ids(3, 'sup').flatMap((id) => [supervised(id, 'one@x'), supervised(id, 'two@x')]);
		for (const ref of lists) platform.set(ref, []);
		platform.set(ownCallCenters('agent1@x'), []);
		platform.mayJoin.set(listKey(ownCallCenters('agent1@x')), ['one@x', 'two@x']);
		const result = await syncRun(source(lists.flatMap((ref) => rows(ref, ['AGENT1@x']))), FIRST, around);
		expect(result.status).toBe('applied');
		expect(platform.arrivals.filter(({ ref }) => ref!.kind === 'agentCallCenters').map(({ asked }) => asked)).toEqual([
			'read',
			'joinable',
			'replace',
			'read',
		]);
		expect(platform.members(ownCallCenters('agent1@x'))).toEqual(['one@x', 'two@x']);
	});

	it('roll back removes the supervision first, then the membership, and restores the first state', async () => {
		const { platform, around } = scene();
		const before = platform.state();
		const run = await syncRun(source(rows(LIST, ['agent1@x', 'agent2@x'])), FIRST, around);
		const from = platform.arrivals.length;
		const undone = await rollBackRun(run.journal, FIRST, around);
		expect(undone.status).toBe('applied');
		expect(platform.state()).toBe(before);
		const kinds = platform.arrivals
			.slice(from)
			.filter(({ asked }) => !['read', 'joinable'].includes(asked))
			.map(({ ref }) => ref!.kind);
		expect(kinds[kinds.length - 1]).toBe('agentCallCenters');
		platform.mayJoin.set(listKey(ownCallCenters('agent2@x')), ['CC@x']);
		const redone = await rollBackRun(undone.journal, FIRST, around);
		expect(redone.status).toBe('applied');
		expect(platform.members(ownCallCenters('agent2@x'))).toEqual(['other@x', 'CC@x']);
	});

	it('roll back leaves an agent in the call center whose supervision stays', async () => {
		const { platform, around } = scene();
		const run = await syncRun(source(rows(LIST, ['old@x', 'agent2@x'])), FIRST, around);
		platform.set(LIST, ['old@x', 'agent2@x', 'visitor@x']);
		const changed = await rollBackRun(run.journal, FIRST, around);
		expect(platform.members(ownCallCenters('agent2@x'))).toEqual(['other@x', 'CC@x']);
		expect(changed.lists.map(({ outcome, code }) => [outcome, code])).toEqual([
			['held', 'stillSupervised'],
			['conflict', 'changedSince'],
		]);

		platform.set(LIST, ['old@x', 'agent2@x']);
		platform.fault = ({ asked }) => (asked === 'remove' ? 'unavailable' : null);
		const failed = await rollBackRun(run.journal, FIRST, around);
		expect(platform.members(ownCallCenters('agent2@x'))).toEqual(['other@x', 'CC@x']);
		expect(failed.lists.map((list) => [list.outcome, codeOf(list)])).toEqual([
			['failed', 'fake-unavailable'],
			['held', 'stillSupervised'],
		]);
	});
});

describe('over random worlds with prerequisites', () => {
	const AGENTS = ids(4);
	const CENTERS = ids(3, 'cc');
	const LISTS = ids(2, 'sup').flatMap((id) => CENTERS.map((center) => supervised(id, center)));
	const worlds = fc.record({
		own: fc.array(fc.subarray(CENTERS), { minLength: 4, maxLength: 4 }),
		joinable: fc.array(fc.subarray(CENTERS), { minLength: 4, maxLength: 4 }),
		live: fc.array(fc.subarray(AGENTS), { minLength: 6, maxLength: 6 }),
		wished: fc.array(fc.subarray(AGENTS, { minLength: 1 }), { minLength: 6, maxLength: 6 }),
	});

	it(
		'nobody is put where they are no agent, nobody leaves a call center, the forecast holds, and roll ' +
			'back returns',
		async () => {
			await fc.assert(
				fc.asyncProperty(worlds, async ({ own, joinable, live, wished }) => {
					const { platform, around } = harness();
					AGENTS.forEach((agent, index) => {
						platform.set(ownCallCenters(agent), own[index]);
						platform.mayJoin.set(listKey(ownCallCenters(agent)), joinable[index]);
					});
					LISTS.forEach((ref, index) => platform.set(ref, live[index]));
					const before = platform.state();
					const result = await syncRun(source(LISTS.flatMap((ref, index) => rows(ref, wished[index]))), FIRST, around);
					const { planningReads, reads, writes } = result.plan!.forecast;
					expect(result.happened).toMatchObject({ reads: planningReads + reads, writes });
					const able = LISTS.map((ref, index) =>
						wished[index].filter((agent) => {
							const at = AGENTS.indexOf(agent);
							return live[index].includes(agent) || [...own[at], ...joinable[at]].includes(ref.callCenterId!);
						}),
					);
					const unable = new Set(
						wished.flatMap((agents, index) => agents.filter((agent) => !able[index].includes(agent))),
					);
					const isHeld = (index: number, agent: string) =>
						able[index].length < wished[index].length || unable.has(agent);
					const stays = (index: number, agent: string) =>
						able[index].includes(agent) || (live[index].includes(agent) && isHeld(index, agent));
					const isLost = (index: number, agent: string) =>
						!LISTS.some((_, other) => stays(other, agent)) ||
						(able[index].length === 0 && !live[index].some((member) => stays(index, member)));
					LISTS.forEach((ref, index) => {
						const now = platform.folded(ref);
						const held = live[index].filter(
							(agent) => isHeld(index, agent) || (unable.size > 0 && isLost(index, agent)),
						);
						expect(now).toEqual([...new Set([...able[index], ...held])].sort());
						for (const agent of now) {
							if (!live[index].includes(agent))
								expect(platform.members(ownCallCenters(agent))).toContain(ref.callCenterId);
						}
					});
					AGENTS.forEach((agent, index) =>
						expect(platform.members(ownCallCenters(agent))).toEqual(expect.arrayContaining(own[index])),
					);
					if (result.journal === null) return;
					// Whoever left may join again: what roll back is about is another matter.
					platform.mayJoin.clear();
					platform.know([...AGENTS, ...CENTERS]);
					await rollBackRun(result.journal, FIRST, around);
					expect(platform.state()).toBe(before);
				}),
				{ numRuns: 150 },
			);
		},
	);
});

describe('lists of call centers, of which an agent may join only some', () => {
	it('rejects what the agent may not join, holds the removals, and writes the rest', async () => {
		const { platform, around } = harness();
		const list = ownCallCenters('agent@x');
		platform.set(list, ['one@x', 'two@x']);
		platform.mayJoin.set(listKey(list), ['Three@x']);
		const result = await syncRun(
			source(rows(list, ['one@x', 'three@x', 'four@x'])),
			settings({ kind: 'agentCallCenters' }),
			around,
		);
		expect(platform.members(list)).toEqual(['one@x', 'two@x', 'Three@x']);
		expect(result.lists[0].members.map(({ member, outcome, code }) => [member, outcome, code])).toEqual([
			['Three@x', 'applied', null],
			['four@x', 'rejected', 'cannotJoin'],
			['two@x', 'held', 'rowNotCarriedOut'],
		]);
	});

	it('fails a list where it cannot be read, and writes nothing there', async () => {
		const { platform, around } = harness();
		const list = ownCallCenters('agent@x');
		platform.set(list, ['one@x']);
		platform.fault = ({ asked }) => (asked === 'joinable' ? 'unavailable' : null);
		const result = await syncRun(source(rows(list, ['two@x'])), settings({ kind: 'agentCallCenters' }), around);
		expect(result.lists).toMatchObject([{ outcome: 'failed', code: 'joinableUnreadable' }]);
		expect(platform.writes).toBe(0);
	});

	it('is not read for a list that only loses some', async () => {
		const { platform, around } = harness();
		const list = ownCallCenters('agent@x');
		platform.set(list, ['one@x', 'two@x']);
		const result = await syncRun(source(rows(list, ['one@x'])), settings({ kind: 'agentCallCenters' }), around);
		expect([result.status, platform.count('joinable')]).toEqual(['applied', 0]);
	});
});
