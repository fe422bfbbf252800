/** What every source becomes before the engine sees it: rows of trimmed ids with where they came from. */

import type { ListRef } from './list';

export type Action = 'add' | 'remove';

/** One wish: this member on (or off) this list. A row with a null member names the list and nobody on it. */
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
	 * Parts of the list's key whose cell is blank, so that a default stands in for them: the cell may be blank because
	 * the others moved. The first row of the list that has them says so.
	 */
	readonly defaulted?: ReadonlyArray<'tenantId' | 'groupId' | 'callCenterId'>;
}

export type FindingLevel = 'error' | 'warning' | 'info';

/** Something worth telling about the source. An `error` on a row rejects that row. */
export interface Finding {
	readonly level: FindingLevel;
	/** E.g. `raggedRow`, `unclosedQuote`, `blankCell`, `duplicateRow`, `mangledId`, `unknownColumn`, `wrongDelimiter`. */
	readonly code: string;
	/** Null where it concerns the whole file. */
	readonly line: number | null;
	readonly column: string | null;
	/** What happened and how to go on. */
	readonly message: string;
}

/**
 * A row that cannot be used. It names as much of its list as could be read, because that decides what it holds
 * (`holds.ts`).
 */
export interface RejectedRow {
	readonly line: number;
	readonly item: number;
	readonly code: string;
	readonly message: string;
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
