/**
 * The CSV of rejected rows and failed members: the columns of the source, then what went wrong. It can be corrected in
 * a spreadsheet and fed back in: the added columns are ignored on the way in, except the action, which says for each
 * row whether it adds or removes, because a few rows taken for whole lists would remove everybody else.
 */

import { addedActionColumn, addedColumns, addedColumnsIn, type ColumnField } from '../csv';
import { KINDS, type ListRef, type MatchedSource, type Mode, type RejectedRow } from '../sync';
import { idInsteadOfName, messageOf, problemsText, shownCode } from './messages';
import { csvCell } from './csv-cell';
import type { ListView, MemberView, RunView } from './view';
import { isCorrectable, type ChangeStatus } from './status';

/** The form of the source, which the correction file keeps; parts of `CsvSource`. */
export interface SourceShape {
	readonly delimiter: string;
	/** Column names as they stand in the file, in its order. */
	readonly columns: readonly string[];
	/** Which column holds what; null or absent where there is none. */
	readonly mapping: Readonly<Partial<Record<ColumnField, string | null>>>;
	readonly mode: Mode;
	/** What the source calls an id; null where it has ids. */
	readonly words: Pick<MatchedSource, 'textOf' | 'partsOfName'> | null;
}

export interface RowToCorrect {
	readonly line: string;
	readonly code: string;
	readonly message: string;
	/** By column name. A map, because a column may be called `constructor`. */
	readonly cells: ReadonlyMap<string, string>;
}

/** Excel reads UTF-8 only behind a byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rejected rows in the order of the source, then members that the platform or a conflict kept from being done. */
export function rowsToCorrect(view: RunView, shape: SourceShape): RowToCorrect[] {
	const action = actionColumn(shape);
	const rejected = view.rejected.map((row) => ({
		line: String(row.line),
		code: row.problems[0].code,
		message: problemsText(row),
		cells: new Map([
			...Object.entries(row.cells),
			...(action.added ? [[action.name, actionOf(row, shape.mode)] as const] : []),
		]),
	}));
	return [...rejected, ...membersIn(view, isCorrectable, shape)];
}

/** Changes that the run did not reach. Nothing is wrong with them. */
export function rowsNotAttempted(view: RunView, shape: SourceShape): RowToCorrect[] {
	return membersIn(view, (status) => status === 'notAttempted', shape);
}

/** UTF-8 text with a byte order mark, lines ended by CR LF (RFC 4180); null where there is no row. */
export function correctionCsv(rows: readonly RowToCorrect[], shape: SourceShape): string | null {
	if (rows.length === 0) return null;
	const columns = correctionColumns(rows, shape);
	const { line, code, message } = addedColumns(columns);
	const record = (cells: readonly string[]) =>
		cells.map((cell) => csvCell(cell, shape.delimiter)).join(shape.delimiter);
	const records = [
		record([...columns, line, code, message]),
		...rows.map((row) =>
			record([...columns.map((name) => row.cells.get(name) ?? ''), row.line, row.code, row.message]),
		),
	];
	return `${BYTE_ORDER_MARK}${records.join('\r\n')}\r\n`;
}

/**
 * The source's own columns, whatever rejected rows have beside them, and the action; without what an earlier file of
 * ours added.
 */
function correctionColumns(rows: readonly RowToCorrect[], shape: SourceShape): string[] {
	const ours = addedColumnsIn(shape.columns);
	const action = actionColumn(shape);
	const names = new Set(shape.columns);
	for (const row of rows) for (const name of row.cells.keys()) if (name !== action.name) names.add(name);
	if (action.added) names.add(action.name);
	for (const index of ours) names.delete(shape.columns[index]);
	return [...names];
}

function membersIn(view: RunView, wanted: (status: ChangeStatus) => boolean, shape: SourceShape): RowToCorrect[] {
	return view.lists.flatMap((list) => {
		if (list.members.length === 0 && wanted(list.status))
			return isNamedBy(shape, list) ? [rowOf(list, null, shape)] : [];
		return list.members.filter((member) => wanted(member.status)).map((member) => rowOf(list, member, shape));
	});
}

/** A source of people names no supervised list. */
function isNamedBy({ mapping }: SourceShape, { ref }: ListView): boolean {
	return !KINDS[ref.kind].keyedByCallCenter || (mapping.supervisor ?? mapping.supervisorLastName ?? null) !== null;
}

/** @param member null for a list that failed before its members were looked at */
function rowOf({ ref, ...list }: ListView, member: MemberView | null, shape: SourceShape): RowToCorrect {
	// A member never has the issue of its list, which may be about another member.
	const { lines, issue, status } = member ?? list;
	const { people, callCenterId } = namedIn(ref, member);
	const action = actionColumn(shape);
	const nameless = people.filter(([role, id]) => hasNameParts(shape, role) && partsOfName(shape, ref, id) === null);
	const texts = [issue === null ? [] : messageOf(issue), nameless.map(([, id]) => idInsteadOfName(id))].flat();
	return {
		line: lines.join(' '),
		code: issue === null ? status : shownCode(issue),
		message: texts.join(' '),
		cells: new Map([
			...cell(shape, 'tenant', ref.tenantId),
			...cell(shape, 'group', ref.groupId),
			...people.flatMap(([role, id]) => person(shape, role, ref, id)),
			...(callCenterId === null ? [] : cell(shape, 'callCenter', textOf(shape, ref, 'callCenter', callCenterId))),
			...(member === null
				? []
				: [[action.name, action.added && shape.mode === 'actionColumn' ? '' : member.change] as const]),
		]),
	};
}

type Role = 'supervisor' | 'agent';

/** Whom and what a row names. */
function namedIn(
	{ kind, userId, callCenterId }: ListRef,
	member: MemberView | null,
): { readonly people: ReadonlyArray<readonly [Role, id: string]>; readonly callCenterId: string | null } {
	const id = member?.member ?? null;
	if (!KINDS[kind].keyedByCallCenter) return { people: [['agent', userId]], callCenterId: id };
	return { people: [['supervisor', userId], ...(id === null ? [] : [['agent', id] as const])], callCenterId };
}

/** As the source calls it, so that the file can be read like the source. */
function textOf({ words }: SourceShape, ref: ListRef, what: 'person' | 'callCenter', id: string): string {
	return words?.textOf(ref, what, id) ?? id;
}

function partsOfName({ words }: SourceShape, ref: ListRef, id: string) {
	return words?.partsOfName(ref, id) ?? null;
}

/** Whether the source has first and last name in two columns. */
function hasNameParts({ mapping }: SourceShape, role: Role): boolean {
	return (mapping[`${role}LastName`] ?? null) !== null;
}

type Cell = readonly [column: string, text: string];

/** Without a first name, the row is rejected when it is read again; a blank row would name a list without members. */
function person(shape: SourceShape, role: Role, ref: ListRef, id: string): Cell[] {
	if (!hasNameParts(shape, role)) return cell(shape, role, textOf(shape, ref, 'person', id));
	const { firstName, lastName } = partsOfName(shape, ref, id) ?? { firstName: '', lastName: id };
	return [...cell(shape, `${role}FirstName`, firstName), ...cell(shape, `${role}LastName`, lastName)];
}

/** Empty if the source has no such column: the value comes from the settings again. */
function cell({ mapping }: SourceShape, field: ColumnField, value: string): Cell[] {
	const column = mapping[field] ?? null;
	return column === null ? [] : [[column, value]];
}

/** The source's own, or one that is added under a name that the source does not have. */
function actionColumn({ mapping, columns }: SourceShape): { name: string; added: boolean } {
	const own = mapping.action ?? null;
	return own === null ? { name: addedActionColumn(columns), added: true } : { name: own, added: false };
}

/**
 * What the row asked for. Blank where that is not known: of a row of which nothing could be read, and where the actions
 * were to be said and no column says them. Whoever corrects the row says it.
 */
function actionOf(row: RejectedRow, mode: Mode): string {
	const nothingRead = [row.tenantId, row.groupId, row.userId, row.callCenterId].every((part) => part === null);
	if (nothingRead || mode === 'actionColumn') return '';
	return mode === 'removeOnly' ? 'remove' : 'add';
}
