/** Files that are no CSV, told by how they begin, with the way out. */

import { TEXT_PER_CONTROL } from './limits';
import type { ReadFailure } from './options';

const SAVE_AS = 'Open it in the spreadsheet program and save it as "CSV UTF-8", then send that file.';

/** First bytes in hexadecimal, what that is, and what to do. */
const BINARY_SIGNATURES: ReadonlyArray<readonly [readonly string[], string]> = [
	[
		['504b0304', '504b0506', '504b0708'],
		'The file is a zip archive, which is what an Excel (.xlsx) or LibreOffice (.ods) workbook is, not a ' +
			`CSV. ${SAVE_AS}`,
	],
	[['d0cf11e0a1b11ae1'], `The file is an old Excel workbook (.xls), not a CSV. ${SAVE_AS}`],
	[
		['1f8b', '425a68', 'fd377a585a', '377abcaf', '28b52ffd', '52617221'],
		'The file is compressed. Unpack it and send the CSV inside.',
	],
	[['255044462d'], 'The file is a PDF, not a CSV. Export the list as CSV from the program that made it.'],
];

/** How texts that are no CSV begin. */
const TEXT_SIGNATURES: ReadonlyArray<readonly [RegExp, string]> = [
	[
		/^\s*<(!doctype html|html|head|body)/i,
		'The file is a web page, not a CSV: often the sign-in or error page of the system that was asked for ' +
			'the export. Check that download.',
	],
	[
		/^\s*<\?xml/i,
		"The file is XML, not a CSV. Export it as CSV, or convert it to items with n8n's XML node and use " +
			'input items as the source.',
	],
	[
		/^\s*(\{\s*"|\[\s*[{[])/,
		'The file is JSON, not a CSV. Read it with n8n\'s "Extract from File" node and use input items as the source.',
	],
];

/** The reason to refuse the file, or null. `head` is the first bytes, a byte order mark aside. */
export function refusedBySignature(head: Uint8Array): ReadFailure | null {
	const start = Buffer.from(head.buffer, head.byteOffset, Math.min(head.byteLength, 256));
	const hex = start.toString('hex');
	const text = start.toString('latin1');
	const binary = BINARY_SIGNATURES.find(([prefixes]) => prefixes.some((prefix) => hex.startsWith(prefix)));
	const found = binary ?? TEXT_SIGNATURES.find(([pattern]) => pattern.test(text));
	return found === undefined ? null : { code: 'notCsv', message: found[1], line: null };
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
	return {
		code: 'binaryFile',
		message:
			`The file is not text: ${controls} of its first ${head.length} bytes are control characters. Send a ` +
			'CSV, saved as "CSV UTF-8".',
		line: null,
	};
}
