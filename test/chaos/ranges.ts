/** Which seeds run with the unit tests; `.ci/run` has a gate of 3,000 more, from 10,001 on. */

/** Of each of the files that `npm test` runs; two of them, so that two cores share the work. */
export const SEEDS_PER_FILE = 450;

/** Seeds that once failed, each with what it found. Never taken out: they guard what was repaired. */
export const FAILED_ONCE: ReadonlyArray<readonly [seed: number, found: string]> = [
	[26, 'a cancelled Apply Plan reported members of lists that it had never read'],
	[92, 'the same for call centers of agents'],
	[2226, 'a replace that the platform had taken in part was sent four times, and called doubtful'],
	[2459, 'a replace waited four minutes in a pause and then overwrote what nobody had seen since'],
];
