/** The input of the engine: rows of trimmed ids, with their position in the source. */

import type { Issue, LookupIssue, RowIssue, Severity } from './issue';
import type { ListRef } from './list';

export type Action = 'add' | 'remove';

/** One desired change: this member on (or off) this list. A row with a null member names the list and no member. */
export interface SourceRow {
	/** One object for all rows of a list where a reader made them: a million rows are few lists. */
	readonly list: ListRef;
	readonly memberId: string | null;
	/** From the action column; null where the file has none. */
	readonly action: Action | null;
	/** Line in the file as an editor shows it (1 = first line), or the input item's number counted from 1. */
	readonly line: number;
	/** Index of the input item that the row came from, for n8n's paired items. */
	readonly item: number;
	/**
	 * Parts of the list's key that come from a default because their cell is blank. The cell may be blank because the
	 * other cells moved.
	 */
	readonly defaulted?: ReadonlyArray<'tenantId' | 'groupId' | 'callCenterId'>;
}

/** A message about the source. An `error` on a row rejects that row. */
export type Finding = (RowIssue | Extract<Issue, { readonly code: 'moreFindings' | 'nobodyFound' }>) & {
	readonly level: Severity;
	/** Null where it concerns the whole file. */
	readonly line: number | null;
	readonly column: string | null;
};

/** What is wrong with a row, and in which column; null where it concerns the row as a whole. */
export type RowProblem = (RowIssue | LookupIssue) & { readonly column: string | null };

/**
 * A row that cannot be used. The readable parts of its key decide which removals it holds (`plan/holds.ts`).
 */
export interface RejectedRow {
	readonly line: number;
	readonly item: number;
	/** At least one. Those beyond a maximum are only counted. */
	readonly problems: RowProblem[];
	readonly moreProblems: number;
	/** The original cells by column name, to be written back into the CSV of rejected rows. */
	readonly cells: Readonly<Record<string, string>>;
	/** What could be read of the row; null where it could not be. */
	readonly tenantId: string | null;
	readonly groupId: string | null;
	readonly userId: string | null;
	readonly callCenterId: string | null;
	/** Every member that could be read of it. */
	readonly memberIds: readonly string[];
	/** The ids in all of its cells, those of columns that are not read included: cells may have changed places. */
	readonly idsInCells?: readonly string[];
	/** What it would mean in other groups of the source, because its words stand for people there as well. */
	readonly elsewhere?: readonly PartialRow[];
}

/** A source that was read to its end. */
export interface Source {
	readonly rows: readonly SourceRow[];
	readonly rejected: readonly RejectedRow[];
	readonly findings: readonly Finding[];
	/**
	 * The line of the last row if the file has no line end after it; otherwise null or absent. Many programs omit the
	 * last line end. But if that row cannot be carried out, the file may be truncated there and lack further rows.
	 */
	readonly unendedLine?: number | null;
	/**
	 * The original cells of a row by column name, for a row that turns out not to be usable later. Only with `matching`.
	 */
	readonly cellsOf?: (line: number) => Readonly<Record<string, string>>;
	/** Name of the column by what it holds; null or absent if there is none. */
	readonly mapping?: Readonly<
		Partial<
			Record<
				`${'supervisor' | 'agent'}${'' | 'FirstName' | 'NamePrefix' | 'LastName'}` | 'callCenter' | 'tenant' | 'group',
				string | null
			>
		>
	>;
	/** The default call center: in the rows it is an id, even if call centers are matched by name. */
	readonly defaultCallCenterId?: string;
}

/** The readable part of a rejected row: its list and members; null for a part that is not readable. */
export type PartialRow = Pick<RejectedRow, 'tenantId' | 'groupId' | 'userId' | 'callCenterId' | 'memberIds'>;

/** The key of a list of which parts may not be readable: null for those. */
export type PartialKey = Omit<PartialRow, 'memberIds'>;

/** A key of which nothing is readable: it may be that of any list. */
export const ANY_LIST: PartialKey = { tenantId: null, groupId: null, userId: null, callCenterId: null };

/** A key without its parts that come from a default for a blank cell: it may be blank because the others moved. */
export function withoutDefaults(
	{ tenantId, groupId, userId, callCenterId }: ListRef,
	defaulted: ReadonlyArray<keyof ListRef> = [],
): PartialKey {
	const key = { tenantId, groupId, userId, callCenterId };
	return { ...key, ...Object.fromEntries(defaulted.map((part) => [part, null])) };
}

/**
 * Merges two partial rows of one record. A part of the key on which they differ becomes null, and both values count as
 * members.
 */
export function mergedPartialRows(one: PartialRow, other: PartialRow): PartialRow {
	const agreed = (part: 'tenantId' | 'groupId' | 'userId' | 'callCenterId') =>
		one[part] === other[part] ? one[part] : null;
	const named = (['userId', 'callCenterId'] as const).flatMap((part) =>
		agreed(part) === null ? [one[part] ?? [], other[part] ?? []].flat() : [],
	);
	return {
		tenantId: agreed('tenantId'),
		groupId: agreed('groupId'),
		userId: agreed('userId'),
		callCenterId: agreed('callCenterId'),
		memberIds: [...new Set([...one.memberIds, ...other.memberIds, ...named])],
	};
}

/** Problems kept per row; a cell may name a thousand members. */
const PROBLEMS_PER_ROW = 5;

export function shownProblems(problems: readonly RowProblem[]): Pick<RejectedRow, 'problems' | 'moreProblems'> {
	const shown = problems.slice(0, PROBLEMS_PER_ROW);
	return { problems: shown, moreProblems: problems.length - shown.length };
}
