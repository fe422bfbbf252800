import { describe, it } from '@jest/globals';
import { LAST_OF_WHOLE_NAMES, SEEDS_PER_FILE, SEEDS_WITH_NAME_PARTS } from './ranges';
import { everySeedHolds } from './seeds';

describe('damage to one record', () => {
	it('costs nobody their place, part 2', async () => await everySeedHolds(SEEDS_PER_FILE + 1, SEEDS_PER_FILE), 600_000);

	it('nor where names have two columns', async () => {
		await everySeedHolds(LAST_OF_WHOLE_NAMES + 1, SEEDS_WITH_NAME_PARTS);
	}, 600_000);
});
