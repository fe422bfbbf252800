/** The current record: its cells by field, and their issues. */

import type { PartialRow, RowIssue } from '../sync';
import type { FindingLog } from './findings';
import type { HeaderMatch } from './header';
import { excerpt, type IdRegister, NONE, readId } from './ids';
import { isRole, joinedName, type NameColumns, nameColumnsOf, problemOfName } from './name-columns';
import type { ColumnField, Field, ReadOptions, Role } from './options';
import type { Place, RejectLog } from './rejects';

export interface RowSettings {
	/** Unique column names, for findings. */
	readonly names: readonly string[];
	readonly match: HeaderMatch;
	readonly options: ReadOptions;
	/** Columns without which no row can be read. */
	readonly required: readonly number[];
	readonly findings: FindingLog;
	readonly rejects: RejectLog;
	/** The unit of `line` in messages. */
	readonly unit: 'line' | 'item';
	/** Null for items. */
	readonly delimiter: string | null;
}

export class RecordFields {
	readonly #columns: HeaderMatch['columns'];
	/** Of whoever has first and last name in two columns. */
	readonly #names: Readonly<Record<Role, NameColumns | null>>;
	#place: Place = { cells: [], line: 0, item: 0, ended: true };
	#problems: Array<RowIssue & { readonly column: string | null }> = [];

	constructor(readonly settings: RowSettings) {
		this.#columns = settings.match.columns;
		this.#names = {
			supervisor: nameColumnsOf(this.#columns, 'supervisor'),
			agent: nameColumnsOf(this.#columns, 'agent'),
		};
	}

	get place(): Place {
		return this.#place;
	}

	get hasProblems(): boolean {
		return this.#problems.length > 0;
	}

	begin(place: Place): void {
		this.#place = place;
		if (this.#problems.length > 0) this.#problems = [];
	}

	cell(field: Field): string {
		const names = isRole(field) ? this.#names[field] : null;
		if (names !== null) return joinedName(this.#place.cells, names);
		const column = this.#columns[field];
		return column === undefined ? '' : (this.#place.cells[column] ?? '');
	}

	/** Whether the delimiter is in a cell, as a damaged quotation mark puts it there: such a blank cell is none. */
	hasDelimiter(cell: string): boolean {
		return this.settings.delimiter !== null && cell.includes(this.settings.delimiter);
	}

	/** Whether the field is a name in two columns. */
	isNameInParts(field: Field): boolean {
		return isRole(field) && this.#names[field] !== null;
	}

	/** Why the name in two columns is blank; null where there is none at all. */
	problemOfName(field: Field): ReturnType<typeof problemOfName> {
		if (!isRole(field)) return null;
		const names = this.#names[field];
		return names === null ? null : problemOfName(this.#place.cells, names, field);
	}

	/**
	 * The number of the id in a text, or `NONE` after its problem was noted.
	 * @param quiet true if the text is not a whole cell, so trimming it is not reported
	 */
	number(field: Field, text: string, register: IdRegister, quiet = false): number {
		const read = readId(text, register.rule);
		if ('code' in read) {
			this.problem(field, read);
			return NONE;
		}
		if (read.trimmed && !quiet) {
			const facts = { from: excerpt(text), to: excerpt(read.id) };
			this.settings.findings.add(this.#place.line, this.columnName(field), { code: 'trimmedValue', facts });
		}
		return register.number(text, read);
	}

	/** Of a name in two columns, that of the last name. */
	columnName(field: ColumnField): string | null {
		const column = this.#columns[field] ?? (isRole(field) ? this.#columns[`${field}LastName`] : undefined);
		return column === undefined ? null : (this.settings.names[column] ?? null);
	}

	problem(field: ColumnField, issue: RowIssue): void {
		this.#problems.push({ column: this.columnName(field), ...issue });
	}

	/** Rejects the record for all of its problems. */
	reject(known: PartialRow): void {
		for (const { column, ...issue } of this.#problems) this.settings.rejects.add(this.#place, column, issue, known);
		this.#problems = [];
	}
}
