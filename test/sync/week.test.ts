/** A week of syncs every quarter of an hour, smaller than the benchmark: what is counted, and when edits are found. */

import { describe, expect, it } from '@jest/globals';
import { runWeek } from '../../bench/week/week';
import { DEFAULT_OPTIONS } from '../../lib/options';

/** A day and a quarter, with the faults of two nights. */
const SIZE = { lists: 96, members: 5, runs: 120, changes: 2, edits: 1 };
const SEEDS = [1, 2];

describe.each(SEEDS)('a week, seed %i', (seed) => {
	it('finds every edit within the stated runs, for a fraction of the requests, and leaves no list wrong', async () => {
		const changed = await runWeek(SIZE, 'changed', seed);
		const all = await runWeek(SIZE, 'all', seed);
		expect(changed).toMatchObject({ wrongLists: 0, wrongRemovals: 0 });
		expect(all).toMatchObject({ wrongLists: 0, wrongRemovals: 0 });
		expect(changed.edits.made).toBeGreaterThan(80);
		expect(changed.edits.runsUntilFound).toBeLessThanOrEqual(DEFAULT_OPTIONS.lookEvery);
		// The lists whose turn it is; a read and a write of two lists for each change, and of one for each edit.
		const { lists, changes, edits } = SIZE;
		const share = lists / DEFAULT_OPTIONS.lookEvery + 4 * changes + 2 * edits;
		expect(changed.requestsPerRun.median).toBeLessThanOrEqual(share);
		expect(all.requestsPerRun.median).toBeGreaterThanOrEqual(SIZE.lists);
		expect((changed.reads + changed.writes) / (all.reads + all.writes)).toBeLessThan(0.15);
	});
});
