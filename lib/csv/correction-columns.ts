/**
 * The columns that this package adds to a CSV of rejected rows, and how they are told from the source's own when the file
 * comes back. They are named after the product, because sources have columns called `line` and `message` too.
 */

import { COLUMN_ALIASES, plainName } from './aliases';
import { unguarded } from './formula-guard';

const PARTS = ['line', 'code', 'message'] as const;

/** Column name by what it holds. */
export type AddedColumns = Readonly<Record<(typeof PARTS)[number], string>>;

/** `apio line`, `apio code`, `apio message`; numbered where the source has a column of that name. */
export function addedColumns(columns: readonly string[]): AddedColumns {
	const taken = new Set(columns.map(plainName));
	for (let number = 1; ; number++) {
		const added = named(number);
		if (PARTS.every((part) => !taken.has(plainName(added[part])))) return added;
	}
}

/** A name by which the action is known, and that the source does not use for anything else. */
export function addedActionColumn(columns: readonly string[]): string {
	const taken = new Set(columns.map(plainName));
	return COLUMN_ALIASES.action.find((name) => !taken.has(plainName(name))) ?? COLUMN_ALIASES.action[0];
}

/** Indexes of the columns that this package has added: all of one number, because a single one may be the source's own. */
export function addedColumnsIn(columns: readonly string[]): ReadonlySet<number> {
	const indexes = new Map<string, number[]>();
	columns.forEach((name, index) => {
		const plain = plainName(name);
		indexes.set(plain, [...(indexes.get(plain) ?? []), index]);
	});
	const found = new Set<number>();
	for (let number = 1; number <= columns.length; number++) {
		const wanted = Object.values(named(number)).map((name) => indexes.get(plainName(name)));
		if (wanted.every((at) => at !== undefined)) for (const index of wanted.flat()) found.add(index as number);
	}
	return found;
}

/** Whether these are the columns of a file that this package wrote to be corrected. */
export function isCorrectionFile(columns: readonly string[]): boolean {
	return addedColumnsIn(columns).size > 0;
}

/** The names of a header as they were before they were guarded against being taken for formulas. */
export function namesAsMeant(names: readonly string[], delimiter: string): readonly string[] {
	return isCorrectionFile(names) ? names.map((name) => unguarded(name, delimiter)) : names;
}

function named(number: number): AddedColumns {
	const suffix = number === 1 ? '' : ` ${number}`;
	return { line: `apio line${suffix}`, code: `apio code${suffix}`, message: `apio message${suffix}` };
}
