import { describe, expect, test } from '@jest/globals';
import type { HttpReply } from '../../lib/apio/transport';
import { rateLimitedTransport, RateLimiter } from '../../lib/rate-limit';
import { RetryAfterPause } from '../../lib/rate-limit/retry-after-pause';
import { answer, READ, scene, START, WRITE } from './support';

const OK = answer(200);
const many = <T>(count: number, each: () => Promise<T>) => Promise.all(Array.from({ length: count }, each));
const codes = (replies: readonly HttpReply[]) =>
	replies.map((reply) => (reply.kind === 'noAnswer' ? reply.code : reply.status));

describe('the retry-after pause', () => {
	test('is hardly longer if its probe leaves hours later, because there was nothing to send', () => {
		const pause = new RetryAfterPause();
		pause.pause(0, 1_000);
		pause.leave();
		expect(pause.elapsedMs(1_300)).toBe(1_300);
		expect(pause.elapsedMs(4 * 3_600_000)).toBe(6_000);
	});

	test('holds everybody on Retry-After, and ends with a single probe', async () => {
		const { clock, platform, run } = scene((index) => (index === 3 ? answer(429, { 'retry-after': '20' }) : OK), {
			startRate: 20,
		});
		const replies = await clock.run(async () => await many(20, async () => await run()(WRITE)));
		expect(new Set(codes(replies))).toEqual(new Set([200]));
		// The fourth left at 0.15 s and was refused at 0.25 s.
		const afterwards = platform.times.filter((at) => at > 0.25);
		expect(afterwards[0]).toBeGreaterThanOrEqual(20.25);
		expect(afterwards[1]).toBeGreaterThanOrEqual(afterwards[0] + 0.1);
		expect(platform.exchanges).toHaveLength(21);
	});

	test.each([
		['a date', (at: number) => ({ 'retry-after': new Date(START + at * 1_000 + 10_000).toUTCString() }), 9, 11],
		['a negative number: our own second', () => ({ 'retry-after': '-3' }), 1, 1.5],
		['words: our own second', () => ({ 'retry-after': 'later' }), 1, 1.5],
		['nothing: our own second', () => ({}), 1, 1.5],
		['zero: never a tight loop', () => ({ 'retry-after': '0' }), 0.1, 0.5],
		['the reset of RateLimit headers', () => ({ 'ratelimit-remaining': '0', 'ratelimit-reset': '8' }), 8, 8.5],
		[
			'our own second, where RateLimit headers say that requests are left',
			() => ({ 'x-ratelimit-remaining': '40', 'x-ratelimit-reset': '1800' }),
			1,
			1.5,
		],
		[
			'Retry-After before RateLimit headers',
			() => ({ 'retry-after': '3', 'ratelimit-remaining': '0', 'ratelimit-reset': '8' }),
			3,
			3.5,
		],
	])('obeys %s', async (_, headers, least, most) => {
		const { clock, platform, run } = scene((index, __, at) => (index === 0 ? answer(429, headers(at)) : OK));
		await clock.run(async () => await run()(WRITE));
		expect(platform.times[1] - 0.1).toBeGreaterThanOrEqual(least);
		expect(platform.times[1] - 0.1).toBeLessThanOrEqual(most);
	});

	test('lets nobody pass beside the probe, however fast the rate', async () => {
		const { clock, platform, run } = scene(
			(index) => (index === 10 ? answer(200, { 'ratelimit-remaining': '0', 'ratelimit-reset': '5' }) : OK),
			{ startRate: 100, maxRate: 100, concurrency: 10 },
		);
		const transport = run();
		await clock.run(async () => await many(60, async () => await transport(READ)));
		const [probe, next] = platform.times.filter((at) => at > 5);
		expect(next).toBeGreaterThanOrEqual(probe + 0.1);
	});

	test('a platform that keeps refusing at once is asked less and less often, whatever it says', async () => {
		const { clock, platform, run } = scene((index) => (index < 8 ? answer(429, { 'retry-after': '0' }) : OK));
		await clock.run(async () => await run()(WRITE));
		expect(platform.times[8] - platform.times[7]).toBeGreaterThan(7);
	});

	test('refusals in flight together are one refusal for the rate', async () => {
		const rateAfter = async (refusals: number) => {
			const { clock, run } = scene(
				(index) => (index >= 40 && index < 40 + refusals ? answer(429, { 'retry-after': '1' }) : OK),
				{ startRate: 20, maxRate: 1_000 },
			);
			const transport = run();
			await clock.run(async () => await many(60, async () => await transport(READ)));
			return transport.run.expectedRate();
		};
		expect(await rateAfter(3)).toBeGreaterThan(0.9 * (await rateAfter(1)));
	});

	test('of several refusals in flight together the longest wait holds', async () => {
		const { clock, platform, run } = scene(
			(index) => (index < 3 ? answer(429, { 'retry-after': ['1', '9', '4'][index] }) : OK),
			{ startRate: 1_000, maxRate: 1_000 },
		);
		const transport = run();
		await clock.run(async () => await many(3, async () => await transport(WRITE)));
		expect(platform.times[3]).toBeGreaterThanOrEqual(9.1);
	});

	test.each(['301', '172800', 'Fri, 02 Jan 2026 00:00:00 GMT', '9'.repeat(400)])(
		'a Retry-After of %s ends the run in good order',
		async (value) => {
			const { clock, platform, run } = scene([answer(429, { 'retry-after': value })]);
			const transport = run();
			const replies = await clock.run(async () => await many(8, async () => await transport(WRITE)));
			expect(new Set(codes(replies))).toEqual(new Set(['retryAfterTooLong']));
			expect(replies[0]).toMatchObject({
				cause: 'stopped',
				maybeApplied: false,
				stop: { problem: 'retryAfterTooLong', waitSeconds: expect.any(Number), maxSeconds: 300 },
			});
			const { stopped } = transport.run;
			expect(stopped?.problem).toBe('retryAfterTooLong');
			expect(JSON.parse(JSON.stringify(stopped))).toEqual(stopped);
			expect(platform.exchanges.length).toBeLessThanOrEqual(4);
		},
	);

	test('a Retry-After that ends the run lets none of its requests out any more, however little holds it', async () => {
		const { clock, platform, run } = scene([answer(429, { 'retry-after': '301' })], {
			concurrency: 1,
			startRate: 1_000,
			maxRate: 1_000,
		});
		const transport = run();
		await clock.run(async () => await many(3, async () => await transport(WRITE)));
		expect(platform.exchanges).toHaveLength(1);
	});

	test('300 s are waited for', async () => {
		const { clock, platform, run } = scene([answer(429, { 'retry-after': '300' }), OK]);
		const transport = run();
		expect(await clock.run(async () => await transport(WRITE))).toEqual(OK);
		expect(platform.times[1]).toBeGreaterThanOrEqual(300);
		expect(transport.run.statistics).toMatchObject({ throttled: 1, blockedMs: 300_000 });
	});

	test('being refused costs no attempt, but ends after a quarter of an hour without progress', async () => {
		const { clock, platform, run } = scene([answer(429, { 'retry-after': '10' })]);
		const transport = run();
		const replies = await clock.run(async () => await many(3, async () => await transport(READ)));
		expect(codes(replies)).toEqual(['noProgress', 'noProgress', 'noProgress']);
		expect(platform.exchanges.length).toBeGreaterThan(20);
		expect(platform.times.at(-1)).toBeGreaterThan(850);
		expect(platform.times.at(-1)).toBeLessThan(900);
	});

	test('progress now and then keeps a run going, however long it is throttled', async () => {
		const { clock, run } = scene((index) => (index % 20 === 19 ? OK : answer(429, { 'retry-after': '30' })));
		const transport = run();
		await clock.run(async () => {
			for (let i = 0; i < 5; i++) expect(await transport(WRITE)).toEqual(OK);
		});
		expect(clock.now() - START).toBeGreaterThan(5 * 19 * 30_000);
		expect(transport.run.stopped).toBeNull();
	});

	test('a 503 with Retry-After begins it too, and the read is sent again after it', async () => {
		const { clock, platform, run } = scene([answer(503, { 'retry-after': '12' }), OK]);
		const replies = await clock.run(async () => await many(2, async () => await run()(READ)));
		expect(codes(replies)).toEqual([200, 200]);
		expect(platform.times.filter((at) => at > 0.3 && at < 12.1)).toEqual([]);
	});

	test('a 503 with Retry-After after a write: handed back at once, and the next one waits', async () => {
		const { clock, platform, run } = scene([answer(503, { 'retry-after': '12' }), OK]);
		const transport = run();
		await clock.run(async () => {
			expect(codes([await transport(WRITE)])).toEqual([503]);
			expect(clock.now() - START).toBe(100);
			await transport(READ);
		});
		expect(platform.times[1]).toBeGreaterThanOrEqual(12.1);
	});

	test('a quota that the platform declares used up is not asked for more', async () => {
		const { clock, platform, run } = scene((index) => answer(200, { ratelimit: `"q";r=${index === 1 ? 0 : 5};t=9` }), {
			concurrency: 1,
		});
		const transport = run();
		await clock.run(async () => {
			for (let i = 0; i < 3; i++) await transport(WRITE);
		});
		expect(platform.times[2] - platform.times[1]).toBeGreaterThanOrEqual(9);
		expect(transport.run.statistics.throttled).toBe(0);
	});

	test('a declared speed is kept', async () => {
		const { clock, platform, run } = scene([answer(200, { 'ratelimit-policy': '"q";q=6;w=2' })]);
		const transport = run();
		await clock.run(async () => await many(40, async () => await transport(WRITE)));
		const gaps = platform.times.slice(10).map((at, index) => at - platform.times[index + 9]);
		expect(Math.min(...gaps)).toBeGreaterThan(0.33);
	});

	test('a clock that is put back during a pause has it begin again at most', async () => {
		const { clock, platform, limiter } = scene((index) => (index === 5 ? answer(429, { 'retry-after': '20' }) : OK));
		let wrong = 3_600_000;
		const wall = { now: () => clock.now() + wrong, sleep: clock.sleep.bind(clock) };
		const transport = rateLimitedTransport(platform.transport, new RateLimiter(limiter.settings, wall, limiter.random));
		clock.after(500, () => (wrong = 0));
		clock.after(10_000, () => (wrong = -60_000));
		await clock.run(async () => await many(20, async () => await transport(WRITE)));
		expect(platform.times.at(-1)).toBeLessThan(50);
		expect(platform.times.filter((at) => at > 2 && at < 20)).toEqual([]);
	});
});
