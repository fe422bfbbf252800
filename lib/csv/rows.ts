/** Cells of well-shaped records -> rows: ids, lists, duplicates and contradictions, the same for files and items. */

import { actionOfCell, beginsLikeFooter } from './aliases';
import type { FindingLog } from './findings';
import { FIELD_NAMES, type HeaderMatch } from './header';
import { IdRegister, isBlank, readId, shown } from './ids';
import { MAX_SCOPE_ID, MAX_USER_ID } from './limits';
import { ListTable, type ListEntry } from './list-table';
import type { Field, ReadOptions } from './options';
import { PairTable } from './pair-table';
import type { Known, Place, Problem, RejectLog } from './rejects';
import type { Action, SourceRow } from '../sync/row';

export interface RowSetting {
	/** Unique column names, for findings. */
	readonly names: readonly string[];
	readonly match: HeaderMatch;
	readonly options: ReadOptions;
	readonly findings: FindingLog;
	readonly rejects: RejectLog;
	/** What `line` counts, in messages. */
	readonly unit: 'line' | 'item';
}

/** A part of the list's key. Its last cell is remembered, because files come sorted. */
interface KeyField {
	readonly field: Field;
	readonly column: number | undefined;
	readonly register: IdRegister;
	/** The default from the settings. */
	readonly fallback: string | undefined;
	lastCell: string | null;
	lastNumber: number;
}

/** Between the members of one cell; but not the comma of a number that a spreadsheet mangled, `1,23E+11`. */
const MEMBER_SEPARATOR = /[;|\r\n]|,(?!\d+E\+?\d)/i;

/** Joins cells that are kept for later; rows with it in an id are rejected anyway. */
const CELL_SEPARATOR = '\u0000';

const NONE = -1;

export class RowBuilder {
	readonly #setting: RowSetting;
	readonly #columns: Readonly<Partial<Record<Field, number>>>;
	readonly #users: IdRegister;
	readonly #scopes = new IdRegister(SCOPE_RULE);
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
	/** Of the record in hand. */
	#place: Place = { cells: [], line: 0, item: 0 };
	#problems: Problem[] = [];

	constructor(setting: RowSetting) {
		this.#setting = setting;
		this.#columns = setting.match.columns;
		this.#users = new IdRegister(userRule(setting.options));
		const { kind, tenantId, groupId, callCenterId } = setting.options;
		const supervised = kind === 'supervisedAgents';
		this.#tenant = this.#keyField('tenant', this.#scopes, tenantId);
		this.#group = this.#keyField('group', this.#scopes, groupId);
		this.#owner = this.#keyField(supervised ? 'supervisor' : 'agent', this.#users, undefined);
		this.#callCenter = supervised ? this.#keyField('callCenter', this.#users, callCenterId) : null;
		this.#memberField = supervised ? 'agent' : 'callCenter';
	}

	/** A record as wide as the header. False if it is a report's closing line and no wish. */
	add(place: Place): boolean {
		this.#place = place;
		if (this.#problems.length > 0) this.#problems = [];
		const tenant = this.#read(this.#tenant);
		const group = this.#read(this.#group);
		const user = this.#read(this.#owner);
		const callCenter = this.#callCenter === null ? NONE : this.#read(this.#callCenter);
		const action = this.#readAction();
		const cell = this.#cell(this.#memberField);
		if (this.#problems.length > 0 || isBlank(cell)) {
			if (this.#isFooter()) return false;
			if (this.#problems.length > 0) {
				this.#reject(this.#known(tenant, group, user, callCenter, this.#readableMembers(cell)));
				return true;
			}
		}
		const list = this.#lists.find({ tenant, group, user, callCenter }, (number) => ({
			number,
			ref: {
				kind: this.#setting.options.kind,
				tenantId: this.#scopes.spelling(tenant),
				groupId: this.#scopes.spelling(group),
				userId: this.#users.spelling(user),
				callCenterId: callCenter === NONE ? null : this.#users.spelling(callCenter),
			},
			members: 0,
			emptyRow: NONE,
		}));
		const member = this.#users.known(cell);
		if (member !== undefined) this.#wish(list, member, action);
		else this.#members(list, cell, action);
		return true;
	}

	/** The rows, in order. To be called once, at the end: only then is it known which of them stand. */
	finish(): SourceRow[] {
		for (const [row, { list, place }] of this.#emptyRows) {
			if (list.members === 0) continue;
			this.#withdrawn.add(row);
			this.#setting.rejects.add(place, this.#blankMember(), knownOf(list, []));
		}
		return this.#withdrawn.size === 0 ? this.#rows : this.#rows.filter((_, row) => !this.#withdrawn.has(row));
	}

	#keyField(field: Field, register: IdRegister, fallback: string | undefined): KeyField {
		return { field, column: this.#columns[field], register, fallback, lastCell: null, lastNumber: NONE };
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
		if (fallback === undefined || isBlank(fallback)) {
			return this.#problem('blankCell', field, `There is no ${FIELD_NAMES[field]} in this row. Fill in the cell.`);
		}
		const number = register.known(fallback) ?? this.#number(field, fallback, register, true);
		if (column === undefined) {
			key.lastCell = cell;
			key.lastNumber = number;
		} else {
			const message = () => `The cell is blank, so the default ${shown(fallback)} was taken.`;
			this.#setting.findings.add('defaultUsed', this.#place.line, this.#columnName(field), message);
		}
		return number;
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
		else this.#problem('unknownAction', 'action', `${shown(cell)} is no known action. Say add or remove (or the like in Dutch, French or German).`);
		return null;
	}

	#members(list: ListEntry, cell: string, action: Action | null): void {
		const parts = MEMBER_SEPARATOR.test(cell) ? cell.split(MEMBER_SEPARATOR) : [cell];
		const several = parts.length > 1;
		let named = 0;
		for (const part of parts) {
			if (isBlank(part)) continue;
			named++;
			const member = this.#users.known(part) ?? this.#number(this.#memberField, part, this.#users, several);
			if (member !== NONE) this.#wish(list, member, action);
			else this.#reject(knownOf(list, []));
		}
		if (named === 0) this.#noMember(list, action);
	}

	#wish(list: ListEntry, member: number, action: Action | null): void {
		const row = this.#rows.length;
		const earlier = this.#pairs.claim(list.number, member, row);
		if (earlier !== NONE) return this.#again(list, member, action, earlier);
		list.members++;
		this.#push(list, this.#users.spelling(member), action);
		if (this.#columns.action !== undefined) this.#cellsOfRows[row] = this.#place.cells.join(CELL_SEPARATOR);
	}

	/** The same list and member as in the row numbered `earlier`: one of the two is enough, unless they contradict each other. */
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
			const place = { cells: (this.#cellsOfRows[earlier] ?? '').split(CELL_SEPARATOR), line: first.line, item: first.item };
			this.#setting.rejects.add(place, contradiction(unit, this.#place.line), known);
		}
		this.#setting.rejects.add(this.#place, contradiction(unit, first.line), known);
	}

	/** Names a list and nobody on it: a wish to clear it, or a slip if others name members. Only the end tells. */
	#noMember(list: ListEntry, action: Action | null): void {
		if (action !== null) {
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
		this.#rows.push({ list: list.ref, memberId, action, line: this.#place.line, item: this.#place.item });
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
		return { code: 'blankCell', column: this.#columnName(this.#memberField), message: `There is no ${noun} in this row. Fill in the cell, or remove the row.` };
	}

	#known(tenant: number, group: number, user: number, callCenter: number, memberIds: readonly string[]): Known {
		const spelt = (register: IdRegister, number: number) => (number === NONE ? null : register.spelling(number));
		return {
			tenantId: spelt(this.#scopes, tenant),
			groupId: spelt(this.#scopes, group),
			userId: spelt(this.#users, user),
			callCenterId: spelt(this.#users, callCenter),
			memberIds,
		};
	}

	/** The members of a row that is rejected for another reason, as far as its cell can be read. */
	#readableMembers(cell: string): string[] {
		return cell.split(MEMBER_SEPARATOR).flatMap((part) => {
			if (isBlank(part)) return [];
			const read = readId(part, this.#users.rule);
			return 'code' in read ? [] : [read.id];
		});
	}

	/** `Total;120;;`: begins as such lines do, and lacks what every row must have. */
	#isFooter(): boolean {
		const first = this.#place.cells.find((cell) => !isBlank(cell)) ?? '';
		if (!beginsLikeFooter(first)) return false;
		return this.#problems.some(({ code }) => code === 'blankCell') || isBlank(this.#cell(this.#memberField));
	}

	#columnName(field: Field): string | null {
		const column = this.#columns[field];
		return column === undefined ? null : (this.#setting.names[column] ?? null);
	}
}

/** What ids of users and call centers must look like. */
export function userRule(options: ReadOptions): IdRegister['rule'] {
	const domain = (options.defaultDomain ?? '').trim().replace(/^@/, '');
	return { type: 'user', maxLength: MAX_USER_ID, domain: domain === '' ? null : domain };
}

export const SCOPE_RULE: IdRegister['rule'] = { type: 'scope', maxLength: MAX_SCOPE_ID, domain: null };

function knownOf({ ref }: ListEntry, memberIds: readonly string[]): Known {
	const { tenantId, groupId, userId, callCenterId } = ref;
	return { tenantId, groupId, userId, callCenterId, memberIds };
}

function contradiction(unit: string, line: number): Problem {
	return {
		code: 'conflictingRows',
		column: null,
		message: `This row and ${unit} ${line} ask for the opposite for the same list and member, so neither is done. Remove the wrong one.`,
	};
}
