import { describe, it } from '@jest/globals';
import { SEEDS_PER_FILE } from './ranges';
import { everySeedHolds } from './seeds';

describe('damage to one record', () => {
	it('costs nobody their place, part 1', async () => await everySeedHolds(1, SEEDS_PER_FILE), 600_000);
});
