/** The header of a file further down: files that were put together bring their headers along. */

import { FIELD_BY_NAME, plainName } from './aliases';
import { candidatesOf } from './column-names';
import { isComplete, matchHeader, requiredColumns, type HeaderMatch } from './header';
import { isBlank } from './ids';
import type { ColumnField, ReadOptions } from './options';

/** Ids have them; of the names of columns, only those that are set by hand. */
const RARE_IN_NAMES = /[@\d]/;

export class RepeatedHeader {
	readonly #names: readonly string[];
	readonly #plainNames: readonly string[];
	readonly #knownNames: ReadonlySet<string>;
	readonly #match: HeaderMatch;
	readonly #options: ReadOptions;
	readonly #required: readonly number[];
	readonly #haveDigits: boolean;
	/** The last cell of each column and whether it is a name: most files are sorted. */
	readonly #seen: Array<{ readonly cell: string; readonly isName: boolean } | undefined> = [];

	/** @param names of the header, with what they mean */
	constructor(names: readonly string[], match: HeaderMatch, options: ReadOptions) {
		this.#names = names;
		this.#plainNames = names.map(plainName);
		this.#knownNames = new Set(this.#plainNames);
		this.#match = match;
		this.#options = options;
		this.#required = requiredColumns(match, options);
		this.#haveDigits = names.some((name) => RARE_IN_NAMES.test(name));
	}

	/**
	 * `same`: the header once more, in any spelling. `other`: a header with the columns in another order, so that the
	 * rows below it would be read swapped. Null for any other record.
	 */
	kindOf(cells: readonly string[]): 'same' | 'other' | null {
		if (!this.#required.some((column) => this.#isName(cells, column))) return null;
		if (cells.slice(this.#names.length).some((cell) => !isBlank(cell))) return null;
		const isEqual = this.#plainNames.every((name, column) => name === plainName(cells[column] ?? ''));
		if (isEqual) return 'same';
		const { columns } = this.#match;
		const fields = Object.keys(columns) as ColumnField[];
		const moved = fields.filter((field) => this.#namesAnother(cells[columns[field] as number] ?? '', field));
		if (moved.length >= 2) return 'other';
		const names = [...cells.keys()].filter((column) => this.#isName(cells, column));
		if (names.length < Math.min(2, this.#required.length)) return null;
		const match = matchHeader(cells, this.#options);
		if (!isComplete(match)) return null;
		const all = new Set([...fields, ...(Object.keys(match.columns) as ColumnField[])]);
		if ([...all].every((field) => match.columns[field] === columns[field])) return 'same';
		// Rows may have such words in a column that is not read (`Job`: `Agent`), or as the name of a call center.
		const named = this.#required.filter((column) => this.#isName(cells, column));
		return moved.length > 0 || named.length * 2 > this.#required.length ? 'other' : null;
	}

	#namesAnother(cell: string, field: ColumnField): boolean {
		const candidates = candidatesOf(cell, this.#options).flat();
		return candidates.length > 0 && !candidates.includes(field);
	}

	/** Whether a cell is the name of a column in this header or, for the fields, in others. */
	#isName(cells: readonly string[], column: number): boolean {
		const cell = cells[column] ?? '';
		if (!this.#haveDigits && RARE_IN_NAMES.test(cell)) return false;
		const seen = this.#seen[column];
		if (seen?.cell === cell) return seen.isName;
		const plain = plainName(cell);
		const isName =
			plain !== '' &&
			(this.#knownNames.has(plain) || FIELD_BY_NAME.has(plain) || candidatesOf(cell, this.#options).flat().length > 0);
		this.#seen[column] = { cell, isName };
		return isName;
	}
}
