/** How the number of requests in flight follows what the platform can do, in virtual time. */

import { describe, expect, it } from '@jest/globals';
import { AdaptiveConcurrency } from '../../lib/rate-limit/adaptive-concurrency';
import { rateLimitedTransport, RateLimiter, type RateLimitSettings } from '../../lib/rate-limit';
import type { HttpReply } from '../../lib/apio/transport';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { answer, noAnswer, READ, scene } from './support';

const BOUNDS = { minConcurrency: 1, concurrency: 10 };

/** Answers to requests that use the limit up, one after the other; what `replyTo` gives for so many in flight. */
function feed(
	concurrency: AdaptiveConcurrency,
	answers: number,
	replyTo: (inFlight: number) => { latencyMs: number; overloaded?: boolean },
	from = 0,
): number {
	let now = from;
	for (let index = 0; index < answers; index++) {
		const inFlight = concurrency.limit;
		const { latencyMs, overloaded = false } = replyTo(inFlight);
		now += latencyMs / inFlight;
		concurrency.answered(now, { inFlight, latencyMs, overloaded });
	}
	return now;
}

describe('adaptive concurrency', () => {
	it('begins with four, or with fewer where no more are allowed', () => {
		expect(new AdaptiveConcurrency(BOUNDS).limit).toBe(4);
		expect(new AdaptiveConcurrency({ ...BOUNDS, concurrency: 2 }).limit).toBe(2);
		expect(new AdaptiveConcurrency({ minConcurrency: 6, concurrency: 10 }).limit).toBe(6);
	});

	it('grows to the maximum where each request more brings its share', () => {
		const concurrency = new AdaptiveConcurrency(BOUNDS);
		feed(concurrency, 600, () => ({ latencyMs: 300 }));
		expect(concurrency.limit).toBeGreaterThanOrEqual(9);
		expect(concurrency.limit).toBeLessThanOrEqual(10);
	});

	it.each([1, 2, 3, 6])('stays about %d where more only wait for their turn', (workers) => {
		const concurrency = new AdaptiveConcurrency(BOUNDS);
		const limits: number[] = [];
		for (let now = 0, round = 0; round < 400; round++) {
			now = feed(concurrency, 10, (n) => ({ latencyMs: 300 * Math.max(1, n / workers) }), now);
			if (round >= 100) limits.push(concurrency.limit);
		}
		const mean = limits.reduce((sum, limit) => sum + limit, 0) / limits.length;
		expect(mean).toBeGreaterThan(workers - 0.5);
		expect(mean).toBeLessThan(workers + 1);
	});

	it.each([1, 2, 3])('seldom falls to one where answers take milliseconds and vary (seed %d)', (seed) => {
		const random = seededRandom(seed);
		const concurrency = new AdaptiveConcurrency(BOUNDS);
		// The client works 1 ms for each request, the platform 0.4: two in flight bring a quarter more than one.
		const perSecond = (n: number) => (1_000 * (1 - 0.4 ** n)) / (1 - 0.4 ** (n + 1));
		const limits: number[] = [];
		for (let now = 0, round = 0; round < 1_000; round++) {
			now = feed(concurrency, 10, (n) => ({ latencyMs: (3_000 * n * random() ** 2) / perSecond(n) }), now);
			limits.push(concurrency.limit);
		}
		expect(limits.filter((limit) => limit === 1).length).toBeLessThan(limits.length / 10);
	});

	it('gives up at once what is turned away for overload, and asks for more ever less often', () => {
		const concurrency = new AdaptiveConcurrency(BOUNDS);
		let overloads = 0;
		const capacity = (n: number) => {
			if (n > 2) overloads++;
			return { latencyMs: 300, overloaded: n > 2 };
		};
		const first = feed(concurrency, 1_000, capacity);
		expect(concurrency.limit).toBe(2);
		const before = overloads;
		feed(concurrency, 1_000, capacity, first);
		expect(before).toBeLessThan(15);
		expect(overloads - before).toBeLessThan(5);
	});

	it('takes a failure by chance for no sign of load', () => {
		const concurrency = new AdaptiveConcurrency({ ...BOUNDS, minConcurrency: 1 });
		let now = feed(concurrency, 600, () => ({ latencyMs: 300 }));
		for (let round = 0; round < 20; round++) {
			concurrency.answered(now, { inFlight: concurrency.limit, latencyMs: 300, overloaded: true });
			now = feed(concurrency, 30, () => ({ latencyMs: 300 }), now);
		}
		expect(concurrency.limit).toBeGreaterThanOrEqual(8);
	});

	it('shrinks when a platform that took ten takes two, and grows when it takes ten again', () => {
		const concurrency = new AdaptiveConcurrency(BOUNDS);
		let now = feed(concurrency, 600, () => ({ latencyMs: 300 }));
		now = feed(concurrency, 600, (n) => ({ latencyMs: 300, overloaded: n > 2 }), now);
		expect(concurrency.limit).toBe(2);
		feed(concurrency, 2_000, () => ({ latencyMs: 300 }), now);
		expect(concurrency.limit).toBeGreaterThanOrEqual(9);
	});

	it('learns nothing from requests that did not use the limit up', () => {
		const concurrency = new AdaptiveConcurrency(BOUNDS);
		for (let now = 0; now < 100_000; now += 100)
			concurrency.answered(now, { inFlight: 2, latencyMs: now, overloaded: false });
		expect(concurrency.limit).toBe(4);
	});

	it('never leaves its bounds, which may change', () => {
		const bounds = { minConcurrency: 2, concurrency: 10 };
		const random = seededRandom(7);
		const concurrency = new AdaptiveConcurrency(bounds);
		for (let now = 0; now < 3_000_000; now += 300) {
			if (random() < 0.01) bounds.concurrency = 2 + Math.floor(random() * 9);
			const inFlight = 1 + Math.floor(random() * (concurrency.limit + 1));
			concurrency.answered(now, { inFlight, latencyMs: random() * 1_000, overloaded: random() < 0.2 });
			expect(concurrency.limit).toBeGreaterThanOrEqual(2);
			expect(concurrency.limit).toBeLessThanOrEqual(bounds.concurrency);
		}
	});
});

/** Seconds for so many reads, and those that were lost, at a platform that works on so many at once. */
async function timeOf(
	atOnce: number,
	settings: Partial<RateLimitSettings>,
): Promise<{ seconds: number; lost: number }> {
	const clock = new VirtualClock();
	const random = seededRandom(atOnce);
	let inWork = 0;
	const platform = async (): Promise<HttpReply> => {
		if (inWork >= atOnce) {
			await clock.sleep(50);
			return answer(503);
		}
		inWork++;
		await clock.sleep(300 * (0.7 + 0.6 * random()));
		inWork--;
		return answer(200);
	};
	const before = clock.now();
	const replies = await clock.run(async () => {
		const limited = rateLimitedTransport(platform, new RateLimiter(settings, clock, seededRandom(1)));
		return await Promise.all(Array.from({ length: 600 }, async () => await limited(READ)));
	});
	const lost = replies.filter((reply) => reply.kind !== 'answer' || reply.status !== 200).length;
	return { seconds: (clock.now() - before) / 1_000, lost };
}

describe('a platform that does only so many requests at once', () => {
	it.each([2, 4, 8])('takes about as long at defaults as with %d lanes set by hand', async (atOnce) => {
		const byHand = await timeOf(atOnce, { concurrency: atOnce, minConcurrency: atOnce });
		const adaptive = await timeOf(atOnce, {});
		expect(byHand.lost + adaptive.lost).toBe(0);
		expect(adaptive.seconds).toBeLessThanOrEqual(byHand.seconds * 1.15);
	});
});

describe('a platform without a quota that refuses once', () => {
	/** Seconds for so many reads of 300 ms, of which some are answered otherwise. */
	async function seconds(odd: Readonly<Record<number, HttpReply>>): Promise<number> {
		const clock = new VirtualClock();
		let asked = 0;
		const platform = async (): Promise<HttpReply> => {
			const reply = odd[asked++] ?? answer(200);
			await clock.sleep(300);
			return reply;
		};
		const before = clock.now();
		await clock.run(async () => {
			const limited = rateLimitedTransport(platform, new RateLimiter({}, clock, seededRandom(1)));
			return await Promise.all(Array.from({ length: 1_500 }, async () => await limited(READ)));
		});
		return (clock.now() - before) / 1_000;
	}

	it.each<[string, Readonly<Record<number, HttpReply>>]>([
		['a 429', { 40: answer(429, { 'retry-after': '1' }) }],
		['a 503 at first, and a 429', { 0: answer(503), 8: answer(429, { 'retry-after': '1' }) }],
	])('goes on growing after %s', async (_title, odd) => {
		const undisturbed = await seconds({});
		expect(await seconds(odd)).toBeLessThan(1.3 * undisturbed);
	});
});

describe('a sign-in that the platform puts off', () => {
	it('is waited for like any other refusal, and costs no attempt', async () => {
		const putOff = { ...noAnswer('unreachable'), putOffBy: { 'retry-after': '7' } };
		const { clock, platform, run } = scene([...Array.from({ length: 6 }, () => putOff), answer(200)]);
		const reply = await clock.run(async () => await run()(READ));
		expect(reply).toMatchObject({ kind: 'answer', status: 200 });
		const [first, second] = platform.times;
		expect(second - first).toBeGreaterThanOrEqual(7);
	});
});
