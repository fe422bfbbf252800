import { expect, test } from '@jest/globals';
import { compare } from './fuzz';

const SEEDS = 500;

test(`${SEEDS} texts are cut as csv-parse alone cuts them, whatever way their records take`, () => {
	const sums = { records: 0, plain: 0 };
	for (let seed = 1; seed <= SEEDS; seed++) {
		const { expected, actual, plain } = compare(seed);
		// `npm run records -- --records 1 --seed <seed>` shows one.
		expect({ seed, ...actual }).toEqual({ seed, ...expected });
		sums.records += actual.records.length;
		sums.plain += plain;
	}
	expect(sums.records).toBeGreaterThan(5000);
	// Both ways are taken, and often.
	expect(sums.plain / sums.records).toBeGreaterThan(0.3);
	expect(sums.plain / sums.records).toBeLessThan(0.7);
});
