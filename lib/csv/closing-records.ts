/** Records that are the closing lines of reports and no rows. */

import { closingLine } from './closing-lines';
import { isBlank } from './ids';
import type { Place } from './rejects';

const NUMBER = /^[-+]?\d[\d.,\s]*%?$/;

/** What programs such as sqlcmd draw below each name of a column. */
const UNDERLINE = /^\s*(?:-{2,}|={2,})\s*$/;

/** Whether a cell has digits and neither letters nor an `@`, as some ids have. */
export function isNumeric(cell: string): boolean {
	// Nearly every cell begins with a letter.
	return cell.charCodeAt(0) < 58 && /\d/.test(cell) && !/[\p{L}@]/u.test(cell);
}

/**
 * Whether a record is the closing line of a report: a closing word, and otherwise only blanks and numbers. It must not
 * be a row with a damaged cell and a damaged separator. So it lacks at least three of the cells that a row needs, or
 * all of them but its words. A single word may be an id and counts as such a cell; so does a number, if ids of the
 * source are numbers.
 *
 * The last line of a file without a line end may be the beginning of a row. So a single word is no closing line there,
 * and a date of printing only where an id would stand: rows may begin with such a note.
 *
 * A line drawn below the names of the columns counts as one.
 *
 * `width` is that of a row, `required` the columns without which no row can be read.
 */
export function isClosingRecord(
	{ cells, ended }: Place,
	width: number,
	required: readonly number[],
	numbersAreIds: boolean,
): boolean {
	const filled = [...cells.keys()].filter((column) => !isBlank(cells[column] ?? ''));
	const [first, ...others] = filled;
	if (first === undefined) return false;
	if (cells.length > 1 && cells.length === width && cells.every((cell) => UNDERLINE.test(cell))) return true;
	const kind = closingLine(cells[first] ?? '');
	if (kind === null || (kind === 'word' && !ended)) return false;
	if (kind === 'alone' && (others.length > 0 || !(ended || required.includes(first)))) return false;
	if (others.some((column) => !NUMBER.test((cells[column] ?? '').trim()))) return false;
	const possibleIds = kind === 'word' ? filled : numbersAreIds ? others : [];
	const tooMany = kind === 'word' ? required.length - 1 : Math.max(1, required.length - 2);
	if (cells.length === width) return possibleIds.filter((column) => required.includes(column)).length < tooMany;
	return cells.length < width - 1 || (cells.length < width && possibleIds.length < tooMany);
}
