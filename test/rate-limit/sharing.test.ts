/** Clients that know nothing of each other on one quota, in virtual time: figures that must not get worse. */

import { describe, expect, test } from '@jest/globals';
import { bestPossibleSeconds } from '../../bench/rate-limit/best-possible';
import { idealSeconds } from '../../bench/rate-limit/ideal';
import { fixedWindow } from '../../bench/rate-limit/allowance';
import { bucketQuota } from '../../bench/rate-limit/model-server';
import { measureSharing, SHARING_CASES } from '../../bench/rate-limit/sharing';

const SEEDS = [1, 2, 3];

describe('clients on one quota', () => {
	test.each([
		['10/s, burst 10', 2, 0.9, 0.7, 1.03],
		['10/s, burst 10', 4, 0.92, 0.65, 1.04],
		['10/s, burst 10', 10, 0.95, 0.7, 1.055],
		['one every 100 ms', 10, 0.95, 0.7, 1.35],
	] as const)(
		"%s, %d at once: Jain's index, least share and requests per write keep to %d, %d and %d (median)",
		async (quota, clients, jain, leastShare, requestsPerWrite) => {
			const [sharing] = SHARING_CASES.filter(
				(each) => each.quota === quota && each.clients === clients && each.secondsApart === 0,
			);
			const figures = await measureSharing(sharing, SEEDS);
			expect(figures.lost).toBe(0);
			expect(figures.jain.median).toBeGreaterThan(jain);
			expect(figures.leastShare.median).toBeGreaterThan(leastShare);
			expect(figures.requestsPerWrite.median).toBeLessThan(requestsPerWrite);
		},
	);
});

describe('the best that can be done without knowing the quota', () => {
	test('is one refusal and the pause after it behind the ideal', () => {
		const quota = bucketQuota(10, { retryAfter: 60 });
		// The burst of ten is used up twice: at once, and when it was saved up during the pause.
		expect(bestPossibleSeconds(quota, 2_000) - idealSeconds(quota, 2_000)).toBeCloseTo(59.3, 0);
	});

	test('goes no faster than the maximum rate, where a window would grant all at once', () => {
		const quota = bucketQuota(10, { allowance: () => fixedWindow(600, 60_000) });
		expect(idealSeconds(quota, 2_000)).toBeCloseTo(180.3, 1);
		expect(bestPossibleSeconds(quota, 2_000)).toBeCloseTo(190.3, 0);
	});
});
