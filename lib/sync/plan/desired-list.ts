/** What the rows of one list say together: who is wanted on it or off it, and which rows cannot be followed. */

import { foldId, type ListRef } from '../model/list';
import type { Mode } from '../documents/plan';
import type { SourceRow } from '../model/row';
import { linesText } from '../words';

/** The rows of one list. */
export interface NamedList {
	readonly ref: ListRef;
	readonly key: string;
	/** Those that name a member. */
	readonly rows: SourceRow[];
	/** Lines of the others. */
	readonly memberless: number[];
	/** Parts of its key that a default stands in for. */
	readonly defaulted: Array<keyof ListRef>;
}

/** A row that cannot be followed though it could be read. */
export interface BadWish {
	readonly memberId: string;
	readonly change: 'add' | 'remove';
	readonly code: string;
	readonly message: string;
	readonly lines: readonly number[];
}

export class DesiredList {
	readonly ref: ListRef;
	readonly key: string;
	/** Folded member to the first row that names it. */
	readonly members = new Map<string, SourceRow>();
	/** Rows that contradict another row, or the mode. */
	readonly bad: BadWish[] = [];
	/** Further rows that say the same; null while there are none, as in most lists. */
	#repeated: Map<string, SourceRow[]> | null = null;
	/** Folded members whose rows contradict each other; null while there are none. */
	#conflicting: Set<string> | null = null;

	constructor(
		private readonly named: NamedList,
		private readonly mode: Mode,
		private readonly aliases: ReadonlyMap<string, string>,
	) {
		this.ref = named.ref;
		this.key = named.key;
		for (const row of named.rows) this.place(row, row.memberId ?? '');
	}

	/** The source's spelling of a member, after renaming. */
	spelling(folded: string): string {
		return this.renamed(this.members.get(folded)?.memberId ?? folded);
	}

	/** Lines that ask for the member, in the order of the file. */
	lines(folded: string): number[] {
		const first = this.members.get(folded);
		const rows = [...(first === undefined ? [] : [first]), ...(this.#repeated?.get(folded) ?? [])];
		return rows.map(({ line }) => line).sort((a, b) => a - b);
	}

	/**
	 * Every member that any row names, folded, with the lines that name it; those of rows that cannot be followed
	 * included.
	 */
	*allMembers(): Generator<readonly [folded: string, lines: readonly number[]]> {
		for (const folded of this.members.keys()) yield [folded, this.lines(folded)];
		for (const { memberId, lines } of this.bad) yield [foldId(memberId), lines];
	}

	/** Lines that name the list at all: for messages about the list as a whole. */
	allLines(): number[] {
		return [...[...this.members.values()].map(({ line }) => line), ...this.named.memberless].sort((a, b) => a - b);
	}

	/**
	 * The ids of a list that is as its mirror wants it, as nearly all lists of a night are: told without the maps of a
	 * delta. Null where that is not plain to see.
	 */
	settled(live: readonly string[]): string[] | null {
		if (this.mode !== 'mirror' || this.bad.length > 0 || live.length !== this.members.size) return null;
		const met = new Set<string>();
		const ids: string[] = [];
		for (const id of live) {
			const own = this.row(id)?.memberId;
			if (own == null) return null;
			met.add(own);
			ids.push(own === id ? own : id);
		}
		// The platform may name somebody twice, and then somebody else is missing.
		return met.size === live.length ? ids : null;
	}

	/**
	 * Ids as the platform gave them. Where the source spells one alike, it is the source's own text: the other is let go,
	 * and a million of them are not kept twice.
	 */
	kept(live: Iterable<string>): string[] {
		return Array.from(live, (id) => {
			const own = this.row(id)?.memberId;
			return own === id ? own : id;
		});
	}

	private row(id: string): SourceRow | undefined {
		return this.members.get(id) ?? this.members.get(foldId(id));
	}

	private renamed(id: string): string {
		return this.aliases.size === 0 ? id : (this.aliases.get(foldId(id)) ?? id);
	}

	private place(row: SourceRow, rowsId: string): void {
		const memberId = this.renamed(rowsId);
		const problem = wishProblem(row, this.mode);
		if (problem !== null) {
			this.bad.push({ memberId, change: row.action ?? 'add', ...problem, lines: [row.line] });
			return;
		}
		const folded = foldId(memberId);
		const first = this.members.get(folded);
		if (first === undefined) {
			if (this.#conflicting?.has(folded) !== true) this.members.set(folded, row);
			return;
		}
		if (wishOf(first, this.mode) !== wishOf(row, this.mode)) {
			const lines = [...this.lines(folded), row.line].sort((a, b) => a - b);
			this.members.delete(folded);
			this.#repeated?.delete(folded);
			this.#conflicting = (this.#conflicting ?? new Set()).add(folded);
			this.bad.push({
				memberId,
				change: 'add',
				code: 'conflictingRows',
				message: `${memberId} is asked to be added and to be removed (${linesText(lines)}): keep one of the rows.`,
				lines,
			});
			return;
		}
		this.#repeated ??= new Map();
		const repeated = this.#repeated.get(folded);
		if (repeated === undefined) this.#repeated.set(folded, [row]);
		else repeated.push(row);
	}
}

/** Whether the row's member is wanted on the list or off it. */
export function wishOf(row: SourceRow, mode: Mode): 'add' | 'remove' {
	if (mode === 'actionColumn') return row.action ?? 'add';
	return mode === 'removeOnly' ? 'remove' : 'add';
}

/** A row whose action says the opposite of the mode would do the opposite of what its author meant. */
function wishProblem(row: SourceRow, mode: Mode): { code: string; message: string } | null {
	if (mode === 'actionColumn') {
		if (row.action !== null) return null;
		return {
			code: 'actionMissing',
			message: `Line ${row.line} has no action: say add or remove, or choose another mode.`,
		};
	}
	if (row.action === null || row.action === wishOf(row, mode)) return null;
	return {
		code: 'actionNotInMode',
		message:
			`Line ${row.line} says ${row.action}, which this mode does not do: choose the mode that follows the ` +
			'action column, or take the column out.',
	};
}
