/** One HTTP exchange with the platform, as `lib/` sees it; the nodes supply the real one, tests any other. */

import type { Stop } from '../stop';

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

export type JsonObject = { [key: string]: unknown };

export interface HttpRequest {
	readonly method: HttpMethod;
	/** Path below the base URL: begins and ends with `/`, every segment already percent-encoded (RFC 3986). */
	readonly path: string;
	readonly query?: Readonly<Record<string, string>>;
	/** Sent as JSON. Also on GET: APIO documents its search criteria as a JSON body (call-center page). */
	readonly body?: JsonObject;
	readonly signal?: AbortSignal;
	/**
	 * Milliseconds since the epoch; a pacer that cannot send the request by then answers `tooLate` instead of sending it.
	 */
	readonly notAfter?: number;
	/** Told when the request leaves, in milliseconds since the epoch, each time where it is sent again. */
	readonly onLeaving?: (at: number) => void;
}

/** The platform answered, with whatever status. */
export interface HttpAnswer {
	readonly kind: 'answer';
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/**
	 * Parsed JSON; the raw text where it is not JSON; `undefined` where there is none. Without the credential's secrets.
	 */
	readonly body: unknown;
	/** Of a success: why its body cannot be used, for people ("longer than 64 MB"). */
	readonly unusable?: string;
}

/**
 * Why no usable answer came.
 * - `unreachable`: never connected (refused, DNS, TLS): nothing can have been applied.
 * - `timeout`, `reset`: sent, no whole answer: may have been applied.
 * - `signIn`: signing in was refused; nothing was sent.
 * - `tooLate`: its turn came after the request's `notAfter`; nothing was sent, and the run goes on.
 * - `stopped`: the pacer or a cancellation ended the run before the request left.
 */
export type NoAnswerCause = 'unreachable' | 'timeout' | 'reset' | 'signIn' | 'tooLate' | 'stopped';

export interface NoAnswer {
	readonly kind: 'noAnswer';
	readonly cause: NoAnswerCause;
	/** Whether the platform may have carried the request out all the same. */
	readonly maybeApplied: boolean;
	/** A short machine word: `ECONNREFUSED`, `cancelled`, `retryAfterTooLong`, … */
	readonly code: string;
	/** For people; never holds a secret. */
	readonly message: string;
}

/** The reply to a request that was never sent. */
export function notSent({ code, message }: Stop): NoAnswer {
	return { kind: 'noAnswer', cause: 'stopped', maybeApplied: false, code, message };
}

/** Server errors that say "never", not "not now". */
const PERMANENT_SERVER_ERRORS: readonly number[] = [501, 505];

/** Whether the platform failed in a way that may pass: for a write, nobody knows whether it was applied. */
export function isTransientFailure(status: number): boolean {
	return status === 408 || (status >= 500 && !PERMANENT_SERVER_ERRORS.includes(status));
}

export type HttpReply = HttpAnswer | NoAnswer;

/** Sends one request. Never rejects: whatever happens is a reply. */
export type Transport = (request: HttpRequest) => Promise<HttpReply>;
