/** Detects the encoding from the head of a file. */

import type { Encoding } from './options';

export interface EncodingGuess {
	/** `UTF-8` means UTF-8 or Windows-1252: only the first accented character shows which. */
	readonly encoding: Exclude<Encoding, 'Windows-1252'>;
	/** Bytes of the byte order mark. */
	readonly bomLength: number;
	/** Whether it is UTF-16 without a byte order mark. */
	readonly assumed: boolean;
}

export function guessEncoding(head: Uint8Array): EncodingGuess {
	const [a, b, c, d] = head;
	if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'UTF-8', bomLength: 3, assumed: false };
	// With two zeros after it, the mark is that of UTF-32, which `signatures.ts` refuses.
	if (a === 0xff && b === 0xfe && !(c === 0 && d === 0)) return { encoding: 'UTF-16LE', bomLength: 2, assumed: false };
	if (a === 0xfe && b === 0xff) return { encoding: 'UTF-16BE', bomLength: 2, assumed: false };
	const assumed = utf16WithoutMark(head);
	return { encoding: assumed ?? 'UTF-8', bomLength: 0, assumed: assumed !== null };
}

/**
 * Western text in UTF-16 has a zero in nearly every second byte, and a zero is no character of a CSV in any other
 * encoding.
 */
function utf16WithoutMark(head: Uint8Array): 'UTF-16LE' | 'UTF-16BE' | null {
	const pairs = head.length >> 1;
	if (pairs < 4) return null;
	let zerosFirst = 0;
	let zerosSecond = 0;
	for (let i = 0; i < pairs; i++) {
		if (head[2 * i] === 0) zerosFirst++;
		if (head[2 * i + 1] === 0) zerosSecond++;
	}
	if (zerosSecond > 0.6 * pairs && zerosFirst < 0.05 * pairs) return 'UTF-16LE';
	if (zerosFirst > 0.6 * pairs && zerosSecond < 0.05 * pairs) return 'UTF-16BE';
	return null;
}
