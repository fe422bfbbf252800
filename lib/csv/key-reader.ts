/** Reads the key of a list in a row: tenant, group, supervisor or agent, and call center; defaults for blank cells. */

import type { ListRef, PartialRow, RowIssue, SourceRow } from '../sync';
import type { CurrentRecord } from './current-record';
import { fallbackOf } from './header';
import { userRule } from './id-rules';
import { excerpt, IdRegister, isBlank, NONE, readId, SCOPE_RULE } from './ids';
import type { ListNumbers } from './list-table';
import type { Field } from './options';
import type { Place } from './rejects';

/** A part of the list's key. Its last cell is cached, because most files are sorted. */
interface KeyField {
	readonly field: Field;
	readonly column: number | undefined;
	register: IdRegister;
	/** The default from the settings, or null. */
	readonly fallback: string | null;
	lastCell: string | null;
	lastNumber: number;
	/**
	 * Number of blank cells that took the default although there is a column. If it stays at one, the row is rejected.
	 */
	blanks: number;
	firstBlank: SingleBlank | null;
}

/** The first row that took a default for a blank cell. */
interface SingleBlank {
	readonly place: Place;
	/** Its readable part, without the default. */
	readonly known: PartialRow;
	/** Its row numbers: `from` inclusive, `to` exclusive. */
	readonly from: number;
	readonly to: number;
}

type DefaultedParts = NonNullable<SourceRow['defaulted']>;

export class KeyReader {
	readonly #record: CurrentRecord;
	readonly #tenant: KeyField;
	readonly #group: KeyField;
	readonly #owner: KeyField;
	/** Null if the key of a list has no call center. */
	readonly #callCenter: KeyField | null;
	/** By tenant, because groups of different tenants may differ in case only. */
	readonly #groups = new Map<number, IdRegister>();
	#groupsTenant = NONE;
	/** Columns whose blank cells take a default, and the part of the key that they hold. */
	readonly #columnsWithDefault: ReadonlyArray<readonly [column: number, part: DefaultedParts[number]]>;
	/** Parts for which the current record is the first to take a default. */
	#firstBlanks: KeyField[] = [];

	constructor(record: CurrentRecord, people: IdRegister, callCenters: IdRegister) {
		this.#record = record;
		const supervised = record.settings.options.kind === 'supervisedAgents';
		this.#tenant = this.#keyField('tenant', new IdRegister(SCOPE_RULE));
		this.#group = this.#keyField('group', this.#groupsOf(NONE));
		this.#owner = this.#keyField(supervised ? 'supervisor' : 'agent', people);
		this.#callCenter = supervised ? this.#keyField('callCenter', callCenters) : null;
		const parts = [
			[this.#tenant, 'tenantId'],
			[this.#group, 'groupId'],
			[this.#callCenter, 'callCenterId'],
		] as const;
		this.#columnsWithDefault = parts.flatMap(([key, part]) =>
			key?.column === undefined || key.fallback === null ? [] : [[key.column, part] as const],
		);
	}

	/** The field of the supervisor or agent. */
	get owner(): Field {
		return this.#owner.field;
	}

	/** The id of the default call center, if there is one. */
	get defaultCallCenterId(): string | undefined {
		const fallback = this.#callCenter?.fallback ?? null;
		const read = fallback === null ? null : readId(fallback, userRule(this.#record.settings.options));
		return read === null || 'code' in read ? undefined : read.id;
	}

	/** Reads the key of the current record. What cannot be read is `NONE`, and a problem of the record. */
	read(): ListNumbers {
		if (this.#firstBlanks.length > 0) this.#firstBlanks = [];
		const tenant = this.#read(this.#tenant);
		if (tenant !== this.#groupsTenant) {
			this.#groupsTenant = tenant;
			this.#group.register = this.#groupsOf(tenant);
			this.#group.lastCell = null;
		}
		const group = this.#read(this.#group);
		const user = this.#read(this.#owner);
		return { tenant, group, user, callCenter: this.#callCenter === null ? NONE : this.#read(this.#callCenter) };
	}

	/** The list of a key of which everything was read. */
	refOf({ tenant, group, user, callCenter }: ListNumbers): ListRef {
		return {
			kind: this.#record.settings.options.kind,
			tenantId: this.#tenant.register.spelling(tenant),
			groupId: this.#group.register.spelling(group),
			userId: this.#owner.register.spelling(user),
			callCenterId: this.#callCenter === null ? null : this.#callCenter.register.spelling(callCenter),
		};
	}

	/** The readable part of a rejected row. Defaults are left out: the cell may be blank because the others moved. */
	readablePart({ tenant, group, user, callCenter }: ListNumbers, memberIds: readonly string[]): PartialRow {
		const spellingOf = (key: KeyField | null, number: number) => {
			if (key === null || number === NONE) return null;
			return this.#isBlankIn(key.column) ? null : key.register.spelling(number);
		};
		return {
			tenantId: spellingOf(this.#tenant, tenant),
			groupId: spellingOf(this.#group, group),
			userId: spellingOf(this.#owner, user),
			callCenterId: spellingOf(this.#callCenter, callCenter),
			memberIds,
		};
	}

	/** Parts of the key whose cell in the current record is blank. */
	defaulted(): DefaultedParts {
		if (this.#columnsWithDefault.length === 0) return [];
		return this.#columnsWithDefault.filter(([column]) => this.#isBlankIn(column)).map(([, part]) => part);
	}

	/** Whether the current record is the first to take a default for a blank cell. */
	get hasFirstBlanks(): boolean {
		return this.#firstBlanks.length > 0;
	}

	/** Remembers such a record. `from` and `to` are its row numbers. */
	noteFirstBlanks(known: PartialRow, from: number, to: number): void {
		const single: SingleBlank = { place: this.#record.place, known, from, to };
		for (const key of this.#firstBlanks) key.firstBlank = single;
	}

	/**
	 * Rejects a row with the only blank cell of a column. Users who leave cells blank for the default do so more than
	 * once, so a single one is an error, and its list is unknown.
	 *
	 * @param isOnlyRecord whether the source has one record
	 * @returns the numbers of the rows that are withdrawn
	 */
	rejectSingleBlanks(isOnlyRecord: boolean): number[] {
		const withdrawn: number[] = [];
		const rejected = new Set<SingleBlank>();
		for (const key of [this.#tenant, this.#group, this.#callCenter]) {
			const single = key?.firstBlank ?? null;
			if (key === null || single === null || key.blanks > 1) continue;
			if (isOnlyRecord) {
				this.#reportDefault(key, single.place.line);
			} else if (!rejected.has(single)) {
				rejected.add(single);
				for (let row = single.from; row < single.to; row++) withdrawn.push(row);
				const facts = { problem: 'loneBlank', fallback: excerpt(key.fallback ?? '') } as const;
				const column = this.#record.columnName(key.field);
				this.#record.settings.rejects.add(single.place, column, { code: 'blankCell', facts }, single.known);
			}
		}
		return withdrawn;
	}

	#keyField(field: Field, register: IdRegister): KeyField {
		const { match, options } = this.#record.settings;
		return {
			field,
			column: match.columns[field],
			register,
			fallback: fallbackOf(field, options),
			lastCell: null,
			lastNumber: NONE,
			blanks: 0,
			firstBlank: null,
		};
	}

	#groupsOf(tenant: number): IdRegister {
		let register = this.#groups.get(tenant);
		if (register === undefined) this.#groups.set(tenant, (register = new IdRegister(SCOPE_RULE)));
		return register;
	}

	#isBlankIn(column: number | undefined): boolean {
		return column !== undefined && isBlank(this.#record.place.cells[column] ?? '');
	}

	/** The number of the id in the field's cell, or `NONE` after its problem was noted. */
	#read(key: KeyField): number {
		const cell = key.column === undefined ? this.#record.cell(key.field) : (this.#record.place.cells[key.column] ?? '');
		if (cell === key.lastCell) return key.lastNumber;
		const known = key.register.known(cell);
		if (known === undefined) return this.#parse(key, cell);
		key.lastCell = cell;
		key.lastNumber = known;
		return known;
	}

	#parse(key: KeyField, cell: string): number {
		const { field, column, register, fallback } = key;
		if (!isBlank(cell)) return this.#record.number(field, cell, register);
		if (fallback === null) {
			const noValue: RowIssue = { code: 'blankCell', facts: { problem: 'noValue', field } };
			const found = this.#record.problemOfName(field) ?? { field, issue: noValue };
			this.#record.problem(found.field, found.issue);
			return NONE;
		}
		const { place } = this.#record;
		const isFirst = column !== undefined && key.blanks === 0;
		if (isFirst && !place.ended && column === place.cells.length - 1) {
			this.#record.problem(field, { code: 'blankCell', facts: { problem: 'cutOff' } });
			return NONE;
		}
		const number = this.#defaultNumber(key, fallback);
		if (column === undefined) {
			key.lastCell = cell;
			key.lastNumber = number;
			return number;
		}
		key.blanks++;
		if (isFirst) this.#firstBlanks.push(key);
		else {
			if (key.blanks === 2 && key.firstBlank !== null) this.#reportDefault(key, key.firstBlank.place.line);
			this.#reportDefault(key, place.line);
		}
		return number;
	}

	/** Defaults are ids, also where the cells are something else. */
	#defaultNumber({ field, register }: KeyField, fallback: string): number {
		if (register.rule.text === undefined)
			return register.known(fallback) ?? this.#record.number(field, fallback, register, true);
		const read = readId(fallback, userRule(this.#record.settings.options));
		if (!('code' in read)) return register.number(read.id, { ...read, trimmed: true });
		this.#record.problem(field, read);
		return NONE;
	}

	#reportDefault({ field, fallback }: KeyField, line: number): void {
		const facts = { fallback: excerpt(fallback ?? '') };
		this.#record.settings.findings.add(line, this.#record.columnName(field), { code: 'defaultUsed', facts });
	}
}
