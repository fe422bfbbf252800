/** The input of the engine: rows of trimmed ids, with their position in the source. */

import type { Issue, RowIssue, Severity } from './issue';
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
	 * other cells moved. Only the first such row of a list has this field.
	 */
	readonly defaulted?: ReadonlyArray<'tenantId' | 'groupId' | 'callCenterId'>;
}

/** A message about the source. An `error` on a row rejects that row. */
export type Finding = (RowIssue | Extract<Issue, { readonly code: 'moreFindings' }>) & {
	readonly level: Severity;
	/** Null where it concerns the whole file. */
	readonly line: number | null;
	readonly column: string | null;
};

/** What is wrong with a row, and in which column; null where it concerns the row as a whole. */
export type RowProblem = RowIssue & { readonly column: string | null };

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
}
