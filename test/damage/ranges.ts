/** Which seeds run with the unit tests; `.ci/run` has a gate of 200,000 more, from 100,001 on. */

/** Of each of the files that `npm test` runs; two of them, so that two cores share the work. */
export const SEEDS_PER_FILE = 10_000;
