import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { HttpReply, HttpRequest } from '../../lib/apio/transport';
import { rateLimitedTransport, RateLimiter } from '../../lib/rate-limit';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { answer, noAnswer } from './support';

/** What a platform may do to one request, and whether it may have carried it out. */
const FATES: ReadonlyArray<readonly [HttpReply, boolean]> = [
	[answer(200), true],
	[answer(200, { 'content-type': 'application/json' }, '{"cut'), true],
	[answer(400), false],
	[answer(403), false],
	[answer(429), false],
	[answer(429, { 'retry-after': '7' }), false],
	[answer(429, { 'retry-after': '-1' }), false],
	[answer(429, { 'retry-after': '999' }), false],
	[answer(500), true],
	[answer(503, { 'retry-after': '3' }), true],
	[noAnswer('timeout'), true],
	[noAnswer('reset'), true],
	[noAnswer('unreachable'), false],
];

/** Mostly well, in so far as the weights say. */
const fate = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, { weight: 4, arbitrary: fc.nat(FATES.length - 1) });

test(
	'whatever happens: every request is answered, none is sent again once it may have been applied, ' +
		'cancelling sends nothing more',
	async () => {
		await fc.assert(
			fc.asyncProperty(
				fc.array(fate, { minLength: 1, maxLength: 60 }),
				fc.array(fc.constantFrom('GET', 'PUT', 'POST', 'DELETE'), { minLength: 1, maxLength: 25 }),
				fc.integer({ min: 1, max: 3 }),
				fc.option(fc.integer({ min: 0, max: 60_000 }), { nil: null }),
				fc.nat(),
				async (fates, methods, runs, cancelAt, seed) => {
					const clock = new VirtualClock();
					const random = seededRandom(seed);
					const limiter = new RateLimiter({}, clock, random);
					const stop = new AbortController();
					const applied = new Map<string, number>();
					const sentAfterDoubt: string[] = [];
					let sentAfterCancel = 0;
					let sent = 0;
					const platform = async (request: HttpRequest): Promise<HttpReply> => {
						if (stop.signal.aborted && request.path.startsWith('/0/')) sentAfterCancel++;
						if (request.method !== 'GET' && applied.has(request.path)) sentAfterDoubt.push(request.path);
						await clock.sleep(50 + 500 * random());
						const [reply, mayBeApplied] = FATES[fates[sent++ % fates.length]];
						if (mayBeApplied) applied.set(request.path, (applied.get(request.path) ?? 0) + 1);
						return reply;
					};
					if (cancelAt !== null) clock.after(cancelAt, () => stop.abort());
					const lanes = Array.from({ length: runs }, (_, run) =>
						rateLimitedTransport(platform, limiter, { signal: run === 0 ? stop.signal : undefined }),
					);
					const replies = await clock.run(
						async () =>
							await Promise.all(
								methods.map(async (method, index) => {
									const run = index % runs;
									return await lanes[run]({ method, path: `/${run}/${index}/` } as HttpRequest);
								}),
							),
					);
					expect(replies).toHaveLength(methods.length);
					expect(sentAfterDoubt).toEqual([]);
					expect(sentAfterCancel).toBe(0);
					replies.forEach((reply, index) => {
						const path = `/${index % runs}/${index}/`;
						// Throttling never reaches a caller, and "never sent" is never reported for a write that may be applied.
						expect(reply.kind === 'answer' && reply.status === 429).toBe(false);
						if (reply.kind === 'noAnswer' && reply.cause === 'stopped' && methods[index] !== 'GET')
							expect(applied.has(path)).toBe(false);
					});
				},
			),
			{ numRuns: 300 },
		);
	},
);
