/**
 * The wire between client and simulator: carries every request, and keeps the record of what left, what came back, and
 * which lists the client was shown. Stands outside the client, so nothing in the client can make this record untrue.
 */

import type { HttpReply, HttpRequest } from '../../lib/apio/transport';
import { foldId } from '../../lib/sync/kinds';
import { createInProcessFace, type ApioServer } from '../../simulator';
import type { VirtualClock } from '../support/virtual-clock';
import type { Interruption } from './scenario';

export type Write = 'replace' | 'add' | 'remove';

/** One request of a run for a list (or `list: null` for any other), as it went over the wire. */
export interface Exchange {
	/** Number of the request in the simulator's log; null where it never got that far. */
	readonly seq: number | null;
	/** `kind|owner|call center`, folded. */
	readonly list: string | null;
	/** Null for a read. */
	readonly write: Write | null;
	/** Folded members that a write names. */
	readonly named: ReadonlySet<string>;
	/** Milliseconds since the epoch. */
	readonly sentAt: number;
	/** Order of all events of the run; `answered` is Infinity while no answer came. */
	readonly sent: number;
	answered: number;
	answeredAt: number;
	reply: HttpReply | null;
	/** The list as this exchange showed it to the client, folded; null where it showed none. */
	shown: ReadonlySet<string> | null;
}

type Door = (request: HttpRequest, headers: Record<string, string>) => Promise<HttpReply>;

export class Wire {
	readonly exchanges: Exchange[] = [];
	/** Order number of the moment at which the run was cancelled. */
	cancelledAt: number | null = null;
	dead = false;
	/** Called after so many requests of this run have left. */
	onSent: (count: number) => void = () => undefined;
	#order = 0;
	#count = 0;
	#closed = 0;

	constructor(
		private readonly server: ApioServer,
		private readonly clock: VirtualClock,
		private readonly kill: Interruption | null,
		/** Of a request that meets a closed port. */
		private readonly closedPort: () => boolean,
		private readonly onDeath: () => void,
	) {}

	tick(): number {
		return ++this.#order;
	}

	/** Requests that left, those to a closed port included. */
	get count(): number {
		return this.#count + this.#closed;
	}

	/** The transport to one front door, without any sign-in of its own. */
	door(basePath: string, timeoutMs: number): Door {
		return async (request, headers) => {
			if (this.dead) return await never();
			if (this.closedPort()) {
				this.#closed += 1;
				return { kind: 'noAnswer', cause: 'unreachable', maybeApplied: false, code: 'ECONNREFUSED', message: 'Nothing answers.' };
			}
			const last = this.kill !== null && this.#count + 1 >= this.kill.request;
			if (last && this.kill?.reaches === false) return await this.die();
			this.#count += 1;
			const face = createInProcessFace({ server: this.server, clock: this.clock, basePath, headers, timeoutMs });
			const coming = face({ ...request, signal: undefined });
			const exchange = this.note(request, this.server.requests().at(-1)?.seq ?? null);
			if (last) return await this.die();
			this.onSent(this.#count);
			const reply = (await coming) as HttpReply;
			if (this.dead) return await never();
			this.close(exchange, reply);
			return reply;
		};
	}

	private note(request: HttpRequest, seq: number | null): Exchange {
		const { list, write } = addressOf(request);
		const exchange: Exchange = {
			seq,
			list,
			write,
			named: new Set(write === null ? [] : (membersIn(request.body) ?? [])),
			sentAt: this.clock.now(),
			sent: this.tick(),
			answered: Infinity,
			answeredAt: Infinity,
			reply: null,
			shown: null,
		};
		this.exchanges.push(exchange);
		return exchange;
	}

	private close(exchange: Exchange, reply: HttpReply): void {
		exchange.answered = this.tick();
		exchange.answeredAt = this.clock.now();
		exchange.reply = reply;
		if (exchange.list === null || reply.kind !== 'answer' || reply.status < 200 || reply.status > 299) return;
		const members = membersIn(reply.body);
		exchange.shown = members === null ? null : new Set(members);
	}

	private async die(): Promise<never> {
		this.dead = true;
		this.onDeath();
		return await never();
	}
}

/** What a killed process does. */
async function never(): Promise<never> {
	return await new Promise<never>(() => undefined);
}

export function listName(kind: string, userId: string, callCenterId: string | null): string {
	return [kind, userId, callCenterId ?? ''].map(foldId).join('|');
}

const WRITES: Readonly<Record<string, Write>> = { PUT: 'replace', POST: 'add', DELETE: 'remove' };

function addressOf({ method, path }: HttpRequest): Pick<Exchange, 'list' | 'write'> {
	// /tenants/t/groups/g/users/u/services/call_centers/[c/supervised_agents/]
	const parts = path.split('/').filter(Boolean).map(decodeURIComponent);
	const write = WRITES[method] ?? null;
	if (parts[4] !== 'users' || parts[7] !== 'call_centers') return { list: null, write };
	if (parts.length === 8) return { list: listName('agentCallCenters', parts[5], null), write };
	if (parts[9] === 'supervised_agents') return { list: listName('supervisedAgents', parts[5], parts[8]), write };
	return { list: null, write };
}

/** Folded ids of the list in a body; null where there is none. */
function membersIn(body: unknown): string[] | null {
	if (typeof body !== 'object' || body === null) return null;
	const { supervised_agents: agents, call_centers: centers } = body as Record<string, unknown>;
	if (Array.isArray(agents)) return agents.map(({ userId }: { userId: string }) => foldId(userId));
	if (Array.isArray(centers)) return centers.map(({ serviceUserId }: { serviceUserId: string }) => foldId(serviceUserId));
	return null;
}

/** Whether the platform may have carried the request out without saying so plainly. */
export function isAmbiguous({ write, reply }: Exchange): boolean {
	if (write === null || reply === null) return false;
	if (reply.kind === 'noAnswer') return reply.maybeApplied;
	const { status, body } = reply;
	const garbled = status >= 200 && status <= 299 && typeof body === 'string';
	return garbled || status === 207 || status === 408 || (status >= 500 && status !== 501 && status !== 505);
}
