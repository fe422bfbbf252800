/**
 * Clients that share a quota without knowing each other, and what they must not learn from it: how long the work takes
 * beside a client that knows the quota at every moment, in virtual time.
 */

import { describe, expect, test } from '@jest/globals';
import { idealSeconds } from '../../bench/rate-limit/ideal';
import { mapConcurrently, rateLimitedClient, runJob, writeOf, type Client } from '../../bench/rate-limit/job';
import { bucketQuota } from '../../bench/rate-limit/model-server';
import { rateLimitedTransport, RateLimiter } from '../../lib/rate-limit';
import { seededRandom } from '../../tools/seeded-random';

const SEEDS = [1, 2];
const TEN = bucketQuota(10);
/** One request every 100 ms, and none earlier. */
const SPACED = bucketQuota(10, { burst: 1 });

/** Does only so many of its writes, and leaves. */
function shortJob(writes: number): Client {
	return async (paths, around) => await rateLimitedClient()(paths.slice(0, writes), around);
}

/** Does so many writes, rests, and does the others. */
function restingClient(writes: number, restMs: number): Client {
	return async (paths, { send, clock, random }) => {
		const transport = rateLimitedTransport(send, new RateLimiter({}, clock, random));
		const write = async (path: string) => void (await transport(writeOf(path)));
		await mapConcurrently(10, paths.slice(0, writes), write);
		await clock.sleep(restMs);
		await mapConcurrently(10, paths.slice(writes), write);
	};
}

const last = (moments: readonly number[]) => moments[moments.length - 1];

describe('clients that share a quota', () => {
	test.each([2, 4, 10])('%d together take hardly longer than one alone', async (clients) => {
		for (const seed of SEEDS) {
			const results = await runJob(TEN, Array<Client>(clients).fill(rateLimitedClient()), 2_000 / clients, seed);
			expect(results.map(({ lost, doubled }) => lost + doubled)).toEqual(results.map(() => 0));
			const seconds = Math.max(...results.map((result) => result.seconds));
			expect(seconds / idealSeconds(TEN, 2_000)).toBeLessThan(1.2);
		}
	});

	test.each([
		[2, 300, 40],
		[4, 300, 40],
		[10, 300, 45],
		[10, 1_000, 60],
	])(
		'of %d at %d ms an answer, the one that stays soon has the whole quota: %d s behind the ideal at most',
		async (clients, latencyMs, behind) => {
			const quota = bucketQuota(10, { latencyMs });
			for (const seed of SEEDS) {
				const neighbours = Array<Client>(clients - 1).fill(shortJob(100));
				const [stays, ...others] = await runJob(quota, [rateLimitedClient(), ...neighbours], 1_500, seed);
				const left = Math.max(...others.map(({ grantedAt }) => last(grantedAt)));
				const writes = stays.grantedAt.filter((at) => at > left).length;
				expect(writes).toBeGreaterThan(500);
				expect(last(stays.grantedAt) - left - writes / 10).toBeLessThan(behind);
			}
		},
	);

	test.each([
		[2, 3.8],
		[4, 3.8],
	])('%d on one request every 100 ms take at most %d times the ideal time', async (clients, times) => {
		for (const seed of SEEDS) {
			const results = await runJob(SPACED, Array<Client>(clients).fill(rateLimitedClient()), 1_200 / clients, seed);
			const seconds = Math.max(...results.map((result) => result.seconds));
			expect(seconds / idealSeconds(SPACED, 1_200)).toBeLessThan(times);
		}
	});
});

describe('a client that is alone', () => {
	const every = (seconds: number, ...rates: readonly number[]) => {
		return (ms: number) => rates[Math.floor(ms / 1_000 / seconds) % rates.length];
	};
	const wave = (seconds: number) => (ms: number) => 6 + 4 * Math.sin((ms / 1_000 / seconds) * 2 * Math.PI);
	const random = seededRandom(6);
	const drawn = Array.from({ length: 100 }, () => 2 + 8 * random());

	test.each<[string, (ms: number) => number, number]>([
		['between 2 and 10/s, in waves of a minute', wave(60), 1.05],
		['between 2 and 10/s, in waves of two minutes', wave(120), 1.14],
		['10/s and 5/s in turn, 30 s each', every(30, 10, 5), 1.05],
		['10/s and 2/s in turn, 20 s each', every(20, 10, 2), 1.14],
		['between 2 and 10/s, drawn every 45 s', every(45, ...drawn), 1.07],
	])('follows a quota of %s', async (_, perSecond, times) => {
		const quota = bucketQuota(perSecond);
		for (const seed of SEEDS) {
			const [{ lost, requests, seconds }] = await runJob(quota, [rateLimitedClient()], 1_500, seed);
			expect(lost).toBe(0);
			expect(requests / 1_500).toBeLessThan(1.075);
			expect(seconds / idealSeconds(quota, 1_500)).toBeLessThan(times);
		}
	});

	test('is not slowed down by hours in which it rested, whether it had neighbours before or not', async () => {
		const restMs = 4 * 3_600_000;
		for (const neighbours of [0, 9]) {
			const clients = [restingClient(200, restMs), ...Array<Client>(neighbours).fill(shortJob(200))];
			const [{ grantedAt }] = await runJob(TEN, clients, 1_200, 1);
			const seconds = last(grantedAt) - grantedAt[200];
			expect(seconds / idealSeconds(TEN, 1_000)).toBeLessThan(1.12);
		}
	});
});
