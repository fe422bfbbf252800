/**
 * The columns that this package adds to the CSVs that it writes. They are recognized when the file is read, and say
 * that formulas in its cells are escaped. They are named after the product, because sources have
 * columns called `line` and `message` too.
 */

import { COLUMN_ALIASES, plainName } from './aliases';
import { unescapeFormulas } from './formula-escape';

const PARTS = ['line', 'code', 'message'] as const;

/** A column of exported lists, without cells: it says that this package wrote the file. */
export const EXPORT_COLUMN = 'apio export';

/** Column name by what it holds. */
export type AddedColumns = Readonly<Record<(typeof PARTS)[number], string>>;

/** `apio line`, `apio code`, `apio message`; numbered where the source has a column of that name. */
export function addedColumns(columns: readonly string[]): AddedColumns {
	const taken = new Set(columns.map(plainName));
	for (let number = 1; ; number++) {
		const added = addedColumnsNumbered(number);
		if (PARTS.every((part) => !taken.has(plainName(added[part])))) return added;
	}
}

/** A name by which the action is known, and that the source does not use for anything else. */
export function addedActionColumn(columns: readonly string[]): string {
	const taken = new Set(columns.map(plainName));
	return COLUMN_ALIASES.action.find((name) => !taken.has(plainName(name))) ?? COLUMN_ALIASES.action[0];
}

/** Name and number of an added column, as `plainName` leaves them. */
const ADDED = /^apio(line|code|message)(\d*)$/;

/**
 * Indexes of the columns that this package has added: all of one number, because a single one may be the source's own;
 * or the one of exported lists.
 */
export function addedColumnsIn(columns: readonly string[]): ReadonlySet<number> {
	const byNumber = new Map<string, { readonly parts: Set<string>; readonly indexes: number[] }>();
	const exported: number[] = [];
	columns.forEach((name, index) => {
		if (name.trim().toLowerCase() === EXPORT_COLUMN) exported.push(index);
		const [, part, number] = partOf(name) ?? [];
		if (part === undefined || number === undefined) return;
		const known = byNumber.get(number) ?? { parts: new Set(), indexes: [] };
		byNumber.set(number, known);
		known.parts.add(part);
		known.indexes.push(index);
	});
	const complete = [...byNumber.values()].filter(({ parts }) => parts.size === PARTS.length);
	return new Set([...exported, ...complete.flatMap(({ indexes }) => indexes)]);
}

function partOf(name: string): readonly string[] | null {
	// `plainName` is slow for a header with thousands of names.
	return /apio/i.test(name) ? ADDED.exec(plainName(name)) : null;
}

/** Whether these may be the columns of a file to be corrected: somebody may have deleted some of those that say so. */
export function mayBeCorrectionFile(columns: readonly string[]): boolean {
	return columns.some((name) => partOf(name) !== null);
}

/** The names of a header as they were before formulas in them were escaped. */
export function unescapedNames(names: readonly string[], delimiter: string): readonly string[] {
	return addedColumnsIn(names).size > 0 ? names.map((name) => unescapeFormulas(name, delimiter)) : names;
}

function addedColumnsNumbered(number: number): AddedColumns {
	const suffix = number === 1 ? '' : ` ${number}`;
	return { line: `apio line${suffix}`, code: `apio code${suffix}`, message: `apio message${suffix}` };
}
