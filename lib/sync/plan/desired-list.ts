/** The desired state of one list: the members that its rows add or remove, and the rows that cannot be carried out. */

import { foldId, type ListRef, type Mode, type SourceRow, type ListIssue } from '../model';

/** The rows of one list. */
export interface NamedList {
	readonly ref: ListRef;
	readonly key: string;
	/** Those that name a member. */
	readonly rows: SourceRow[];
	/** Lines of the rows that name no member. */
	readonly memberless: number[];
	/** Parts of its key that come from a default. */
	readonly defaulted: Array<keyof ListRef>;
}

/** A row that can be read but not carried out. */
export interface InvalidRow {
	readonly memberId: string;
	readonly change: 'add' | 'remove';
	readonly issue: ListIssue;
	readonly lines: readonly number[];
}

export class DesiredList {
	readonly ref: ListRef;
	readonly key: string;
	/** Folded member to the first row that names it. */
	readonly members = new Map<string, SourceRow>();
	/** Rows that contradict another row, or the mode. */
	readonly invalid: InvalidRow[] = [];
	/** Further rows with the same desired change; null while there are none, as in most lists. */
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
		for (const row of named.rows) this.addRow(row, row.memberId ?? '');
	}

	/** The source's spelling of a member, after renaming. */
	spelling(folded: string): string {
		return this.renamed(this.members.get(folded)?.memberId ?? folded);
	}

	/** Lines that name the member, in the order of the file. */
	lines(folded: string): number[] {
		const first = this.members.get(folded);
		const rows = [...(first === undefined ? [] : [first]), ...(this.#repeated?.get(folded) ?? [])];
		return rows.map(({ line }) => line).sort((a, b) => a - b);
	}

	/**
	 * Every member that any row names, folded, with the lines that name it. Invalid rows are included.
	 */
	*allMembers(): Generator<readonly [folded: string, lines: readonly number[]]> {
		for (const folded of this.members.keys()) yield [folded, this.lines(folded)];
		for (const { memberId, lines } of this.invalid) yield [foldId(memberId), lines];
	}

	/** All lines that name the list, for messages about the list as a whole. */
	allLines(): number[] {
		return [...[...this.members.values()].map(({ line }) => line), ...this.named.memberless].sort((a, b) => a - b);
	}

	/**
	 * The ids of a live list that already equals the desired one; null if it differs or this quick check cannot tell.
	 * Most lists of a nightly run are unchanged, and this spares them the maps of a delta.
	 */
	unchangedIds(live: readonly string[]): string[] | null {
		if (this.mode !== 'mirror' || this.invalid.length > 0 || live.length !== this.members.size) return null;
		const found = new Set<string>();
		const ids: string[] = [];
		for (const id of live) {
			const own = this.row(id)?.memberId;
			if (own == null) return null;
			found.add(own);
			ids.push(own === id ? own : id);
		}
		// If the platform names a member twice, another one is missing.
		return found.size === live.length ? ids : null;
	}

	/**
	 * The ids as the platform spells them. If the source spells an id the same way, its string is returned, so that a
	 * million ids are not in memory twice.
	 */
	internedIds(live: Iterable<string>): string[] {
		return Array.from(live, (id) => {
			const own = this.row(id)?.memberId;
			return own === id ? own : id;
		});
	}

	/** The ids that the list has if its rows are carried out and were so before. */
	desiredIds(): string[] {
		return [...this.members].flatMap(([folded, row]) =>
			desiredChange(row, this.mode) === 'add' ? [this.spelling(folded)] : [],
		);
	}

	private row(id: string): SourceRow | undefined {
		return this.members.get(id) ?? this.members.get(foldId(id));
	}

	private renamed(id: string): string {
		return this.aliases.size === 0 ? id : (this.aliases.get(foldId(id)) ?? id);
	}

	private addRow(row: SourceRow, sourceId: string): void {
		const memberId = this.renamed(sourceId);
		const issue = modeIssue(row, this.mode);
		if (issue !== null) {
			this.invalid.push({ memberId, change: row.action ?? 'add', issue, lines: [row.line] });
			return;
		}
		const folded = foldId(memberId);
		const first = this.members.get(folded);
		if (first === undefined) {
			if (this.#conflicting?.has(folded) !== true) this.members.set(folded, row);
			return;
		}
		if (desiredChange(first, this.mode) !== desiredChange(row, this.mode)) {
			const lines = [...this.lines(folded), row.line].sort((a, b) => a - b);
			this.members.delete(folded);
			this.#repeated?.delete(folded);
			this.#conflicting = (this.#conflicting ?? new Set()).add(folded);
			this.invalid.push({
				memberId,
				change: 'add',
				issue: { code: 'conflictingRows', facts: { problem: 'sameList', member: memberId, lines } },
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

/** Whether the row puts its member on the list or takes it off. */
export function desiredChange(row: SourceRow, mode: Mode): 'add' | 'remove' {
	if (mode === 'actionColumn') return row.action ?? 'add';
	return mode === 'removeOnly' ? 'remove' : 'add';
}

/** A row is rejected if its action contradicts the mode: it would do the opposite of what its author meant. */
function modeIssue({ line, action }: SourceRow, mode: Mode): ListIssue | null {
	if (mode === 'actionColumn') return action === null ? { code: 'actionMissing', facts: { line } } : null;
	const wanted = mode === 'removeOnly' ? 'remove' : 'add';
	return action === null || action === wanted ? null : { code: 'actionNotInMode', facts: { line, action } };
}
