/** Cells as they are written to a CSV: RFC 4180, and no formula to any spreadsheet (`lib/csv/formula-escape`). */

import { escapeFormulas } from '../csv';

/**
 * Any of the separators in use, because the file may be opened where another one is the custom; and what a page or a
 * JSON text begins with, because the reader would take the file for one.
 */
const NEEDS_QUOTES = /[",;\t|\n<{[]|^\s|\s$/;

/** The cell, escaped and quoted where it has to be. Line breaks become LF: those between records are CR LF. */
export function csvCell(text: string, delimiter: string): string {
	const safe = escapeFormulas(text.replace(/\r\n?/g, '\n'), delimiter);
	return NEEDS_QUOTES.test(safe) || safe.includes(delimiter) ? `"${safe.replace(/"/g, '""')}"` : safe;
}
