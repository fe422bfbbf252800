/** Builds rows from the cells of records: ids, lists, duplicates and contradictions. */

import { actionOfCell } from './aliases';
import { isClosingLine } from './closing-lines';
import type { FindingLog } from './findings';
import { fallbackOf, type HeaderMatch } from './header';
import { hasCommas, IdRegister, isBlank, excerpt, readId, SCOPE_RULE, type IdRule } from './ids';
import { MAX_USER_ID } from '../id-lengths';
import { ListTable, type ListEntry } from './list-table';
import { columnsOf, isRole, joinedName, type NameColumns, nameColumnsOf, problemOfName } from './name-columns';
import type { ColumnField, Field, ReadOptions, Role } from './options';
import { PairTable } from './pair-table';
import type { Place, RejectLog } from './rejects';
import { type PartialRow, type RowIssue, foldId, type Action, type Source, type SourceRow } from '../sync';

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
}

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

/**
 * Separates the members in one cell. A line break after another separator belongs to it. The comma of a number that a
 * spreadsheet mangled (`1,23E+11`) is no separator.
 */
const ID_SEPARATOR = /(?:[;|]|,(?!\d+E[+-]?\d))(?:[^\S\r\n]*(?:\r\n|[\r\n]))?|\r\n|[\r\n]/i;

/** The same between names: a comma may be part of one. */
const NAME_SEPARATOR = /[;|](?:[^\S\r\n]*(?:\r\n|[\r\n]))?|\r\n|[\r\n]/;

/** Joins the cells that are kept; an id that contains it is rejected anyway. */
const CELL_SEPARATOR = '\u0000';

const NONE = -1;

export class RowBuilder {
	readonly #settings: RowSettings;
	readonly #columns: HeaderMatch['columns'];
	/** Of whoever has first and last name in two columns. */
	readonly #names: Readonly<Record<Role, NameColumns | null>>;
	readonly #people: IdRegister;
	/** The same register if both are ids: then cells that change places are found again. */
	readonly #callCenters: IdRegister;
	/** Of the members. */
	readonly #members: IdRegister;
	readonly #separator: RegExp;
	/** By tenant, because groups of different tenants may differ in case only. */
	readonly #groups = new Map<number, IdRegister>();
	#groupsTenant = NONE;
	readonly #lists = new ListTable();
	readonly #pairs = new PairTable();
	readonly #rows: SourceRow[] = [];
	/** Numbers of withdrawn rows: contradicted, or without a member on a list for which other rows name one. */
	readonly #withdrawn = new Set<number>();
	/** Cells by row number if there is an action column, because a later row may contradict any of them. */
	readonly #cellsOfRows: string[] = [];
	/** Cells by line if something is looked up later, because any row may turn out not to be usable. */
	readonly #cellsOfLines: Map<number, string> | null;
	/** Rows without a member, by row number; `finish` may reject them. */
	readonly #emptyRows = new Map<number, { readonly list: ListEntry; readonly place: Place }>();
	readonly #actions = new Map<string, Action>();
	readonly #tenant: KeyField;
	readonly #group: KeyField;
	readonly #owner: KeyField;
	/** Null if the key of a list has no call center. */
	readonly #callCenter: KeyField | null;
	readonly #memberField: Field;
	/** Columns whose blank cells take a default, and the part of the key that they hold. */
	readonly #columnsWithDefault: ReadonlyArray<readonly [column: number, part: 'tenantId' | 'groupId' | 'callCenterId']>;
	/** State of the current record. */
	#place: Place = { cells: [], line: 0, item: 0, ended: true };
	#problems: Array<RowIssue & { readonly column: string | null }> = [];
	#firstBlanks: KeyField[] = [];
	#records = 0;

	constructor(settings: RowSettings) {
		this.#settings = settings;
		this.#columns = settings.match.columns;
		this.#names = {
			supervisor: nameColumnsOf(this.#columns, 'supervisor'),
			agent: nameColumnsOf(this.#columns, 'agent'),
		};
		const { options } = settings;
		const supervised = options.kind === 'supervisedAgents';
		this.#people = new IdRegister(personRule(options));
		this.#callCenters = options.matching === undefined ? this.#people : new IdRegister(callCenterRule(options));
		this.#members = supervised ? this.#people : this.#callCenters;
		this.#separator = hasCommas(this.#members.rule.text) ? NAME_SEPARATOR : ID_SEPARATOR;
		this.#cellsOfLines = options.matching === undefined ? null : new Map();
		this.#tenant = this.#keyField('tenant', new IdRegister(SCOPE_RULE));
		this.#group = this.#keyField('group', this.#groupsOf(NONE));
		this.#owner = this.#keyField(supervised ? 'supervisor' : 'agent', this.#people);
		this.#callCenter = supervised ? this.#keyField('callCenter', this.#callCenters) : null;
		this.#memberField = supervised ? 'agent' : 'callCenter';
		const parts = [
			[this.#tenant, 'tenantId'],
			[this.#group, 'groupId'],
			[this.#callCenter, 'callCenterId'],
		] as const;
		this.#columnsWithDefault = parts.flatMap(([key, part]) =>
			key?.column === undefined || key.fallback === null ? [] : [[key.column, part] as const],
		);
	}

	/** Adds a record that is as wide as the header. False if it is the closing line of a report and no row. */
	add(place: Place): boolean {
		this.#place = place;
		if (this.#problems.length > 0) this.#problems = [];
		if (this.#firstBlanks.length > 0) this.#firstBlanks = [];
		const from = this.#rows.length;
		const tenant = this.#read(this.#tenant);
		if (tenant !== this.#groupsTenant) {
			this.#groupsTenant = tenant;
			this.#group.register = this.#groupsOf(tenant);
			this.#group.lastCell = null;
		}
		const group = this.#read(this.#group);
		const user = this.#read(this.#owner);
		const callCenter = this.#callCenter === null ? NONE : this.#read(this.#callCenter);
		const action = this.#readAction();
		const cell = this.#cell(this.#memberField);
		if (cell === '') this.#checkHalfName();
		if (!place.ended) this.#checkLastCell();
		if (this.#problems.length > 0 || isBlank(cell)) {
			if (isClosingLine(place, place.cells.length, this.#settings.required)) return false;
			if (this.#problems.length > 0) {
				this.#reject({ ...this.#partialRow(tenant, group, user, callCenter), memberIds: this.#readableMembers(cell) });
				return true;
			}
		}
		this.#records++;
		const list = this.#lists.find({ tenant, group, user, callCenter }, (number) => ({
			number,
			ref: {
				kind: this.#settings.options.kind,
				tenantId: this.#tenant.register.spelling(tenant),
				groupId: this.#group.register.spelling(group),
				userId: this.#people.spelling(user),
				callCenterId: callCenter === NONE ? null : this.#callCenters.spelling(callCenter),
			},
			members: 0,
			emptyRow: NONE,
			defaulted: false,
		}));
		this.#cellsOfLines?.set(place.line, place.cells.join(CELL_SEPARATOR));
		const member = this.#members.known(cell);
		if (member !== undefined) this.#addMember(list, member, action);
		else this.#addMembers(list, cell, action);
		if (this.#firstBlanks.length > 0)
			this.#noteFirstBlanks(from, this.#partialRow(tenant, group, user, callCenter), cell);
		return true;
	}

	/** Returns the rows in order. Called once, after the last record, because a later record may withdraw a row. */
	finish(): SourceRow[] {
		this.#rejectSingleBlanks();
		for (const [row, { list, place }] of this.#emptyRows) {
			if (list.members === 0 || this.#withdrawn.has(row)) continue;
			this.#withdrawn.add(row);
			const facts = { problem: 'noMember', field: this.#memberField } as const;
			this.#settings.rejects.add(
				place,
				this.#columnName(this.#memberField),
				{ code: 'blankCell', facts },
				partialRowOf(list, []),
			);
		}
		return this.#withdrawn.size === 0 ? this.#rows : this.#rows.filter((_, row) => !this.#withdrawn.has(row));
	}

	/** What is needed to look people and call centers up later, and to reject a row for what comes of it. */
	lookup(): Pick<Source, 'cellsOf' | 'defaultCallCenterId'> {
		const cells = this.#cellsOfLines;
		if (cells === null) return {};
		const { rejects } = this.#settings;
		const fallback = this.#callCenter?.fallback ?? null;
		const read = fallback === null ? null : readId(fallback, userRule(this.#settings.options));
		return {
			cellsOf: (line) => rejects.cellsByName((cells.get(line) ?? '').split(CELL_SEPARATOR)),
			...(read === null || 'code' in read ? {} : { defaultCallCenterId: read.id }),
		};
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

	#keyField(field: Field, register: IdRegister): KeyField {
		const fallback = fallbackOf(field, this.#settings.options);
		return {
			field,
			column: this.#columns[field],
			register,
			fallback,
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

	#cell(field: Field): string {
		const names = isRole(field) ? this.#names[field] : null;
		if (names !== null) return joinedName(this.#place.cells, names);
		const column = this.#columns[field];
		return column === undefined ? '' : (this.#place.cells[column] ?? '');
	}

	/** Why the name in two columns of the current record is blank; null where there is none at all. */
	#problemOfName(field: Field): ReturnType<typeof problemOfName> {
		if (!isRole(field)) return null;
		const names = this.#names[field];
		return names === null ? null : problemOfName(this.#place.cells, names, field);
	}

	/** Half a name is no row without a member. */
	#checkHalfName(): void {
		const found = this.#problemOfName(this.#memberField);
		if (found !== null) this.#problem(found.field, found.issue);
	}

	/** The number of the id in the field's cell, or -1 after its problem was noted. */
	#read(key: KeyField): number {
		const cell = key.column === undefined ? this.#cell(key.field) : (this.#place.cells[key.column] ?? '');
		if (cell === key.lastCell) return key.lastNumber;
		const known = key.register.known(cell);
		if (known === undefined) return this.#parseKeyCell(key, cell);
		key.lastCell = cell;
		key.lastNumber = known;
		return known;
	}

	#parseKeyCell(key: KeyField, cell: string): number {
		const { field, column, register, fallback } = key;
		if (!isBlank(cell)) return this.#number(field, cell, register);
		if (fallback === null) {
			const noValue: RowIssue = { code: 'blankCell', facts: { problem: 'noValue', field } };
			const found = this.#problemOfName(field) ?? { field, issue: noValue };
			return this.#problem(found.field, found.issue);
		}
		const isFirst = column !== undefined && key.blanks === 0;
		if (isFirst && !this.#place.ended && column === this.#place.cells.length - 1)
			return this.#problem(field, { code: 'blankCell', facts: { problem: 'cutOff' } });
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
			this.#reportDefault(key, this.#place.line);
		}
		return number;
	}

	/** Defaults are ids, also where the cells are something else. */
	#defaultNumber({ field, register }: KeyField, fallback: string): number {
		if (register.rule.text === undefined)
			return register.known(fallback) ?? this.#number(field, fallback, register, true);
		const read = readId(fallback, userRule(this.#settings.options));
		return 'code' in read ? this.#problem(field, read) : register.number(read.id, { ...read, trimmed: true });
	}

	/**
	 * A last cell without a line end after it may be truncated. It is, if other ids of the file continue its text.
	 */
	#checkLastCell(): void {
		const { cells } = this.#place;
		const field = ([this.#owner.field, 'callCenter', this.#memberField] as const).find(
			(one) => this.#columns[one] === cells.length - 1,
		);
		const register = field === 'callCenter' ? this.#callCenters : this.#people;
		const text = field === undefined ? '' : (this.#placesIn(this.#cell(field)).at(-1) ?? '').trim();
		if (field === undefined || isBlank(text) || !isCutShort(foldId(text), register)) return;
		this.#problem(field, { code: 'invalidId', facts: { problem: 'cutOff', value: excerpt(text) } });
	}

	#reportDefault({ field, fallback }: KeyField, line: number): void {
		const facts = { fallback: excerpt(fallback ?? '') };
		this.#settings.findings.add(line, this.#columnName(field), { code: 'defaultUsed', facts });
	}

	#noteFirstBlanks(from: number, known: PartialRow, cell: string): void {
		const blank = new Set(this.#firstBlanks);
		const part = <Id>(key: KeyField | null, id: Id) => (key !== null && blank.has(key) ? null : id);
		const single: SingleBlank = {
			place: this.#place,
			known: {
				...known,
				memberIds: this.#readableMembers(cell),
				tenantId: part(this.#tenant, known.tenantId),
				groupId: part(this.#group, known.groupId),
				callCenterId: part(this.#callCenter, known.callCenterId),
			},
			from,
			to: this.#rows.length,
		};
		for (const key of this.#firstBlanks) key.firstBlank = single;
	}

	/**
	 * Rejects a row with the only blank cell of a column. Users who leave cells blank for the default do so more than
	 * once, so a single one is an error, and its list is unknown.
	 */
	#rejectSingleBlanks(): void {
		const rejected = new Set<SingleBlank>();
		for (const key of [this.#tenant, this.#group, this.#callCenter]) {
			const single = key?.firstBlank ?? null;
			if (key === null || single === null || key.blanks > 1) continue;
			if (this.#records === 1) {
				this.#reportDefault(key, single.place.line);
			} else if (!rejected.has(single)) {
				rejected.add(single);
				for (let row = single.from; row < single.to; row++) this.#withdrawn.add(row);
				const facts = { problem: 'loneBlank', fallback: excerpt(key.fallback ?? '') } as const;
				this.#settings.rejects.add(
					single.place,
					this.#columnName(key.field),
					{ code: 'blankCell', facts },
					single.known,
				);
			}
		}
	}

	/** @param quiet true if the text is only a part of a cell, so trimming it is not reported */
	#number(field: Field, text: string, register: IdRegister, quiet = false): number {
		const read = readId(text, register.rule);
		if ('code' in read) return this.#problem(field, read);
		if (read.trimmed && !quiet) {
			const facts = { from: excerpt(text), to: excerpt(read.id) };
			this.#settings.findings.add(this.#place.line, this.#columnName(field), { code: 'trimmedValue', facts });
		}
		return register.number(text, read);
	}

	#readAction(): Action | null {
		if (this.#columns.action === undefined) return null;
		const cell = this.#cell('action');
		const action = this.#actions.get(cell) ?? actionOfCell(cell);
		if (action !== null) {
			if (this.#actions.size < 64) this.#actions.set(cell, action);
			return action;
		}
		if (isBlank(cell)) this.#problem('action', { code: 'blankCell', facts: { problem: 'noAction' } });
		else this.#problem('action', { code: 'unknownAction', facts: { value: excerpt(cell) } });
		return null;
	}

	#addMembers(list: ListEntry, cell: string, action: Action | null): void {
		const places = this.#placesIn(cell);
		const several = places.length > 1;
		if (!several && isBlank(cell)) return this.#addMemberless(list, action);
		for (const place of places) {
			const known = this.#members.known(place);
			if (known === undefined && isBlank(place)) {
				this.#problem(this.#memberField, { code: 'blankCell', facts: { problem: 'emptyPlace' } });
				continue;
			}
			const member = known ?? this.#number(this.#memberField, place, this.#members, several);
			if (member !== NONE) this.#addMember(list, member, action);
		}
		if (places.length > 2 && hasDifferentSeparators(cell, this.#separator))
			this.#problem(this.#memberField, { code: 'severalValues', facts: { problem: 'mixedSeparators' } });
		this.#reject(partialRowOf(list, []));
	}

	/** @param member -1 where only the list is read */
	#addMember(list: ListEntry, member: number, action: Action | null): void {
		const row = this.#rows.length;
		const earlier = this.#pairs.claim(list.number, member, row);
		if (earlier !== NONE) return this.#addRepeated(list, member, action, earlier);
		list.members++;
		this.#pushRow(list, member === NONE ? null : this.#members.spelling(member), action);
		if (this.#columns.action !== undefined) this.#cellsOfRows[row] = this.#place.cells.join(CELL_SEPARATOR);
	}

	/**
	 * A row with the list and member of the row numbered `earlier`. It is a duplicate, or both rows are rejected if they
	 * contradict each other.
	 */
	#addRepeated(list: ListEntry, member: number, action: Action | null, earlier: number): void {
		const first = this.#rows[earlier] as SourceRow;
		const { unit, findings } = this.#settings;
		if (first.action === action && !this.#withdrawn.has(earlier)) {
			findings.add(this.#place.line, null, { code: 'duplicateRow', facts: { unit, line: first.line } });
			return;
		}
		const known = partialRowOf(list, member === NONE ? [] : [this.#members.spelling(member)]);
		if (!this.#withdrawn.has(earlier)) {
			this.#withdrawn.add(earlier);
			const place = {
				cells: (this.#cellsOfRows[earlier] ?? '').split(CELL_SEPARATOR),
				line: first.line,
				item: first.item,
				ended: true,
			};
			this.#settings.rejects.add(place, null, contradiction(unit, this.#place.line), known);
		}
		this.#settings.rejects.add(this.#place, null, contradiction(unit, first.line), known);
	}

	/**
	 * A row that names a list and no member. It clears the list, or it is an error if other rows name members of the
	 * list; `finish` decides.
	 */
	#addMemberless(list: ListEntry, action: Action | null): void {
		if (this.#settings.options.keysOnly === true) return this.#addMember(list, NONE, action);
		const { ended, cells } = this.#place;
		// A truncated row must not clear the list.
		if (action !== null || (!ended && columnsOf(this.#columns, this.#memberField).includes(cells.length - 1))) {
			this.#problem(this.#memberField, { code: 'blankCell', facts: { problem: 'noMember', field: this.#memberField } });
			this.#reject(partialRowOf(list, []));
		} else if (list.emptyRow !== NONE) {
			const first = this.#rows[list.emptyRow] as SourceRow;
			const facts = { unit: this.#settings.unit, line: first.line };
			this.#settings.findings.add(this.#place.line, null, { code: 'duplicateRow', facts });
		} else {
			list.emptyRow = this.#rows.length;
			this.#emptyRows.set(list.emptyRow, { list, place: this.#place });
			this.#pushRow(list, null, null);
		}
	}

	#pushRow(list: ListEntry, memberId: string | null, action: Action | null): void {
		const row = { list: list.ref, memberId, action, line: this.#place.line, item: this.#place.item };
		const defaulted = list.defaulted ? [] : this.#defaulted();
		if (defaulted.length > 0) list.defaulted = true;
		this.#rows.push(defaulted.length > 0 ? { ...row, defaulted } : row);
	}

	/** Parts of the key whose cell in the current record is blank. */
	#defaulted(): NonNullable<SourceRow['defaulted']> {
		if (this.#columnsWithDefault.length === 0) return [];
		return this.#columnsWithDefault
			.filter(([column]) => isBlank(this.#place.cells[column] ?? ''))
			.map(([, part]) => part);
	}

	#problem(field: ColumnField, issue: RowIssue): number {
		this.#problems.push({ column: this.#columnName(field), ...issue });
		return NONE;
	}

	/** Rejects the current record for all of its problems. */
	#reject(known: PartialRow): void {
		for (const { column, ...issue } of this.#problems) this.#settings.rejects.add(this.#place, column, issue, known);
		this.#problems = [];
	}

	/** The readable part of a rejected row. Defaults are left out: the cell may be blank because the others moved. */
	#partialRow(tenant: number, group: number, user: number, callCenter: number): PartialRow {
		const spellingOf = (key: KeyField | null, number: number) => {
			if (key === null || number === NONE) return null;
			return key.column !== undefined && isBlank(this.#place.cells[key.column] ?? '')
				? null
				: key.register.spelling(number);
		};
		return {
			tenantId: spellingOf(this.#tenant, tenant),
			groupId: spellingOf(this.#group, group),
			userId: spellingOf(this.#owner, user),
			callCenterId: spellingOf(this.#callCenter, callCenter),
			memberIds: [],
		};
	}

	/** The readable members of a row that is rejected for another reason. */
	#readableMembers(cell: string): string[] {
		return this.#placesIn(cell).flatMap((place) => {
			const read = isBlank(place) ? null : readId(place, this.#members.rule);
			return read === null || 'code' in read ? [] : [read.id];
		});
	}

	/** The places for members in a cell, blank ones included. A name in two columns is one. */
	#placesIn(cell: string): string[] {
		if (isRole(this.#memberField) && this.#names[this.#memberField] !== null) return [cell];
		return this.#separator.test(cell) ? cell.split(this.#separator) : [cell];
	}

	/** Of a name in two columns, that of the last name. */
	#columnName(field: ColumnField): string | null {
		const column = this.#columns[field] ?? (isRole(field) ? this.#columns[`${field}LastName`] : undefined);
		return column === undefined ? null : (this.#settings.names[column] ?? null);
	}
}

/** The rule for ids of users and call centers. */
export function userRule(options: Pick<ReadOptions, 'defaultDomain'>): IdRegister['rule'] {
	const domain = (options.defaultDomain ?? '').trim().replace(/^@/, '');
	return { type: 'user', maxLength: MAX_USER_ID, domain: domain === '' ? null : domain };
}

/** The rule for what the source has for people. */
function personRule(options: ReadOptions): IdRule {
	const { people = 'userId', country = null } = options.matching ?? {};
	if (people === 'userId') return userRule(options);
	return { ...userRule({}), text: { attribute: people, country } };
}

/** The rule for what the source has for call centers. */
function callCenterRule(options: ReadOptions): IdRule {
	if (options.matching?.callCenters !== 'name') return userRule(options);
	return { ...userRule({}), text: { attribute: 'name', country: null } };
}

/** Whether the id looks truncated: no other id has the same domain (or none), and some id continues its domain. */
function isCutShort(id: string, others: IdRegister): boolean {
	const { domain: added, text } = others.rule;
	// Names and numbers have no part in common that would show it.
	if (text !== undefined && text.attribute !== 'emailAddress') return false;
	const at = id.indexOf('@');
	if (at === -1 && added !== null) return false;
	const domain = at === -1 ? null : id.slice(at);
	let isContinued = false;
	for (const other of others.texts()) {
		const otherAt = other.indexOf('@');
		if (foldId(other) === id) continue;
		if (domain === null ? otherAt === -1 : otherAt !== -1 && other.slice(otherAt).toLowerCase() === domain)
			return false;
		isContinued ||= domain === null || (otherAt !== -1 && other.slice(otherAt).toLowerCase().startsWith(domain));
	}
	return isContinued;
}

/** Whether a cell has more than one kind of separator: one of them is an error, or a line break within an id. */
function hasDifferentSeparators(cell: string, separator: RegExp): boolean {
	const separators = cell.match(new RegExp(separator, 'gi')) ?? [];
	return new Set(separators.map((found) => found.trim() || '\n')).size > 1;
}

function partialRowOf({ ref }: ListEntry, memberIds: readonly string[]): PartialRow {
	const { tenantId, groupId, userId, callCenterId } = ref;
	return { tenantId, groupId, userId, callCenterId, memberIds };
}

function contradiction(unit: 'line' | 'item', line: number): RowIssue {
	return { code: 'conflictingRows', facts: { problem: 'otherRow', unit, line } };
}
