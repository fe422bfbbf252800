import { describe, expect, it } from '@jest/globals';
import { applyPlanRun, prepareRemoveEverywhere, type RunResult, type Settings } from '../../lib/sync';
import { asOnlyRun } from '../../lib/sync/execution';
import { foldId } from '../../lib/sync/model/list';
import { removalsToApprove } from '../../lib/sync/apply';
import { harness, ownCallCenters, rejectedRow, row, settings, source, supervised } from './world';
import { AGENTS, CENTERS, remove, SUPERVISORS } from './leavers-group';

describe('the plan of people who leave', () => {
	const [leaver, other, third] = AGENTS;
	const [chief] = SUPERVISORS;
	const [desk] = CENTERS;

	/** One supervised list with three agents, of whom the first has two call centers of their own. */
	function smallGroup() {
		const scene = harness();
		scene.platform.know([...SUPERVISORS, ...AGENTS]);
		scene.platform.groupCallCenters = [{ serviceUserId: desk, name: '' }];
		scene.platform.callCenterSupervisors = new Map([
			[foldId(desk), [chief]],
			[foldId(CENTERS[1]), []],
		]);
		scene.platform.set(supervised(chief, desk), [leaver, other, third]);
		scene.platform.set(ownCallCenters(leaver), [desk, CENTERS[1]]);
		scene.platform.set(ownCallCenters(other), []);
		return scene;
	}

	const removalsOf = ({ plan }: RunResult) =>
		plan?.lists.map(({ ref, removes }) => [
			ref.userId,
			ref.callCenterId,
			removes.map(({ member, lines }) => [member, lines]),
		]);
	const rejectedOf = ({ plan }: RunResult) =>
		plan?.unplanned.map(({ ref, outcome, code, facts, lines }) => [ref.userId, outcome, code, facts, lines]);

	async function plan(scene: ReturnType<typeof harness>, all: Parameters<typeof source>[0], more = {}) {
		const wish = { supervisors: [], handOver: true, ...more };
		const purpose = { writes: false };
		return await asOnlyRun(prepareRemoveEverywhere(source(all), wish, settings(), scene.around, purpose));
	}

	it('has each list with the lines that name the leaver, those without a change, and what was counted', async () => {
		const rows = [leaver, other, leaver.toUpperCase()].map((id, index) =>
			row(ownCallCenters(id), null, { line: index + 2 }),
		);
		const result = await plan(smallGroup(), rows);
		expect(removalsOf(result)).toEqual([
			[
				chief,
				desk,
				[
					[leaver, [2, 4]],
					[other, [3]],
				],
			],
			[
				leaver,
				null,
				[
					[desk, [2, 4]],
					[CENTERS[1], [2, 4]],
				],
			],
		]);
		expect(result.plan).toMatchObject({
			unchanged: [ownCallCenters(other)],
			unplanned: [],
			source: { rows: 3, rejectedRows: 0, lists: 3, members: 3 },
			totals: { liveMembers: 3 },
		});
	});

	it('leaves whoever a row wants to add, and says which row', async () => {
		const rows = [
			row(ownCallCenters(leaver), null, { line: 2 }),
			row(ownCallCenters(leaver), null, { line: 3, action: 'add' }),
			row(ownCallCenters(leaver), null, { line: 4, action: 'add' }),
			row(ownCallCenters(other), null, { line: 5, action: 'remove' }),
		];
		const result = await plan(smallGroup(), rows);
		expect(removalsOf(result)).toEqual([[chief, desk, [[other, [5]]]]]);
		expect(rejectedOf(result)).toEqual([
			[leaver, 'rejected', 'actionNotInMode', { line: 3, action: 'add' }, [2, 3, 4]],
		]);
	});

	it.each([
		['as a member', { memberIds: [leaver.toUpperCase()] }],
		['in any cell', { idsInCells: [leaver.toUpperCase()] }],
	])('leaves whoever a rejected row names, %s as well, and says which', async (_, named) => {
		const scene = smallGroup();
		const rejected = [rejectedRow({ line: 9, userId: chief, ...named })];
		const result = await remove(scene, [leaver, other, chief], { rejected, planOnly: true });
		const lines = (id: string) =>
			result.plan?.unplanned.find(({ ref }) => ref.userId === id)?.facts as { lines: number[] } | undefined;
		expect(removalsOf(result)?.map(([owner, , removes]) => [owner, (removes as string[][]).map(([id]) => id)])).toEqual(
			[[chief, [other]]],
		);
		expect(result.plan?.unplanned.map(({ code, facts }) => [code, facts])).toMatchObject([
			['conflictingRows', { problem: 'sameList', member: leaver }],
			['conflictingRows', { problem: 'sameList', member: chief }],
		]);
		expect(lines(leaver)?.lines.at(-1)).toBe(9);
		expect(lines(leaver)?.lines).toHaveLength(2);
	});

	it('looks at call centers of other groups that a leaver is in', async () => {
		const scene = smallGroup();
		const far = CENTERS[2];
		scene.platform.set(ownCallCenters(leaver), [far]);
		scene.platform.callCenterSupervisors?.set(foldId(far), [chief]);
		scene.platform.set(supervised(chief, far), [leaver, third]);
		const result = await plan(scene, [row(ownCallCenters(leaver), null)]);
		expect(removalsOf(result)?.map(([owner, center]) => [owner, center])).toEqual([
			[chief, desk],
			[chief, far],
			[leaver, null],
		]);
	});

	it('reports who is a user of another group, on a list of this one, and who is unknown', async () => {
		const scene = smallGroup();
		scene.platform.set(supervised(chief, desk), [leaver, 'carl@y']);
		const rows = ['carl@y', 'who@x'].map((id, index) => row(ownCallCenters(id), null, { line: index + 2 }));
		const result = await plan(scene, rows);
		expect(removalsOf(result)).toEqual([[chief, desk, [['carl@y', [2]]]]]);
		expect(rejectedOf(result)?.map(([id, , code, , lines]) => [id, code, lines])).toEqual([
			['carl@y', 'otherGroup', [2]],
			['who@x', 'unknownLeaver', [3]],
		]);
		// Nobody's own list is asked for who is no user of the group.
		expect(scene.platform.arrivals.filter(({ ref }) => ref?.kind === 'agentCallCenters')).toEqual([]);
	});

	it('names who stays without the supervisor who leaves, up to a few, and only where that is asked for', async () => {
		const rows = [row(ownCallCenters(chief), null), row(ownCallCenters(leaver), null)];
		const result = await plan(smallGroup(), rows);
		expect(result.plan?.notices).toMatchObject([
			{ code: 'listToHandOver', facts: { list: supervised(chief, desk), members: { first: [other, third] } } },
		]);
		expect((await plan(smallGroup(), rows, { handOver: false })).plan?.notices).toEqual([]);
		const nobodyLeft = [...rows, row(ownCallCenters(other), null), row(ownCallCenters(third), null)];
		expect((await plan(smallGroup(), nobodyLeft)).plan?.notices).toEqual([]);
	});

	describe('where the platform does not list supervisors', () => {
		function unlisted() {
			const scene = smallGroup();
			scene.platform.callCenterSupervisors = null;
			return scene;
		}
		const rows = [row(ownCallCenters(leaver), null)];

		it('looks at those who are named, and at leavers who may have a list to hand over', async () => {
			const scene = unlisted();
			scene.platform.set(supervised(leaver, desk), [third]);
			const result = await plan(scene, rows, { supervisors: [chief, SUPERVISORS[1]] });
			expect(removalsOf(result)?.map(([owner]) => owner)).toEqual([chief, leaver]);
			expect(result.plan?.notices).toMatchObject([
				{ code: 'othersNotLookedAt', facts: { tenantId: 'T', groupId: 'G', named: 2 } },
				{ code: 'noListOf', facts: { owner: SUPERVISORS[1] } },
				{ code: 'listToHandOver', facts: { list: supervised(leaver, desk) } },
			]);
			const narrow = unlisted();
			await plan(narrow, rows, { supervisors: [chief], handOver: false });
			expect(narrow.platform.arrivals.filter(({ ref }) => ref?.userId === leaver)).toHaveLength(1);
		});

		it('fails where none is named', async () => {
			expect(await plan(unlisted(), rows)).toMatchObject({
				status: 'failed',
				reason: { code: 'supervisorsNotListed' },
			});
		});
	});

	it('counts everybody on a supervised list or with own call centers', async () => {
		const scene = smallGroup();
		const [, , , agentOnly, nowhere] = AGENTS;
		scene.platform.set(ownCallCenters(agentOnly), [desk]);
		scene.platform.set(ownCallCenters(nowhere), []);
		const rows = [agentOnly, nowhere].map((id) => row(ownCallCenters(id), null));
		const result = await plan(scene, rows);
		expect(result.plan).toMatchObject({
			source: { rows: 2, lists: 3, members: 4 },
			// Of supervised lists, with a change or without.
			totals: { liveMembers: 3 },
			unchanged: [ownCallCenters(nowhere), supervised(chief, desk)],
		});
	});

	it('goes on with ids where the users of the group are not shown, which is reported', async () => {
		const scene = smallGroup();
		scene.platform.fault = ({ asked }) => (asked === 'users' ? 'forbidden' : null);
		const result = await plan(scene, [row(ownCallCenters(leaver), null)]);
		expect(removalsOf(result)?.map(([owner]) => owner)).toEqual([chief, leaver]);
		expect(result.plan).toMatchObject({
			unplanned: [],
			notices: [{ code: 'namesNotShown', facts: { what: 'users' } }],
		});
	});

	it('reports a user whose own list is missing', async () => {
		const result = await plan(smallGroup(), [row(ownCallCenters(third), null)]);
		expect(rejectedOf(result)?.map(([id, , code]) => [id, code])).toEqual([[third, 'missingList']]);
	});

	it('is none where the call centers of the group are not shown, whatever call centers leavers have', async () => {
		const scene = smallGroup();
		scene.platform.fault = ({ asked }) => (asked === 'callCenters' ? 'forbidden' : null);
		const result = await plan(scene, [row(ownCallCenters(leaver), null)]);
		expect(result).toMatchObject({ status: 'failed', reason: { code: 'groupNotShown' } });
	});

	describe('in the words of HR', () => {
		const matching = { people: 'emailAddress', callCenters: 'id', country: null } as const;

		async function planWords(words: readonly string[], more: Partial<Settings> = {}) {
			const scene = smallGroup();
			scene.platform.details.set(foldId(leaver), { emailAddress: 'leaver@acme.be' });
			const rows = words.map((word, index) => row(ownCallCenters(word), null, { line: index + 2 }));
			const wish = { supervisors: [], handOver: true };
			const given = settings({ matching, ...more });
			const result = await asOnlyRun(
				prepareRemoveEverywhere(source(rows), wish, given, scene.around, { writes: false }),
			);
			return { scene, result };
		}

		it('is about those whom the texts match, and has the matches', async () => {
			const { result } = await planWords(['Leaver@acme.be', 'nobody@acme.be']);
			expect(removalsOf(result)?.map(([owner]) => owner)).toEqual([chief, leaver]);
			const people = { by: 'emailAddress', matched: 1, notFound: 1, several: 0 };
			expect(result.plan).toMatchObject({ matched: { people }, origin: 'leavers', mode: 'removeOnly' });
			expect(result.matched?.source.rejected).toMatchObject([{ line: 3, problems: [{ code: 'personNotFound' }] }]);
		});

		it('is none where the texts match nobody, and no list is looked for', async () => {
			const { scene, result } = await planWords(['nobody@acme.be']);
			expect(result).toMatchObject({ status: 'refused', plan: null, matched: { source: { rows: [] } } });
			expect(scene.platform.count('supervisors', 'read')).toBe(0);
		});

		it('has no matches where the source has ids', async () => {
			const { result } = await planWords([leaver], { matching: undefined });
			expect(result.plan).not.toHaveProperty('matched');
			expect(result).not.toHaveProperty('matched');
		});
	});

	it('is refused without rows, before anything is read', async () => {
		const scene = smallGroup();
		expect(await plan(scene, [])).toMatchObject({ status: 'refused', reason: { code: 'emptySource' } });
		expect(scene.platform.arrivals).toEqual([]);
	});

	it('is aborted by a guard, also where guards hold in other runs', async () => {
		const limits = { ...settings().limits, leaverCount: 1 };
		const rows = [leaver, other].map((id) => row(ownCallCenters(id), null));
		const wish = { supervisors: [], handOver: true };
		const given = settings({ limits, onBreach: 'hold' });
		const scene = smallGroup();
		const result = await asOnlyRun(prepareRemoveEverywhere(source(rows), wish, given, scene.around, { writes: true }));
		expect(result).toMatchObject({ status: 'aborted', happened: { writes: 0 } });
	});

	it('is counted again when it is applied, by the limit at that time', async () => {
		const rows = [leaver, other].map((id) => row(ownCallCenters(id), null));
		const apply = async (leaverCount: number) => {
			const scene = smallGroup();
			const { plan: made } = await plan(scene, rows);
			if (made === null) throw new Error('There is no plan.');
			const given = settings({ limits: { ...settings().limits, leaverCount } });
			const approval = { planHash: made.hash, removals: removalsToApprove(made) };
			return await applyPlanRun(made, approval, given, scene.around);
		};
		expect(await apply(1)).toMatchObject({
			status: 'aborted',
			breaches: [{ code: 'leavers', facts: { people: 2, limit: 1 } }],
		});
		expect((await apply(2)).status).toBe('applied');
	});

	it('covers all groups that the rows name', async () => {
		const scene = smallGroup();
		const rows = [row(ownCallCenters(leaver), null), row({ ...ownCallCenters(leaver), groupId: 'H' }, null)];
		scene.platform.set({ ...ownCallCenters(leaver), groupId: 'H' }, [desk]);
		const result = await plan(scene, rows);
		expect(new Set(result.plan?.lists.map(({ ref }) => ref.groupId))).toEqual(new Set(['G', 'H']));
		expect(scene.platform.count('users', 'callCenters')).toBe(4);
	});

	it('is not made of what was read before a stop, and what was not read is reported', async () => {
		for (const asked of ['callCenters', 'read'] as const) {
			const controller = new AbortController();
			const scene = smallGroup();
			scene.platform.fault = (arrival) => {
				if (arrival.asked === asked) controller.abort();
				return null;
			};
			const around = { ...scene, around: { ...scene.around, signal: controller.signal } };
			const result = await plan(around, [row(ownCallCenters(leaver), null)]);
			expect(result).toMatchObject({ status: 'stopped', happened: { writes: 0 } });
			const unread = result.lists.map(({ ref, outcome }) => [ref.userId, outcome]);
			expect(unread).toEqual([[leaver, 'notAttempted']]);
		}
	});
});
