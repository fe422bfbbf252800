/**
 * Reasons not to trust a header that could be read. A damaged name is no needed column any more, and where a setting
 * stands in for the column, every row of the file would go to other lists without a word. So the file is refused.
 */

import { actionOfCell, fieldNearColumn, fieldOfColumn, plainName } from './aliases';
import { addedColumnsIn } from './correction-columns';
import { FIELD_NAMES, fallbackOf, fieldsOf, type HeaderMatch } from './header';
import { isBlank, readId, SCOPE_RULE, shown } from './ids';
import type { Field, ReadFailure, ReadOptions } from './options';

/** A record of the head. */
export interface Sampled {
	readonly cells: readonly string[];
	/** Its first line. */
	readonly line: number;
	readonly closedAmiss: boolean;
}

/**
 * Fields without a column of their own whose rows would be read all the same: by a default, or by the mode of the run.
 */
function stoodInFor({ columns }: HeaderMatch, options: ReadOptions): Field[] {
	return fieldsOf(options).filter(
		(field) => columns[field] === undefined && (field === 'action' || fallbackOf(field, options) !== null),
	);
}

/** A column that may be one that a setting stands in for. `rows` are those of the head. */
export function doubtfulColumn(
	names: readonly string[],
	match: HeaderMatch,
	rows: ReadonlyArray<readonly string[]>,
	options: ReadOptions,
	line: number | null,
): ReadFailure | null {
	const fields = stoodInFor(match, options);
	if (fields.length === 0) return null;
	for (const column of match.unused) {
		const name = names[column] ?? '';
		const near = fieldOfColumn(name) === null ? fieldNearColumn(name) : null;
		if (near !== null && fields.includes(near))
			return suspect(`The column ${shown(name)} may be the ${FIELD_NAMES[near]}`, near, line);
	}
	// The names of a CSV of rejected rows were trusted once already, with all rows to judge them by and not the rejected
	// ones alone.
	if (addedColumnsIn(names).size > 0) return null;
	for (const [column, name] of names.entries()) {
		if (!isBlank(name) && !isMangled(name)) continue;
		const cells = rows.map((row) => row[column] ?? '').filter((cell) => !isBlank(cell));
		if (cells.length === 0 || areRowNumbers(cells)) continue;
		const field = cells.every((cell) => actionOfCell(cell) !== null)
			? 'action'
			: fields.find((one) => one !== 'action');
		if (field !== undefined && fields.includes(field))
			return suspect(
				`Column ${column + 1} has cells (${shown(cells[0] ?? '')}) but ` +
					`${isBlank(name) ? 'no name' : `the name ${shown(name)}`}, and may be the ${FIELD_NAMES[field]}`,
				field,
				line,
			);
	}
	return null;
}

function suspect(what: string, field: Field, line: number | null): ReadFailure {
	const instead =
		field === 'action' ? 'the rows would be read without it' : `all rows would take the default ${FIELD_NAMES[field]}`;
	return {
		code: 'suspectColumn',
		message: `${what}; ${instead}. Correct the column's name in the source, or say by hand which column to take.`,
		line,
	};
}

/** What a spreadsheet or a program made of a name. */
function isMangled(name: string): boolean {
	const read = readId(name, SCOPE_RULE);
	return 'code' in read && read.code === 'mangledId';
}

/** Statistics programs put a column of row numbers, without a name, before the others. */
function areRowNumbers(cells: readonly string[]): boolean {
	return cells.every((cell, i) => /^\d{1,9}$/.test(cell) && (i === 0 || Number(cell) > Number(cells[i - 1])));
}

/** The quotation mark that was left open in the header or above it. */
export function swallowedLines(
	{ cells, line, closedAmiss }: Sampled,
	delimiter: string,
	isHeader: boolean,
	width: number,
): ReadFailure | null {
	const swallowed = cells.some((cell) => {
		if (!cell.includes('\n')) return false;
		if (closedAmiss) return true;
		return isHeader
			? cell.includes(delimiter)
			: cell
					.split('\n')
					.slice(1)
					.some((inner) => inner.split(delimiter).length === width);
	});
	if (!swallowed) return null;
	const message =
		`A quotation mark opened in line ${line} swallowed the lines below it, ` +
		`${isHeader ? "the header's own end included" : 'and the header may be among them'}. Close it, or ` +
		'double it where it belongs to the text.';
	return { code: 'unclosedQuote', message, line };
}

/**
 * A damaged header, where the header stands once more further down: the rows between would be taken for titles. `above`
 * are the records above the header that are not blank.
 */
export function rowsAboveHeader(
	above: readonly Sampled[],
	names: readonly string[],
	match: HeaderMatch,
	options: ReadOptions,
	headerLine: number,
): ReadFailure | null {
	const [last] = above.slice(-1);
	const torn = last === undefined ? null : fieldOfColumn((last.cells.at(-1) ?? '') + (names[0] ?? ''));
	if (last !== undefined && torn !== null && stoodInFor(match, options).includes(torn)) {
		return suspect(
			`The header seems to be torn between lines ${last.line} and ${headerLine}: the ${FIELD_NAMES[torn]} ` +
				'stands in both',
			torn,
			last.line,
		);
	}
	const damaged = above.slice(0, -1).find(({ cells }) => looksLikeHeader(cells, names));
	if (damaged === undefined) return null;
	const message =
		`Line ${damaged.line} looks like a damaged header, and rows stand between it and the header in line ` +
		`${headerLine}, so they would be left out. ` +
		'Correct the header in the first of the two lines.';
	return { code: 'rowsAboveHeader', message, line: damaged.line };
}

/** Several names of columns, or at least half of the header that was found. */
function looksLikeHeader(cells: readonly string[], names: readonly string[]): boolean {
	const fields = new Set(cells.flatMap((cell) => fieldOfColumn(cell) ?? fieldNearColumn(cell) ?? []));
	if (fields.size >= 2) return true;
	const found = plainName(cells.join(''));
	const header = plainName(names.join(''));
	let start = 0;
	while (start < header.length && found[start] === header[start]) start++;
	let end = 0;
	while (end < header.length - start && end < found.length - start && found.at(-1 - end) === header.at(-1 - end)) end++;
	return header !== '' && (start + end) * 2 >= header.length;
}
