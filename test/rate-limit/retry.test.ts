import { describe, expect, test } from '@jest/globals';
import { backoffMs, RetryBudget } from '../../lib/rate-limit/retry';
import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';
import type { HttpReply, HttpRequest } from '../../lib/apio/transport';
import { answer, noAnswer, READ, scene, WRITE } from './support';

const OK = answer(200);
const GARBLED = answer(200, { 'content-type': 'application/json' }, '{"agents": [');

describe('what is sent again', () => {
	test.each<[string, HttpReply]>([
		['a 500', answer(500)],
		['a 503', answer(503)],
		['a 408', answer(408)],
		['a time-out', noAnswer('timeout')],
		['a reset', noAnswer('reset')],
		['a refused connection', noAnswer('unreachable')],
		['a garbled answer', GARBLED],
	])('a read after %s', async (_, failure) => {
		const { clock, platform, run } = scene([failure, failure, failure, OK]);
		const transport = run();
		expect(await clock.run(async () => await transport(READ))).toEqual(OK);
		expect(platform.exchanges).toHaveLength(4);
		expect(transport.run.statistics).toMatchObject({ sent: 4, retried: 3, throttled: 0 });
	});

	test('a read no more than four times: the last failure is handed back', async () => {
		const { clock, platform, run } = scene([answer(502)]);
		expect(await clock.run(async () => await run()(READ))).toEqual(answer(502));
		expect(platform.exchanges).toHaveLength(RATE_LIMIT_DEFAULTS.attempts);
	});

	test.each<[string, HttpReply]>([
		['a 500', answer(500)],
		['a 503 with Retry-After', answer(503, { 'retry-after': '2' })],
		['a 408', answer(408)],
		['a time-out', noAnswer('timeout')],
		['a reset', noAnswer('reset')],
		['a garbled answer', GARBLED],
	])('a write never after %s', async (_, failure) => {
		for (const method of ['PUT', 'POST', 'DELETE'] as const) {
			const { clock, platform, run } = scene([failure, OK]);
			const request: HttpRequest = { ...WRITE, method };
			expect(await clock.run(async () => await run()(request))).toEqual(failure);
			expect(platform.exchanges).toHaveLength(1);
		}
	});

	test('a write after a refused connection or a 429, which it cannot have survived', async () => {
		const { clock, platform, run } = scene([noAnswer('unreachable'), answer(429), answer(429), OK]);
		expect(await clock.run(async () => await run()(WRITE))).toEqual(OK);
		expect(platform.exchanges).toHaveLength(4);
	});

	test.each([400, 404, 409, 422, 501])('nothing after a %d', async (status) => {
		const { clock, platform, run } = scene([answer(status), OK]);
		expect(await clock.run(async () => await run()(READ))).toEqual(answer(status));
		expect(platform.exchanges).toHaveLength(1);
	});

	test('a transport that rejects is taken for a lost answer, and what it threw goes nowhere', async () => {
		const { clock, limiter } = scene([OK]);
		const { rateLimitedTransport } = await import('../../lib/rate-limit');
		const transport = rateLimitedTransport(async () => await Promise.reject(new Error('token=secret')), limiter);
		const reply = await clock.run(async () => await transport(WRITE));
		expect(reply).toMatchObject({ kind: 'noAnswer', cause: 'reset', maybeApplied: true });
		expect(JSON.stringify(reply)).not.toContain('secret');
	});
});

describe('the retry budget', () => {
	test('a run spends at most its share of retries, then hands failures back', async () => {
		// Every second read fails: never five in a row, never more than half of the last 20.
		const { clock, platform, run } = scene((index) => (index % 2 === 0 ? answer(500) : OK), {
			maxRate: 1_000,
			startRate: 1_000,
		});
		const transport = run();
		const replies = await clock.run(async () => {
			const all: HttpReply[] = [];
			for (let i = 0; i < 100; i++) all.push(await transport(READ));
			return all;
		});
		const failed = replies.filter((reply) => reply.kind === 'answer' && reply.status === 500).length;
		expect(failed).toBeGreaterThan(0);
		expect(transport.run.statistics.retried).toBe(Math.max(10, Math.floor(platform.exchanges.length * 0.15)));
	});

	test('ambiguous writes count in it', async () => {
		const { clock, run } = scene((index, request) => (request.method === 'PUT' || index % 2 === 0 ? answer(500) : OK), {
			breakerConsecutive: 1_000,
			breakerWindow: 1_000,
		});
		const transport = run();
		await clock.run(async () => {
			for (let i = 0; i < 10; i++) await transport(WRITE);
		});
		expect(await clock.run(async () => await transport(READ))).toEqual(answer(500));
		expect(transport.run.statistics.retried).toBe(0);
	});

	test('the floor holds for small runs, the share for large ones', () => {
		const budget = new RetryBudget(RATE_LIMIT_DEFAULTS);
		const affordable = (retries: number) => Array.from({ length: retries + 1 }, () => budget.trySpend());
		expect(affordable(10)).toEqual([...Array<boolean>(10).fill(true), false]);
		for (let i = 0; i < 200; i++) budget.sent();
		budget.spend();
		expect(affordable(19)).toEqual([...Array<boolean>(19).fill(true), false]);
	});
});

test('pauses have full jitter under a doubling, capped ceiling', () => {
	const most = (retry: number) => backoffMs(retry, RATE_LIMIT_DEFAULTS, () => 0.999999);
	expect([0, 1, 2, 3].map((retry) => Math.round(most(retry)))).toEqual([500, 1_000, 2_000, 4_000]);
	expect(Math.round(most(30))).toBe(20_000);
	expect(backoffMs(5, RATE_LIMIT_DEFAULTS, () => 0)).toBe(0);
});
