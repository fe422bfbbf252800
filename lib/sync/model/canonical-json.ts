/** One spelling for one JSON value (RFC 8785 in spirit: keys sorted, no white space), and the hash over it. */

import { createHash } from 'node:crypto';

/** Text gathered before it goes into the hash: large enough to be quick, small beside a plan of a million members. */
const FEED_CHARACTERS = 65_536;

function write(value: unknown, put: (text: string) => void): void {
	if (Array.isArray(value)) {
		let before = '[';
		for (const entry of value) {
			put(before);
			write(entry, put);
			before = ',';
		}
		put(before === '[' ? '[]' : ']');
		return;
	}
	if (typeof value === 'object' && value !== null) {
		const fields = value as Readonly<Record<string, unknown>>;
		let before = '{';
		for (const name of Object.keys(fields).sort()) {
			if (fields[name] === undefined) continue;
			put(`${before}${JSON.stringify(name)}:`);
			write(fields[name], put);
			before = ',';
		}
		put(before === '{' ? '{}' : '}');
		return;
	}
	put(JSON.stringify(value ?? null));
}

/** SHA-256, in hexadecimal, of a value's canonical JSON. Streams: the whole text is never held in memory. */
export function canonicalHash(value: unknown): string {
	const hash = createHash('sha256');
	let waiting = '';
	write(value, (text) => {
		waiting += text;
		if (waiting.length < FEED_CHARACTERS) return;
		hash.update(waiting);
		waiting = '';
	});
	return hash.update(waiting).digest('hex');
}

/** A document with its seal: the hash over everything else in it. */
export function sealed<Document extends object>(document: Document): Document & { seal: string } {
	return { ...document, seal: canonicalHash(document) };
}

/** Whether nobody changed the document after it was sealed. */
export function sealHolds(document: { readonly seal: string }): boolean {
	const { seal, ...content } = document;
	return canonicalHash(content) === seal;
}
