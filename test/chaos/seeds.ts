/** A range of seeds as one test, which names every seed that fails with the command that replays it. */

import { expect } from '@jest/globals';
import { check, replayCommand, summaryOf } from './check';

export async function everySeedHolds(seeds: Iterable<number>): Promise<void> {
	const failing: string[] = [];
	for (const seed of seeds) {
		const { violations } = await check(seed);
		if (violations.length > 0) failing.push(`${replayCommand(seed)}\n${summaryOf(violations)}`);
	}
	expect(failing.join('\n')).toBe('');
}

export function* range(first: number, count: number): Generator<number> {
	for (let seed = first; seed < first + count; seed += 1) yield seed;
}
