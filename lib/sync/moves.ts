/**
 * Members who move: added to one list and removed from another in the same run. They leave the old list only after every
 * new one shows them, so that nobody falls between two lists, whatever is refused or stops the run in between.
 */

import { foldId, KINDS, type ListRef } from './kinds';

type Changes = Iterable<{ readonly member: string }>;

export class Moves<List extends { readonly ref: ListRef; readonly adds: Changes }> {
	/** Folded member to the lists that it is added to. */
	readonly #arrivals = new Map<string, List[]>();

	constructor(lists: readonly List[]) {
		for (const list of lists) {
			if (!KINDS[list.ref.kind].membersMove) continue;
			for (const { member } of list.adds) {
				const folded = foldId(member);
				const targets = this.#arrivals.get(folded);
				if (targets === undefined) this.#arrivals.set(folded, [list]);
				else targets.push(list);
			}
		}
	}

	/** The lists that a member is added to; none where it does not move. */
	targets(folded: string): readonly List[] {
		return this.#arrivals.get(folded) ?? [];
	}

	/** Whether anybody who leaves the list moves to another. */
	leadFrom({ ref, removes }: { readonly ref: ListRef; readonly removes: Changes }): boolean {
		if (this.#arrivals.size === 0 || !KINDS[ref.kind].membersMove) return false;
		for (const { member } of removes) if (this.#arrivals.has(foldId(member))) return true;
		return false;
	}
}
