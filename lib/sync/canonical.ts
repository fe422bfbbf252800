/** One spelling for one JSON value (RFC 8785 in spirit: keys sorted, no white space), and the hash over it. */

import { createHash } from 'node:crypto';

/** Text gathered before it goes into the hash: large enough to be quick, small beside a plan of a million members. */
const FEED_CHARACTERS = 65_536;

function write(value: unknown, put: (text: string) => void): void {
	if (Array.isArray(value)) {
		put('[');
		value.forEach((entry, index) => {
			if (index > 0) put(',');
			write(entry, put);
		});
		put(']');
		return;
	}
	if (typeof value === 'object' && value !== null) {
		const fields = Object.entries(value)
			.filter(([, field]) => field !== undefined)
			.sort(([a], [b]) => (a < b ? -1 : 1));
		put('{');
		fields.forEach(([name, field], index) => {
			put(`${index > 0 ? ',' : ''}${JSON.stringify(name)}:`);
			write(field, put);
		});
		put('}');
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
