/**
 * A cache of the credential's data. n8n's helpers read the credential before every request, which costs about as much
 * as sending it.
 */

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { rereadBy, removeSessionToken } from './reread-credential';

/** 10 s: a long run notices a change of the credential soon, and one read in 10 s costs nothing. */
export const CACHE_MS = 10_000;

type Data = ICredentialDataDecryptedObject;

/** One credential. It is read again after `CACHE_MS`, and when the platform no longer accepts it. */
export class CachedCredential {
	#cached: Data;
	#readAt: number;
	#reading: Promise<Data> | null = null;

	/**
	 * @param first the data, just read
	 * @param read reads them again
	 * @param now milliseconds since the epoch
	 */
	constructor(
		first: Data,
		private readonly read: () => Promise<Data>,
		private readonly now: () => number,
	) {
		this.#cached = first;
		this.#readAt = now();
	}

	/** A copy for one request, because n8n writes a renewed session into the object that it gets. */
	async copy(): Promise<Data> {
		// `abs`, because the clock may be set back.
		if (Math.abs(this.now() - this.#readAt) >= CACHE_MS) await this.refresh();
		return rereadBy({ ...this.#cached }, this.refresh);
	}

	/** Reads the credential again. Concurrent callers share one read. */
	readonly refresh = async (): Promise<Data> => {
		// Set before the read ends, so that the other lanes do not wait for it.
		this.#readAt = this.now();
		this.#reading ??= this.#read();
		return await this.#reading;
	};

	/**
	 * Runs `work` with a copy of the credential, and caches the session that n8n may have renewed in it.
	 *
	 * @param refusedToken a session token that the platform refused; n8n renews it unless another request has done so
	 */
	async use<T>(work: (credential: Data) => Promise<T>, refusedToken?: unknown): Promise<T> {
		const given = await this.copy();
		const before = given.sessionToken;
		if (refusedToken && before === refusedToken) removeSessionToken(given);
		try {
			return await work(given);
		} finally {
			const { sessionToken } = given;
			// Unless another request has stored a newer one, or the sign-in failed.
			if (sessionToken && sessionToken !== before && this.#cached.sessionToken === before)
				this.#cached = { ...this.#cached, sessionToken };
		}
	}

	async #read(): Promise<Data> {
		try {
			return (this.#cached = await this.read());
		} finally {
			this.#reading = null;
		}
	}
}
