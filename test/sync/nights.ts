/** Runs with `readLists: changed` one after the other, each with the memory of the one before. */

import { expect } from '@jest/globals';
import { type Memory, planRun, type RunResult, type Settings, syncRun } from '../../lib/sync';
import { type ListRef, listKey } from '../../lib/sync/model/list';
import type { FakePlatform } from '../support/fake-platform';
import { harness, ids, NO_LIMITS, rows, settings, source, supervised } from './world';

export const EVERY = 24;

/** Lists and what the source asks of each. */
type Asked = ReadonlyMap<ListRef, readonly string[]>;

export function asked(lists: number, members = ids(4)): Map<ListRef, readonly string[]> {
	return new Map(Array.from({ length: lists }, (_, index) => [supervised(`sup${index}@x`), members]));
}

function sourceOf(all: Asked) {
	return source([...all].flatMap(([ref, members]) => rows(ref, members)));
}

export class Nights {
	readonly #harness = harness();
	memory: Memory | null = null;

	constructor(private readonly given: Partial<Settings> = {}) {}

	get platform(): FakePlatform {
		return this.#harness.platform;
	}

	async run(all: Asked, more: Partial<Settings> = {}, remember = true): Promise<RunResult> {
		const { around, clock } = this.#harness;
		const memory: unknown = this.memory === null ? null : JSON.parse(JSON.stringify(this.memory));
		const now = settings({ readLists: 'changed', lookEvery: EVERY, limits: NO_LIMITS, memory, ...this.given, ...more });
		const result = await clock.run(async () => await syncRun(sourceOf(all), now, around));
		if (remember) this.memory = result.memory ?? this.memory;
		return result;
	}

	/** Nothing happens for so many hours. */
	async wait(hours: number): Promise<void> {
		const { clock } = this.#harness;
		await clock.run(async () => await clock.sleep(hours * 3_600_000));
	}

	async plan(all: Asked, more: Partial<Settings> = {}): Promise<RunResult> {
		const { around, clock } = this.#harness;
		const now = settings({ readLists: 'changed', lookEvery: EVERY, memory: this.memory, ...this.given, ...more });
		return await clock.run(async () => await planRun(sourceOf(all), now, around));
	}

	/** Lists read since then, by the owner. */
	readsSince(from: number): string[] {
		return this.platform.arrivals.slice(from).flatMap(({ asked: what, ref }) => (what === 'read' ? [ref!.userId] : []));
	}
}

export async function settledNights(
	lists: number,
	given: Partial<Settings> = {},
): Promise<[Nights, Map<ListRef, readonly string[]>]> {
	const nights = new Nights(given);
	const all = asked(lists);
	for (const [ref, members] of all) nights.platform.set(ref, members);
	await nights.run(all);
	return [nights, all];
}

/** No removal is made from memory alone. */
export function expectReadBeforeRemoved(platform: FakePlatform, from: number): void {
	const read = new Set<string>();
	for (const { asked: what, ref } of platform.arrivals.slice(from)) {
		if (ref === null) continue;
		if (what === 'read') read.add(listKey(ref));
		else if (what === 'remove' || what === 'replace') expect(read).toContain(listKey(ref));
	}
}
