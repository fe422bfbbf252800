/**
 * The credential's data as n8n's helpers ask for them: anew before every request, which costs about as much as sending
 * it.
 */

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { rereadBy, withoutSession } from './reread-credential';

/** 10 s: a run of hours notices soon that somebody has changed the credential, and asking that seldom costs nothing. */
export const HELD_MS = 10_000;

type Data = ICredentialDataDecryptedObject;

/** One credential, read every `HELD_MS`, and when the platform no longer accepts it. */
export class HeldCredential {
	#held: Data;
	#readAt: number;
	#reading: Promise<Data> | null = null;

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
		if (Math.abs(this.now() - this.#readAt) >= HELD_MS) await this.readAgain();
		return rereadBy({ ...this.#held }, this.readAgain);
	}

	/** One reading for all who ask meanwhile. */
	readonly readAgain = async (): Promise<Data> => {
		// Before it has come, so that not every lane waits for it.
		this.#readAt = this.now();
		this.#reading ??= this.#read();
		return await this.#reading;
	};

	/**
	 * Gives `work` the credential for one request, and keeps the session that n8n may have renewed in it.
	 *
	 * @param refused a session that the platform has refused: n8n is made to renew it, unless that has happened meanwhile
	 */
	async during<T>(work: (credential: Data) => Promise<T>, refused?: unknown): Promise<T> {
		const given = await this.copy();
		const before = given.sessionToken;
		if (refused && before === refused) withoutSession(given);
		try {
			return await work(given);
		} finally {
			const { sessionToken } = given;
			// Unless a newer one has come meanwhile, or signing in has failed.
			if (sessionToken && sessionToken !== before && this.#held.sessionToken === before)
				this.#held = { ...this.#held, sessionToken };
		}
	}

	async #read(): Promise<Data> {
		try {
			return (this.#held = await this.read());
		} finally {
			this.#reading = null;
		}
	}
}
