/** A range of seeds as one test, which names every seed that fails with the command that replays it. */

import { expect } from '@jest/globals';
import { check, isBroken } from './check';
import { DAMAGE_KINDS } from './damage';
import { Figures } from './figures';
import { diagnosis } from './transcript';

/** More diagnoses than this help nobody. */
const SHOWN = 20;

export async function everySeedHolds(first: number, count: number): Promise<void> {
	const figures = new Figures();
	const failing: string[] = [];
	for (let seed = first; seed < first + count; seed += 1) {
		const verdict = await check(seed);
		figures.add(verdict);
		if (isBroken(verdict)) failing.push(failing.length < SHOWN ? diagnosis(verdict) : String(seed));
	}
	expect(failing.join('\n')).toBe('');
	expect(figures.kinds()).toEqual(expect.arrayContaining([...DAMAGE_KINDS]));
	// The rule must not hold everything, nor let everything through.
	expect(figures.share('applied')).toBeGreaterThan(0.2);
	expect(figures.share('all held') + figures.share('partly held')).toBeGreaterThan(0.1);
	expect(figures.share('exception')).toBeLessThan(0.1);
}
