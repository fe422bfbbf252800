/**
 * The CSV of rejected rows and failed members: the columns of the source, then what went wrong. It can be corrected in
 * a spreadsheet and fed back in: the added columns are ignored on the way in, except `action`, which says for each row
 * whether it adds or removes, because a few rows taken for whole lists would remove everybody else.
 */

import type { Field } from '../csv/options';
import { KINDS } from '../sync/kinds';
import type { Mode } from '../sync/plan-document';
import { isCorrectable } from './advice';
import { csvCell } from './safe-cell';
import type { ListView, MemberView, RunView } from './view';
import type { Standing } from './words';

/** How the source was written, so that what goes back looks the same; parts of `CsvSource`. */
export interface SourceShape {
	readonly delimiter: string;
	/** Column names as they stand in the file, in its order. */
	readonly columns: readonly string[];
	/** Which column holds what; null or absent where there is none. */
	readonly mapping: Readonly<Partial<Record<Field, string | null>>>;
	readonly mode: Mode;
}

export interface RowToCorrect {
	readonly line: string;
	readonly code: string;
	readonly message: string;
	readonly cells: Readonly<Record<string, string>>;
}

export const ADDED_COLUMNS = ['line', 'code', 'message'] as const;

/** Excel reads UTF-8 only behind a byte order mark. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Rejected rows in the order of the source, then members that the platform or a conflict kept from being done. */
export function rowsToCorrect(view: RunView, shape: SourceShape): RowToCorrect[] {
	const action = actionColumn(shape);
	const rejected = view.rejected.map((row) => ({
		line: String(row.line),
		code: row.code,
		message: row.message,
		cells: { ...(action.added ? { [action.name]: actionOf(shape.mode) } : {}), ...row.cells },
	}));
	return [...rejected, ...membersIn(view, isCorrectable, shape)];
}

/** Changes that the run did not come to: nothing is wrong with them. */
export function rowsNotAttempted(view: RunView, shape: SourceShape): RowToCorrect[] {
	return membersIn(view, (standing) => standing === 'notAttempted', shape);
}

/** UTF-8 text with a byte order mark, lines ended by CR LF (RFC 4180); null where there is no row. */
export function correctionCsv(rows: readonly RowToCorrect[], shape: SourceShape): string | null {
	if (rows.length === 0) return null;
	const columns = correctionColumns(rows, shape);
	const line = (cells: readonly string[]) => cells.map(csvCell).join(shape.delimiter);
	const records = rows.map((row) => {
		const added = { line: row.line, code: row.code, message: row.message };
		return line([...columns.map((name) => row.cells[name] ?? ''), ...ADDED_COLUMNS.map((name) => added[name])]);
	});
	return `${BYTE_ORDER_MARK}${[line([...columns, ...ADDED_COLUMNS]), ...records].join('\r\n')}\r\n`;
}

/** The source's own columns, whatever rejected rows have beside them, and the action; never our own three twice. */
function correctionColumns(rows: readonly RowToCorrect[], shape: SourceShape): string[] {
	const names = new Set(shape.columns);
	for (const row of rows) for (const name of Object.keys(row.cells)) names.add(name);
	for (const name of ADDED_COLUMNS) names.delete(name);
	return [...names];
}

function membersIn(view: RunView, wanted: (standing: Standing) => boolean, shape: SourceShape): RowToCorrect[] {
	return view.lists.flatMap((list) => {
		if (list.members.length === 0 && wanted(list.standing)) return [listRow(list, shape)];
		return list.members
			.filter((member) => wanted(member.standing))
			.map((member) => memberRow(list, member, shape));
	});
}

function memberRow(list: ListView, member: MemberView, shape: SourceShape): RowToCorrect {
	return {
		line: member.lines.join(' '),
		code: member.code ?? list.code ?? member.standing,
		message: member.message ?? list.message ?? '',
		cells: { ...listCells(list, shape), ...memberCells(list, member, shape) },
	};
}

/** A list that failed before its members were looked at. */
function listRow(list: ListView, shape: SourceShape): RowToCorrect {
	return { line: list.lines.join(' '), code: list.code ?? list.standing, message: list.message ?? '', cells: listCells(list, shape) };
}

function listCells({ ref }: ListView, shape: SourceShape): Record<string, string> {
	const { keyedByCallCenter } = KINDS[ref.kind];
	return {
		...cell(shape, 'tenant', ref.tenantId),
		...cell(shape, 'group', ref.groupId),
		...cell(shape, keyedByCallCenter ? 'supervisor' : 'agent', ref.userId),
		...(keyedByCallCenter ? cell(shape, 'callCenter', ref.callCenterId ?? '') : {}),
	};
}

function memberCells({ ref }: ListView, { member, change }: MemberView, shape: SourceShape): Record<string, string> {
	const field = KINDS[ref.kind].keyedByCallCenter ? 'agent' : 'callCenter';
	return { ...cell(shape, field, member), [actionColumn(shape).name]: change };
}

/** Nothing where the source has no such column: there the value came from the settings, and will again. */
function cell({ mapping }: SourceShape, field: Field, value: string): Record<string, string> {
	const column = mapping[field] ?? null;
	return column === null ? {} : { [column]: value };
}

function actionColumn({ mapping }: SourceShape): { name: string; added: boolean } {
	const own = mapping.action ?? null;
	return own === null ? { name: 'action', added: true } : { name: own, added: false };
}

function actionOf(mode: Mode): string {
	return mode === 'removeOnly' ? 'remove' : 'add';
}

/** Whether these column names are those of a file that this package wrote to be corrected. */
export function isCorrectionFile(columns: readonly string[]): boolean {
	const names = new Set(columns.map((name) => name.trim().toLowerCase()));
	return ADDED_COLUMNS.every((name) => names.has(name));
}

