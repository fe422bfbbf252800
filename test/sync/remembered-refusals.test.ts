/** Members whom the platform refuses run after run (`readLists: changed`): set apart, reported, asked for in turn. */

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Memory, RunResult, Settings } from '../../lib/sync';
import { foldId, listKey, type ListRef } from '../../lib/sync/model/list';
import { SET_APART_AFTER } from '../../lib/sync/model/limits';
import { sealed } from '../../lib/sync/model';
import { messageOf, shownCode } from '../../lib/report';
import { seededRandom } from '../../tools/seeded-random';
import { asked, EVERY, expectReadBeforeRemoved, Nights } from './nights';
import { ids, ownCallCenters, supervised } from './world';

const [A, B] = [supervised('a@x'), supervised('b@x')];

type Lists = Map<ListRef, readonly string[]>;

function askedFor(nights: Nights, from: number, member: string): number {
	return nights.platform.arrivals
		.slice(from)
		.filter(({ asked: what, members }) => what !== 'read' && members.some((id) => foldId(id) === foldId(member)))
		.length;
}

function outcomesOf({ lists }: RunResult, member: string) {
	return lists.flatMap(({ members }) => members.filter((entry) => foldId(entry.member) === foldId(member)));
}

/** Nights in which `bad@x` is refused, until it is set apart. */
async function untilSetApart(given: Partial<Settings> = {}): Promise<[Nights, Lists]> {
	const nights = new Nights(given);
	const all: Lists = new Map([
		[A, ['bad@x', ...ids(3)]],
		[B, ids(2)],
	]);
	nights.platform.set(A, []);
	nights.platform.set(B, ids(2));
	nights.platform.stubborn.add('bad@x');
	for (let night = 0; night < SET_APART_AFTER; night++) {
		const from = nights.platform.arrivals.length;
		await nights.run(all);
		expect(askedFor(nights, from, 'bad@x')).toBeGreaterThan(0);
	}
	return [nights, all];
}

/** Goes on until it is not asked for, which a list's turn may put off by a run. */
async function firstRunApart(nights: Nights, all: Lists): Promise<RunResult> {
	const from = nights.platform.arrivals.length;
	const result = await nights.run(all);
	return askedFor(nights, from, 'bad@x') === 0 ? result : await nights.run(all);
}

describe('members refused in each of the last runs', () => {
	it('are not asked for, and reported with code, reason and turn', async () => {
		const [nights, all] = await untilSetApart();
		const from = nights.platform.arrivals.length;
		const result = await firstRunApart(nights, all);
		expect(result.status).toBe('partial');
		const [outcome, ...others] = outcomesOf(result, 'bad@x');
		expect(others).toEqual([]);
		const cause = { code: 'refusedByPlatform', facts: { platformCode: 'fake-refused' } };
		expect(outcome).toMatchObject({
			change: 'add',
			outcome: 'rejected',
			lines: [2],
			code: 'setApart',
			facts: { cause },
		});
		if (outcome.code !== 'setApart') throw new Error();
		expect(shownCode(outcome)).toBe('fake-refused');
		expect(messageOf(outcome)).toMatch(
			/refused it in [34] runs\. .* in \d+ runs? or a week .*, or as soon as .* says refused\./,
		);
		const next = await nights.run(all);
		expect(outcomesOf(next, 'bad@x')).toMatchObject([
			{ facts: { runs: outcome.facts.runs + 1, within: outcome.facts.within - 1 } },
		]);
		expect(askedFor(nights, from, 'bad@x')).toBeLessThanOrEqual(1);
	});

	it('are asked for once in so many runs, and are on the list once the platform takes them', async () => {
		const [nights, all] = await untilSetApart();
		const from = nights.platform.arrivals.length;
		for (let night = 0; night < 2 * EVERY; night++) await nights.run(all);
		expect(askedFor(nights, from, 'bad@x')).toBe(2);
		nights.platform.stubborn.clear();
		for (let night = 0; night < EVERY; night++) await nights.run(all);
		expect(nights.platform.folded(A)).toContain('bad@x');
		expect(nights.memory?.refused).toEqual({});
	});

	it('are asked for after a week, however few runs there were', async () => {
		const [nights, all] = await untilSetApart({ lookEvery: 1000 });
		const timesIn = async (runs: number) => {
			const from = nights.platform.arrivals.length;
			for (let run = 0; run < runs; run++) {
				await nights.wait(24);
				await nights.run(all);
			}
			return askedFor(nights, from, 'bad@x');
		};
		expect(await timesIn(6)).toBe(0);
		expect(await timesIn(1)).toBe(1);
		expect(await timesIn(6)).toBe(0);
		nights.platform.stubborn.clear();
		expect(await timesIn(1)).toBe(1);
		expect(nights.platform.folded(A)).toContain('bad@x');
	});

	it.each<[string, (all: Lists) => void, string]>([
		['the spelling of its row changes', (all) => all.set(A, ['Bad@x', ...ids(3)]), 'Bad@x'],
		['another list names it', (all) => all.set(B, ['bad@x', ...ids(2)]), 'bad@x'],
	])('are asked for at once where %s', async (_title, change, member) => {
		const [nights, all] = await untilSetApart();
		await firstRunApart(nights, all);
		change(all);
		const from = nights.platform.arrivals.length;
		await nights.run(all);
		expect(askedFor(nights, from, member)).toBeGreaterThan(0);
	});

	it.each<[string, (memory: Memory) => unknown, Partial<Settings>]>([
		['is lost', () => null, {}],
		['is damaged', (memory) => ({ ...memory, refused: {} }), {}],
		['is of an earlier release', (memory) => ofEarlierRelease(memory), {}],
		['is of another mode', (memory) => memory, { mode: 'addOnly' }],
	])('are asked for at once where the memory %s', async (_title, change, more) => {
		const [nights, all] = await untilSetApart();
		await firstRunApart(nights, all);
		const from = nights.platform.arrivals.length;
		await nights.run(all, { memory: change(nights.memory!), ...more });
		expect(askedFor(nights, from, 'bad@x')).toBeGreaterThan(0);
	});

	it('are asked for in every run where all lists are read, because nothing is remembered then', async () => {
		const [nights, all] = await untilSetApart({ readLists: 'all' });
		const from = nights.platform.arrivals.length;
		await nights.run(all);
		expect(askedFor(nights, from, 'bad@x')).toBeGreaterThan(0);
	});

	it('are kept from every kind of write, a whole list included', async () => {
		const nights = new Nights({ kind: 'agentCallCenters' });
		const agent = ownCallCenters('agent@x');
		const all: Lists = new Map([[agent, ['good@x', 'bad@x']]]);
		nights.platform.set(agent, []);
		nights.platform.know(['good@x', 'bad@x']);
		nights.platform.stubborn.add('bad@x');
		for (let night = 0; night < SET_APART_AFTER; night++) await nights.run(all);
		const from = nights.platform.arrivals.length;
		const result = await firstRunApart(nights, all);
		expect(outcomesOf(result, 'bad@x')).toMatchObject([{ code: 'setApart' }]);
		expect(nights.platform.arrivals.slice(from).filter(({ asked: what }) => what === 'replace').length).toBeLessThan(2);
	});

	it('hold what a refused addition holds: who moves, and who would be on no list', async () => {
		const [nights, all] = await untilSetApart();
		// The one moves to where it is refused; the other leaves the last list.
		nights.platform.set(B, [...ids(2), 'bad@x', 'last@x']);
		for (let night = 0; night < 2 * EVERY; night++) {
			const result = await nights.run(all);
			expect(nights.platform.folded(B)).toEqual(expect.arrayContaining(['bad@x', 'last@x']));
			expect(outcomesOf(result, 'last@x')).toMatchObject([{ change: 'remove', outcome: 'held' }]);
		}
	});

	it('hold nothing where the platform refuses to remove them', async () => {
		const nights = new Nights();
		const all: Lists = new Map([[A, ids(2)]]);
		nights.platform.set(A, [...ids(2), 'bad@x']);
		nights.platform.stubborn.add('bad@x');
		for (let night = 0; night < SET_APART_AFTER; night++) await nights.run(all);
		await firstRunApart(nights, all);
		nights.platform.set(A, [...ids(2), 'bad@x', 'gone@x']);
		const result = await nights.run(all);
		expect(nights.platform.folded(A)).toEqual([...ids(2), 'bad@x'].sort());
		expect(outcomesOf(result, 'bad@x')).toMatchObject([{ change: 'remove', outcome: 'rejected', code: 'setApart' }]);
	});
});

describe('what is remembered of refusals', () => {
	/** Lists of which each is refused one member. */
	async function refusing(lists: number, more: readonly string[] = ids(2)): Promise<[Nights, Lists]> {
		const nights = new Nights();
		const all: Lists = asked(lists, ['bad@x', ...more]);
		for (const ref of all.keys()) nights.platform.set(ref, []);
		nights.platform.stubborn.add('bad@x');
		return [nights, all];
	}

	it('sets apart after so many runs, and not before: all lists but those whose turn it is', async () => {
		const [nights, all] = await refusing(20);
		const times: number[] = [];
		for (let night = 0; night <= SET_APART_AFTER; night++) {
			const from = nights.platform.arrivals.length;
			await nights.run(all);
			const lists = nights.platform.arrivals
				.slice(from)
				.filter(({ asked: what, members }) => what === 'add' && members.length === 1 && members[0] === 'bad@x');
			times.push(new Set(lists.map(({ ref }) => ref?.userId)).size);
		}
		expect(times.slice(0, SET_APART_AFTER)).toEqual(Array.from({ length: SET_APART_AFTER }, () => 20));
		expect(times[SET_APART_AFTER]).toBeLessThan(10);
	});

	it('is forgotten in the run that sees the change made, by this run or by somebody else', async () => {
		const [nights, all] = await refusing(1);
		const [ref] = all.keys();
		const remembered = () => Object.values(nights.memory!.refused).flat().length;
		await nights.run(all);
		expect(remembered()).toBe(1);
		nights.platform.stubborn.clear();
		await nights.run(all);
		expect([nights.platform.folded(ref).includes('bad@x'), nights.memory!.refused]).toEqual([true, {}]);

		for (const moment of ['before the run', 'during it'] as const) {
			const [other, same] = await refusing(1);
			const [list] = same.keys();
			await other.run(same);
			const add = () => other.platform.set(list, ['bad@x', ...ids(2)]);
			if (moment === 'before the run') add();
			other.platform.meanwhile = ({ asked: what }, when) => {
				if (what === 'add' && when === 'arrived') add();
			};
			const result = await other.run(same);
			expect(outcomesOf(result, 'bad@x').map(({ outcome }) => outcome)).toEqual(
				moment === 'before the run' ? [] : ['alreadyInPlace'],
			);
			expect(other.memory!.refused).toEqual({});
		}
	});

	it('is kept over a run that could not read the list, and over removals that are held beside it', async () => {
		const [nights, all] = await refusing(2);
		const [ref] = all.keys();
		nights.platform.set(ref, ['gone@x']);
		for (let night = 0; night < SET_APART_AFTER; night++) await nights.run(all);
		expect(outcomesOf(await firstRunApart(nights, all), 'gone@x')).toMatchObject([{ outcome: 'held' }]);
		nights.platform.fault = ({ asked: what, ref: at }) =>
			what === 'read' && at?.userId === ref.userId ? 'unavailable' : null;
		await nights.run(all);
		nights.platform.fault = () => null;
		const from = nights.platform.arrivals.length;
		await nights.run(all);
		await nights.run(all);
		const times = nights.platform.arrivals
			.slice(from)
			.filter(({ asked: what, ref: at }) => what === 'add' && at?.userId === ref.userId);
		expect(times.length).toBeLessThan(2);
	});

	it('is not of call centers that are to be assigned first, which are no rows of the source', async () => {
		const nights = new Nights({ assignFirst: true });
		const all: Lists = new Map([[A, ['new@x']]]);
		nights.platform.set(A, []);
		nights.platform.set(ownCallCenters('new@x'), []);
		nights.platform.mayJoin.set(listKey(ownCallCenters('new@x')), ['cc@x']);
		nights.platform.stubborn.add('cc@x');
		for (let night = 0; night <= SET_APART_AFTER; night++)
			expect(outcomesOf(await nights.run(all), 'cc@x')).toMatchObject([
				{ outcome: 'rejected', code: 'refusedByPlatform' },
			]);
		expect(nights.memory!.refused).toEqual({});
	});
});

/** Its refusals are tuples. */
function ofEarlierRelease(memory: Memory): unknown {
	const content: Partial<Memory> = { ...memory };
	delete content.seal;
	const refused = Object.entries(memory.refused).map(([key, all]) => [key, all.map((one) => Object.values(one))]);
	return sealed({ ...content, version: 2, refused: Object.fromEntries(refused) as object });
}

const LISTS = 5;
const PEOPLE = ids(7);
const TURN = 6;

describe('over any history of refusals', () => {
	it('asks and reports in turn, removes nobody unread, and ends as the source asks', async () => {
		await fc.assert(
			fc.asyncProperty(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 6, max: 20 }), async (seed, length) => {
				const random = seededRandom(seed);
				const pick = <Entry>(entries: readonly Entry[]) => entries[Math.floor(random() * entries.length)];
				const nights = new Nights({ lookEvery: TURN });
				const all = asked(LISTS, PEOPLE.slice(0, 3));
				const lists = [...all.keys()];
				for (const ref of lists) nights.platform.set(ref, PEOPLE.slice(2, 4));
				// Runs since a change was last asked for, by list and member.
				const waits = new Map<string, number>();
				for (let night = 0; night < length; night++) {
					if (random() < 0.3) nights.platform.stubborn.add(pick(PEOPLE));
					if (random() < 0.1) nights.platform.stubborn.delete(pick(PEOPLE));
					if (random() < 0.2)
						all.set(pick(lists), [...new Set([pick(PEOPLE), ...PEOPLE.filter(() => random() < 0.3)])]);
					if (random() < 0.1) nights.memory = null;
					const from = nights.platform.arrivals.length;
					const result = await nights.run(all);
					expectReadBeforeRemoved(nights.platform, from);
					for (const [ref, wanted] of all) expectReportedAndInTurn(nights, from, result, ref, wanted, waits);
				}
				nights.platform.stubborn.clear();
				for (let night = 0; night < 2 * TURN; night++) await nights.run(all);
				for (const [ref, members] of all) expect(nights.platform.folded(ref)).toEqual([...members].sort());
			}),
			{ numRuns: 60 },
		);
	});
});

/** Whoever the source wants and the list does not show is reported as rejected, and was asked for within the turn. */
function expectReportedAndInTurn(
	nights: Nights,
	from: number,
	{ lists }: RunResult,
	ref: ListRef,
	wanted: readonly string[],
	waits: Map<string, number>,
): void {
	const outcomes = lists.find((outcome) => outcome.ref.userId === ref.userId)?.members ?? [];
	for (const member of wanted) {
		const name = `${ref.userId} ${member}`;
		const isAsked = nights.platform.arrivals
			.slice(from)
			.some(
				({ asked: what, ref: at, members }) => what !== 'read' && at?.userId === ref.userId && members.includes(member),
			);
		const isThere = nights.platform.folded(ref).includes(member);
		waits.set(name, isAsked || isThere ? 0 : (waits.get(name) ?? 0) + 1);
		expect(waits.get(name)).toBeLessThan(TURN);
		if (!isThere) expect(outcomes.find((entry) => entry.member === member)).toMatchObject({ outcome: 'rejected' });
	}
}
