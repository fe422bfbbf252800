/**
 * Escapes formulas in cells against CSV injection (OWASP), and removes the escape. An apostrophe is put before each
 * sign that could begin a formula: at the start of the cell, and after each separator and line break in it. Cells begin
 * there if the file is opened with another separator than it was written with.
 */

/** The first characters of formulas, also in full width. Excel ignores tabs and line breaks before them. */
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
export function escapeFormulas(text: string, delimiter: string): string {
	return pieces(
		text,
		formulaStarts(text, delimiter).filter((at) => text[at - 1] === "'" || !isPhoneNumber(text, at, delimiter)),
	).join("'");
}

/**
 * Removes exactly the apostrophes that `escapeFormulas` added. An apostrophe of the original cell stays.
 * @param delimiter of the file that the cell was read from
 */
export function unescapeFormulas(text: string, delimiter: string): string {
	if (!text.includes("'")) return text;
	const escapes = formulaStarts(text, delimiter).filter((at) => text[at - 1] === "'");
	return pieces(text, escapes)
		.map((piece, index) => (index < escapes.length ? piece.slice(0, -1) : piece))
		.join('');
}

/** Positions at which a cell could begin with a formula, for any separator. */
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

/** Splits the text before each position. */
function pieces(text: string, positions: readonly number[]): string[] {
	const ends = [...positions, text.length];
	return ends.map((end, index) => text.slice(ends[index - 1] ?? 0, end));
}
