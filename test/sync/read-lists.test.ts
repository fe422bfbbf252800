/** `readLists: changed`: what is read, what is found, and when. */

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Memory, Settings } from '../../lib/sync';
import { sealed } from '../../lib/sync/model/canonical-json';
import { seededRandom } from '../../tools/seeded-random';
import type { ListRef } from '../../lib/sync/model/list';
import { asked, EVERY, expectReadBeforeRemoved, Nights, settledNights } from './nights';
import { ids, NO_LIMITS } from './world';

describe('reading only changed lists', () => {
	it('reads all in the first run, then those whose rows changed and a share of the others', async () => {
		const [nights, all] = await settledNights(500);
		expect(nights.platform.reads).toBe(500);
		const changed = [...all.keys()].slice(0, 12);
		for (const ref of changed) all.set(ref, [...ids(4), 'new@x']);
		const before = nights.platform.arrivals.length;
		const result = await nights.run(all);
		const read = nights.readsSince(before);
		expect(read.length).toBeLessThanOrEqual(12 + 21);
		expect(read).toEqual(expect.arrayContaining(changed.map(({ userId }) => userId)));
		expect(result.status).toBe('applied');
		expect(result.plan?.readLists).toMatchObject({ memory: 'used', lookEvery: EVERY });
		expect(result.plan?.readLists?.notRead).toHaveLength(500 - read.length);
		expect(result.plan?.totals.liveMembers).toBe(2_000);
	});

	it('reads each list once in so many runs, and no list twice before that', async () => {
		const [nights, all] = await settledNights(50);
		const before = nights.platform.arrivals.length;
		for (let night = 0; night < EVERY; night++) await nights.run(all);
		const read = nights.readsSince(before);
		expect(new Set(read).size).toBe(50);
		expect(read.length).toBeLessThanOrEqual(EVERY * Math.ceil(50 / EVERY));
	});

	it('finds what somebody else changed in that time, and corrects it', async () => {
		const [nights, all] = await settledNights(30);
		const [victim] = all.keys();
		nights.platform.set(victim, ['agent1@x', 'stranger@x']);
		let runs = 0;
		while (nights.platform.folded(victim).includes('stranger@x')) {
			expect(++runs).toBeLessThanOrEqual(EVERY);
			await nights.run(all);
		}
		expect(nights.platform.folded(victim)).toEqual([...ids(4)].sort());
	});

	it.each<[string, (nights: Nights, kept: ListRef) => void]>([
		['somebody took it off there', (nights, kept) => nights.platform.set(kept, ids(4))],
		['the list is gone', (nights, kept) => nights.platform.drop(kept)],
		['it is there', () => undefined],
	])('looks at the other place of somebody who leaves: %s', async (_, happens) => {
		const [nights, all] = await settledNights(60);
		const [left, kept] = [...all.keys()].slice(-2);
		const both = new Map([...all, [left, [...ids(4), 'x@x']], [kept, [...ids(4), 'x@x']]] as const);
		await nights.run(both);
		await nights.run(both);
		happens(nights, kept);
		const before = nights.platform.arrivals.length;
		await nights.run(new Map([...both, [left, ids(4)]]));
		expect(nights.readsSince(before)).toContain(kept.userId);
		expect(nights.platform.folded(left).includes('x@x') || nights.platform.folded(kept).includes('x@x')).toBe(true);
	});

	it('keeps the size of the source of a run that wrote, not of one that was refused everything', async () => {
		const [nights, all] = await settledNights(30);
		const measure = nights.memory?.source;
		const half = new Map([...all].slice(15));
		half.set([...half.keys()][0], ids(3));
		nights.platform.fault = ({ asked: what }) => (what === 'read' ? null : 'forbidden');
		expect((await nights.run(half, { lastRun: measure ?? null })).status).toBe('failed');
		expect(nights.memory?.source).toEqual(measure);
	});

	it('reads again what a run did not leave as the source asks', async () => {
		const [nights, all] = await settledNights(10);
		const [refused, contested] = all.keys();
		for (const ref of [refused, contested]) all.set(ref, [...ids(4), `${ref.userId}.new`]);
		nights.platform.stubborn.add(`${refused.userId}.new`);
		nights.platform.meanwhile = ({ asked: what, ref }, moment) => {
			if (what === 'add' && moment === 'done' && ref?.userId === contested.userId)
				nights.platform.set(contested, [...ids(4), `${contested.userId}.new`, 'foreign@x']);
		};
		await nights.run(all);
		nights.platform.meanwhile = () => undefined;
		const before = nights.platform.arrivals.length;
		await nights.run(all);
		expect(nights.readsSince(before)).toEqual(expect.arrayContaining([refused.userId]));
	});

	it('measures guards by the remembered sizes', async () => {
		const [nights, all] = await settledNights(100);
		const [first, second] = all.keys();
		all.set(first, ids(3));
		all.set(second, ids(3));
		const limits = { ...NO_LIMITS, removalPercentTotal: 1 };
		const within = await nights.plan(all, { limits });
		expect(within.plan?.guards.breaches).toEqual([]);
		expect(within.plan?.totals.liveMembers).toBe(400);
	});

	it.each<[string, (memory: Memory) => unknown, string]>([
		['is missing', () => null, 'missing'],
		['was edited', (memory) => ({ ...memory, run: 9 }), 'damaged'],
		['is no memory', () => 'nonsense', 'damaged'],
		['is of another version', (memory) => ({ ...memory, version: 99 }), 'damaged'],
	])('reads all where the memory %s', async (_title, change, state) => {
		const [nights, all] = await settledNights(20);
		const before = nights.platform.reads;
		const result = await nights.run(all, { memory: change(nights.memory!) });
		expect(nights.platform.reads - before).toBe(20);
		expect(result.plan?.readLists).toMatchObject({ memory: state, notRead: [] });
	});

	it.each<[string, Partial<Settings>]>([
		['platform', { platformUrl: 'https://other.example/api/v1' }],
		['mode', { mode: 'addOnly' }],
	])('reads all where the memory is of another %s', async (_title, other) => {
		const [nights, all] = await settledNights(20);
		const before = nights.platform.reads;
		const result = await nights.run(all, other);
		expect(nights.platform.reads - before).toBe(20);
		expect(result.plan?.readLists?.memory).toBe('other');
	});

	it('reads all with the memory of another group, of which it knows no list', async () => {
		const [nights, all] = await settledNights(20);
		const others = new Map([...all].map(([ref, members]) => [{ ...ref, groupId: 'another' }, members]));
		for (const ref of others.keys()) nights.platform.set(ref, ['somebody@x']);
		const before = nights.platform.reads;
		const result = await nights.run(others);
		expect(nights.platform.reads - before).toBeGreaterThanOrEqual(20);
		expect(result).toMatchObject({ status: 'applied', plan: { readLists: { notRead: [] } } });
		for (const ref of others.keys()) expect(nights.platform.folded(ref)).toEqual([...ids(4)].sort());
	});

	it('reads all with a memory of three days ago, which may be reused', async () => {
		const [nights, all] = await settledNights(20);
		const before = nights.platform.reads;
		const kept = sealed({ ...nights.memory!, seal: undefined, writtenAt: '2020-01-01T00:00:00.000Z' });
		const result = await nights.run(all, { memory: JSON.parse(JSON.stringify(kept)) });
		expect(nights.platform.reads - before).toBe(20);
		expect(result.plan?.readLists?.memory).toBe('old');
	});

	it('has failed where nothing of what it looked at is shown', async () => {
		const [nights, all] = await settledNights(100);
		nights.platform.fault = ({ asked: what }) => (what === 'read' ? 'forbidden' : null);
		expect(await nights.run(all)).toMatchObject({ status: 'failed', reason: { code: 'forbidden' } });
	});

	it('measures lists that are not shown against those that it read', async () => {
		const [nights, all] = await settledNights(100);
		const changed = [...all.keys()].slice(0, 10);
		for (const ref of changed) all.set(ref, ids(3));
		nights.platform.fault = ({ asked: what, ref }) =>
			what === 'read' && changed.slice(0, 5).some(({ userId }) => userId === ref?.userId) ? 'forbidden' : null;
		const { plan } = await nights.plan(all, { limits: { ...NO_LIMITS, listsNotShownPercent: 20 } });
		const [breach] = plan?.guards.breaches ?? [];
		expect(breach).toMatchObject({ code: 'listsNotShown', facts: { notShown: 5 } });
	});

	it('keeps no ids of people', async () => {
		const [nights] = await settledNights(3);
		expect(JSON.stringify(nights.memory)).not.toMatch(/sup\d|agent\d/);
	});

	it('is not asked where all lists are to be read', async () => {
		const [nights, all] = await settledNights(5);
		const result = await nights.run(all, { readLists: 'all' }, false);
		expect(result.memory ?? null).toBeNull();
		expect(result.plan).not.toHaveProperty('readLists');
	});
});

/** One night: whose rows change, who else is at work, what goes wrong, whether the memory survives. */
interface Night {
	readonly seed: number;
	readonly changes: number;
	readonly edits: number;
	readonly faults: number;
	/** People whom the platform refuses from now on, in both directions. */
	readonly refusals: number;
	readonly killed: boolean;
	readonly memory: 'kept' | 'lost' | 'older';
}

const NIGHT: fc.Arbitrary<Night> = fc.record({
	seed: fc.integer({ min: 1, max: 1e9 }),
	changes: fc.integer({ min: 0, max: 4 }),
	edits: fc.integer({ min: 0, max: 2 }),
	faults: fc.integer({ min: 0, max: 3 }),
	refusals: fc.integer({ min: 0, max: 2 }),
	killed: fc.boolean(),
	memory: fc.constantFrom('kept', 'kept', 'kept', 'lost', 'older'),
});

const LISTS = 8;
const PEOPLE = ids(6);
const TURN = 4;

describe('over any history', () => {
	it('ends where reading all ends, within the turn, and removes nobody from a list that it did not read', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(NIGHT, { minLength: 1, maxLength: 8 }), async (history) => {
				const nights = new Nights({ lookEvery: TURN });
				const all = asked(LISTS, PEOPLE.slice(0, 3));
				const lists = [...all.keys()];
				for (const ref of lists) nights.platform.set(ref, PEOPLE.slice(0, 2));
				const older: Array<Memory | null> = [null];
				for (const night of history) {
					const random = seededRandom(night.seed);
					const pick = <Entry>(entries: readonly Entry[]) => entries[Math.floor(random() * entries.length)];
					const some = () => PEOPLE.filter(() => random() < 0.5);
					const atLeastOne = () => [pick(PEOPLE), ...some()].filter((id, at, them) => them.indexOf(id) === at);
					for (let n = 0; n < night.changes; n++) all.set(pick(lists), atLeastOne());
					nights.platform.stubborn.clear();
					for (let n = 0; n < night.refusals; n++) nights.platform.stubborn.add(pick(PEOPLE));
					for (let n = 0; n < night.edits; n++) nights.platform.set(pick(lists), some());
					const faulty = new Set(Array.from({ length: night.faults }, () => Math.floor(random() * 2 * LISTS)));
					const from = nights.platform.arrivals.length;
					nights.platform.fault = ({ index }) =>
						faulty.has(index - from) ? pick(['unavailable', 'doubtAfter', 'doubtBefore', 'refused'] as const) : null;
					if (night.memory === 'lost') nights.memory = null;
					if (night.memory === 'older') nights.memory = pick(older);
					await nights.run(all, {}, !night.killed);
					older.push(nights.memory);
					expectReadBeforeRemoved(nights.platform, from);
				}
				nights.platform.fault = () => null;
				nights.platform.stubborn.clear();
				for (let night = 0; night < TURN; night++) await nights.run(all);
				for (const [ref, members] of all) expect(nights.platform.folded(ref)).toEqual([...members].sort());
			}),
			{ numRuns: 60 },
		);
	});
});
