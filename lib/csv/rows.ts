/** Cells of well-shaped records -> rows: ids, lists, duplicates and contradictions, the same for files and items. */

import { actionOfCell } from './aliases';
import { isClosingLine } from './closing-lines';
import type { FindingLog } from './findings';
import { FIELD_NAMES, fallbackOf, type HeaderMatch } from './header';
import { IdRegister, isBlank, readId, SCOPE_RULE, shown } from './ids';
import { MAX_USER_ID } from './limits';
import { ListTable, type ListEntry } from './list-table';
import type { Field, ReadOptions } from './options';
import { PairTable } from './pair-table';
import type { Known, Place, Problem, RejectLog } from './rejects';
import { foldId } from '../sync/model/list';
import type { Action, SourceRow } from '../sync/model/row';

export interface RowSetting {
	/** Unique column names, for findings. */
	readonly names: readonly string[];
	readonly match: HeaderMatch;
	readonly options: ReadOptions;
	/** Columns without which no row can be read. */
	readonly required: readonly number[];
	readonly findings: FindingLog;
	readonly rejects: RejectLog;
	/** What `line` counts, in messages. */
	readonly unit: 'line' | 'item';
}

/** A part of the list's key. Its last cell is remembered, because files come sorted. */
interface KeyField {
	readonly field: Field;
	readonly column: number | undefined;
	register: IdRegister;
	/** The default from the settings, or null. */
	readonly fallback: string | null;
	lastCell: string | null;
	lastNumber: number;
	/**
	 * Cells that are blank though there is a column, and so took the default; the first of them may turn out to be a
	 * slip.
	 */
	blanks: number;
	firstBlank: LoneBlank | null;
}

/** A row that took a default. */
interface LoneBlank {
	readonly place: Place;
	/** What is known of it without the default. */
	readonly known: Known;
	/** Numbers of its rows: from the first up to the one behind the last. */
	readonly from: number;
	readonly to: number;
}

/**
 * Between the members of one cell: a line break behind another separator belongs to it. But not the comma of a number
 * that a spreadsheet mangled, `1,23E+11`.
 */
const MEMBER_SEPARATOR = /(?:[;|]|,(?!\d+E\+?\d))(?:[^\S\r\n]*(?:\r\n|[\r\n]))?|\r\n|[\r\n]/i;

/** Joins cells that are kept for later; rows with it in an id are rejected anyway. */
const CELL_SEPARATOR = '\u0000';

const NONE = -1;

export class RowBuilder {
	readonly #setting: RowSetting;
	readonly #columns: Readonly<Partial<Record<Field, number>>>;
	readonly #users: IdRegister;
	/** By tenant: groups of different tenants may differ in case only, and a tenant and a group as well. */
	readonly #groups = new Map<number, IdRegister>();
	#groupsTenant = NONE;
	readonly #lists = new ListTable();
	readonly #pairs = new PairTable();
	readonly #rows: SourceRow[] = [];
	/** Numbers of rows that were taken back: contradicted, or without a member where others name one. */
	readonly #withdrawn = new Set<number>();
	/** Cells by row number, where there is an action column: any of these rows may be contradicted further down. */
	readonly #cellsOfRows: string[] = [];
	/** Rows without a member, by row number: they may turn out to be slips. */
	readonly #emptyRows = new Map<number, { readonly list: ListEntry; readonly place: Place }>();
	readonly #actions = new Map<string, Action>();
	readonly #tenant: KeyField;
	readonly #group: KeyField;
	readonly #owner: KeyField;
	/** Null where lists have no call center of their own. */
	readonly #callCenter: KeyField | null;
	readonly #memberField: Field;
	/** Columns whose blank cells take a default, and what of the key they are. */
	readonly #standIns: ReadonlyArray<readonly [column: number, part: 'tenantId' | 'groupId' | 'callCenterId']>;
	/** Of the record in hand. */
	#place: Place = { cells: [], line: 0, item: 0, ended: true };
	#problems: Problem[] = [];
	#firstBlanks: KeyField[] = [];
	#records = 0;

	constructor(setting: RowSetting) {
		this.#setting = setting;
		this.#columns = setting.match.columns;
		this.#users = new IdRegister(userRule(setting.options));
		const supervised = setting.options.kind === 'supervisedAgents';
		this.#tenant = this.#keyField('tenant', new IdRegister(SCOPE_RULE));
		this.#group = this.#keyField('group', this.#groupsOf(NONE));
		this.#owner = this.#keyField(supervised ? 'supervisor' : 'agent', this.#users);
		this.#callCenter = supervised ? this.#keyField('callCenter', this.#users) : null;
		this.#memberField = supervised ? 'agent' : 'callCenter';
		const parts = [
			[this.#tenant, 'tenantId'],
			[this.#group, 'groupId'],
			[this.#callCenter, 'callCenterId'],
		] as const;
		this.#standIns = parts.flatMap(([key, part]) =>
			key?.column === undefined || key.fallback === null ? [] : [[key.column, part] as const],
		);
	}

	/** A record as wide as the header. False if it is a report's closing line and no wish. */
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
		if (!place.ended) this.#judgeLastCell();
		if (this.#problems.length > 0 || isBlank(cell)) {
			if (isClosingLine(place, place.cells.length, this.#setting.required)) return false;
			if (this.#problems.length > 0) {
				this.#reject({ ...this.#known(tenant, group, user, callCenter), memberIds: this.#readableMembers(cell) });
				return true;
			}
		}
		this.#records++;
		const list = this.#lists.find({ tenant, group, user, callCenter }, (number) => ({
			number,
			ref: {
				kind: this.#setting.options.kind,
				tenantId: this.#tenant.register.spelling(tenant),
				groupId: this.#group.register.spelling(group),
				userId: this.#users.spelling(user),
				callCenterId: callCenter === NONE ? null : this.#users.spelling(callCenter),
			},
			members: 0,
			emptyRow: NONE,
			defaulted: false,
		}));
		const member = this.#users.known(cell);
		if (member !== undefined) this.#wish(list, member, action);
		else this.#members(list, cell, action);
		if (this.#firstBlanks.length > 0) this.#noteFirstBlanks(from, this.#known(tenant, group, user, callCenter), cell);
		return true;
	}

	/** The rows, in order. To be called once, at the end: only then is it known which of them stand. */
	finish(): SourceRow[] {
		this.#judgeLoneBlanks();
		for (const [row, { list, place }] of this.#emptyRows) {
			if (list.members === 0 || this.#withdrawn.has(row)) continue;
			this.#withdrawn.add(row);
			this.#setting.rejects.add(place, this.#blankMember(), knownOf(list, []));
		}
		return this.#withdrawn.size === 0 ? this.#rows : this.#rows.filter((_, row) => !this.#withdrawn.has(row));
	}

	/** Where no row names a member: the first of these columns with a cell in such a row, which may be the member's. */
	columnBesideNobody(columns: readonly number[]): { readonly column: number; readonly place: Place } | null {
		if (this.#rows.some(({ memberId }) => memberId !== null)) return null;
		for (const { place } of this.#emptyRows.values()) {
			const column = columns.find((one) => !isBlank(place.cells[one] ?? ''));
			if (column !== undefined) return { column, place };
		}
		return null;
	}

	#keyField(field: Field, register: IdRegister): KeyField {
		const fallback = fallbackOf(field, this.#setting.options);
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
		const column = this.#columns[field];
		return column === undefined ? '' : (this.#place.cells[column] ?? '');
	}

	/** The number of the id in the field's cell, or -1 after its problem was noted. */
	#read(key: KeyField): number {
		const cell = key.column === undefined ? '' : (this.#place.cells[key.column] ?? '');
		if (cell === key.lastCell) return key.lastNumber;
		const known = key.register.known(cell);
		if (known === undefined) return this.#readAnew(key, cell);
		key.lastCell = cell;
		key.lastNumber = known;
		return known;
	}

	#readAnew(key: KeyField, cell: string): number {
		const { field, column, register, fallback } = key;
		if (!isBlank(cell)) return this.#number(field, cell, register);
		if (fallback === null)
			return this.#problem('blankCell', field, `There is no ${FIELD_NAMES[field]} in this row. Fill in the cell.`);
		const isFirst = column !== undefined && key.blanks === 0;
		if (isFirst && !this.#place.ended && column === this.#place.cells.length - 1)
			return this.#problem('blankCell', field, CUT_OFF);
		const number = register.known(fallback) ?? this.#number(field, fallback, register, true);
		if (column === undefined) {
			key.lastCell = cell;
			key.lastNumber = number;
			return number;
		}
		key.blanks++;
		if (isFirst) this.#firstBlanks.push(key);
		else {
			if (key.blanks === 2 && key.firstBlank !== null) this.#tellDefault(key, key.firstBlank.place.line);
			this.#tellDefault(key, this.#place.line);
		}
		return number;
	}

	/**
	 * A last cell without a line end behind it may have been cut off. An id that others of the file continue shows it.
	 */
	#judgeLastCell(): void {
		const { cells } = this.#place;
		const field = ([this.#owner.field, 'callCenter', this.#memberField] as const).find(
			(one) => this.#columns[one] === cells.length - 1,
		);
		const text = field === undefined ? '' : (placesIn(this.#cell(field)).at(-1) ?? '').trim();
		if (field === undefined || isBlank(text) || !isCutShort(foldId(text), this.#users)) return;
		const message =
			`${shown(text)} is shorter than the other ids of its kind, and no line end stands behind it, so the ` +
			'file may have been cut off here. Complete the file, or end the line.';
		this.#problem('invalidId', field, message);
	}

	#tellDefault({ field, fallback }: KeyField, line: number): void {
		const message = () => `The cell is blank, so the default ${shown(fallback ?? '')} was taken.`;
		this.#setting.findings.add('defaultUsed', line, this.#columnName(field), message);
	}

	#noteFirstBlanks(from: number, known: Known, cell: string): void {
		const blank = new Set(this.#firstBlanks);
		const part = <Id>(key: KeyField | null, id: Id) => (key !== null && blank.has(key) ? null : id);
		const lone: LoneBlank = {
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
		for (const key of this.#firstBlanks) key.firstBlank = lone;
	}

	/**
	 * One blank cell in a column that every other row fills is a slip: whoever leaves cells blank for the default does it
	 * more than once. The list that it meant is unknown.
	 */
	#judgeLoneBlanks(): void {
		const judged = new Set<LoneBlank>();
		for (const key of [this.#tenant, this.#group, this.#callCenter]) {
			const lone = key?.firstBlank ?? null;
			if (key === null || lone === null || key.blanks > 1) continue;
			if (this.#records === 1) {
				this.#tellDefault(key, lone.place.line);
			} else if (!judged.has(lone)) {
				judged.add(lone);
				for (let row = lone.from; row < lone.to; row++) this.#withdrawn.add(row);
				const message =
					`The cell is blank in this row alone, so the default ${shown(key.fallback ?? '')} was not taken for ` +
					'it. Fill in the cell.';
				this.#setting.rejects.add(
					lone.place,
					{ code: 'blankCell', column: this.#columnName(key.field), message },
					lone.known,
				);
			}
		}
	}

	/** `quiet` where the text is no cell of its own. */
	#number(field: Field, text: string, register: IdRegister, quiet = false): number {
		const read = readId(text, register.rule);
		if ('code' in read) return this.#problem(read.code, field, read.message);
		if (read.trimmed && !quiet) {
			const message = () => `${shown(text)} was read as ${shown(read.id)}.`;
			this.#setting.findings.add('trimmedValue', this.#place.line, this.#columnName(field), message);
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
		if (isBlank(cell)) this.#problem('blankCell', 'action', 'There is no action in this row. Say add or remove.');
		else
			this.#problem(
				'unknownAction',
				'action',
				`${shown(cell)} is no known action. Say add or remove (or the like in Dutch, French or German).`,
			);
		return null;
	}

	#members(list: ListEntry, cell: string, action: Action | null): void {
		const places = placesIn(cell);
		const several = places.length > 1;
		if (!several && isBlank(cell)) return this.#noMember(list, action);
		for (const place of places) {
			const known = this.#users.known(place);
			if (known === undefined && isBlank(place)) {
				this.#problem(
					'blankCell',
					this.#memberField,
					'A place between separators is left empty. Fill it in, or remove the separator.',
				);
				continue;
			}
			const member = known ?? this.#number(this.#memberField, place, this.#users, several);
			if (member !== NONE) this.#wish(list, member, action);
		}
		if (places.length > 2 && hasDifferentSeparators(cell)) this.#problem('severalValues', this.#memberField, MIXED);
		this.#reject(knownOf(list, []));
	}

	#wish(list: ListEntry, member: number, action: Action | null): void {
		const row = this.#rows.length;
		const earlier = this.#pairs.claim(list.number, member, row);
		if (earlier !== NONE) return this.#again(list, member, action, earlier);
		list.members++;
		this.#push(list, this.#users.spelling(member), action);
		if (this.#columns.action !== undefined) this.#cellsOfRows[row] = this.#place.cells.join(CELL_SEPARATOR);
	}

	/**
	 * The same list and member as in the row numbered `earlier`: one of the two is enough, unless they contradict each
	 * other.
	 */
	#again(list: ListEntry, member: number, action: Action | null, earlier: number): void {
		const first = this.#rows[earlier] as SourceRow;
		const { unit, findings } = this.#setting;
		if (first.action === action && !this.#withdrawn.has(earlier)) {
			const message = () => `The same as ${unit} ${first.line}; one is enough.`;
			findings.add('duplicateRow', this.#place.line, null, message);
			return;
		}
		const known = knownOf(list, [this.#users.spelling(member)]);
		if (!this.#withdrawn.has(earlier)) {
			this.#withdrawn.add(earlier);
			const place = {
				cells: (this.#cellsOfRows[earlier] ?? '').split(CELL_SEPARATOR),
				line: first.line,
				item: first.item,
				ended: true,
			};
			this.#setting.rejects.add(place, contradiction(unit, this.#place.line), known);
		}
		this.#setting.rejects.add(this.#place, contradiction(unit, first.line), known);
	}

	/** Names a list and nobody on it: a wish to clear it, or a slip if others name members. Only the end tells. */
	#noMember(list: ListEntry, action: Action | null): void {
		const { ended, cells } = this.#place;
		// What was cut off there is not a wish to clear the list.
		if (action !== null || (!ended && this.#columns[this.#memberField] === cells.length - 1)) {
			this.#setting.rejects.add(this.#place, this.#blankMember(), knownOf(list, []));
		} else if (list.emptyRow !== NONE) {
			const first = this.#rows[list.emptyRow] as SourceRow;
			const message = () => `The same as ${this.#setting.unit} ${first.line}; one is enough.`;
			this.#setting.findings.add('duplicateRow', this.#place.line, null, message);
		} else {
			list.emptyRow = this.#rows.length;
			this.#emptyRows.set(list.emptyRow, { list, place: this.#place });
			this.#push(list, null, null);
		}
	}

	#push(list: ListEntry, memberId: string | null, action: Action | null): void {
		const row = { list: list.ref, memberId, action, line: this.#place.line, item: this.#place.item };
		const defaulted = list.defaulted ? [] : this.#defaulted();
		if (defaulted.length > 0) list.defaulted = true;
		this.#rows.push(defaulted.length > 0 ? { ...row, defaulted } : row);
	}

	/** Parts of the key whose cell in the record in hand is blank. */
	#defaulted(): NonNullable<SourceRow['defaulted']> {
		if (this.#standIns.length === 0) return [];
		return this.#standIns.filter(([column]) => isBlank(this.#place.cells[column] ?? '')).map(([, part]) => part);
	}

	#problem(code: Problem['code'], field: Field, message: string): number {
		this.#problems.push({ code, column: this.#columnName(field), message });
		return NONE;
	}

	/** Rejects the record in hand for all of its problems. */
	#reject(known: Known): void {
		for (const problem of this.#problems) this.#setting.rejects.add(this.#place, problem, known);
		this.#problems = [];
	}

	#blankMember(): Problem {
		const noun = FIELD_NAMES[this.#memberField];
		return {
			code: 'blankCell',
			column: this.#columnName(this.#memberField),
			message: `There is no ${noun} in this row. Fill in the cell, or remove the row.`,
		};
	}

	/** Of a rejected row. A default says nothing of it: the cell may be blank because the others moved. */
	#known(tenant: number, group: number, user: number, callCenter: number): Known {
		const spelt = (key: KeyField | null, number: number) => {
			if (key === null || number === NONE) return null;
			return key.column !== undefined && isBlank(this.#place.cells[key.column] ?? '')
				? null
				: key.register.spelling(number);
		};
		return {
			tenantId: spelt(this.#tenant, tenant),
			groupId: spelt(this.#group, group),
			userId: spelt(this.#owner, user),
			callCenterId: spelt(this.#callCenter, callCenter),
			memberIds: [],
		};
	}

	/** The members of a row that is rejected for another reason, as far as its cell can be read. */
	#readableMembers(cell: string): string[] {
		return placesIn(cell).flatMap((place) => {
			const read = isBlank(place) ? null : readId(place, this.#users.rule);
			return read === null || 'code' in read ? [] : [read.id];
		});
	}

	#columnName(field: Field): string | null {
		const column = this.#columns[field];
		return column === undefined ? null : (this.#setting.names[column] ?? null);
	}
}

/** What ids of users and call centers must look like. */
export function userRule(options: Pick<ReadOptions, 'defaultDomain'>): IdRegister['rule'] {
	const domain = (options.defaultDomain ?? '').trim().replace(/^@/, '');
	return { type: 'user', maxLength: MAX_USER_ID, domain: domain === '' ? null : domain };
}

/** No id of the file does without a domain, or has this one, and one that goes on like it is there. */
function isCutShort(id: string, others: IdRegister): boolean {
	const at = id.indexOf('@');
	if (at === -1 && others.rule.domain !== null) return false;
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

const MIXED =
	'Different separators stand between the members, so one of them may stand within an id. Use the same ' +
	'one throughout the cell.';

/** A separator that stands in a cell of others by a slip, or a line break within an id. */
function hasDifferentSeparators(cell: string): boolean {
	const separators = cell.match(new RegExp(MEMBER_SEPARATOR, 'gi')) ?? [];
	return new Set(separators.map((separator) => separator.trim() || '\n')).size > 1;
}

const CUT_OFF =
	'The cell is blank and no line end stands behind it, so the file may have been cut off here. Fill in ' +
	'the cell, or end the line.';

/** The places for members in a cell, blank ones included. */
function placesIn(cell: string): string[] {
	return MEMBER_SEPARATOR.test(cell) ? cell.split(MEMBER_SEPARATOR) : [cell];
}

function knownOf({ ref }: ListEntry, memberIds: readonly string[]): Known {
	const { tenantId, groupId, userId, callCenterId } = ref;
	return { tenantId, groupId, userId, callCenterId, memberIds };
}

function contradiction(unit: string, line: number): Problem {
	return {
		code: 'conflictingRows',
		column: null,
		message:
			`This row and ${unit} ${line} ask for the opposite for the same list and member, so neither is done. ` +
			'Remove the wrong one.',
	};
}
