/**
 * Another workflow in the same n8n, which reads lists on the same platform meanwhile: a second run on the same
 * rate limiter.
 */

import { apioPlatform } from '../../lib/apio/platform';
import { rateLimitedTransport, type RateLimiter } from '../../lib/rate-limit';
import type { ListRef } from '../../lib/sync/model/list';
import type { Transport } from '../../lib/apio/transport';
import { CANARIES, type Neighbour } from './scenario';
import type { Wire } from './wire';

export interface Beside {
	readonly neighbour: Neighbour;
	readonly wire: Wire;
	readonly limiter: RateLimiter;
	readonly timeoutMs: number;
	readonly sabotage: ((honest: Transport) => Transport) | undefined;
	readonly lists: readonly ListRef[];
	readonly signal: AbortSignal;
}

export async function readBeside({
	neighbour,
	wire,
	limiter,
	timeoutMs,
	sabotage,
	lists,
	signal,
}: Beside): Promise<void> {
	const send = wire.transportTo('/api/v01/p1', timeoutMs);
	const transport: Transport = async (request) => await send(request, { authorization: `Bearer ${CANARIES.token}` });
	const limited = rateLimitedTransport(sabotage ? sabotage(transport) : transport, limiter, {
		signal,
		limits: neighbour.limits,
	});
	const platform = apioPlatform(limited);
	let left = neighbour.reads;
	const lane = async () => {
		while (left > 0 && limited.run.stopped === null) {
			left -= 1;
			await platform.read(lists[left % lists.length]);
		}
	};
	await Promise.all(Array.from({ length: neighbour.limits.concurrency }, lane));
}
