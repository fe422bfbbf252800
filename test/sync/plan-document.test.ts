/** What stands in a plan beside the changes: order, validity, totals, forecast and names. */

import { describe, expect, it } from '@jest/globals';
import { planRun, syncRun, type Issue, type Plan, type Settings } from '../../lib/sync';
import type { Breach } from '../../lib/sync/documents';
import { listKey, type ListRef } from '../../lib/sync/model/list';
import { membersOf } from '../../lib/sync/model/members';
import { Listings, Spellings } from '../../lib/sync/plan';
import { emptyDraft, unplanned, type Draft } from '../../lib/sync/plan/draft';
import { makePlan } from '../../lib/sync/plan/make-plan';
import type { DraftedLists } from '../../lib/sync/plan/planning';
import { RunPlatform } from '../../lib/sync/platform';
import { harness, ids, ownCallCenters, row, rows, settings, source, supervised } from './world';

const [A, B] = [supervised('a@x'), supervised('B@x')];

function scene() {
	const made = harness();
	made.platform.set(A, ['zoe@x', 'an@x']);
	made.platform.set(B, ['an@x']);
	return made;
}

async function planned(
	all: Parameters<typeof source>[0],
	more: Partial<Settings> = {},
	made: ReturnType<typeof harness> = scene(),
): Promise<Plan> {
	const { plan } = await planRun(source(all), settings(more), made.around);
	if (plan === null) throw new Error('There is no plan.');
	return plan;
}

describe('a plan', () => {
	it('has lists, changes and what is held sorted by id, in any case', async () => {
		const all = [...rows(B, ['dirk@x', 'Chris@x', 'bea@x']), row(A, 'Eva@x')];
		const { lists, unchanged } = await planned(all);
		expect(lists.map(({ ref, adds, removes }) => [ref.userId, adds, removes].flat())).toMatchObject([
			['a@x', { member: 'Eva@x' }, { member: 'an@x' }, { member: 'zoe@x' }],
			['B@x', { member: 'bea@x' }, { member: 'Chris@x' }, { member: 'dirk@x' }, { member: 'an@x' }],
		]);
		expect(unchanged).toEqual([]);
		const acting = (['remove', 'add'] as const).map((action) => row(B, 'Chris@x', { action }));
		const held = await planned([...acting, row(B, 'bea@x'), row(A, 'an@x', { action: 'add' })], {
			mode: 'actionColumn',
		});
		expect(held.lists.find(({ ref }) => ref.userId === 'B@x')?.held.map(({ member }) => member)).toEqual([
			...['bea@x', 'Chris@x'],
		]);
	});

	it.each([
		[90, 5_400_000],
		[0, 0],
		[0.5, 30_000],
		[-1, 3_600_000],
		[NaN, 3_600_000],
		[Infinity, 3_600_000],
	])(
		'that is valid for %d minutes ends in %d ms, and one without a sensible end as by default',
		async (minutes, ms) => {
			const { createdAt, validUntil } = await planned([row(A, 'an@x')], { planValidMinutes: minutes });
			expect(Date.parse(validUntil) - Date.parse(createdAt)).toBe(ms);
		},
	);

	it('cannot be valid beyond the last moment that a date can name', async () => {
		const { validUntil } = await planned([row(A, 'an@x')], { planValidMinutes: 1e15 });
		expect(validUntil).toBe(new Date(8.64e15).toISOString());
	});

	it('has totals of its own lists, prerequisites aside, and a forecast of what is sent', async () => {
		const made = scene();
		const own = ownCallCenters('new@x');
		made.platform.set(own, ['other@x']);
		made.platform.mayJoin.set(listKey(own), ['cc@x']);
		const { totals, forecast, lists } = await planned(
			[...rows(A, ['an@x', 'new@x']), row(B, 'an@x')],
			{ assignFirst: true },
			made,
		);
		expect(lists.map(({ ref, stage }) => [ref.kind, stage])).toEqual([
			['agentCallCenters', 0],
			['supervisedAgents', 1],
		]);
		expect(totals).toEqual({
			...{ listsToChange: 1, unchanged: 1, prerequisites: 1, adds: 1, removes: 1, held: 0 },
			liveMembers: 3,
		});
		const { reads, writes } = forecast;
		// Both lists are read again before they are written, as the plan waits for its approval.
		expect(reads).toBe(lists[0].reads + lists[1].reads + 2);
		expect(writes).toBe(lists[0].writes + lists[1].writes);
		expect(forecast).toMatchObject({ planningReads: 2 + 2, seconds: Math.ceil(reads + writes) / 10 });
	});

	it('forecasts seconds at the rate that the platform is expected to take, rounded up', async () => {
		const made = { ...scene() };
		made.around = { ...made.around, expectedRate: () => 7 };
		const { forecast } = await planned(rows(A, ['an@x', 'new@x']), {}, made);
		const requests = forecast.reads + forecast.writes;
		expect(forecast.seconds).toBeGreaterThanOrEqual(requests / 7);
		expect(forecast.seconds).toBeLessThan(requests / 7 + 0.1);
	});

	it('has the names of those whom it is about, where this run read them', async () => {
		const made = scene();
		made.platform.know(['a@x', 'B@x', 'an@x', 'zoe@x', 'eva@x', 'idle@x']);
		for (const id of ['a@x', 'zoe@x', 'eva@x', 'idle@x'])
			made.platform.details.set(id, { firstName: id.replace('@x', ''), lastName: 'Maes' });
		const all = [...rows(A, ['an@x', 'Eva@x']), row(B, 'an@x')];
		expect((await planned(all, { checkUsers: true }, made)).names).toEqual([
			{ id: 'a@x', name: 'a Maes' },
			{ id: 'eva@x', name: 'eva Maes' },
			{ id: 'zoe@x', name: 'zoe Maes' },
		]);
		expect(await planned(all)).not.toHaveProperty('names');
	});

	it('leaves out what was not asked for', async () => {
		const plan = await planned([row(A, 'an@x')]);
		for (const part of ['readLists', 'matched', 'names', 'notices']) expect(plan).not.toHaveProperty(part);
		const known = await planned([row(A, 'an@x')], { readLists: 'changed', lookEvery: 7 });
		expect(known.readLists).toEqual({ notRead: [], lookEvery: 7, memory: 'missing' });
	});
});

describe('lists that are written one after the other', () => {
	it('are read again where those before them take long, and not where a plan waits for its approval', async () => {
		const made = harness({ expectedRate: () => 1 });
		const lists = ids(12, 'sup').map((id) => supervised(id));
		for (const ref of lists) made.platform.set(ref, ids(3));
		const all = source(lists.flatMap((ref) => rows(ref, ['new@x'])));
		const forced = settings({ forcedStrategy: 'replace', soleWriter: false, concurrency: 1 });
		const { plan } = await syncRun(all, forced, made.around);
		const again = plan?.lists.map(({ readAgain }) => readAgain === true) ?? [];
		expect(again[0]).toBe(false);
		expect(again.at(-1)).toBe(true);
		expect(again.indexOf(true)).toBe(again.lastIndexOf(false) + 1);
		expect(again.indexOf(true)).toBeLessThanOrEqual(5);
	});
});

describe('a plan of drafts in any order', () => {
	const OWN = [ownCallCenters('z@x'), ownCallCenters('y@x')];

	function draft(
		ref: ListRef,
		when: 0 | 1,
		live: readonly string[],
		adds: readonly string[],
		removes: readonly string[] = [],
	) {
		const made = emptyDraft(ref, listKey(ref), when, { members: membersOf(live), at: harness().clock.now() }, []);
		for (const member of adds) made.adds.set(member.toLowerCase(), { member, lines: [2] });
		for (const member of removes) made.removes.set(member.toLowerCase(), { member, lines: [] });
		return made;
	}

	function drafted(drafts: readonly Draft[], more: Partial<DraftedLists> = {}): DraftedLists {
		return {
			...{
				drafts: [...drafts],
				unplanned: [],
				unchanged: [],
				notRead: [],
				remembered: null,
				unread: [],
				liveMembers: 5,
			},
			source: { rows: 1, rejectedRows: 0, lists: 2, members: 3 },
			...more,
		};
	}

	function planOf(given: DraftedLists, breaches: readonly Breach[] = [], more: Partial<Settings> = {}, writes = true) {
		const platform = new RunPlatform(harness({ expectedRate: () => 1 }).around);
		const planning = {
			...{ settings: settings(more), platform, writes },
			...{ spellings: new Spellings(), listings: new Listings(platform) },
		};
		return makePlan(given, { origin: 'source', mode: 'mirror' }, breaches, planning);
	}

	it('has the prerequisites first, and lists sorted by their keys', () => {
		const given = [
			draft(B, 1, ['an@x'], ['new@x']),
			draft(OWN[0], 0, [], ['cc@x']),
			draft(A, 1, ['an@x'], [], ['an@x']),
			draft(OWN[1], 0, [], ['cc@x']),
		];
		const plan = planOf(drafted(given));
		expect(plan.lists.map(({ ref, stage }) => [ref.userId, stage])).toEqual([
			['y@x', 0],
			['z@x', 0],
			['a@x', 1],
			['B@x', 1],
		]);
		expect(plan.lists.map(({ before }) => before)).toEqual([[], [], ['an@x'], ['an@x']]);
		expect(plan.totals).toMatchObject({ listsToChange: 2, prerequisites: 2, adds: 1, removes: 1, liveMembers: 5 });
	});

	it('counts what is held, and does not count a list as changed where all is held', () => {
		const held = draft(A, 1, ['an@x', 'bea@x'], []);
		const all = [
			{ member: 'bea@x', change: 'remove' as const, code: 'stillSupervised' as const, facts: { agent: 'x' } },
			{ member: 'An@x', change: 'remove' as const, code: 'stillSupervised' as const, facts: { agent: 'x' } },
			{ member: 'an@x', change: 'add' as const, code: 'stillSupervised' as const, facts: { agent: 'x' } },
		];
		held.held.push(...all);
		const plan = planOf(drafted([held]));
		expect(plan.totals).toMatchObject({ listsToChange: 0, held: 3 });
		expect(plan.forecast).toMatchObject({ reads: 0, writes: 0, seconds: 0 });
		expect(plan.lists[0].held.map(({ member, change }) => `${change} ${member}`)).toEqual([
			...['add an@x', 'remove An@x', 'remove bea@x'],
		]);
		expect(planOf(drafted([held]), [], {}, false).forecast.reads).toBe(0);
	});

	it('has lists that are as they should be, could not be planned or were not read, and notices', () => {
		const notice: Issue = {
			code: 'noListOf',
			facts: { tenantId: 'T', groupId: 'G', kind: 'supervisedAgents', owner: 'x' },
		};
		const given = drafted([], {
			unchanged: [B, A].map((ref) => ({ ref, ids: [], log: [] })),
			unplanned: [B, A].map((ref) => unplanned(ref, 'rejected', { code: 'unknownOwner', facts: { list: ref } })),
			notices: [notice],
		});
		const plan = planOf(given);
		expect(plan.unchanged).toEqual([A, B]);
		expect(plan.unplanned.map(({ ref, code, lines }) => [ref.userId, code, lines])).toEqual([
			['a@x', 'unknownOwner', []],
			['B@x', 'unknownOwner', []],
		]);
		expect(plan.notices).toEqual([notice]);
		expect(plan.totals.unchanged).toBe(2);
	});

	it('holds what a guard found only where guards hold, and has it either way', () => {
		const breaches = [
			{ list: A, code: 'protectedMember', facts: { members: { first: ['an@x'], more: 0 } } },
		] as unknown as Breach[];
		const removing = () => drafted([draft(A, 1, ['an@x', 'bea@x'], [], ['an@x', 'bea@x'])]);
		const more = { protectedMembers: ['an@x'] };
		const held = planOf(removing(), breaches, { ...more, onBreach: 'hold' });
		expect(held.guards).toEqual({ verdict: 'hold', breaches });
		expect(held.lists[0].removes.map(({ member }) => member)).toEqual(['bea@x']);
		expect(held.lists[0].held.map(({ member }) => member)).toEqual(['an@x']);
		const aborted = planOf(removing(), breaches, { ...more, onBreach: 'abort' });
		expect(aborted.guards).toEqual({ verdict: 'abort', breaches });
		expect(aborted.lists[0].removes).toHaveLength(2);
	});

	it('has lists read again that wait too long for those before them, at one request a second', () => {
		const lists = ids(4, 'own').map((id) => ownCallCenters(id));
		const plan = planOf(drafted(lists.map((ref) => draft(ref, 0, ['one@x'], ['two@x']))), [], {
			kind: 'supervisedAgents',
		});
		expect(plan.lists.map(({ readAgain }) => readAgain === true)).toEqual([false, false, true, true]);
		const waiting = planOf(drafted(lists.map((ref) => draft(ref, 0, ['one@x'], ['two@x']))), [], {}, false);
		expect(waiting.lists.map(({ readAgain }) => readAgain === true)).toEqual([false, false, false, false]);
	});
});
