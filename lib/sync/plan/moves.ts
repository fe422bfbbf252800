/**
 * Which removals wait for additions to other lists.
 *
 * Members who move (added to one list and removed from another in the same run) leave the old list only after every new
 * list shows them, even if a change is refused or the run stops in between. A member who leaves the last list waits
 * for all additions (`lastPlace`), because an addition that fails may have meant this member; so do the members of a
 * list that an addition may have meant whose row took a default for a blank cell.
 */

import { foldId, KINDS, type ListRef } from '../model';
import type { Change } from '../documents';

export interface ChangingList {
	readonly ref: ListRef;
	readonly adds: Iterable<Change>;
	readonly removes: Iterable<Change>;
}

export class Moves<List extends ChangingList> {
	/** Folded member who leaves a list to the lists that it is added to. */
	readonly #targets = new Map<string, List[]>();

	/** Goes through each list's changes once, so iterators will do. */
	constructor(lists: readonly List[]) {
		const moving = lists.filter(({ ref }) => KINDS[ref.kind].membersMove);
		const leaving = new Set<string>();
		for (const { removes } of moving) for (const { member } of removes) leaving.add(foldId(member));
		if (leaving.size === 0) return;
		for (const list of moving) {
			for (const { member } of list.adds) {
				const folded = foldId(member);
				if (!leaving.has(folded)) continue;
				const targets = this.#targets.get(folded);
				if (targets === undefined) this.#targets.set(folded, [list]);
				else targets.push(list);
			}
		}
	}

	/** The lists that a member who leaves another comes to; none where it does not move. */
	targets(folded: string): readonly List[] {
		return this.#targets.get(folded) ?? [];
	}

	/** Whether removals of the list wait for additions to other lists. */
	removalsWait({ ref, removes }: Pick<ChangingList, 'ref' | 'removes'>): boolean {
		if (!KINDS[ref.kind].membersMove) return false;
		for (const { member, lastPlace } of removes)
			if (lastPlace === true || this.#targets.has(foldId(member))) return true;
		return false;
	}
}
