/**
 * The rows that cannot be used: all of them are kept, to be handed back, up to a number beyond which the source is
 * refused.
 */

import type { FindingCode, FindingLog } from './findings';
import { uniqueNames } from './header';
import { MAX_REJECTED_ROWS } from './limits';
import type { ReadFailure } from './options';
import type { RejectedRow } from '../sync';

/** What could be read of a row's list and members; null where it could not be. */
export type Known = Pick<RejectedRow, 'tenantId' | 'groupId' | 'userId' | 'callCenterId' | 'memberIds'>;

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

/** Problems told of one row; a cell may name a thousand members. */
const MESSAGES_PER_ROW = 5;

/** A rejected row in the making: each further problem of the row is told with it. */
interface Rejection {
	readonly place: Place;
	readonly code: FindingCode;
	readonly messages: Set<string>;
	known: Known;
}

/** One rejection for each row, however many of its cells or members are wrong. */
export class RejectLog {
	readonly #rejections = new Map<number, Rejection>();

	constructor(
		readonly names: readonly string[],
		readonly findings: FindingLog,
	) {}

	/**
	 * A last line without an end may be where the file was cut off: then the rows that followed it may have meant any
	 * list.
	 */
	add(place: Place, problem: Problem, known: Known): void {
		this.findings.add(problem.code, place.line, problem.column, problem.message);
		const meant = place.ended ? known : { ...known, ...ANY_LIST };
		const message = problem.column === null ? problem.message : `${problem.column}: ${problem.message}`;
		const earlier = this.#rejections.get(place.line);
		if (earlier !== undefined) {
			earlier.messages.add(message);
			earlier.known = eitherOf(earlier.known, meant);
			return;
		}
		// One more than allowed shows that there are too many; the rest would only fill the memory.
		if (this.#rejections.size > MAX_REJECTED_ROWS) return;
		this.#rejections.set(place.line, { place, code: problem.code, messages: new Set([message]), known: meant });
	}

	/** In the order of the source, whenever they were found out. */
	rows(): RejectedRow[] {
		return [...this.#rejections.values()]
			.map(({ place, code, messages, known }): RejectedRow => {
				return {
					line: place.line,
					item: place.item,
					code,
					message: textOf(messages),
					cells: this.#byName(place.cells),
					...known,
				};
			})
			.sort((a, b) => a.line - b.line);
	}

	/** Why the whole source is refused; null while there are not too many. */
	failure(): ReadFailure | null {
		const [first] = this.#rejections.values();
		if (first === undefined || this.#rejections.size <= MAX_REJECTED_ROWS) return null;
		const limit = MAX_REJECTED_ROWS.toLocaleString('en-US');
		const message =
			`More than ${limit} rows cannot be used, so this is most likely not the file it should be. The first ` +
			`one: ${textOf(first.messages)}`;
		return { code: 'tooManyRejected', message, line: first.place.line };
	}

	/** From entries, because a column may be called `__proto__`. Cells beyond the header get names that no column has. */
	#byName(cells: readonly string[]): Readonly<Record<string, string>> {
		const surplus = cells.slice(this.names.length).map(() => '');
		const names = surplus.length === 0 ? this.names : uniqueNames([...this.names, ...surplus]);
		return Object.fromEntries(names.map((name, column) => [name, cells[column] ?? ''])) as Record<string, string>;
	}
}

function textOf(messages: ReadonlySet<string>): string {
	const told = [...messages].slice(0, MESSAGES_PER_ROW);
	const more = messages.size - told.length;
	return [...told, ...(more > 0 ? [`And ${more} more of the kind.`] : [])].join(' ');
}

/**
 * What two problems of a row leave known of it: a part of its list that they do not agree on is not, but it is still
 * named.
 */
function eitherOf(one: Known, other: Known): Known {
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
