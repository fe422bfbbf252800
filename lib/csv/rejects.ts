/**
 * The rows that cannot be used. They are kept for the CSV of rejected rows. A source with too many of them is refused.
 */

import type { FindingLog } from './findings';
import { uniqueNames } from './header';
import { MAX_REJECTED_ROWS } from './limits';
import type { ReadFailure } from './options';
import {
	ANY_LIST,
	mergedPartialRows,
	shownProblems,
	type PartialRow,
	type RowIssue,
	type RejectedRow,
	type RowProblem,
} from '../sync';

/** A row of which nothing is readable: it holds the removals of every list (see `RejectedRow`). */
export const NOTHING_READABLE: PartialRow = { ...ANY_LIST, memberIds: [] };

/** The position of a record in the source, and its cells. */
export interface Place {
	readonly cells: readonly string[];
	readonly line: number;
	readonly item: number;
	/** False for the last record of a file if no line end follows it. */
	readonly ended: boolean;
}

/** A rejected row; further problems of the same row are added to it. */
interface Rejection {
	readonly place: Place;
	/** By content, so that each is kept once. */
	readonly problems: Map<string, RowProblem>;
	partial: PartialRow;
}

/** One rejection for each row, however many of its cells or members are wrong. */
export class RejectLog {
	readonly #rejections = new Map<number, Rejection>();

	constructor(
		readonly names: readonly string[],
		readonly findings: FindingLog,
		readonly idsIn: (cells: readonly string[]) => string[] = () => [],
	) {}

	/**
	 * A last line without a line end may be truncated. Then the missing rows after it may have meant any list.
	 */
	add(place: Place, column: string | null, issue: RowIssue, partial: PartialRow): void {
		this.findings.add(place.line, column, issue);
		const readable = place.ended ? partial : { ...partial, ...ANY_LIST };
		const problem: RowProblem = { column, ...issue };
		const identity = JSON.stringify(problem);
		const earlier = this.#rejections.get(place.line);
		if (earlier !== undefined) {
			if (!earlier.problems.has(identity)) earlier.problems.set(identity, problem);
			earlier.partial = mergedPartialRows(earlier.partial, readable);
			return;
		}
		// One more than the maximum is enough to detect the excess.
		if (this.#rejections.size > MAX_REJECTED_ROWS) return;
		this.#rejections.set(place.line, { place, problems: new Map([[identity, problem]]), partial: readable });
	}

	get isEmpty(): boolean {
		return this.#rejections.size === 0;
	}

	has(line: number): boolean {
		return this.#rejections.has(line);
	}

	/** In the order of the source. */
	rows(): RejectedRow[] {
		return [...this.#rejections.values()]
			.map(({ place, problems, partial }): RejectedRow => {
				const { line, item, cells } = place;
				const idsInCells = this.idsIn(cells);
				return {
					...{ line, item, ...shownProblems([...problems.values()]), cells: this.cellsByName(cells), ...partial },
					...(idsInCells.length > 0 ? { idsInCells } : {}),
				};
			})
			.sort((a, b) => a.line - b.line);
	}

	/** The failure of the whole source if there are too many rejected rows; null otherwise. */
	failure(): ReadFailure | null {
		const [first] = this.#rejections.values();
		if (first === undefined || this.#rejections.size <= MAX_REJECTED_ROWS) return null;
		const { problems, moreProblems } = shownProblems([...first.problems.values()]);
		const facts = { max: MAX_REJECTED_ROWS, problems, moreProblems };
		return { code: 'tooManyRejected', facts, line: first.place.line };
	}

	/** From entries, because a column may be called `__proto__`. Cells beyond the header get names that no column has. */
	cellsByName(cells: readonly string[]): Readonly<Record<string, string>> {
		const surplus = cells.slice(this.names.length).map(() => '');
		const names = surplus.length === 0 ? this.names : uniqueNames([...this.names, ...surplus]);
		return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])) as Record<string, string>;
	}
}
