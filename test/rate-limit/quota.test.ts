import { describe, expect, test } from '@jest/globals';
import { idealSeconds } from '../../bench/rate-limit/ideal';
import { rateLimitedClient, runJob } from '../../bench/rate-limit/job';
import { fixedWindow, slidingWindow } from '../../bench/rate-limit/allowance';
import { bucketQuota, type Quota } from '../../bench/rate-limit/model-server';

const DIP = (ms: number) => (ms >= 60_000 && ms < 120_000 ? 2 : 10);
const SEEDS = [1, 2, 3];

/** Virtual time: every figure here is the outcome of a calculation, the same on any machine. */
describe('against a request quota', () => {
	test.each<[string, number | ((ms: number) => number)]>([
		['10/s', 10],
		['5/s', 5],
		['10/s, and 2/s for a minute', DIP],
	])(
		'%s: 2,000 writes, none lost or doubled, at most 1.02 requests each and 3 %% over the ideal time',
		async (_, perSecond) => {
			const quota = bucketQuota(perSecond);
			for (const seed of SEEDS) {
				const [result] = await runJob(quota, [rateLimitedClient()], 2_000, seed);
				expect({ seed, lost: result.lost, doubled: result.doubled }).toEqual({ seed, lost: 0, doubled: 0 });
				expect(result.requests / 2_000).toBeLessThanOrEqual(1.02);
				expect(result.seconds).toBeLessThanOrEqual(1.03 * idealSeconds(quota, 2_000));
			}
		},
	);

	test.each([
		[10, 1.2],
		[30, 1.22],
		[60, 1.4],
	])('Retry-After of %d s: at most %d times the ideal time', async (retryAfter, times) => {
		const quota = bucketQuota(10, { retryAfter });
		for (const seed of SEEDS) {
			const [{ seconds }] = await runJob(quota, [rateLimitedClient()], 2_000, seed);
			expect(seconds / idealSeconds(quota, 2_000)).toBeLessThan(times);
		}
	});

	test.each<[string, Quota]>([
		['no Retry-After', bucketQuota(10, { retryAfter: 'none' })],
		['Retry-After as a date', bucketQuota(10, { retryAfter: 'date' })],
		['a burst of one', bucketQuota(10, { burst: 1 })],
		['a burst of three', bucketQuota(10, { burst: 3 })],
		['a burst of twenty', bucketQuota(10, { burst: 20 })],
		['half a request a second', bucketQuota(0.5, { burst: 1 })],
		['more than is ever asked for', bucketQuota(100, { burst: 100 })],
		['slow answers', bucketQuota(10, { latencyMs: 4_000 })],
		['ten in every second of the clock', bucketQuota(10, { allowance: () => fixedWindow(10, 1_000) })],
		['a hundred in every minute of the clock', bucketQuota(10, { allowance: () => fixedWindow(100, 60_000) })],
		['ten in any second', bucketQuota(10, { allowance: () => slidingWindow(10, 1_000) })],
	])('%s: nothing lost, little wasted', async (_, quota) => {
		for (const seed of SEEDS) {
			const [result] = await runJob(quota, [rateLimitedClient()], 300, seed);
			expect({ seed, lost: result.lost, doubled: result.doubled }).toEqual({ seed, lost: 0, doubled: 0 });
			expect(result.requests).toBeLessThanOrEqual(300 * 1.15);
		}
	});

	test.each([
		[2, 0, 0.7],
		[2, 30, 0.5],
		[4, 0, 0.5],
		[4, 10, 0.4],
	])(
		'%d independent runs, %d s apart, share one quota: each gets %d of its part or more, nothing is lost',
		async (runs, secondsApart, least) => {
			const starts = Array.from({ length: runs }, (_, index) => index * secondsApart * 1_000);
			for (const seed of SEEDS) {
				const results = await runJob(
					bucketQuota(10),
					starts.map(() => rateLimitedClient()),
					1_600 / runs,
					seed,
					starts,
				);
				const from = Math.max(...starts) / 1_000;
				const until = Math.min(...results.map(({ grantedAt }) => grantedAt[grantedAt.length - 1]));
				const counts = results.map(({ grantedAt }) => grantedAt.filter((at) => at >= from && at <= until).length);
				const fair = counts.reduce((sum, count) => sum + count, 0) / runs;
				expect(results.map(({ lost, doubled }) => lost + doubled)).toEqual(starts.map(() => 0));
				expect(Math.min(...counts)).toBeGreaterThan(least * fair);
			}
		},
	);
});
