import { describe, expect, test } from '@jest/globals';
import { pLimit } from '../../lib/vendor/p-limit';
import type { HttpReply } from '../../lib/apio/transport';
import { answer, noAnswer, READ, scene, START, WRITE } from './support';

const OK = answer(200);
const code = (reply: HttpReply) => (reply.kind === 'noAnswer' ? reply.code : reply.status);

/** Settles at once, in the same virtual moment, when the cancel comes at `cancelAt` s. */
async function cancelled(
	replies: Parameters<typeof scene>[0],
	cancelAt: number,
	settings = {},
	requests = 1,
	request = READ,
) {
	const stage = scene(replies, settings);
	const stop = new AbortController();
	stage.clock.after(cancelAt * 1_000, () => stop.abort());
	const transport = stage.run({ signal: stop.signal });
	const result = await stage.clock.run(
		async () => await Promise.all(Array.from({ length: requests }, async () => await transport(request))),
	);
	return { ...stage, transport, codes: result.map(code), endedAt: (stage.clock.now() - START) / 1_000 };
}

describe('cancelling reaches every wait', () => {
	test('in a retry-after pause', async () => {
		const { codes, endedAt, platform } = await cancelled([answer(429, { 'retry-after': '200' })], 50);
		expect([codes, endedAt, platform.exchanges.length]).toEqual([['cancelled'], 50, 1]);
	});

	test('behind the probe: it is waited for, the others are not', async () => {
		const { codes, platform } = await cancelled(
			(index) => (index === 0 ? answer(429, { 'retry-after': '2' }) : OK),
			2.15,
			{ concurrency: 3 },
			3,
			WRITE,
		);
		expect(codes.filter((each) => each === 200)).toHaveLength(1);
		expect(codes.filter((each) => each === 'cancelled')).toHaveLength(2);
		expect(platform.exchanges).toHaveLength(2);
	});

	test('before a retry', async () => {
		const { codes, endedAt, platform } = await cancelled([noAnswer('reset')], 0.101, {
			backoffBaseMs: 1_000_000,
			backoffCapMs: 1_000_000,
		});
		expect([codes, endedAt, platform.exchanges.length]).toEqual([['cancelled'], 0.101, 1]);
	});

	test('while the platform is paused', async () => {
		const { codes, endedAt } = await cancelled(
			[noAnswer('unreachable')],
			20,
			{ startRate: 20, backoffBaseMs: 10, attempts: 50 },
			3,
		);
		expect([new Set(codes), endedAt]).toEqual([new Set(['cancelled']), 20]);
	});

	test('for the rate', async () => {
		const { codes, endedAt, platform } = await cancelled([OK], 3, { startRate: 0.1, minRate: 0.1, maxRate: 0.1 }, 4);
		expect([codes, endedAt, platform.exchanges.length]).toEqual([[200, 'cancelled', 'cancelled', 'cancelled'], 3, 1]);
	});

	test('for a lane: what was sent is waited for, what queues is not', async () => {
		const { codes, platform } = await cancelled([OK], 0.05, { concurrency: 1 }, 5);
		expect(codes).toEqual([200, 'cancelled', 'cancelled', 'cancelled', 'cancelled']);
		expect(platform.exchanges).toHaveLength(1);
	});

	test('before anything was sent', async () => {
		const { clock, platform, run } = scene([OK]);
		expect(code(await clock.run(async () => await run({ signal: AbortSignal.abort() })(READ)))).toBe('cancelled');
		expect(platform.exchanges).toHaveLength(0);
	});
});

describe('what ends a run', () => {
	test.each([
		['signedOut', answer(401)],
		['signedOut', noAnswer('signIn')],
	])('%s: the reply is handed back, the rest never leaves', async (reason, reply) => {
		const { clock, platform, run } = scene([reply], { concurrency: 1 });
		const transport = run();
		await clock.run(async () => {
			const [first, ...rest] = await Promise.all([transport(WRITE), transport(WRITE), transport(READ)]);
			expect(first).toEqual(reply);
			expect(rest.map(code)).toEqual([reason, reason]);
		});
		expect(transport.run.stopped?.problem).toBe(reason);
		expect(platform.exchanges).toHaveLength(1);
	});

	test('a 403 stops only itself', async () => {
		const { clock, run } = scene([answer(403), OK]);
		const transport = run();
		const replies = await clock.run(async () => [await transport(WRITE), await transport(WRITE)]);
		expect(replies.map(code)).toEqual([403, 200]);
		expect(transport.run.stopped).toBeNull();
	});

	test('a run that stops does not stop another one on the same limiter', async () => {
		const { clock, run } = scene((index) => (index === 0 ? answer(429, { 'retry-after': '86400' }) : OK), {
			concurrency: 1,
		});
		const [first, second] = [run(), run()];
		const replies = await clock.run(
			async () => await Promise.all([first(WRITE), second(WRITE), first(WRITE), second(WRITE)]),
		);
		expect(replies.map(code)).toEqual(['retryAfterTooLong', 200, 'retryAfterTooLong', 200]);
		expect(second.run.stopped).toBeNull();
	});

	test('a cancelled run gives its places in the queue back', async () => {
		const { clock, platform, run } = scene([OK], { concurrency: 1 });
		const stop = new AbortController();
		const [first, second] = [run({ signal: stop.signal }), run()];
		clock.after(50, () => stop.abort());
		const both = pLimit(100);
		const replies = await clock.run(
			async () =>
				await Promise.all(
					[first, first, first, second].map(async (transport) => await both(async () => await transport(READ))),
				),
		);
		expect(replies.map(code)).toEqual([200, 'cancelled', 'cancelled', 200]);
		expect(platform.exchanges).toHaveLength(2);
	});
});
