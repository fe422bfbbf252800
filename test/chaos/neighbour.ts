/**
 * Another workflow in the same n8n, which reads lists on the same platform meanwhile: a second run on the same pacer.
 */

import { apioPlatform } from '../../lib/apio/platform';
import { pacedTransport, type Pacer } from '../../lib/rate-limit';
import type { ListRef } from '../../lib/sync/model/list';
import type { Transport } from '../../lib/apio/transport';
import { CANARIES, type Neighbour } from './scenario';
import type { Wire } from './wire';

export interface Beside {
	readonly neighbour: Neighbour;
	readonly wire: Wire;
	readonly pacer: Pacer;
	readonly timeoutMs: number;
	readonly sabotage: ((honest: Transport) => Transport) | undefined;
	readonly lists: readonly ListRef[];
	readonly signal: AbortSignal;
}

export async function readBeside({
	neighbour,
	wire,
	pacer,
	timeoutMs,
	sabotage,
	lists,
	signal,
}: Beside): Promise<void> {
	const door = wire.door('/api/v01/p1', timeoutMs);
	const transport: Transport = async (request) => await door(request, { authorization: `Bearer ${CANARIES.token}` });
	const paced = pacedTransport(sabotage ? sabotage(transport) : transport, pacer, { signal, limits: neighbour.limits });
	const platform = apioPlatform(paced);
	let left = neighbour.reads;
	const lane = async () => {
		while (left > 0 && paced.run.stopped === null) {
			left -= 1;
			await platform.read(lists[left % lists.length]);
		}
	};
	await Promise.all(Array.from({ length: neighbour.limits.concurrency }, lane));
}
