/**
 * What the source asks for: rows folded into lists. Members are kept as the index of their row, so a million rows cost
 * a number each and not an object each.
 */

import type { SourceRow } from './row';
import type { ListRef } from './kinds';
import { foldId, listKey } from './kinds';
import type { Mode } from './plan-document';
import type { Settings, Source } from './run';
import { RejectionIndex } from './rejections';
import { linesText } from './words';

/** A row that cannot be followed though it could be read. */
export interface BadWish {
	readonly memberId: string;
	readonly change: 'add' | 'remove';
	readonly code: string;
	readonly message: string;
	readonly lines: readonly number[];
}

export interface DesiredList {
	readonly ref: ListRef;
	readonly key: string;
	/** Folded member to the index of the first row that names it. */
	readonly members: Map<string, number>;
	/** Further rows that say the same; null while there are none, as in most lists. */
	repeated: Map<string, number[]> | null;
	/** Rows that contradict another row, or the mode. */
	readonly bad: BadWish[];
	/** Folded members whose rows contradict each other; null while there are none. */
	conflicting: Set<string> | null;
	/** Lines that name the list and nobody on it. */
	readonly memberless: number[];
}

/** The wishes of one source, by list. */
export class Desired {
	/** In the order of their keys, so that no order of rows can be told from another. */
	readonly lists: readonly DesiredList[];
	readonly rejections: RejectionIndex;
	/** Distinct pairs of list and member. */
	readonly memberCount: number;
	readonly #rows: readonly SourceRow[];
	readonly #aliases: ReadonlyMap<string, string>;

	constructor(source: Source, settings: Settings) {
		this.#rows = source.rows;
		this.#aliases = new Map(Object.entries(settings.aliases).map(([from, to]) => [foldId(from), to]));
		this.rejections = new RejectionIndex(source.rejected, settings.kind);
		const lists = collect();
		for (const [index, row] of source.rows.entries()) this.place(index, row, lists(row.list), settings.mode);
		this.lists = lists.all().sort((a, b) => (a.key < b.key ? -1 : 1));
		this.memberCount = this.lists.reduce((sum, list) => sum + list.members.size, 0);
	}

	/** The source's spelling of a member, after renaming. */
	spelling(list: DesiredList, folded: string): string {
		return this.renamed(this.row(list, folded).memberId ?? folded);
	}

	/** Whether the member is wanted on the list or off it. */
	change(list: DesiredList, folded: string, mode: Mode): 'add' | 'remove' {
		return wishOf(this.row(list, folded), mode);
	}

	/** Lines that ask for the member, in the order of the file. */
	lines(list: DesiredList, folded: string): number[] {
		const indexes = [list.members.get(folded) ?? 0, ...(list.repeated?.get(folded) ?? [])];
		return indexes.map((index) => this.#rows[index].line).sort((a, b) => a - b);
	}

	/** Lines that name the list at all: for messages about the list as a whole. */
	linesOf(list: DesiredList): number[] {
		return [...[...list.members.values()].map((index) => this.#rows[index].line), ...list.memberless].sort((a, b) => a - b);
	}

	/**
	 * The ids of a list as the platform gave them. Where the source spells one alike, it is the source's own text: the other
	 * is let go, and a million of them are not kept twice.
	 */
	kept(list: DesiredList, live: ReadonlyMap<string, string>): string[] {
		return Array.from(live, ([folded, id]) => {
			const row = list.members.get(folded);
			const own = row === undefined ? null : this.#rows[row].memberId;
			return own === id ? own : id;
		});
	}

	private row(list: DesiredList, folded: string): SourceRow {
		return this.#rows[list.members.get(folded) ?? 0];
	}

	private renamed(id: string): string {
		return this.#aliases.size === 0 ? id : (this.#aliases.get(foldId(id)) ?? id);
	}

	private place(index: number, row: SourceRow, list: DesiredList, mode: Mode): void {
		if (row.memberId === null) {
			list.memberless.push(row.line);
			return;
		}
		const memberId = this.renamed(row.memberId);
		const problem = wishProblem(row, mode);
		if (problem !== null) {
			list.bad.push({ memberId, change: row.action ?? 'add', ...problem, lines: [row.line] });
			return;
		}
		const folded = foldId(memberId);
		const first = list.members.get(folded);
		if (first === undefined) {
			if (list.conflicting?.has(folded) !== true) list.members.set(folded, index);
			return;
		}
		if (wishOf(this.#rows[first], mode) !== wishOf(row, mode)) {
			const lines = [...this.lines(list, folded), row.line].sort((a, b) => a - b);
			list.members.delete(folded);
			list.repeated?.delete(folded);
			list.conflicting = (list.conflicting ?? new Set()).add(folded);
			list.bad.push({
				memberId,
				change: 'add',
				code: 'conflictingRows',
				message: `${memberId} is asked to be added and to be removed (${linesText(lines)}): keep one of the rows.`,
				lines,
			});
			return;
		}
		list.repeated ??= new Map();
		const repeated = list.repeated.get(folded);
		if (repeated === undefined) list.repeated.set(folded, [index]);
		else repeated.push(index);
	}
}

function wishOf(row: SourceRow, mode: Mode): 'add' | 'remove' {
	if (mode === 'actionColumn') return row.action ?? 'add';
	return mode === 'removeOnly' ? 'remove' : 'add';
}

/** A row whose action says the opposite of the mode would do the opposite of what its author meant. */
function wishProblem(row: SourceRow, mode: Mode): { code: string; message: string } | null {
	if (mode === 'actionColumn') {
		if (row.action !== null) return null;
		return { code: 'actionMissing', message: `Line ${row.line} has no action: say add or remove, or choose another mode.` };
	}
	if (row.action === null || row.action === wishOf(row, mode)) return null;
	return {
		code: 'actionNotInMode',
		message: `Line ${row.line} says ${row.action}, which this mode does not do: choose the mode that follows the action column, or take the column out.`,
	};
}

/** Finds the list of a row: by the object that rows share, so that its key is built and folded once and not for every row. */
function collect() {
	const byKey = new Map<string, DesiredList>();
	const byRef = new Map<ListRef, DesiredList>();
	const find = (ref: ListRef): DesiredList => {
		const known = byRef.get(ref);
		if (known !== undefined) return known;
		const key = listKey(ref);
		const list = byKey.get(key) ?? emptyList(ref, key);
		byKey.set(key, list);
		byRef.set(ref, list);
		return list;
	};
	return Object.assign(find, { all: () => [...byKey.values()] });
}

function emptyList(ref: ListRef, key: string): DesiredList {
	return { ref, key, members: new Map(), repeated: null, bad: [], conflicting: null, memberless: [] };
}
