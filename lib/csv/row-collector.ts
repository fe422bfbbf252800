/** The rows that name a list, in the order of the source: repeats, contradictions, and rows without a member. */

import { type Action, type ListRef, type PartialRow, type RowIssue, type SourceRow, withoutDefaults } from '../sync';
import type { RecordFields } from './record-fields';
import { type IdRegister, isBlank, NONE } from './ids';
import { type ListEntry, type ListNumbers, ListIndex } from './list-index';
import { columnsOfField } from './name-columns';
import type { Field } from './options';
import { ListMemberIndex } from './list-member-index';
import type { Place } from './rejects';

type Defaulted = NonNullable<SourceRow['defaulted']>;

export class RowCollector {
	readonly #record: RecordFields;
	readonly #members: IdRegister;
	readonly #memberField: Field;
	readonly #defaultedParts: () => Defaulted;
	readonly #lists = new ListIndex();
	readonly #pairs = new ListMemberIndex();
	readonly #rows: SourceRow[] = [];
	/** Numbers of withdrawn rows: contradicted, or without a member on a list for which other rows name one. */
	readonly #withdrawn = new Set<number>();
	/** Cells as JSON by row number if there is an action column, because a later row may contradict any of them. */
	readonly #cellsOfRows: string[] = [];
	/** Cells as JSON by line if something is looked up later, because any row may turn out not to be usable. */
	readonly #cellsOfLines: Map<number, string> | null;
	/** Rows without a member, by row number; `finish` may reject them. */
	readonly #emptyRows = new Map<number, { readonly list: ListEntry; readonly place: Place }>();
	/** By the number of a row that took a default for a blank cell: the first that repeats it without one. */
	readonly #standIns = new Map<number, SourceRow>();

	/** @param defaultedParts the parts of the key for which the current record took a default */
	constructor(record: RecordFields, members: IdRegister, memberField: Field, defaultedParts: () => Defaulted) {
		this.#record = record;
		this.#members = members;
		this.#memberField = memberField;
		this.#defaultedParts = defaultedParts;
		this.#cellsOfLines = record.settings.options.matching === undefined ? null : new Map();
	}

	/** How many rows there are: the number of the next one. */
	get length(): number {
		return this.#rows.length;
	}

	/** The list of the current record. `refOf` is asked for a new one. */
	list(key: ListNumbers, refOf: () => ListRef): ListEntry {
		const { line, cells } = this.#record.place;
		this.#cellsOfLines?.set(line, JSON.stringify(cells));
		return this.#lists.find(key, (number) => ({
			number,
			ref: refOf(),
			members: 0,
			emptyRow: NONE,
		}));
	}

	/** Adds a row of the current record. `member` is `NONE` where only the list is read. */
	add(list: ListEntry, member: number, action: Action | null): void {
		const row = this.#rows.length;
		const earlier = this.#pairs.claim(list.number, member, row);
		if (earlier !== NONE) return this.#addRepeated(list, member, action, earlier);
		list.members++;
		this.#push(list, member === NONE ? null : this.#members.spelling(member), action);
		if (this.#record.settings.match.columns.action !== undefined)
			this.#cellsOfRows[row] = JSON.stringify(this.#record.place.cells);
	}

	/**
	 * Adds the current record, which names a list and no member. It clears the list, or it is an error if other rows name
	 * members of the list; `finish` decides.
	 */
	addMemberless(list: ListEntry, action: Action | null): void {
		const { options, match, findings, unit } = this.#record.settings;
		if (options.keysOnly === true) return this.add(list, NONE, action);
		const { place } = this.#record;
		const { ended, cells } = place;
		const isCutOff = !ended && columnsOfField(match.columns, this.#memberField).includes(cells.length - 1);
		// A damaged row must not clear the list.
		if (action !== null || isCutOff || this.#record.hasDelimiter(this.#record.cell(this.#memberField))) {
			this.#record.problem(this.#memberField, this.#noMember());
			this.#record.reject(this.readablePart(list, []));
		} else if (list.emptyRow !== NONE) {
			const { line } = this.#noteRepeat(list.emptyRow);
			findings.add(place.line, null, { code: 'duplicateRow', facts: { unit, line } });
		} else {
			list.emptyRow = this.#rows.length;
			this.#emptyRows.set(list.emptyRow, { list, place });
			this.#push(list, null, null);
		}
	}

	/** The readable part of the current record, whose list is known. */
	readablePart({ ref }: ListEntry, memberIds: readonly string[]): PartialRow {
		return { ...withoutDefaults(ref, this.#defaultedParts()), memberIds };
	}

	/** Withdraws rows that took a default. An equal row without one takes their place. */
	withdraw(rows: readonly number[]): void {
		for (const row of rows) {
			const standIn = this.#withdrawn.has(row) ? undefined : this.#standIns.get(row);
			if (standIn === undefined) this.#withdrawn.add(row);
			else this.#rows[row] = standIn;
		}
	}

	/** Rejects rows without a member on lists for which other rows name one. Called once, after the last record. */
	rejectMemberless(): void {
		for (const [row, { list, place }] of this.#emptyRows) {
			if (list.members === 0) continue;
			this.#withdrawn.add(row);
			const column = this.#record.columnName(this.#memberField);
			const { list: ref, defaulted } = this.#rows[row] as SourceRow;
			const known = { ...withoutDefaults(ref, defaulted), memberIds: [] };
			this.#record.settings.rejects.add(place, column, this.#noMember(), known);
		}
	}

	/** The rows that hold. Called once, at the very end. */
	finish(): SourceRow[] {
		return this.#withdrawn.size === 0 ? this.#rows : this.#rows.filter((_, row) => !this.#withdrawn.has(row));
	}

	/** The cells of a line; undefined if nothing is looked up later. */
	get cellsOf(): ((line: number) => readonly string[]) | undefined {
		const cells = this.#cellsOfLines;
		return cells === null ? undefined : (line) => cellsIn(cells.get(line));
	}

	/** If no row names a member: the first of these columns that is not blank in such a row. It may hold the members. */
	columnOfMissedMembers(columns: readonly number[]): { readonly column: number; readonly place: Place } | null {
		if (this.#rows.some(({ memberId }) => memberId !== null)) return null;
		for (const { place } of this.#emptyRows.values()) {
			const column = columns.find((one) => !isBlank(place.cells[one] ?? ''));
			if (column !== undefined) return { column, place };
		}
		return null;
	}

	/**
	 * A row with the list and member of the row numbered `earlier`. It is a duplicate, or both rows are rejected if they
	 * contradict each other.
	 */
	#addRepeated(list: ListEntry, member: number, action: Action | null, earlier: number): void {
		const first = this.#rows[earlier] as SourceRow;
		const { unit, findings, rejects } = this.#record.settings;
		const { place } = this.#record;
		if (first.action === action && !this.#withdrawn.has(earlier)) {
			this.#noteRepeat(earlier);
			findings.add(place.line, null, { code: 'duplicateRow', facts: { unit, line: first.line } });
			return;
		}
		const members = member === NONE ? [] : [this.#members.spelling(member)];
		if (!this.#withdrawn.has(earlier)) {
			this.#withdrawn.add(earlier);
			const { line, item } = first;
			const cells = cellsIn(this.#cellsOfRows[earlier]);
			const known = { ...withoutDefaults(first.list, first.defaulted), memberIds: members };
			rejects.add({ cells, line, item, ended: true }, null, contradiction(unit, place.line), known);
		}
		rejects.add(place, null, contradiction(unit, first.line), this.readablePart(list, members));
	}

	/**
	 * The current record repeats an earlier row, so it adds no row. If the record took defaults, the earlier row is
	 * marked with them. If only the earlier row took defaults, the record is its stand-in.
	 */
	#noteRepeat(earlier: number): SourceRow {
		const first = this.#rows[earlier] as SourceRow;
		const parts = this.#defaultedParts();
		if (parts.length > 0) {
			const defaulted = [...new Set([...(first.defaulted ?? []), ...parts])];
			if (defaulted.length !== first.defaulted?.length) this.#rows[earlier] = { ...first, defaulted };
		} else if (first.defaulted !== undefined && !this.#standIns.has(earlier)) {
			const { list, memberId, action } = first;
			const { line, item } = this.#record.place;
			this.#standIns.set(earlier, { list, memberId, action, line, item });
		}
		return first;
	}

	#push(list: ListEntry, memberId: string | null, action: Action | null): void {
		const { line, item } = this.#record.place;
		const row = { list: list.ref, memberId, action, line, item };
		const defaulted = this.#defaultedParts();
		this.#rows.push(defaulted.length > 0 ? { ...row, defaulted } : row);
	}

	#noMember(): RowIssue {
		return { code: 'blankCell', facts: { problem: 'noMember', field: this.#memberField } };
	}
}

function cellsIn(json: string | undefined): string[] {
	return json === undefined ? [] : (JSON.parse(json) as string[]);
}

function contradiction(unit: 'line' | 'item', line: number): RowIssue {
	return { code: 'conflictingRows', facts: { problem: 'otherRow', unit, line } };
}
