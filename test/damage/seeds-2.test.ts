import { describe, it } from '@jest/globals';
import { SEEDS_PER_FILE } from './ranges';
import { everySeedHolds } from './seeds';

describe('damage to one record', () => {
	it('costs nobody their place, part 2', async () => await everySeedHolds(SEEDS_PER_FILE + 1, SEEDS_PER_FILE), 600_000);
});
