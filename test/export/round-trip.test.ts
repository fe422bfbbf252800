import { expect, it } from '@jest/globals';
import { roundTrip } from './round-trip';

const SEEDS = 300;

it(`what is exported changes nothing when it is planned, in ${SEEDS} worlds`, async () => {
	let members = 0;
	for (let seed = 1; seed <= SEEDS; seed += 1) {
		const { problems, members: read } = await roundTrip(seed);
		expect({ seed, problems }).toEqual({ seed, problems: [] });
		members += read;
	}
	expect(members).toBeGreaterThan(SEEDS);
});
