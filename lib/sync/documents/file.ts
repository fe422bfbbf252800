/** Plan and journal as files: JSON with a line for each list, to be compared and searched line by line. */

import type { Journal } from './journal';
import type { Plan } from './plan';

/**
 * UTF-8. Made piece by piece and twice, first for its length, because those of a large run have a hundred megabytes,
 * which as one text beside its bytes would be in memory twice and more.
 */
export function documentFile(document: Plan | Journal): Buffer {
	let length = 0;
	for (const piece of piecesOf(document)) length += Buffer.byteLength(piece);
	const bytes = Buffer.alloc(length);
	let at = 0;
	for (const piece of piecesOf(document)) at += bytes.write(piece, at);
	return bytes;
}

function* piecesOf(document: object): Generator<string> {
	let before = '{\n';
	for (const [name, value] of Object.entries(document)) {
		if (value === undefined) continue;
		yield `${before}\t${JSON.stringify(name)}: `;
		if (Array.isArray(value) && value.length > 0) yield* linesOf(value);
		else yield JSON.stringify(value);
		before = ',\n';
	}
	yield '\n}\n';
}

function* linesOf(entries: readonly unknown[]): Generator<string> {
	let before = '[\n';
	for (const entry of entries) {
		yield `${before}\t\t${JSON.stringify(entry)}`;
		before = ',\n';
	}
	yield '\n\t]';
}
