import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { applyPlanRun, rollBackRun } from '../../lib/sync';
import { foldId } from '../../lib/sync/model/list';
import { removalsToApprove } from '../../lib/sync/apply';
import { harness, ownCallCenters, rejectedRow, settings, supervised } from './world';
import { AGENTS, CENTERS, fullGroup, group, populate, refs, remove, SUPERVISORS, USERS } from './leavers-group';

describe('people who leave', () => {
	const leaving = fc.record({
		world: group,
		leavers: fc.subarray(USERS, { minLength: 1 }),
		strangers: fc.subarray(['nobody@x', 'agent1@', 'agen1@x', 'super@x']),
		listed: fc.boolean(),
		planOnly: fc.boolean(),
		maxEntries: fc.constantFrom(0, 1, 3),
	});

	it('are on no list any more, nobody else is changed, and a roll back restores them', async () => {
		await fc.assert(
			fc.asyncProperty(leaving, async ({ world, leavers, strangers, listed, planOnly, maxEntries }) => {
				const scene = harness();
				const { platform } = scene;
				populate(platform, world, listed);
				const before = platform.state();
				const gone = new Set(leavers.map(foldId));
				const spelt = [...leavers.map((id) => id.toUpperCase()), ...strangers];
				const supervisors = listed ? [] : SUPERVISORS;
				const run = { settings: { maxEntries }, supervisors, planOnly };
				const first = await remove(scene, spelt, run);
				const { plan } = first;
				const done = planOnly
					? await applyPlanRun(
							plan,
							{ planHash: plan?.hash ?? '', removals: plan === null ? null : removalsToApprove(plan) },
							settings({ maxEntries }),
							scene.around,
						)
					: first;
				for (const [index, ref] of refs().entries()) {
					const was = world.lists[index];
					if (was !== null)
						expect(platform.folded(ref)).toEqual(
							was
								.map(foldId)
								.filter((id) => !gone.has(id))
								.sort(),
						);
				}
				for (const [index, user] of USERS.entries())
					expect(platform.folded(ownCallCenters(user))).toEqual(
						gone.has(foldId(user)) ? [] : world.own[index].map(foldId).sort(),
					);
				const complete = listed && strangers.length === 0;
				expect(['applied', 'unchanged'].includes(done.status)).toBe(complete);
				if (done.journal === null) return;
				expect((await rollBackRun(done.journal, settings(), scene.around)).status).toBe('applied');
				expect(platform.state()).toBe(before);
			}),
			{ numRuns: 60 },
		);
	});

	it('cost two requests for the group, one for each call center, list and leaver, and the writes', async () => {
		const scene = harness();
		const { platform } = scene;
		populate(platform, { lists: refs().map(() => AGENTS), own: USERS.map(() => CENTERS) });
		const { plan, happened } = await remove(scene, [AGENTS[0]]);
		expect(platform.count('users', 'callCenters')).toBe(2);
		expect(platform.count('supervisors')).toBe(CENTERS.length);
		expect(plan?.forecast).toMatchObject({ planningReads: 2 + 3 + 12 + 1, writes: 12 + 1, reads: 1 });
		expect(happened).toMatchObject({ reads: 18 + 1, writes: 13 });
	});
});

describe('a group of which not all is shown', () => {
	it('is never called complete: one list that cannot be read', async () => {
		const scene = harness();
		populate(scene.platform, { lists: refs().map(() => AGENTS), own: USERS.map(() => []) });
		scene.platform.fault = ({ asked, ref }) =>
			asked === 'read' && ref?.userId === SUPERVISORS[1] ? 'forbidden' : null;
		const result = await remove(scene, [AGENTS[0]]);
		expect(result.status).toBe('partial');
		expect(scene.platform.folded(supervised(SUPERVISORS[0], CENTERS[0]))).not.toContain(foldId(AGENTS[0]));
	});

	it('is never called complete: one call center that does not say who supervises', async () => {
		const scene = harness();
		populate(scene.platform, { lists: refs().map(() => AGENTS), own: USERS.map(() => []) });
		let asked = 0;
		scene.platform.fault = (arrival) => (arrival.asked === 'supervisors' && (asked += 1) === 2 ? 'unavailable' : null);
		const result = await remove(scene, ['somebody@else', AGENTS[0]]);
		expect(result.status).toBe('partial');
		expect(result.plan?.notices).toMatchObject([{ code: 'callCenterNotShown', facts: { callCenter: CENTERS[1] } }]);
	});

	it('fails where its call centers are not shown', async () => {
		const scene = harness();
		scene.platform.fault = ({ asked }) => (asked === 'callCenters' ? 'missing' : null);
		const result = await remove(scene, [AGENTS[0]]);
		expect(result).toMatchObject({ status: 'failed', reason: { code: 'groupNotShown' } });
	});
});

describe('people who stay', () => {
	const [leaver, other] = AGENTS;

	it('because the users of the group are not shown, and their text may be the id of somebody else', async () => {
		const scene = fullGroup();
		const before = scene.platform.state();
		scene.platform.fault = ({ asked }) => (asked === 'users' ? 'forbidden' : null);
		const matching = { people: 'emailAddress', callCenters: 'id', country: null } as const;
		const result = await remove(scene, [leaver], { settings: { matching } });
		expect(result).toMatchObject({ status: 'failed', reason: { code: 'groupNotShown' } });
		expect(scene.platform.state()).toBe(before);
	});

	it('because a row that cannot be carried out names them', async () => {
		const scene = fullGroup();
		const rejected = [rejectedRow({ line: 9, userId: leaver })];
		const result = await remove(scene, [leaver, other], { rejected });
		expect(result.status).toBe('partial');
		expect(scene.platform.folded(ownCallCenters(leaver))).toHaveLength(CENTERS.length);
		expect(scene.platform.folded(ownCallCenters(other))).toEqual([]);
		const own = result.lists.find(({ ref }) => ref.userId === leaver && ref.callCenterId === null);
		expect(own).toMatchObject({ outcome: 'rejected', code: 'conflictingRows', facts: { member: leaver } });
	});

	it('because the file may be cut off within a row, and lack the rows after it', async () => {
		const scene = fullGroup();
		const before = scene.platform.state();
		await remove(scene, [leaver], { rejected: [rejectedRow({ line: 9 })], unendedLine: 9 });
		expect(scene.platform.state()).toBe(before);
	});

	it('in a call center that does not say who supervises there', async () => {
		const scene = fullGroup();
		let asked = 0;
		scene.platform.fault = (arrival) => (arrival.asked === 'supervisors' && (asked += 1) === 2 ? 'unavailable' : null);
		const result = await remove(scene, [leaver]);
		expect(result.status).toBe('partial');
		expect(scene.platform.folded(ownCallCenters(leaver))).toEqual([foldId(CENTERS[1])]);
		const own = result.lists.find(({ ref }) => ref.userId === leaver && ref.callCenterId === null);
		expect(own?.members).toContainEqual(
			expect.objectContaining({ member: CENTERS[1], outcome: 'held', code: 'stillSupervised' }),
		);
	});

	it('in a call center of which a supervised list was not seen', async () => {
		const scene = fullGroup();
		scene.platform.fault = ({ asked, ref }) =>
			asked === 'read' && ref?.userId === SUPERVISORS[0] && ref.callCenterId === CENTERS[1] ? 'forbidden' : null;
		const result = await remove(scene, [leaver]);
		expect(result.status).toBe('partial');
		expect(scene.platform.folded(ownCallCenters(leaver))).toEqual([foldId(CENTERS[1])]);
	});
});

describe('a roll back', () => {
	it('puts nobody under a supervisor in a call center that is not given back', async () => {
		const [leaver] = AGENTS;
		const scene = fullGroup();
		const { journal } = await remove(scene, [leaver]);
		scene.platform.set(ownCallCenters(leaver), [CENTERS[0]]);
		const undone = await rollBackRun(journal, settings(), scene.around);
		expect(scene.platform.folded(ownCallCenters(leaver))).toEqual([foldId(CENTERS[0])]);
		for (const ref of refs()) expect(scene.platform.folded(ref)).not.toContain(foldId(leaver));
		expect(undone.lists.flatMap(({ members }) => members)).toContainEqual(
			expect.objectContaining({ member: leaver, outcome: 'rejected', code: 'prerequisiteFailed' }),
		);
	});
});

describe('a stop', () => {
	it('while lists are looked for ends the run before anything is written', async () => {
		const controller = new AbortController();
		const scene = harness({ signal: controller.signal });
		populate(scene.platform, { lists: refs().map(() => AGENTS), own: USERS.map(() => CENTERS) });
		scene.platform.fault = ({ asked }) => {
			if (asked === 'supervisors') controller.abort();
			return null;
		};
		const result = await remove(scene, [AGENTS[0]]);
		expect(result).toMatchObject({ status: 'stopped', happened: { writes: 0 } });
	});
});
