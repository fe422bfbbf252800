/** Checks whether an address answers, once for all requests within a minute. */

import type { SignInError } from '../../lib/apio';

/** 60 s: other nodes may use the credential as well, and n8n asks before each of their requests. */
const ANSWERED_MS = 60_000;

/** Addresses that are remembered; the one that was tried longest ago is forgotten. */
const MAX_ADDRESSES = 100;

interface Tried {
	readonly result: Promise<SignInError | null>;
	/** Milliseconds since the epoch; infinite during an attempt. */
	until: number;
}

export class ConnectionProbe {
	readonly #tried = new Map<string, Tried>();

	constructor(private readonly now: () => number = Date.now) {}

	/**
	 * A failure counts for as long as it took to find: behind a firewall that swallows requests, a hundred requests in a
	 * row do not wait a hundred times, and where it is found at once, the next one tries again.
	 *
	 * @param key of the address and of how it is connected to
	 * @param attempt tries it; where it rejects, that is a failure like others
	 * @returns why nothing answers; null where something does
	 */
	async problem(key: string, attempt: () => Promise<SignInError | null>): Promise<SignInError | null> {
		const begun = this.now();
		const known = this.#tried.get(key);
		if (known && begun < known.until) return await known.result;
		const tried: Tried = { result: attempt(), until: Infinity };
		this.#tried.delete(key);
		this.#tried.set(key, tried);
		const [oldest] = this.#tried.keys();
		if (this.#tried.size > MAX_ADDRESSES) this.#tried.delete(oldest);
		let problem: SignInError | null | undefined;
		try {
			problem = await tried.result;
			return problem;
		} finally {
			const now = this.now();
			tried.until = now + (problem === null ? ANSWERED_MS : now - begun);
		}
	}
}
