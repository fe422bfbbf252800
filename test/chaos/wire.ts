/**
 * The wire between client and simulator: carries every request, and keeps the record of what left, what came back, and
 * which lists the client was shown. Stands outside the client, so nothing in the client can make this record untrue.
 */

import type { HttpReply, HttpRequest } from '../../lib/apio/transport';
import { foldId } from '../../lib/sync/model/list';
import { createInProcessFace, type ApioServer } from '../../simulator';
import type { VirtualClock } from '../../tools/virtual-clock';
import type { Transmission } from './traffic';
import type { Interruption } from './scenario';

export type Write = 'replace' | 'add' | 'remove';

/** One request of a run for a list (or `list: null` for any other), as it went over the wire. */
export interface Exchange extends Transmission {
	readonly request: HttpRequest;
	/** Number of the request in the simulator's log; null where it never got that far. */
	readonly seq: number | null;
	/** `kind|owner|call center`, folded. */
	readonly list: string | null;
	/** Null for a read. */
	readonly write: Write | null;
	/** Folded members that a write names. */
	readonly named: ReadonlySet<string>;
	/** The list as this exchange showed it to the client, folded; null where it showed none. */
	shown: ReadonlySet<string> | null;
}

type SendTo = (request: HttpRequest, headers: Record<string, string>) => Promise<HttpReply>;

export class Wire {
	readonly exchanges: Exchange[] = [];
	/** The exchanges, and what the simulator saw nothing of or no more than a sign-in. */
	readonly transmissions: Transmission[] = [];
	/** See `Traffic`. */
	lostSightAt = Infinity;
	/** Order number of the moment at which the run was cancelled. */
	cancelledAt: number | null = null;
	dead = false;
	/** Called after so many requests of this run have left. */
	onSent: (count: number) => void = () => undefined;
	#count = 0;
	#closed = 0;

	constructor(
		private readonly server: ApioServer,
		private readonly clock: VirtualClock,
		private readonly kill: Interruption | null,
		/** Of a request that meets a closed port. */
		private readonly closedPort: () => boolean,
		private readonly onDeath: () => void,
		/** Counts the events of the whole simulation. */
		readonly tick: () => number,
	) {}

	/** Requests that left, those to a closed port included. */
	get count(): number {
		return this.#count + this.#closed;
	}

	/** The transport to one entry point, without any sign-in of its own. */
	transportTo(basePath: string, timeoutMs: number): SendTo {
		return async (request, headers) => {
			if (this.dead) return await never();
			if (this.closedPort()) {
				this.#closed += 1;
				const reply: HttpReply = {
					kind: 'noAnswer',
					cause: 'unreachable',
					maybeApplied: false,
					code: 'ECONNREFUSED',
					message: 'Nothing answers.',
				};
				this.arrived(this.left(request), reply);
				return reply;
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

	/** A sign-in leaves; what is handed back is to be called with its answer. */
	signIn(): (reply: HttpReply) => void {
		const transmission = this.left(null);
		return (reply) => this.arrived(transmission, reply);
	}

	/** The client was left without a sign-in, or cancelled: see `Traffic`. */
	losesSight(): void {
		this.lostSightAt = Math.min(this.lostSightAt, this.tick());
	}

	private left<Request extends HttpRequest | null>(request: Request): Transmission & { readonly request: Request } {
		const transmission = {
			request,
			sentAt: this.clock.now(),
			sent: this.tick(),
			answered: Infinity,
			answeredAt: Infinity,
			reply: null,
		};
		if (!this.dead) this.transmissions.push(transmission);
		return transmission;
	}

	private arrived(transmission: Transmission, reply: HttpReply): void {
		transmission.answered = this.tick();
		transmission.answeredAt = this.clock.now();
		transmission.reply = reply;
	}

	private note(request: HttpRequest, seq: number | null): Exchange {
		const { list, write } = addressOf(request);
		const exchange: Exchange = Object.assign(this.left(request), {
			seq,
			list,
			write,
			named: new Set(write === null ? [] : (membersIn(request.body) ?? [])),
			shown: null,
		});
		this.exchanges.push(exchange);
		return exchange;
	}

	private close(exchange: Exchange, reply: HttpReply): void {
		this.arrived(exchange, reply);
		if (exchange.list === null || reply.kind !== 'answer' || reply.status < 200 || reply.status > 299) return;
		// What the body of a partial success means is documented nowhere, and part of a list is none: the client looks at
		// the list instead.
		if (reply.status === 207 || reply.status === 206) return;
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
	if (Array.isArray(centers))
		return centers.map(({ serviceUserId }: { serviceUserId: string }) => foldId(serviceUserId));
	return null;
}

/** Whether the platform may have carried the request out without saying so plainly. */
export function isAmbiguous({ write, reply }: Exchange): boolean {
	if (write === null || reply === null) return false;
	if (reply.kind === 'noAnswer') return reply.maybeApplied;
	const { status, body } = reply;
	const garbled = status >= 200 && status <= 299 && typeof body === 'string';
	const elsewhere = status >= 300 && status <= 399;
	return (
		garbled ||
		elsewhere ||
		status === 206 ||
		status === 207 ||
		status === 408 ||
		(status >= 500 && status !== 501 && status !== 505)
	);
}
