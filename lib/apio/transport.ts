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
	/** Milliseconds since the epoch; the rate limiter answers `tooLate` when the request's turn comes after that. */
	readonly notAfter?: number;
	/** Called with the time of each sending, in milliseconds since the epoch. */
	readonly onSend?: (at: number) => void;
}

/** The platform answered, with whatever status. */
export interface HttpAnswer {
	readonly kind: 'answer';
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/**
	 * Parsed JSON, the raw text if it is not JSON, or `undefined` if it is empty. Without the secrets of the credential.
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
 * - `stopped`: the rate limiter or a cancellation ended the run before the request left.
 */
export type NoAnswerCause = 'unreachable' | 'timeout' | 'reset' | 'signIn' | 'tooLate' | 'stopped';

export interface NoAnswer {
	readonly kind: 'noAnswer';
	readonly cause: NoAnswerCause;
	/** Whether the platform may have carried the request out all the same. */
	readonly maybeApplied: boolean;
	/** A short machine word: `ECONNREFUSED`, `cancelled`, `retryAfterTooLong`, … */
	readonly code: string;
	/** For people; never holds a secret. No full stop at its end. Empty where `stop` says why. */
	readonly message: string;
	/** What to do about it, in sentences. */
	readonly advice?: string;
	/** `stopped` only. */
	readonly stop?: Stop;
	/**
	 * Headers of the answer by which the platform put the sign-in off (429, or 503 with Retry-After); the request itself
	 * was not sent.
	 */
	readonly putOffBy?: Readonly<Record<string, string>>;
}

/** The reply to a request that was never sent. */
export function notSent(stop: Stop): NoAnswer {
	return { kind: 'noAnswer', cause: 'stopped', maybeApplied: false, code: stop.problem, message: '', stop };
}

/** Server errors that say "never", not "not now" (RFC 9110, sections 15.6.2 and 15.6.6). */
const PERMANENT_SERVER_ERRORS: readonly number[] = [501, 505];

/** Whether the platform failed in a way that may pass: for a write, nobody knows whether it was applied. */
export function isTransientFailure(status: number): boolean {
	return status === 408 || (status >= 500 && !PERMANENT_SERVER_ERRORS.includes(status));
}

export type HttpReply = HttpAnswer | NoAnswer;

/** Sends one request. Never rejects: whatever happens is a reply. */
export type Transport = (request: HttpRequest) => Promise<HttpReply>;
