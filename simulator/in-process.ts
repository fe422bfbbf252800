/**
 * Calls without HTTP, answered in the time of an injected clock, so that thousands of runs take seconds. Replies have
 * the form that this project's HTTP clients return, so it can replace one.
 */

import type { SimulatorReply } from './exchange';
import type { ApioServer } from './server';

/** The caller's clock. */
export interface VirtualClock {
	now(): number;
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface InProcessRequest {
	readonly method: string;
	/** Below `basePath`; begins and ends with `/`, segments percent-encoded. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	readonly body?: Readonly<Record<string, unknown>>;
	readonly signal?: AbortSignal;
}

export type InProcessReply =
	| {
			readonly kind: 'answer';
			readonly status: number;
			readonly headers: Readonly<Record<string, string>>;
			readonly body: unknown;
	  }
	| {
			readonly kind: 'noAnswer';
			readonly cause: 'timeout' | 'reset' | 'stopped';
			readonly maybeApplied: boolean;
			readonly code: string;
			readonly message: string;
	  };

export interface InProcessOptions {
	server: ApioServer;
	clock: VirtualClock;
	/** Default `/api/v01/p1`. */
	basePath?: string;
	/** Sent with each request, e.g. `{authorization: 'Bearer …'}`; a function where they change. */
	headers?: Readonly<Record<string, string>> | (() => Readonly<Record<string, string>>);
	/** The client's own time-out, milliseconds; default none. */
	timeoutMs?: number;
}

/** A function that sends one request. It never rejects: whatever happens is a reply. */
export function createInProcessFace(options: InProcessOptions): (request: InProcessRequest) => Promise<InProcessReply> {
	const { server, clock, basePath = '/api/v01/p1', timeoutMs = Infinity } = options;
	return async (request) => {
		const { signal } = request;
		if (signal?.aborted) return noAnswer('stopped', false, 'cancelled', 'Cancelled before the request left');
		const headers = typeof options.headers === 'function' ? options.headers() : options.headers;
		const leftAt = clock.now();
		const made = server.handle(
			{
				method: request.method,
				path: basePath + request.path,
				query: request.query ? new URLSearchParams(request.query).toString() : '',
				headers,
				body: request.body === undefined ? undefined : JSON.stringify(request.body),
			},
			leftAt,
		);
		// A late platform continues after the client has gone, so this wait ignores the signal.
		const completed = made.later ? clock.sleep(made.delayMs).then(() => made.later?.(clock.now())) : undefined;
		const takesMs = made.delayMs + (made.dripMs ?? 0) * made.body.length;
		const wait = Math.min(takesMs, timeoutMs);
		if (wait > 0) await clock.sleep(wait, signal);
		if (signal?.aborted) return noAnswer('stopped', true, 'cancelled', 'Cancelled while the request was under way');
		if (takesMs > timeoutMs) return noAnswer('timeout', true, 'ETIMEDOUT', `No answer within ${timeoutMs} ms`);
		return arrived((await completed) ?? made, leftAt);
	};
}

function arrived(made: SimulatorReply, at: number): InProcessReply {
	if (made.ending !== 'whole')
		return noAnswer('reset', true, 'ECONNRESET', 'The connection broke before the whole answer came');
	// As every server with a clock does (RFC 9110, section 6.6.1).
	const headers: Record<string, string> = { date: new Date(at).toUTCString() };
	for (const [name, value] of Object.entries(made.headers))
		headers[name] = Array.isArray(value) ? value.join(', ') : value;
	return { kind: 'answer', status: made.status, headers, body: parsed(made.body) };
}

function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function noAnswer(
	cause: 'timeout' | 'reset' | 'stopped',
	maybeApplied: boolean,
	code: string,
	message: string,
): InProcessReply {
	return { kind: 'noAnswer', cause, maybeApplied, code, message };
}
