/** A run at default settings, at a platform that works on a few requests at once and turns any more away. */

import { expect, it } from '@jest/globals';
import { apioPlatform } from '../../lib/apio/platform';
import { RATE_LIMIT } from '../../lib/options';
import { rateLimitedTransport, RateLimiter } from '../../lib/rate-limit';
import { syncRun } from '../../lib/sync';
import type { Transport } from '../../lib/apio';
import { ApioServer, createInProcessFace, DEFAULT_ACCOUNT } from '../../simulator';
import { seededRandom } from '../../tools/seeded-random';
import { VirtualClock } from '../../tools/virtual-clock';
import { row, settings, source } from './world';

const LISTS = 60;
const AGENTS = ['ann@x', 'bob@x', 'cas@x'];

function serverWith(atOnce: number): ApioServer {
	const supervisors = Array.from({ length: LISTS }, (_, index) => `s${index}@x`);
	const group = {
		groupId: 'G',
		users: [...AGENTS, ...supervisors].map((userId) => ({ userId })),
		callCenters: [
			{
				serviceUserId: 'cc@x',
				agents: AGENTS,
				supervisors: Object.fromEntries(supervisors.map((userId) => [userId, ['ann@x', 'bob@x']])),
			},
		],
	};
	return new ApioServer({
		world: { tenants: [{ tenantId: 'T', groups: [group] }] },
		settings: { latencyMs: 200, latencyJitterMs: 100, capacity: { atOnce, beyond: 'refuse' } },
	});
}

it.each([1, 2, 4, 8])('reads and writes all lists where %d requests at once are taken', async (atOnce) => {
	const server = serverWith(atOnce);
	const clock = new VirtualClock();
	const headers = { authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}` };
	const send = createInProcessFace({ server, clock, headers, timeoutMs: 60_000 }) as unknown as Transport;
	const wanted = Array.from({ length: LISTS }, (_, index) => ({
		...{ kind: 'supervisedAgents' as const, tenantId: 'T', groupId: 'G' },
		...{ userId: `s${index}@x`, callCenterId: 'cc@x' },
	}));
	const rows = wanted.flatMap((list) => ['ann@x', 'cas@x'].map((agent) => row(list, agent)));
	const result = await clock.run(async () => {
		const limited = rateLimitedTransport(send, new RateLimiter({}, clock, seededRandom(atOnce)));
		return await syncRun(source(rows), settings({ concurrency: RATE_LIMIT.concurrency.default }), {
			platform: apioPlatform(limited),
			clock,
			expectedRate: () => limited.run.expectedRate(),
		});
	});
	expect(result.status).toBe('applied');
	expect(result.lists.map(({ outcome }) => outcome)).toEqual(wanted.map(() => 'applied'));
	const requests = server.stats().requests;
	expect(requests).toBeLessThan(1.25 * 3 * LISTS);
});
