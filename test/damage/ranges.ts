/** Which seeds run with the unit tests; `.ci/run` has a gate of 200,000 more, from 100,001 on. */

/** Of each of the files that `npm test` runs; two of them, so that two cores share the work. */
export const SEEDS_PER_FILE = 10_000;

/** Seeds up to this one have whole names in one column, and docs/invariants.md has figures of them. */
export const LAST_OF_WHOLE_NAMES = 300_000;

/** Of those above. */
export const SEEDS_WITH_NAME_PARTS = 1_500;
