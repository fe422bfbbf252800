/** Single flight: concurrent requests that need a session share one sign-in. */

import { accountKey, type Account } from './account';
import { serializeSession, type Session } from './session';
import { SignInError } from './sign-in-error';

/**
 * n8n asks for a session for each request that has none or that got 401. Fifty concurrent requests would sign in fifty
 * times. A caller that comes during a sign-in waits for its result. A caller with an older session gets the new one for
 * this long: its request was slow, or n8n has not stored the new session yet.
 */
export const REUSE_MS = 60_000;

/** A refused sign-in is not repeated for this long, so that a run of a hundred items does not lock the account. */
export const REFUSAL_MS = 10_000;

/** Size of the cache of accounts; the least recently used one is evicted. */
const MAX_ACCOUNTS = 100;

interface Entry {
	flight: Promise<string | SignInError> | null;
	session: { readonly token: string; readonly since: number } | null;
	refusal: { readonly error: SignInError; readonly since: number } | null;
}

export class SingleFlightSignIn {
	readonly #entries = new Map<string, Entry>();

	constructor(private readonly now: () => number = Date.now) {}

	/**
	 * @param staleToken the session token that was refused; empty if there was none
	 * @param signIn opens a session
	 * @returns a session token other than `staleToken`, or why there is none
	 */
	async renew(
		account: Account,
		staleToken: string,
		signIn: () => Promise<Session | SignInError>,
	): Promise<string | SignInError> {
		const key = accountKey(account);
		const entry = this.#entryOf(key);
		if (entry.flight) return await entry.flight;
		const { session, refusal } = entry;
		if (session && session.token !== staleToken && this.now() - session.since < REUSE_MS) return session.token;
		if (refusal && this.now() - refusal.since < REFUSAL_MS) return refusal.error;
		entry.flight = this.#signIn(entry, key, signIn);
		return await entry.flight;
	}

	async #signIn(
		entry: Entry,
		key: string,
		signIn: () => Promise<Session | SignInError>,
	): Promise<string | SignInError> {
		try {
			const result = await signIn();
			entry.session = null;
			entry.refusal = null;
			if (!(result instanceof SignInError)) {
				entry.session = { token: serializeSession(result, key), since: this.now() };
				return entry.session.token;
			}
			// An outage may end before the next attempt; a refusal does not.
			const isTransient = result.problem === 'unreachable' || result.problem === 'unavailable';
			if (!isTransient) entry.refusal = { error: result, since: this.now() };
			return result;
		} finally {
			entry.flight = null;
		}
	}

	#entryOf(key: string): Entry {
		const entry = this.#entries.get(key) ?? { flight: null, session: null, refusal: null };
		this.#entries.delete(key);
		this.#entries.set(key, entry);
		for (const oldest of this.#entries.keys()) {
			if (this.#entries.size <= MAX_ACCOUNTS) break;
			this.#entries.delete(oldest);
		}
		return entry;
	}
}
