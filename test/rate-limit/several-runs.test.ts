import { afterEach, describe, expect, test } from '@jest/globals';
import {
	forgetRateLimiters,
	rateLimiterFor,
	MAX_CONCURRENCY,
	RATE_LIMIT_DEFAULTS,
	rateLimitedTransport,
	RateLimiter,
	rateLimitSettings,
	type RateLimitedTransport,
} from '../../lib/rate-limit';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { answer, READ, scene, WRITE, type Scene } from './support';

const OK = answer(200);

describe('one rate limiter per platform', () => {
	afterEach(forgetRateLimiters);
	const clock = new VirtualClock();
	const of = (url: string) => rateLimiterFor(url, clock, seededRandom(1));

	test('whatever the spelling of the host and the end of the path', () => {
		expect(of('https://APIO.example/api/v1/')).toBe(of('https://apio.example/api/v1'));
		expect(of('https://apio.example/api/v1')).not.toBe(of('https://apio.example/api/v01/p1'));
		expect(of('https://apio.example')).not.toBe(of('http://apio.example'));
	});

	test('the platform unused for longest is forgotten first', () => {
		const [first, second] = [of('https://first.example'), of('https://second.example')];
		for (let i = 0; i < 49; i++) {
			of(`https://host-${i}.example`);
			expect(of('https://first.example')).toBe(first);
		}
		expect(of('https://second.example')).not.toBe(second);
	});
});

describe('two runs on one rate limiter', () => {
	test('share the rate by halves, though one asks for ten times as much at once', async () => {
		const { clock, platform, run } = scene([OK]);
		const [large, small] = [run(), run()];
		await clock.run(async () => {
			const ask = (transport: typeof large, name: string, count: number) =>
				Array.from({ length: count }, async () => await transport({ ...WRITE, path: `/${name}/` }));
			const all = ask(large, 'large', 500);
			await clock.sleep(1_000);
			await Promise.all([...all, ...ask(small, 'small', 50)]);
		});
		const paths = platform.exchanges.map(({ request }) => request.path);
		const from = paths.indexOf('/small/');
		const both = paths.slice(from, paths.lastIndexOf('/small/') + 1);
		expect(both.filter((path) => path === '/large/').length).toBeLessThanOrEqual(60);
		expect(both.filter((path) => path === '/large/').length).toBeGreaterThanOrEqual(40);
	});

	test('never have more in flight together than the setting says', async () => {
		for (const concurrency of [1, 4, 10]) {
			const { clock, platform, run } = scene([OK], { concurrency, startRate: 1_000, maxRate: 1_000 });
			const runs = [run(), run(), run()];
			await clock.run(
				async () => await Promise.all(Array.from({ length: 900 }, async (_, i) => await runs[i % 3](READ))),
			);
			expect(platform.mostInFlight).toBe(concurrency);
		}
	});

	test('learn from each other: the second starts at the rate that the first has found', async () => {
		const { clock, limiter, run } = scene([OK]);
		await clock.run(async () => {
			const first = run();
			await Promise.all(Array.from({ length: 200 }, async () => await first(WRITE)));
		});
		expect(run().run.expectedRate()).toBe(limiter.expectedRate());
		expect(limiter.expectedRate()).toBeGreaterThan(RATE_LIMIT_DEFAULTS.startRate);
	});
});

describe('runs with limits of their own on one rate limiter', () => {
	const ask = async (transport: RateLimitedTransport, name: string, count: number) =>
		await Promise.all(Array.from({ length: count }, async () => await transport({ ...WRITE, path: `/${name}/` })));
	/** Requests a second of each path between two moments, in s. */
	const rates = ({ platform }: Scene, from: number, until: number) =>
		Object.fromEntries(
			['/slow/', '/bold/'].map((path) => [
				path,
				platform.exchanges.filter(({ request, at }) => request.path === path && at >= from && at < until).length /
					(until - from),
			]),
		);
	/** Seconds; 50 ms less than the rate says where a late request is made good. */
	const smallestGap = ({ platform }: Scene, path: string) => {
		const times = platform.exchanges.filter(({ request }) => request.path === path).map(({ at }) => at);
		return Math.min(...times.slice(1).map((time, index) => time - times[index]));
	};

	test('each keeps to its own maximum, and the bolder one is not held up', async () => {
		const at = scene([OK]);
		const [slow, bold] = [at.run({ limits: { maxRate: 3 } }), at.run({ limits: { maxRate: 12 } })];
		await at.clock.run(async () => await Promise.all([ask(slow, 'slow', 60), ask(bold, 'bold', 200)]));
		expect(rates(at, 5, 15)['/slow/']).toBeCloseTo(3, 0);
		expect(rates(at, 5, 15)['/bold/']).toBeGreaterThan(8.5);
		expect(rates(at, 5, 15)['/slow/'] + rates(at, 5, 15)['/bold/']).toBeLessThanOrEqual(12.1);
	});

	test.each([
		['a retry-after pause that both wait for', 2, answer(429, { 'retry-after': '7' })],
		['an open circuit breaker that both wait for', 5, answer(500)],
	])('each keeps to its own maximum after %s', async (_, failures, failure) => {
		const at = scene((index) => (index < failures ? failure : OK));
		const [slow, bold] = [at.run({ limits: { maxRate: 1 } }), at.run({ limits: { maxRate: 20 } })];
		await at.clock.run(async () => await Promise.all([ask(slow, 'slow', 12), ask(bold, 'bold', 100)]));
		expect(smallestGap(at, '/slow/')).toBeGreaterThan(0.949);
	});

	test('a careful run keeps to its own maximum when a bolder one begins', async () => {
		const at = scene((index) => (index === 2 ? answer(429, { 'retry-after': '7' }) : OK));
		const slow = at.run({ limits: { maxRate: 1 } });
		await at.clock.run(async () => {
			const asked = ask(slow, 'slow', 12);
			await at.clock.sleep(4_000);
			await Promise.all([asked, ask(at.run({ limits: { maxRate: 20 } }), 'bold', 60)]);
		});
		expect(smallestGap(at, '/slow/')).toBeGreaterThan(0.949);
	});

	test('alone, the careful run has the platform at its own rate', async () => {
		const at = scene([OK]);
		const slow = at.run({ limits: { maxRate: 3 } });
		await at.clock.run(async () => await ask(slow, 'slow', 30));
		expect(Math.max(...at.platform.times)).toBeCloseTo(29 / 3, 1);
	});

	test('a retry-after pause that one run meets holds for the other', async () => {
		const at = scene((index) => (index === 0 ? answer(429, { 'retry-after': '7' }) : OK));
		const [slow, bold] = [at.run({ limits: { maxRate: 3 } }), at.run({ limits: { maxRate: 12 } })];
		await at.clock.run(
			async () =>
				await Promise.all([ask(slow, 'slow', 1), at.clock.sleep(500).then(async () => await ask(bold, 'bold', 1))]),
		);
		expect(at.platform.times.slice(1).every((time) => time >= 7)).toBe(true);
	});

	test('in flight there are as many as the one with most lanes may have', async () => {
		const at = scene([OK], { startRate: 1_000, maxRate: 1_000 });
		const [few, many] = [at.run({ limits: { concurrency: 2 } }), at.run({ limits: { concurrency: 6 } })];
		await at.clock.run(async () => await Promise.all([ask(few, 'slow', 60), ask(many, 'bold', 300)]));
		expect(at.platform.mostInFlight).toBe(6);
	});

	test('a start rate counts while nothing is known, and never slows down what goes well', async () => {
		const at = scene([OK]);
		expect(at.run({ limits: { startRate: 2 } }).run.expectedRate()).toBe(2);
		const first = at.run({ limits: { startRate: 8 } });
		expect(first.run.expectedRate()).toBe(8);
		await at.clock.run(async () => await ask(first, 'bold', 100));
		const before = first.run.expectedRate();
		at.run({ limits: { startRate: 1 } });
		expect(first.run.expectedRate()).toBe(before);
	});
});

test('settings of any kind are brought into range', () => {
	expect(rateLimitSettings()).toEqual(RATE_LIMIT_DEFAULTS);
	expect(rateLimitSettings({ maxRate: 2 })).toMatchObject({ startRate: 2, minRate: 0.2, maxRate: 2 });
	expect(rateLimitSettings({ concurrency: 99 }).concurrency).toBe(MAX_CONCURRENCY);
	expect(rateLimitSettings({ concurrency: 0.5, attempts: 0, startRate: NaN, maxRate: undefined })).toMatchObject({
		concurrency: 1,
		attempts: 1,
		startRate: 5,
		maxRate: 20,
	});
	expect(rateLimitSettings({ startRate: 0, minRate: -1 }).minRate).toBeGreaterThan(0);
});

test('what is to be expected of a platform that takes its time is what its answers allow', async () => {
	const clock = new VirtualClock();
	const limiter = new RateLimiter({ concurrency: 4 }, clock, seededRandom(1));
	const transport = rateLimitedTransport(async () => {
		await clock.sleep(4_000);
		return OK;
	}, limiter);
	await clock.run(async () => await Promise.all(Array.from({ length: 40 }, async () => await transport(READ))));
	expect(transport.run.expectedRate()).toBeCloseTo(1, 5);
	expect(limiter.isBoundByRate).toBe(false);
});

test('slow answers are counted', async () => {
	const { clock, limiter } = scene([OK]);
	let slow = true;
	const transport = rateLimitedTransport(async () => {
		await clock.sleep(slow ? 5_001 : 300);
		slow = false;
		return OK;
	}, limiter);
	await clock.run(async () => [await transport(READ), await transport(READ)]);
	expect(transport.run.statistics).toEqual({ sent: 2, throttled: 0, retried: 0, slow: 1, blockedMs: 0 });
});
