import type { HttpRequest, Transport } from '../../lib/apio';
import { rateLimitedTransport, RateLimiter, type RateLimitSettings } from '../../lib/rate-limit';
import { VirtualClock } from '../../tools/virtual-clock';
import { seededRandom } from '../../tools/seeded-random';
import { ModelServer, type Quota } from './model-server';

export interface JobResult {
	readonly seconds: number;
	readonly requests: number;
	readonly refused: number;
	readonly lost: number;
	readonly doubled: number;
	/** When each write was granted, in seconds since the first client started. */
	readonly grantedAt: readonly number[];
}

/** What a client is given: writes to do, a way to send one, and time. Resolves when it has done or dropped them all. */
export type Client = (
	paths: readonly string[],
	environment: { send: Transport; clock: VirtualClock; random: () => number },
) => Promise<void>;

export function writeOf(path: string): HttpRequest {
	return { method: 'PUT', path, body: { list: true } };
}

/** Our rate limiter with a sender that offers as much as is taken: 10 lanes over everything there is to write. */
export function rateLimitedClient(settings: Partial<RateLimitSettings> = {}): Client {
	return async (paths, { send, clock, random }) => {
		const transport = rateLimitedTransport(send, new RateLimiter(settings, clock, random));
		await mapConcurrently(10, paths, async (path) => {
			// As the engine does: what may have been applied is looked at before it is sent again.
			for (let failures = 0; failures < 4; failures++) {
				const reply = await transport(writeOf(path));
				if (reply.kind === 'answer' && reply.status === 200) return;
				await transport({ method: 'GET', path });
			}
		});
	};
}

export async function mapConcurrently<T>(
	lanes: number,
	work: readonly T[],
	each: (item: T) => Promise<void>,
): Promise<void> {
	let next = 0;
	const lane = async () => {
		while (next < work.length) await each(work[next++]);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}

/** Several independent clients write `writes` lists each against one quota; result of each, in order. */
export async function runJob(
	quota: Quota,
	clients: readonly Client[],
	writes: number,
	seed: number,
	startsAtMs: readonly number[] = [],
): Promise<JobResult[]> {
	const clock = new VirtualClock();
	const server = new ModelServer(quota, clock, seededRandom(seed));
	const startedAt = clock.now();
	return await clock.run(async () => {
		return await Promise.all(
			clients.map(async (client, index) => {
				await clock.sleep(startsAtMs[index] ?? 0);
				const before = clock.now();
				const paths = Array.from({ length: writes }, (_, list) => `/client-${index}/list-${list}/`);
				const counts = { requests: 0, refused: 0 };
				const send: Transport = async (request) => {
					counts.requests++;
					const reply = await server.transport(request);
					if (reply.kind === 'answer' && reply.status === 429) counts.refused++;
					return reply;
				};
				await client(paths, { send, clock, random: seededRandom(seed * 1_000 + index) });
				const seconds = (clock.now() - before) / 1_000;
				const mine = server.granted.filter(({ path }) => path.startsWith(`/client-${index}/`));
				const distinct = new Set(mine.map(({ path }) => path)).size;
				const grantedAt = mine.map(({ at }) => (at - startedAt) / 1_000);
				return { seconds, ...counts, lost: writes - distinct, doubled: mine.length - distinct, grantedAt };
			}),
		);
	});
}
