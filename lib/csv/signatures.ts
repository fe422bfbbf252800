/** Detects files that are no CSV by their first bytes. */

import { TEXT_PER_CONTROL } from './limits';
import type { Facts } from '../sync';
import type { ReadFailure } from './options';

type Format = Facts<'notCsv'>['format'];

/** First bytes in hexadecimal, and the format. */
const BINARY_SIGNATURES: ReadonlyArray<readonly [readonly string[], Format]> = [
	[['504b0304', '504b0506', '504b0708'], 'workbook'],
	[['d0cf11e0a1b11ae1'], 'xls'],
	[['1f8b', '425a68', 'fd377a585a', '377abcaf', '28b52ffd', '52617221'], 'compressed'],
	[['255044462d'], 'pdf'],
	[['fffe0000', '0000feff'], 'utf32'],
];

/** Beginnings of texts that are no CSV. */
const TEXT_SIGNATURES: ReadonlyArray<readonly [RegExp, Format]> = [
	[/^\s*<(!doctype html|html|head|body|table)/i, 'html'],
	[/^\s*<\?xml/i, 'xml'],
	[/^\s*(\{\s*"|\[\s*[{[])/, 'json'],
];

/** The reason to refuse the file, or null. `head` is the first bytes, a byte order mark aside. */
export function refusedBySignature(head: Uint8Array): ReadFailure | null {
	const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 256));
	const hex = start.toString('hex');
	const text = start.toString('latin1');
	const binary = BINARY_SIGNATURES.find(([prefixes]) => prefixes.some((prefix) => hex.startsWith(prefix)));
	const found = binary ?? TEXT_SIGNATURES.find(([pattern]) => pattern.test(text));
	return found === undefined ? null : notCsv(found[1]);
}

function notCsv(format: Format): ReadFailure {
	return { code: 'notCsv', facts: { format }, line: null };
}

/** The reason to refuse bytes that are in no encoding a CSV has, or null. */
export function refusedAsBinary(head: Uint8Array): ReadFailure | null {
	let controls = 0;
	for (const byte of head) {
		// Tab, line feed, vertical tab (Excel's in-cell break), form feed, carriage return; Ctrl-Z and escape end old DOS
		// and terminal files.
		if (byte < 32 && !(byte >= 9 && byte <= 13) && byte !== 26 && byte !== 27) controls++;
	}
	if (controls < 2 || controls * TEXT_PER_CONTROL <= head.length) return null;
	if (isUtf32(head)) return notCsv('utf32');
	return { code: 'binaryFile', facts: { controls, bytes: head.length }, line: null };
}

/** Code points end at U+10FFFF, so the upper two of the four bytes are almost always zeros, and never all four. */
function isUtf32(head: Uint8Array): boolean {
	const characters = head.length >> 2;
	let little = 0;
	let big = 0;
	for (let at = 0; at < 4 * characters; at += 4) {
		const [a, b, c, d] = head.subarray(at, at + 4);
		if (c === 0 && d === 0 && (a !== 0 || b !== 0)) little++;
		if (a === 0 && b === 0 && (c !== 0 || d !== 0)) big++;
	}
	return Math.max(little, big) > 0.9 * characters;
}
