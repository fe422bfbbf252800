/**
 * Reasons not to trust a readable header. A column with a damaged name is not recognized. If its field has a default,
 * every row of the file would silently go to another list. So the file is refused.
 */

import { actionOfCell, plainName } from './aliases';
import { roleOfPlainName } from './attribute-aliases';
import { candidatesOf, isGivenByProgram, isJoinedWith, nearCandidatesOf } from './column-names';
import { addedColumnsIn } from './correction-columns';
import { isClosingRecord } from './closing-records';
import { defaultOf, fieldsOf, requiredColumns, type HeaderMatch } from './header';
import { isBlank, excerpt, readId, SCOPE_RULE, type IdRule } from './ids';
import { isRole, nameColumnsOf } from './name-columns';
import { callCenterRule, personRule, userRule } from './id-rules';
import { foldId, type Facts } from '../sync';
import { type ColumnField, type Field, type NameField, type ReadFailure, type ReadOptions, ROLES } from './options';

/** A record of the head. */
export interface Sampled {
	readonly cells: readonly string[];
	/** Its first line. */
	readonly line: number;
	readonly quoteClosedInText: boolean;
}

/**
 * Fields without a column that have a default, or that the mode of the run decides.
 */
function fieldsWithDefault({ columns }: HeaderMatch, options: ReadOptions): Field[] {
	return fieldsOf(options).filter(
		(field) => columns[field] === undefined && (field === 'action' || defaultOf(field, options) !== null),
	);
}

/**
 * Parts of names for which no column was recognized. If the file has one all the same, the rows mean other people.
 * These are the prefix, if there are first and last names; and the first name, if `Naam` is read as the whole name.
 */
function partsWithoutColumn(names: readonly string[], { columns }: HeaderMatch, options: ReadOptions): NameField[] {
	if (options.matching?.people !== 'fullName') return [];
	return fieldsOf(options)
		.filter(isRole)
		.flatMap((role): NameField[] => {
			const inParts = nameColumnsOf(columns, role);
			if (inParts !== null) return inParts.NamePrefix === undefined ? [`${role}NamePrefix`] : [];
			const column = columns[role];
			return column !== undefined && roleOfPlainName(names[column] ?? '') === role ? [`${role}FirstName`] : [];
		});
}

/** Fields without a column, for which the rows would mean something else if a column of theirs is not recognized. */
function fieldsAtRisk(names: readonly string[], match: HeaderMatch, options: ReadOptions): readonly ColumnField[] {
	return [...partsWithoutColumn(names, match, options), ...fieldsWithDefault(match, options)];
}

/**
 * Rows with blank cells beyond the header: each line but the header ends with separators, or the header has lost one,
 * and a column of blank cells is the last. Then the names of two columns are one, which is no name of a field.
 */
export function joinedColumn(
	names: readonly string[],
	match: HeaderMatch,
	options: ReadOptions,
	line: number | null,
): ReadFailure | null {
	for (const field of fieldsWithDefault(match, options)) {
		const name = match.unused.map((column) => names[column] ?? '').find((one) => isJoinedWith(field, one, options));
		if (name !== undefined) return suspect({ problem: 'misspelt', name: excerpt(name), field }, line);
	}
	return null;
}

/**
 * `Last Name, First Name` without quotation marks, in a file whose separator is the comma. Most rows have one cell less
 * for each such name.
 */
export function splitName(
	names: readonly string[],
	{ columns }: HeaderMatch,
	rows: ReadonlyArray<readonly string[]>,
	delimiter: string,
	line: number | null,
): ReadFailure | null {
	const splits = ROLES.flatMap((role) => {
		const found = nameColumnsOf(columns, role);
		if (found === null || Math.abs(found.FirstName - found.LastName) !== 1) return [];
		return [{ role, at: Math.min(found.FirstName, found.LastName) }];
	});
	const [first] = splits;
	if (first === undefined) return null;
	const { role, at } = first;
	const whole = rows.filter((cells) => cells.length === names.length - splits.length);
	const cell = whole.map((cells) => cells[at] ?? '').find((one) => one.includes(delimiter));
	if (cell === undefined || whole.length * 2 <= rows.length) return null;
	const name = excerpt(`${names[at]}${delimiter}${names[at + 1]}`);
	return suspect({ problem: 'splitName', name, cell: excerpt(cell), field: role }, line);
}

/** A column that may be the one of a field with a default. `rows` are those of the head. */
export function suspectColumn(
	names: readonly string[],
	match: HeaderMatch,
	rows: ReadonlyArray<readonly string[]>,
	options: ReadOptions,
	line: number | null,
): ReadFailure | null {
	const fields = fieldsAtRisk(names, match, options);
	for (const column of match.unused) {
		const name = names[column] ?? '';
		const near = nearCandidatesOf(name, options);
		const field = fields.find((one) => near.includes(one));
		if (field !== undefined) return suspect({ problem: 'misspelt', name: excerpt(name), field }, line);
	}
	const required = requiredColumns(match, options);
	const isRow = (cells: readonly string[]) =>
		!cells.every((cell, column) => cell === names[column]) &&
		!isClosingRecord({ cells, line: 0, item: 0, ended: true }, cells.length, required, true);
	const body = rows.filter(isRow);
	const other = fields.includes('callCenter') ? columnWithDefault(names, match, body, options) : null;
	return other === null ? unnamedColumn(names, match, body, options, line) : suspect(other, line);
}

/**
 * The columns without a name of their own that no field is read from. None in a CSV of rejected rows: its names were
 * trusted once already, with all rows to judge them by and not the rejected ones alone.
 */
export function unnamedColumns(names: readonly string[], { columns }: HeaderMatch): readonly number[] {
	if (addedColumnsIn(names).size > 0) return [];
	const used = Object.values(columns);
	return [...names.keys()].filter((column) => !used.includes(column) && hasNoRealName(names[column] ?? ''));
}

/** A column without a name of its own that has cells which may belong to a field: `rows` are some of the source. */
export function unnamedColumn(
	names: readonly string[],
	match: HeaderMatch,
	rows: ReadonlyArray<readonly string[]>,
	options: ReadOptions,
	line: number | null,
): ReadFailure | null {
	const fields = fieldsAtRisk(names, match, options);
	for (const column of unnamedColumns(names, match)) {
		const name = names[column] ?? '';
		const cells = rows.map((row) => row[column] ?? '').filter((cell) => !isBlank(cell));
		const [cell] = cells;
		if (cell === undefined || (column === 0 && areRowNumbers(cells))) continue;
		const areActions = cells.every((one) => actionOfCell(one) !== null);
		const facts = { column: column + 1, cell: excerpt(cell), name: isBlank(name) ? null : excerpt(name) };
		const field = fields.find((one) => (one === 'action') === areActions);
		if (field !== undefined) return suspect({ problem: 'unnamed', ...facts, field }, line);
		const ofMembers = memberField(cells, options);
		if (ofMembers !== null) return suspect({ problem: 'unnamedMembers', ...facts, field: ofMembers }, line);
	}
	return null;
}

/** The field of the members, or of lists where only these are read, if one of the cells may belong to it. */
function memberField(cells: readonly string[], options: ReadOptions): Field | null {
	const [first, ...others] = fieldsOf(options);
	const field = options.keysOnly === true ? first : others[0];
	if (field === undefined) return null;
	const rule = field === 'callCenter' ? callCenterRule(options) : personRule(options);
	return cells.some((cell) => mayHaveMembers(cell, rule)) ? field : null;
}

function mayHaveMembers(cell: string, rule: IdRule): boolean {
	return [cell, ...cell.split(/[;,|\n]/)].some((text) => !isBlank(text) && !('code' in readId(text, rule)));
}

/**
 * A column that is not needed, with the default call center among its cells and another id as well: its name was
 * overwritten. An id written in full, with its `@`, shows it. Without, it may be any word, as tenants and groups are:
 * then rows must be equal but for this column, which repeats of a row are not.
 */
function columnWithDefault(
	names: readonly string[],
	match: HeaderMatch,
	rows: ReadonlyArray<readonly string[]>,
	options: ReadOptions,
): Facts<'suspectColumn'> | null {
	const rule = userRule(options);
	const idOf = (cell: string): string | null => {
		const read = isBlank(cell) ? null : readId(cell, rule);
		return read === null || 'code' in read ? null : foldId(read.id);
	};
	const defaultId = idOf(defaultOf('callCenter', options) ?? '');
	if (defaultId === null) return null;
	const isOther = (cell: string) => ![null, defaultId].includes(idOf(cell));
	const used = Object.values(match.columns);
	const keyOf = (row: readonly string[]) =>
		used.map((column) => idOf(row[column] ?? '') ?? foldId(row[column] ?? '')).join('\u0000');
	for (const column of match.unused) {
		const cellOf = (row: readonly string[]) => row[column] ?? '';
		const others = rows.filter((row) => isOther(cellOf(row)));
		const [other] = others;
		const withDefault = rows.filter((row) => idOf(cellOf(row)) === defaultId);
		const keys = new Set(withDefault.map(keyOf));
		const isCallCenter =
			withDefault.some((row) => cellOf(row).includes('@')) || others.some((row) => keys.has(keyOf(row)));
		if (other === undefined || !isCallCenter) continue;
		const [name, cell] = [excerpt(names[column] ?? ''), excerpt(cellOf(other))];
		return { problem: 'hasDefault', name, cell, field: 'callCenter' };
	}
	return null;
}

function suspect(facts: Facts<'suspectColumn'>, line: number | null): ReadFailure {
	return { code: 'suspectColumn', facts, line };
}

/** A blank name, what a spreadsheet or a program made of one, or an id, as a row that was taken for the header has. */
function hasNoRealName(name: string): boolean {
	if (isBlank(name) || isGivenByProgram(name)) return true;
	const read = readId(name, SCOPE_RULE);
	return 'code' in read ? read.code === 'mangledId' : /^[^\s@]+@[^\s@]+$/.test(read.id);
}

/** Statistics programs put a column of row numbers, without a name, before the others. */
function areRowNumbers(cells: readonly string[]): boolean {
	return cells.every((cell, i) => /^\d{1,9}$/.test(cell) && (i === 0 || Number(cell) > Number(cells[i - 1])));
}

/** The quotation mark that was left open in the header or above it. */
export function swallowedLines(
	{ cells, line, quoteClosedInText }: Sampled,
	delimiter: string,
	isHeader: boolean,
	width: number,
): ReadFailure | null {
	const swallowed = cells.some((cell) => {
		if (!cell.includes('\n')) return false;
		if (quoteClosedInText) return true;
		return isHeader
			? cell.includes(delimiter)
			: cell
					.split('\n')
					.slice(1)
					.some((inner) => inner.split(delimiter).length === width);
	});
	if (!swallowed) return null;
	return { code: 'unclosedQuote', facts: { problem: 'swallowedHeader', line, isHeader }, line };
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
	for (const { cells, line } of above.slice(-1)) {
		const torn = candidatesOf(`${cells.at(-1)}${names[0]}`, options).flat();
		const field = fieldsWithDefault(match, options).find((one) => torn.includes(one));
		if (field !== undefined) return suspect({ problem: 'torn', from: line, to: headerLine, field }, line);
	}
	const needed = Math.min(2, requiredColumns(match, options).length);
	// Titles and notes stand above a header as well; they fill one cell.
	const lastRow = above.findLastIndex(({ cells }) => filledCells(cells) >= needed);
	const damaged = above.slice(0, Math.max(lastRow, 0)).find(({ cells }) => looksLikeHeader(cells, names, options));
	if (damaged === undefined) return null;
	const facts = { damaged: damaged.line, header: headerLine };
	return { code: 'rowsAboveHeader', facts, line: damaged.line };
}

/** Several names of columns, or at least half of the header that was found. */
function looksLikeHeader(cells: readonly string[], names: readonly string[], options: ReadOptions): boolean {
	const fields = new Set(
		cells.flatMap((cell) => [...candidatesOf(cell, options).flat(), ...nearCandidatesOf(cell, options)].slice(0, 1)),
	);
	if (fields.size >= 2) return true;
	const found = plainName(cells.join(''));
	const header = plainName(names.join(''));
	let start = 0;
	while (start < header.length && found[start] === header[start]) start++;
	let end = 0;
	while (end < found.length - start && found.at(-1 - end) === header.at(-1 - end)) end++;
	// A title may end like the header: `Agents per supervisor`. One cell is a header only if little else is in it.
	const isTitle = filledCells(cells) === 1 && found.length - start - end > 2;
	return header !== '' && !isTitle && (start + end) * 2 >= header.length;
}

function filledCells(cells: readonly string[]): number {
	return cells.filter((cell) => !isBlank(cell)).length;
}
