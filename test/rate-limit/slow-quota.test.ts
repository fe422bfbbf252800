import { expect, test } from '@jest/globals';
import { apioPlatform } from '../../lib/apio/platform';
import { rateLimitedTransport, RateLimiter } from '../../lib/rate-limit';
import { syncRun } from '../../lib/sync';
import { ApioServer, createInProcessFace, DEFAULT_ACCOUNT, type WorldSpec } from '../../simulator';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { ids, ownCallCenters, rows, settings, source } from '../sync/world';

const AGENTS = ids(12);
const CENTERS = ['one@x', 'two@x'];
const world: WorldSpec = {
	tenants: [
		{
			tenantId: 'T',
			type: 'Enterprise',
			groups: [
				{
					groupId: 'G',
					users: AGENTS.map((userId) => ({ userId })),
					callCenters: CENTERS.map((serviceUserId, n) => ({
						serviceUserId,
						name: serviceUserId,
						agents: n === 0 ? AGENTS : [],
						allowJoin: true,
					})),
				},
			],
		},
	],
};

/** With ten lanes a request waits up to 100 s for its turn: longer than a list that was read may be overwritten. */
async function syncAt(rate: number, soleWriter: boolean) {
	const clock = new VirtualClock();
	const quota = { rate, burst: 1, retryAfter: 'seconds', rateLimitHeaders: 'none' } as const;
	const server = new ApioServer({ world, settings: { quota } });
	const face = createInProcessFace({
		server,
		clock,
		basePath: '/api/v01/p1',
		headers: { authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}` },
		timeoutMs: 60_000,
	});
	const transport = rateLimitedTransport(face, new RateLimiter({}, clock, seededRandom(1)), {
		limits: { concurrency: 10 },
	});
	const around = { platform: apioPlatform(transport), clock, expectedRate: () => transport.run.expectedRate() };
	const wished = source(AGENTS.flatMap((agent) => rows(ownCallCenters(agent), CENTERS)));
	const result = await clock.run(
		async () => await syncRun(wished, settings({ kind: 'agentCallCenters', concurrency: 10, soleWriter }), around),
	);
	return result;
}

test.each([
	[0.1, true],
	[0.2, true],
	[0.5, false],
	[1, false],
])(
	'ten lanes at %d requests a second, sole writer %s: every list is written, and read no more than it takes',
	async (rate, soleWriter) => {
		const result = await syncAt(rate, soleWriter);
		expect(result.status).toBe('applied');
		const { reads, writes } = result.happened;
		expect(writes).toBe(12);
		// The list, what may be joined, and the proof; and once more where the plan sees that it will have to wait.
		expect(reads).toBeLessThanOrEqual(12 * 4 + 3);
	},
);

test(
	'where the quota leaves no room for a read and a write within 5 s, no list is written blindly, and ' +
		'each says how to go on',
	async () => {
		const result = await syncAt(0.1, false);
		expect(result.happened.writes).toBe(0);
		for (const list of result.lists) expect(list).toMatchObject({ outcome: 'failed', code: 'tooLate' });
	},
);
