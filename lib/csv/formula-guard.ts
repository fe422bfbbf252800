/**
 * Cells that no spreadsheet takes for a formula (OWASP, "CSV Injection"), and the way back. An apostrophe goes before
 * each sign that could begin a formula: at the start of the cell, and inside it behind every separator and line break,
 * because the file may be opened with another separator than it was written with, and then cells begin there.
 */

/** What a formula begins with, also in full width; Excel drops tabs and line breaks before it looks. */
const FORMULA_START = /[=+\-@\uFF1D\uFF0B\uFF0D\uFF20\t\r\n]/;

/** Separators that spreadsheets take by themselves, and line breaks. */
const SEPARATORS: ReadonlySet<string> = new Set([',', ';', '|', '\t', '\r', '\n']);

/** May stand before a cell's first sign without being it: blanks, invisible signs, quotation marks, apostrophes. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Z}"']/u;

/**
 * ITU-T E.164: no leading zero, 7 to 15 digits in all. It computes nothing, and an apostrophe would spoil it for a
 * spreadsheet.
 */
const PHONE_NUMBER = /\+[1-9]\d{6,14}(?!\d)/y;

/** @param delimiter of the file that the cell is written to */
export function guarded(text: string, delimiter: string): string {
	return pieces(
		text,
		formulaStarts(text, delimiter).filter((at) => text[at - 1] === "'" || !isPhoneNumber(text, at, delimiter)),
	).join("'");
}

/**
 * Takes away exactly what `guarded` put there: where a cell had an apostrophe already, that one stays.
 * @param delimiter of the file that the cell was read from
 */
export function unguarded(text: string, delimiter: string): string {
	if (!text.includes("'")) return text;
	const guards = formulaStarts(text, delimiter).filter((at) => text[at - 1] === "'");
	return pieces(text, guards)
		.map((piece, index) => (index < guards.length ? piece.slice(0, -1) : piece))
		.join('');
}

/** Where a cell would begin with a formula, whichever separator cut the text. */
function formulaStarts(text: string, delimiter: string): number[] {
	if (!FORMULA_START.test(text)) return [];
	const starts: number[] = [];
	let begins = true;
	let at = 0;
	for (const sign of text) {
		if (begins && FORMULA_START.test(sign)) starts.push(at);
		begins = isSeparator(sign, delimiter) || (begins && UNSEEN.test(sign));
		at += sign.length;
	}
	return starts;
}

function isSeparator(sign: string, delimiter: string): boolean {
	return sign === delimiter || SEPARATORS.has(sign);
}

function isPhoneNumber(text: string, at: number, delimiter: string): boolean {
	PHONE_NUMBER.lastIndex = at;
	const [number] = PHONE_NUMBER.exec(text) ?? [];
	if (number === undefined) return false;
	const [next] = text.slice(at + number.length, at + number.length + 2);
	return next === undefined || isSeparator(next, delimiter);
}

/** The text cut before each of the places. */
function pieces(text: string, places: readonly number[]): string[] {
	const ends = [...places, text.length];
	return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}
