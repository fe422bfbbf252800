import { describe, it } from '@jest/globals';
import { SEEDS_PER_FILE } from './ranges';
import { everySeedHolds, range } from './seeds';

describe('chaos', () => {
	it(
		'breaks no invariant, part 2',
		async () => await everySeedHolds(range(1 + SEEDS_PER_FILE, SEEDS_PER_FILE)),
		600_000,
	);
});
