import { describe, it } from '@jest/globals';
import { FAILED_ONCE } from './ranges';
import { everySeedHolds } from './seeds';

describe('chaos that once broke an invariant', () => {
	it.each(FAILED_ONCE)('seed %i: %s', async (seed) => await everySeedHolds([seed]));
});
