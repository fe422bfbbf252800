/**
 * The CSV of rejected rows and failed members: the columns of the source, then what went wrong. It can be corrected in
 * a spreadsheet and fed back in: the added columns are ignored on the way in, except the action, which says for each
 * row whether it adds or removes, because a few rows taken for whole lists would remove everybody else.
 */

import { addedActionColumn, addedColumns, addedColumnsIn, type ColumnField, partsOfName } from '../csv';
import { KINDS, type ListRef, type MatchedSource, type Mode, type RejectedRow } from '../sync';
import { messageOf, problemsText, shownCode } from './messages';
import { csvCell } from './safe-cell';
import type { ListView, MemberView, RunView } from './view';
import { isCorrectable, type ChangeStatus } from './status';

/** How the source was written, so that what goes back looks the same; parts of `CsvSource`. */
export interface SourceShape {
	readonly delimiter: string;
	/** Column names as they stand in the file, in its order. */
	readonly columns: readonly string[];
	/** Which column holds what; null or absent where there is none. */
	readonly mapping: Readonly<Partial<Record<ColumnField, string | null>>>;
	readonly mode: Mode;
	/** What the source calls an id; absent where it has ids. */
	readonly textOf?: MatchedSource['textOf'];
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

/** Changes that the run did not come to: nothing is wrong with them. */
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
		if (list.members.length === 0 && wanted(list.status)) return isNamedBy(shape, list) ? [listRow(list, shape)] : [];
		return list.members.filter((member) => wanted(member.status)).map((member) => memberRow(list, member, shape));
	});
}

/** A source of people names no supervised list. */
function isNamedBy({ mapping }: SourceShape, { ref }: ListView): boolean {
	return !KINDS[ref.kind].keyedByCallCenter || (mapping.supervisor ?? mapping.supervisorLastName ?? null) !== null;
}

function memberRow(list: ListView, member: MemberView, shape: SourceShape): RowToCorrect {
	return {
		line: member.lines.join(' '),
		// Never the list's: that is about another of its members.
		...codeAndMessage(member),
		cells: new Map([...listCells(list, shape), ...memberCells(list, member, shape)]),
	};
}

/** A list that failed before its members were looked at. */
function listRow(list: ListView, shape: SourceShape): RowToCorrect {
	return {
		line: list.lines.join(' '),
		...codeAndMessage(list),
		cells: new Map(listCells(list, shape)),
	};
}

function codeAndMessage({ issue, status }: ListView | MemberView): Pick<RowToCorrect, 'code' | 'message'> {
	return issue === null ? { code: status, message: '' } : { code: shownCode(issue), message: messageOf(issue) };
}

function listCells({ ref }: ListView, shape: SourceShape): Cell[] {
	const { keyedByCallCenter } = KINDS[ref.kind];
	return [
		...cell(shape, 'tenant', ref.tenantId),
		...cell(shape, 'group', ref.groupId),
		...person(shape, keyedByCallCenter ? 'supervisor' : 'agent', textOf(shape, ref, 'person', ref.userId)),
		...(keyedByCallCenter ? cell(shape, 'callCenter', textOf(shape, ref, 'callCenter', ref.callCenterId ?? '')) : []),
	];
}

function memberCells({ ref }: ListView, { member, change }: MemberView, shape: SourceShape): Cell[] {
	const { keyedByCallCenter } = KINDS[ref.kind];
	const text = textOf(shape, ref, keyedByCallCenter ? 'person' : 'callCenter', member);
	const action = actionColumn(shape);
	const cells = keyedByCallCenter ? person(shape, 'agent', text) : cell(shape, 'callCenter', text);
	return [...cells, [action.name, action.added && shape.mode === 'actionColumn' ? '' : change]];
}

/** In the words of the source, so that it can be read like the source. */
function textOf({ textOf: of }: SourceShape, ref: ListRef, what: 'person' | 'callCenter', id: string): string {
	return of?.(ref, what, id) ?? id;
}

type Cell = readonly [column: string, text: string];

/** In one column, or first and last name in two. */
function person(shape: SourceShape, role: 'supervisor' | 'agent', text: string): Cell[] {
	if ((shape.mapping[role] ?? null) !== null) return cell(shape, role, text);
	const { first, last } = partsOfName(text);
	return [...cell(shape, `${role}FirstName`, first), ...cell(shape, `${role}LastName`, last)];
}

/** Nothing where the source has no such column: there the value came from the settings, and will again. */
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
