/** One sign-in for everybody who needs one at the same time. */

import { accountKey, type Account } from './account';
import { packSession, type Session } from './session';
import { SignInError } from './sign-in-error';

/**
 * n8n asks for a session once per request that found none or was refused with 401: fifty requests side by side would
 * sign in fifty times. Whoever comes while a sign-in is under way waits for it; whoever comes with an older session up
 * to a minute later (its request was slow, or n8n had not yet stored the new one) gets the new one.
 */
export const REUSE_MS = 60_000;

/** A refused sign-in is not repeated for so long: a run of a hundred items must not lock the account. */
export const REFUSAL_MS = 10_000;

/** Accounts remembered at most; the one unused for longest is forgotten first. */
const MOST_ACCOUNTS = 100;

interface Entry {
	flight: Promise<string | SignInError> | null;
	session: { readonly packed: string; readonly since: number } | null;
	refusal: { readonly error: SignInError; readonly since: number } | null;
}

export class SessionDesk {
	readonly #entries = new Map<string, Entry>();

	constructor(private readonly now: () => number = Date.now) {}

	/**
	 * @param stale the packed session that was refused; empty where there was none
	 * @param open signs in
	 * @returns a packed session other than `stale`, or why there is none
	 */
	async renew(
		account: Account,
		stale: string,
		open: () => Promise<Session | SignInError>,
	): Promise<string | SignInError> {
		const key = accountKey(account);
		const entry = this.#entryOf(key);
		if (entry.flight) return await entry.flight;
		const { session, refusal } = entry;
		if (session && session.packed !== stale && this.now() - session.since < REUSE_MS) return session.packed;
		if (refusal && this.now() - refusal.since < REFUSAL_MS) return refusal.error;
		entry.flight = this.#open(entry, key, open);
		return await entry.flight;
	}

	async #open(entry: Entry, key: string, open: () => Promise<Session | SignInError>): Promise<string | SignInError> {
		try {
			const result = await open();
			entry.session = null;
			entry.refusal = null;
			if (!(result instanceof SignInError)) {
				entry.session = { packed: packSession(result, key), since: this.now() };
				return entry.session.packed;
			}
			// An outage may be over with the next attempt; a refusal is not.
			const passing = result.problem === 'unreachable' || result.problem === 'unavailable';
			if (!passing) entry.refusal = { error: result, since: this.now() };
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
			if (this.#entries.size <= MOST_ACCOUNTS) break;
			this.#entries.delete(oldest);
		}
		return entry;
	}
}
