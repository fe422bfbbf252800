/** The credential's data as n8n's helpers ask for them: anew before every request, which costs about as much as sending it. */

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

/** 10 s: a run of hours notices soon that somebody has put a new token in the credential, and asking that seldom costs nothing. */
export const HELD_MS = 10_000;

type Data = ICredentialDataDecryptedObject;

/** One credential, read no more often than every `HELD_MS`. */
export class HeldCredential {
	#held: Data;
	#readAt: number;

	/**
	 * @param first what was read just now
	 * @param read reads it again
	 * @param now milliseconds since the epoch
	 */
	constructor(
		readonly first: Data,
		private readonly read: () => Promise<Data>,
		private readonly now: () => number,
	) {
		this.#held = first;
		this.#readAt = now();
	}

	/** A copy, for one request: n8n puts a session that it opens or renews into what it was given, beside storing it. */
	async copy(): Promise<Data> {
		// A clock that was put back says nothing of the age.
		if (Math.abs(this.now() - this.#readAt) >= HELD_MS) {
			// Before it has come, so that not every lane asks for it at the same time.
			this.#readAt = this.now();
			this.#held = await this.read();
		}
		return { ...this.#held };
	}

	/** Gives `work` the credential for one request, and keeps the session that n8n may have renewed in it. */
	async during<T>(work: (credential: Data) => Promise<T>): Promise<T> {
		const given = await this.copy();
		const before = given.sessionToken;
		try {
			return await work(given);
		} finally {
			const { sessionToken } = given;
			// Unless a newer one has come meanwhile.
			if (sessionToken !== before && this.#held.sessionToken === before) this.#held = { ...this.#held, sessionToken };
		}
	}
}
