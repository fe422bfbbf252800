/**
 * A credential that n8n is handed some time after it was read may have been changed or renewed since. Before its
 * session is renewed it is read again: another process may have done that already, and n8n 2.0 stores the whole of what
 * it was handed.
 */

type Data = Record<string, unknown>;

const readers = new WeakMap<object, () => Promise<Data>>();

const refused = new WeakMap<object, string>();

/** Notes how to read again what `copy` was made from. */
export function rereadBy<D extends Data>(copy: D, read: () => Promise<D>): D {
	readers.set(copy, read);
	return copy;
}

/** Brings a copy up to date; one that nothing was noted for has just been read. */
export async function reread(copy: Data): Promise<void> {
	const read = readers.get(copy);
	if (read) Object.assign(copy, await read());
}

/** Takes the session out of a copy, because the platform has refused it: n8n then asks the credential for a new one. */
export function withoutSession<D extends Data>(copy: D): D {
	refused.set(copy, String(copy.sessionToken ?? ''));
	return Object.assign(copy, { sessionToken: '' });
}

/** The session that is to be replaced: the one taken out, or the one that n8n found refused. */
export function staleSession(copy: Data): string {
	return refused.get(copy) ?? String(copy.sessionToken ?? '');
}
