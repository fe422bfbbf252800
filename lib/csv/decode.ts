/**
 * Decodes a stream of bytes to UTF-8 with LF. The result does not depend on the chunks.
 */

import type { EncodingGuess } from './encoding';
import { LineEnds } from './line-ends';
import type { Encoding } from './options';

export interface Decoder {
	/** UTF-8 with LF. A character that is incomplete at the end of `bytes` is kept for the next call. */
	push(bytes: Uint8Array): Uint8Array;
	/** The rest, after the last chunk. */
	end(): Uint8Array;
	/** The encoding that was detected so far. */
	readonly encoding: Encoding;
	/** First line (from 1) with invalid UTF-8: the file is read as Windows-1252, or it mixes encodings. */
	readonly firstBadLine: number | null;
	/** After `end()`: whether the file ends within a character, so that bytes are missing. */
	readonly endsWithinCharacter: boolean;
}

export function decoderFor(guess: EncodingGuess): Decoder {
	return guess.encoding === 'UTF-8' ? new Utf8Decoder(guess.bomLength > 0) : new Utf16Decoder(guess.encoding);
}

class Utf16Decoder implements Decoder {
	readonly firstBadLine = null;
	readonly #decoder: InstanceType<typeof TextDecoder>;
	readonly #lineEnds = new LineEnds();
	#bytes = 0;

	constructor(readonly encoding: 'UTF-16LE' | 'UTF-16BE') {
		this.#decoder = new TextDecoder(encoding, { ignoreBOM: true });
	}

	get endsWithinCharacter(): boolean {
		return this.#bytes % 2 === 1;
	}

	push(bytes: Uint8Array): Uint8Array {
		this.#bytes += bytes.length;
		return this.#lineEnds.unify(Buffer.from(this.#decoder.decode(bytes, { stream: true })));
	}

	end(): Uint8Array {
		return this.#lineEnds.unify(Buffer.from(this.#decoder.decode()));
	}
}

/** U+FFFD in UTF-8. */
const REPLACEMENT = Buffer.from([0xef, 0xbf, 0xbd]);

/**
 * Strict UTF-8 until the first invalid byte. If all bytes before it were ASCII, the rest is read as Windows-1252, in
 * which ASCII is the same. After valid UTF-8 or a byte order mark, the file mixes encodings. Then invalid bytes become
 * U+FFFD, which no id may contain.
 */
class Utf8Decoder implements Decoder {
	encoding: 'UTF-8' | 'Windows-1252' = 'UTF-8';
	firstBadLine: number | null = null;
	endsWithinCharacter = false;
	#sawUtf8: boolean;
	#waiting: Uint8Array = new Uint8Array(0);
	#line = 1;
	readonly #lineEnds = new LineEnds();

	constructor(isMarked: boolean) {
		this.#sawUtf8 = isMarked;
	}

	push(bytes: Uint8Array): Uint8Array {
		return this.#decode(this.#lineEnds.unify(bytes), false);
	}

	end(): Uint8Array {
		return this.#decode(new Uint8Array(0), true);
	}

	#decode(chunk: Uint8Array, last: boolean): Uint8Array {
		if (this.encoding === 'Windows-1252') return fromWindows1252(chunk);
		const bytes = this.#waiting.length === 0 ? chunk : Buffer.concat([this.#waiting, chunk]);
		const length = bytes.length;
		const pieces: Uint8Array[] = [];
		let from = 0;
		let i = 0;
		for (;;) {
			i = endOfAscii(bytes, i);
			if (i === length) break;
			const wanted = sequenceLength(bytes[i] as number);
			if (i + wanted > length && !last) break;
			if (i + wanted <= length && isSequence(bytes, i, wanted)) {
				this.#sawUtf8 = true;
				i += wanted;
				continue;
			}
			this.firstBadLine ??= this.#line + countLineEnds(bytes, i);
			if (!this.#sawUtf8) {
				this.encoding = 'Windows-1252';
				pieces.push(bytes.subarray(from, i), fromWindows1252(bytes.subarray(i)));
				this.#waiting = new Uint8Array(0);
				return Buffer.concat(pieces);
			}
			if (i + wanted > length) this.endsWithinCharacter = true;
			pieces.push(bytes.subarray(from, i), REPLACEMENT);
			i++;
			from = i;
		}
		this.#line += countLineEnds(bytes, i);
		this.#waiting = bytes.subarray(i);
		const rest = bytes.subarray(from, i);
		return pieces.length === 0 ? rest : Buffer.concat([...pieces, rest]);
	}
}

/**
 * Index of the first non-ASCII byte from `at` on. After a short run it compares four bytes at a time.
 */
function endOfAscii(bytes: Uint8Array, at: number): number {
	const { length, buffer, byteOffset } = bytes;
	const soon = Math.min(at + 32, length);
	let i = at;
	while (i < length && (i < soon || ((byteOffset + i) & 3) !== 0)) {
		if ((bytes[i] as number) >= 0x80) return i;
		i++;
	}
	if (i === length) return length;
	const words = new Int32Array(buffer, byteOffset + i, (length - i) >> 2);
	let word = 0;
	while (word < words.length && ((words[word] as number) & 0x80808080) === 0) word++;
	i += 4 * word;
	while (i < length && (bytes[i] as number) < 0x80) i++;
	return i;
}

/** Line ends before index `end`. */
function countLineEnds(bytes: Uint8Array, end: number): number {
	let count = 0;
	for (let at = bytes.indexOf(10); at !== -1 && at < end; at = bytes.indexOf(10, at + 1)) count++;
	return count;
}

/** Length of the sequence that begins with this byte (RFC 3629); 1 if none does. */
function sequenceLength(lead: number): number {
	if (lead >= 0xc2 && lead <= 0xdf) return 2;
	if (lead >= 0xe0 && lead <= 0xef) return 3;
	if (lead >= 0xf0 && lead <= 0xf4) return 4;
	return 1;
}

/** RFC 3629, section 4: no overlong forms, no surrogates, nothing beyond U+10FFFF. */
function isSequence(bytes: Uint8Array, at: number, length: number): boolean {
	if (length === 1) return false;
	const lead = bytes[at] as number;
	const second = bytes[at + 1] as number;
	const lowest = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
	const highest = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
	if (second < lowest || second > highest) return false;
	for (let i = 2; i < length; i++) if (((bytes[at + i] as number) & 0xc0) !== 0x80) return false;
	return true;
}

/** Windows-1252 is Latin-1 but for 0x80-0x9f (https://encoding.spec.whatwg.org/index-windows-1252.txt). */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

function fromWindows1252(bytes: Uint8Array): Uint8Array {
	const latin1 = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
	return Buffer.from(latin1.replace(/[\u0080-\u009f]/g, (char) => WINDOWS_1252[char.charCodeAt(0) - 0x80] as string));
}
