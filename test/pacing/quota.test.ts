import { describe, expect, test } from '@jest/globals';
import { idealSeconds } from '../../bench/pacing/ideal';
import { pacedClient, runJob } from '../../bench/pacing/job';
import { USUAL_QUOTA, type Quota } from '../../bench/pacing/model-server';

const DIP = (ms: number) => (ms >= 60_000 && ms < 120_000 ? 2 : 10);
const SEEDS = [1, 2, 3];

/** Virtual time: every figure here is the outcome of a calculation, the same on any machine. */
describe('against a request quota', () => {
	test.each<[string, (ms: number) => number]>([
		['10/s', () => 10],
		['5/s', () => 5],
		['10/s, and 2/s for a minute', DIP],
	])('%s: 2,000 writes, none lost or doubled, at most 1.02 requests each and 3 %% over the ideal time', async (_, perSecond) => {
		const quota: Quota = { ...USUAL_QUOTA, perSecond };
		for (const seed of SEEDS) {
			const [result] = await runJob(quota, [pacedClient()], 2_000, seed);
			expect({ seed, lost: result.lost, doubled: result.doubled }).toEqual({ seed, lost: 0, doubled: 0 });
			expect(result.requests / 2_000).toBeLessThanOrEqual(1.02);
			expect(result.seconds).toBeLessThanOrEqual(1.03 * idealSeconds(quota, 2_000));
		}
	});

	test.each<[string, Partial<Quota>]>([
		['no Retry-After', { retryAfter: 'none' }],
		['Retry-After as a date', { retryAfter: 'date' }],
		['a burst of one', { burst: 1 }],
		['a burst of twenty', { burst: 20 }],
		['half a request a second', { perSecond: () => 0.5, burst: 1 }],
		['more than is ever asked for', { perSecond: () => 100, burst: 100 }],
		['slow answers', { latencyMs: 4_000 }],
	])('%s: nothing lost, little wasted', async (_, difference) => {
		for (const seed of SEEDS) {
			const [result] = await runJob({ ...USUAL_QUOTA, ...difference }, [pacedClient()], 300, seed);
			expect({ seed, lost: result.lost, doubled: result.doubled }).toEqual({ seed, lost: 0, doubled: 0 });
			expect(result.requests).toBeLessThanOrEqual(300 * 1.15);
		}
	});

	test.each([
		[2, 0],
		[2, 30],
		[4, 0],
		[4, 10],
	])('%d independent runs, %d s apart, share one quota: each gets a fair part, nothing is lost', async (runs, secondsApart) => {
		const starts = Array.from({ length: runs }, (_, index) => index * secondsApart * 1_000);
		for (const seed of SEEDS) {
			const results = await runJob(USUAL_QUOTA, starts.map(() => pacedClient()), 1_600 / runs, seed, starts);
			const from = Math.max(...starts) / 1_000;
			const until = Math.min(...results.map(({ grantedAt }) => grantedAt[grantedAt.length - 1]));
			const counts = results.map(({ grantedAt }) => grantedAt.filter((at) => at >= from && at <= until).length);
			const fair = counts.reduce((sum, count) => sum + count, 0) / runs;
			expect(results.map(({ lost, doubled }) => lost + doubled)).toEqual(starts.map(() => 0));
			expect(Math.min(...counts)).toBeGreaterThan(0.25 * fair);
		}
	});
});
