/**
 * A credential that n8n is handed some time after it was read may have been changed or renewed since. Before its session is
 * renewed it is read again: another process may have done that already, and n8n 2.0 stores the whole of what it was handed.
 */

type Data = Record<string, unknown>;

const readers = new WeakMap<object, () => Promise<Data>>();

/** Notes how to read again what `copy` was made from. */
export function readAgainBy<D extends Data>(copy: D, read: () => Promise<D>): D {
	readers.set(copy, read);
	return copy;
}

/** Brings a copy up to date; one that nothing was noted for has just been read. */
export async function readAgain(copy: Data): Promise<void> {
	const read = readers.get(copy);
	if (read) Object.assign(copy, await read());
}
