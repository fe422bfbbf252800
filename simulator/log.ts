/** What came in and what went out. Never a secret: bodies of sign-in requests and credentials are left out. */

import type { SimulatorReply, SimulatorRequest } from './exchange';

export type CredentialKind = 'none' | 'session' | 'accessToken' | 'm2mToken' | 'refreshToken' | 'unknown';

export interface LoggedRequest {
	readonly seq: number;
	/** Milliseconds since the epoch, by the server's clock. */
	readonly at: number;
	readonly method: string;
	readonly path: string;
	readonly query: string;
	/** Text as sent; `[withheld]` for requests that carry a password or token. */
	readonly body: string;
	credentials: CredentialKind;
	account: string | null;
	status: number;
	ending: SimulatorReply['ending'];
	/** Whether it changed the world, and its fault, if any. */
	applied: boolean;
	fault: string | null;
	internalId: string | null;
}

export interface Statistics {
	requests: number;
	byStatus: Record<string, number>;
	byMethod: Record<string, number>;
	/** Requests refused by the quota. */
	throttled: number;
	resets: number;
	truncated: number;
	faults: Record<string, number>;
	signIns: number;
	refusedSignIns: number;
	refreshes: number;
	/** Requests that changed the world. */
	appliedWrites: number;
	firstAt: number | null;
	lastAt: number | null;
}

function emptyStatistics(): Statistics {
	return {
		requests: 0,
		byStatus: {},
		byMethod: {},
		throttled: 0,
		resets: 0,
		truncated: 0,
		faults: {},
		signIns: 0,
		refusedSignIns: 0,
		refreshes: 0,
		appliedWrites: 0,
		firstAt: null,
		lastAt: null,
	};
}

const count = (counts: Record<string, number>, key: string | number): void => {
	counts[key] = (counts[key] ?? 0) + 1;
};

export class RequestLog {
	readonly entries: LoggedRequest[] = [];
	statistics = emptyStatistics();
	private seq = 0;

	constructor(private readonly limit: number) {}

	open(request: SimulatorRequest, now: number): LoggedRequest {
		const secret = /\/(auth|login)(\/|$)/.test(request.path);
		const entry: LoggedRequest = {
			seq: ++this.seq,
			at: now,
			method: request.method,
			path: request.path,
			query: request.query ?? '',
			body: secret && request.body ? '[withheld]' : (request.body ?? ''),
			credentials: 'none',
			account: null,
			status: 0,
			ending: 'whole',
			applied: false,
			fault: null,
			internalId: null,
		};
		this.entries.push(entry);
		if (this.entries.length > this.limit * 1.1) this.entries.splice(0, this.entries.length - this.limit);
		this.statistics.requests++;
		this.statistics.firstAt ??= now;
		this.statistics.lastAt = now;
		count(this.statistics.byMethod, request.method);
		return entry;
	}

	close(entry: LoggedRequest, reply: SimulatorReply): void {
		entry.status = reply.status;
		entry.ending = reply.ending;
		entry.applied = reply.applied;
		if (reply.ending === 'reset') this.statistics.resets++;
		else count(this.statistics.byStatus, reply.status);
		if (reply.ending === 'truncated') this.statistics.truncated++;
		if (reply.status === 429) this.statistics.throttled++;
		if (reply.applied) this.statistics.appliedWrites++;
		if (entry.fault) count(this.statistics.faults, entry.fault);
	}
}
