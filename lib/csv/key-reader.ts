/** Reads the key of a list in a row: tenant, group, supervisor or agent, and call center; defaults for blank cells. */

import type { ListRef, PartialRow, RowIssue, SourceRow } from '../sync';
import type { RecordFields } from './record-fields';
import { defaultOf } from './header';
import { userRule } from './id-rules';
import { excerpt, IdRegister, isBlank, NONE, readId, SCOPE_RULE } from './ids';
import type { ListNumbers } from './list-index';
import type { Field } from './options';
import type { Place } from './rejects';

/** A part of the list's key. Its last cell is cached, because most files are sorted. */
interface KeyField {
	readonly field: Field;
	readonly column: number | undefined;
	register: IdRegister;
	/** The default from the settings, or null. */
	readonly defaultId: string | null;
	lastCell: string | null;
	lastNumber: number;
	/** Records that took the default for a blank cell although there is a column, until it is certain to be used. */
	readonly blanks: BlankRecord[];
	/** Number of those that were accepted as rows. From `CERTAIN` on, the default is used. */
	accepted: number;
}

/** A record that took a default for a blank cell. */
interface BlankRecord {
	readonly place: Place;
	/** Its readable part, without the default. */
	readonly known: PartialRow;
	/** Its row numbers: `from` inclusive, `to` exclusive. */
	readonly from: number;
	readonly to: number;
}

/** Accepted rows with a blank cell after which no rejection of some of them matters. Those before are kept. */
const CERTAIN = 100;

type DefaultedParts = NonNullable<SourceRow['defaulted']>;

const NO_PARTS: DefaultedParts = [];

export class KeyReader {
	readonly #record: RecordFields;
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
	/** Parts for which the current record takes a default for a blank cell. */
	#blanks: KeyField[] = [];
	/** The last answer of `defaulted`, which most rows share. */
	#defaulted = NO_PARTS;

	constructor(record: RecordFields, people: IdRegister, callCenters: IdRegister) {
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
			key?.column === undefined || key.defaultId === null ? [] : [[key.column, part] as const],
		);
	}

	/** The field of the supervisor or agent. */
	get owner(): Field {
		return this.#owner.field;
	}

	/** The id of the default call center, if there is one. */
	get defaultCallCenterId(): string | undefined {
		const defaultId = this.#callCenter?.defaultId ?? null;
		const read = defaultId === null ? null : readId(defaultId, userRule(this.#record.settings.options));
		return read === null || 'code' in read ? undefined : read.id;
	}

	/** Reads the key of the current record. What cannot be read is `NONE`, and a problem of the record. */
	read(): ListNumbers {
		if (this.#blanks.length > 0) this.#blanks = [];
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
		if (this.#blanks.length === 0) return NO_PARTS;
		const parts = this.#columnsWithDefault.filter(([column]) => this.#isBlankIn(column)).map(([, part]) => part);
		if (parts.join() !== this.#defaulted.join()) this.#defaulted = parts;
		return this.#defaulted;
	}

	/** Whether the current record takes a default for a blank cell. */
	get hasBlanks(): boolean {
		return this.#blanks.length > 0;
	}

	/**
	 * Remembers the blank cells of the current record after its rows were added; `from` and `to` are their numbers. Only
	 * records that are accepted count: a closing line or a rejected row is not how the source's author writes rows.
	 */
	noteBlanks(knownOf: () => PartialRow, from: number, to: number): void {
		const { place, settings } = this.#record;
		const isAccepted = !settings.rejects.has(place.line);
		if (!isAccepted && from === to) return;
		for (const key of this.#blanks) {
			if (key.accepted >= CERTAIN) this.#reportDefault(key, place.line);
			else key.blanks.push({ place, known: knownOf(), from, to });
			if (isAccepted && ++key.accepted === CERTAIN) this.#reportDefaults(key);
		}
	}

	/**
	 * Rejects a row with the only blank cell of a column. Users who leave cells blank for the default do so more than
	 * once, so a single one is an error, and its list is unknown. Rows that are rejected for another reason do not count.
	 *
	 * @param isOnlyRecord whether the source has one record
	 * @returns the numbers of the rows that are withdrawn
	 */
	rejectSingleBlanks(isOnlyRecord: boolean): number[] {
		const { rejects } = this.#record.settings;
		const keys = [this.#tenant, this.#group, this.#callCenter].filter((key) => key !== null);
		const undecided = keys.filter(({ accepted }) => accepted < CERTAIN);
		const isUsed = ({ blanks }: KeyField) => blanks.filter(({ place }) => !rejects.has(place.line)).length > 1;
		const unused = isOnlyRecord ? [] : undecided.filter((key) => !isUsed(key));
		for (const key of undecided) if (!unused.includes(key)) this.#reportDefaults(key);
		const withdrawn: number[] = [];
		const rejectedLines = new Set<number>();
		for (const key of unused) {
			const facts = { problem: 'loneBlank', fallback: excerpt(key.defaultId ?? '') } as const;
			const column = this.#record.columnName(key.field);
			for (const { place, known, from, to } of key.blanks) {
				if (rejectedLines.has(place.line)) continue;
				rejectedLines.add(place.line);
				for (let row = from; row < to; row++) withdrawn.push(row);
				rejects.add(place, column, { code: 'blankCell', facts }, known);
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
			defaultId: defaultOf(field, options),
			lastCell: null,
			lastNumber: NONE,
			blanks: [],
			accepted: 0,
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
		const { field, column, register, defaultId } = key;
		if (!isBlank(cell)) return this.#record.number(field, cell, register);
		if (defaultId === null || this.#record.hasDelimiter(cell)) {
			const noValue: RowIssue = { code: 'blankCell', facts: { problem: 'noValue', field } };
			const found = this.#record.problemOfName(field) ?? { field, issue: noValue };
			this.#record.problem(found.field, found.issue);
			return NONE;
		}
		const { place } = this.#record;
		if (key.accepted === 0 && !place.ended && column === place.cells.length - 1) {
			this.#record.problem(field, { code: 'blankCell', facts: { problem: 'cutOff' } });
			return NONE;
		}
		const number = this.#defaultNumber(key, defaultId);
		if (column === undefined) {
			key.lastCell = cell;
			key.lastNumber = number;
			return number;
		}
		this.#blanks.push(key);
		return number;
	}

	/** Defaults are ids, also where the cells are something else. */
	#defaultNumber({ field, register }: KeyField, defaultId: string): number {
		if (register.rule.text === undefined)
			return register.known(defaultId) ?? this.#record.number(field, defaultId, register, true);
		const read = readId(defaultId, userRule(this.#record.settings.options));
		if (!('code' in read)) return register.number(read.id, { ...read, trimmed: true });
		this.#record.problem(field, read);
		return NONE;
	}

	/** Reports and forgets the blank cells that were noted. */
	#reportDefaults(key: KeyField): void {
		for (const { place } of key.blanks.splice(0)) this.#reportDefault(key, place.line);
	}

	#reportDefault({ field, defaultId }: KeyField, line: number): void {
		const facts = { fallback: excerpt(defaultId ?? '') };
		this.#record.settings.findings.add(line, this.#record.columnName(field), { code: 'defaultUsed', facts });
	}
}
