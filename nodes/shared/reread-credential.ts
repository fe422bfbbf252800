/**
 * Reads a cached credential again before its session is renewed. Another process may have renewed the session already.
 * And n8n 2.0 stores the whole object that it gets, so an outdated copy would overwrite a changed credential.
 */

type Data = Record<string, unknown>;

const readers = new WeakMap<object, () => Promise<Data>>();

const refusedTokens = new WeakMap<object, string>();

/** Registers how to read again the credential that `copy` was made from. */
export function rereadBy<D extends Data>(copy: D, read: () => Promise<D>): D {
	readers.set(copy, read);
	return copy;
}

/** Whether this package's nodes made the copy, for requests whose failures they explain themselves. */
export function isCopy(data: Data): boolean {
	return readers.has(data);
}

/** Updates a copy. An object without a registered reader has just been read. */
export async function reread(copy: Data): Promise<void> {
	const read = readers.get(copy);
	if (read) Object.assign(copy, await read());
}

/** Removes a refused session token from a copy, so that n8n asks the credential for a new one. */
export function removeSessionToken<D extends Data>(copy: D): D {
	refusedTokens.set(copy, String(copy.sessionToken ?? ''));
	return Object.assign(copy, { sessionToken: '' });
}

/** The session token to replace: the removed one, or the one that n8n found refused. */
export function staleSessionToken(copy: Data): string {
	return refusedTokens.get(copy) ?? String(copy.sessionToken ?? '');
}
