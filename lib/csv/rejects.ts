/** The rows that cannot be used: all of them are kept, to be handed back, up to a number beyond which the source is refused. */

import type { FindingCode, FindingLog } from './findings';
import { MAX_REJECTED_ROWS } from './limits';
import type { ReadFailure } from './options';
import type { RejectedRow } from '../sync/row';

/** What could be read of a row's list and members; null where it could not be. */
export type Known = Pick<RejectedRow, 'tenantId' | 'groupId' | 'userId' | 'callCenterId' | 'memberIds' | 'unreadMembers'>;

const ANY_LIST = { tenantId: null, groupId: null, userId: null, callCenterId: null };

/** Holds the removals of every list (see `RejectedRow`). */
export const NOTHING_KNOWN: Known = { ...ANY_LIST, memberIds: [] };

/** Where a record came from. */
export interface Place {
	readonly cells: readonly string[];
	readonly line: number;
	readonly item: number;
	/** False for the last record of a file without a line end behind it. */
	readonly ended: boolean;
}

export interface Problem {
	readonly code: FindingCode;
	readonly column: string | null;
	readonly message: string;
}

export class RejectLog {
	readonly #rows: RejectedRow[] = [];

	constructor(
		readonly names: readonly string[],
		readonly findings: FindingLog,
	) {}

	/** A last line without an end may be where the file was cut off: then the rows that followed it may have meant any list. */
	add(place: Place, problem: Problem, known: Known): void {
		this.findings.add(problem.code, place.line, problem.column, problem.message);
		// One more than allowed shows that there are too many; the rest would only fill the memory.
		if (this.#rows.length > MAX_REJECTED_ROWS) return;
		const { line, item, ended } = place;
		const message = problem.column === null ? problem.message : `${problem.column}: ${problem.message}`;
		this.#rows.push({ line, item, code: problem.code, message, cells: this.#byName(place.cells), ...known, ...(ended ? {} : ANY_LIST) });
	}

	/** In the order of the source, whenever they were found out. */
	rows(): RejectedRow[] {
		return [...this.#rows].sort((a, b) => a.line - b.line);
	}

	/** Why the whole source is refused; null while there are not too many. */
	failure(): ReadFailure | null {
		const [first] = this.#rows;
		if (first === undefined || this.#rows.length <= MAX_REJECTED_ROWS) return null;
		const limit = MAX_REJECTED_ROWS.toLocaleString('en-US');
		const message = `More than ${limit} rows cannot be used, so this is most likely not the file it should be. The first one: ${first.message}`;
		return { code: 'tooManyRejected', message, line: first.line };
	}

	/** From entries, because a column may be called `__proto__`. */
	#byName(cells: readonly string[]): Readonly<Record<string, string>> {
		const width = Math.max(cells.length, this.names.length);
		const entries = Array.from({ length: width }, (_, column) => [this.names[column] ?? `column ${column + 1}`, cells[column] ?? '']);
		return Object.fromEntries(entries) as Record<string, string>;
	}
}
