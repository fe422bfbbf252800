import { describe, expect, test } from '@jest/globals';
import { CircuitBreaker } from '../../lib/rate-limit/circuit-breaker';
import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';
import { Condition } from '../../lib/rate-limit/synchronization';
import type { HttpReply } from '../../lib/apio/transport';
import { answer, noAnswer, READ, scene, WRITE } from './support';

const OK = answer(200);
const many = <T>(count: number, each: () => Promise<T>) => Promise.all(Array.from({ length: count }, each));
const code = (reply: HttpReply) => (reply.kind === 'noAnswer' ? reply.code : reply.status);

describe('the circuit breaker', () => {
	test.each([
		[answer(500, {}, { error: 'No database' }), 'No database'],
		[answer(500, {}, { error: 'x'.repeat(1_000) }), /^x{200}…$/],
		[answer(200, { 'content-type': 'application/json' }, '{"cut'), /not valid JSON/],
	])('says how the platform failed last', async (reply, said) => {
		const { clock, run } = scene([reply]);
		const transport = run();
		await clock.run(async () => await many(6, async () => await transport(READ)));
		const stop = transport.run.stopped;
		expect(stop?.problem === 'platformDown' ? stop.said : '').toMatch(said);
	});

	test('pauses after five failures in a row, probes at 5, 15 and 45 s, then calls the platform down', async () => {
		const { clock, platform, run } = scene([noAnswer('unreachable')]);
		const transport = run();
		const replies = await clock.run(
			async () => await Promise.all(Array.from({ length: 6 }, async () => await transport(READ))),
		);
		expect(replies.map(code)).toEqual(Array.from({ length: 6 }, () => 'platformDown'));
		expect(transport.run.stopped).toEqual({ problem: 'platformDown', probes: 3, said: 'unreachable' });
		const probes = platform.times.slice(-3);
		const gaps = [probes[1] - probes[0], probes[2] - probes[1]].map((gap) => Math.round(gap));
		expect(gaps).toEqual([15, 45]);
		// Nothing but the probes left in that minute.
		expect(platform.times.filter((at) => at > probes[0] && at < probes[2])).toEqual([probes[1]]);
	});

	test('pausing costs a read none of its attempts: it succeeds when the last probe does', async () => {
		const { clock, platform, run } = scene((_, __, at) => (at < 60 ? answer(503) : OK));
		const replies = await clock.run(
			async () => await Promise.all(Array.from({ length: 6 }, async () => await run()(READ))),
		);
		expect(replies.map(code).filter((status) => status === 200).length).toBeGreaterThanOrEqual(5);
		expect(platform.exchanges.length).toBeLessThan(25);
	});

	test('a write that probes is handed back in doubt, never repeated', async () => {
		const { clock, platform, run } = scene([answer(500)]);
		const transport = run();
		const replies = await clock.run(async () => {
			const all: HttpReply[] = [];
			for (let i = 0; i < 12; i++) all.push(await transport(WRITE));
			return all;
		});
		// Five that trip it, three probes, of which the last one ends the run; the rest never leave.
		expect(replies.map(code)).toEqual([
			500,
			500,
			500,
			500,
			500,
			500,
			500,
			500,
			'platformDown',
			'platformDown',
			'platformDown',
			'platformDown',
		]);
		expect(platform.exchanges).toHaveLength(8);
	});

	test('another run may try a platform that was down', async () => {
		let healthy = false;
		const { clock, run } = scene(() => (healthy ? OK : noAnswer('unreachable')));
		await clock.run(async () => {
			expect(code(await run()(READ))).toBe('unreachable');
			expect(code(await run()(READ))).toBe('platformDown');
			healthy = true;
			expect(code(await run()(READ))).toBe(200);
		});
	});

	test('its probes cost the request that probes no attempt', async () => {
		const { clock, run } = scene((_, __, at) => (at < 15 ? answer(503) : OK), {
			startRate: 100,
			maxRate: 100,
			attempts: 2,
		});
		const replies = await clock.run(async () => {
			const transport = run();
			return await many(5, async () => await transport(READ));
		});
		expect(replies.map(code)).toEqual([200, 200, 200, 200, 200]);
	});

	test('a platform that is given up is given up for everybody who waits, also in other runs', async () => {
		const { clock, platform, run } = scene([answer(503)], { startRate: 100, maxRate: 100 });
		const [first, other] = [run(), run()];
		const replies = await clock.run(async () => {
			const failing = many(6, async () => await first(READ));
			await clock.sleep(1_000);
			return await Promise.all([failing, many(3, async () => await other(READ))]);
		});
		expect(replies[1].map(code)).toEqual(['platformDown', 'platformDown', 'platformDown']);
		// Those before the pause, and the three probes: nobody begins anew.
		expect(platform.times.filter((at) => at > 1)).toHaveLength(3);
	});

	test('more than half of the last twenty trip it as well; half do not', () => {
		const tripped = (pattern: (index: number) => boolean) => {
			const breaker = new CircuitBreaker(RATE_LIMIT_DEFAULTS);
			for (let i = 0; i < 60; i++) breaker.answered(i, false, pattern(i));
			return !breaker.isClosed;
		};
		expect(tripped((i) => i % 2 === 0)).toBe(false);
		expect(tripped((i) => i % 3 !== 0)).toBe(true);
	});

	test('one probe at a time, and one that passes ends the pause', () => {
		const breaker = new CircuitBreaker(RATE_LIMIT_DEFAULTS);
		for (let i = 0; i < 5; i++) breaker.answered(0, false, true);
		expect(breaker.blockedBy(4_000)).toBe(1_000);
		expect(breaker.blockedBy(5_000)).toBeNull();
		expect(breaker.leave()).toBe(true);
		expect(breaker.blockedBy(5_000)).toBeInstanceOf(Condition);
		// What left before the pause does not count any more.
		breaker.answered(5_050, false, false);
		expect(breaker.isClosed).toBe(false);
		breaker.answered(5_100, true, false);
		expect(breaker.isClosed).toBe(true);
		expect(breaker.blockedBy(5_100)).toBeNull();
	});
});
