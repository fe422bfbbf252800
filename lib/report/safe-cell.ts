/**
 * Cells that a spreadsheet opens as text (OWASP, "CSV Injection"): a cell that begins with `=` `+` `-` `@`, a tab or a
 * line break, also in full width or behind blanks, gets an apostrophe in front. Phone numbers in E.164 are left as they
 * are, because `+3225551234` cannot start a formula that does harm and an apostrophe would spoil it; e-mail addresses
 * do not begin that way.
 */

const FORMULA_START = /^(?:[\t\r\n]|\s*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20])/;

/** ITU-T E.164: a plus, no leading zero, 7 to 15 digits in all. */
const PHONE_NUMBER = /^\+[1-9]\d{6,14}$/;

export function safeCell(text: string): string {
	return FORMULA_START.test(text) && !PHONE_NUMBER.test(text) ? `'${text}` : text;
}

/** Any of the delimiters in use, because the file may be opened where another one is the custom. */
const NEEDS_QUOTES = /[",;\t|\r\n]|^\s|\s$/;

/** RFC 4180 quoting of a cell made safe. */
export function csvCell(text: string): string {
	const safe = safeCell(text);
	return NEEDS_QUOTES.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
