/** What stands in a plan beside the changes: order, validity, totals, forecast and names. */

import { describe, expect, it } from '@jest/globals';
import { planRun, syncRun, type Plan, type Settings } from '../../lib/sync';
import { listKey } from '../../lib/sync/model/list';
import { ids, ownCallCenters, row, rows, settings, source, stage, supervised } from './world';

const [A, B] = [supervised('a@x'), supervised('B@x')];

function scene() {
	const made = stage();
	made.platform.set(A, ['zoe@x', 'an@x']);
	made.platform.set(B, ['an@x']);
	return made;
}

async function planned(
	all: Parameters<typeof source>[0],
	more: Partial<Settings> = {},
	made: ReturnType<typeof stage> = scene(),
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
		expect(lists.map(({ ref, stage: when }) => [ref.kind, when])).toEqual([
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

	it('says nothing of what was not asked for', async () => {
		const plan = await planned([row(A, 'an@x')]);
		for (const part of ['readLists', 'matched', 'names', 'notices']) expect(plan).not.toHaveProperty(part);
		const known = await planned([row(A, 'an@x')], { readLists: 'changed', lookEvery: 7 });
		expect(known.readLists).toEqual({ notRead: [], lookEvery: 7, memory: 'missing' });
	});
});

describe('lists that are written one after the other', () => {
	it('are read again where those before them take long, and not where a plan waits for its approval', async () => {
		const made = stage({ expectedRate: () => 1 });
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
