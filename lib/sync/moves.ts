/**
 * Which removals wait for additions to other lists.
 *
 * Members who move (added to one list and removed from another in the same run) leave the old list only after every new one
 * shows them, so that nobody falls between two lists, whatever is refused or stops the run in between. An addition of an id
 * that no list has shown may be a slip for somebody who looks alike, and is waited for in the same way.
 */

import { foldId, KINDS, type ListRef } from './kinds';
import { Lookalikes } from './lookalikes';

type Changes = Iterable<{ readonly member: string }>;

export interface ChangingList {
	readonly ref: ListRef;
	readonly adds: Changes;
	readonly removes: Changes;
	/** Members that the list has. */
	readonly before: Iterable<string>;
}

export interface Arrival<List> {
	readonly list: List;
	readonly member: string;
	readonly folded: string;
}

export class Moves<List extends ChangingList> {
	/** Folded member who leaves a list to the lists that it, or an id that looks like it, is added to. */
	readonly #targets = new Map<string, Array<Arrival<List>>>();

	constructor(lists: readonly List[]) {
		const moving = lists.filter(({ ref }) => KINDS[ref.kind].membersMove);
		const leaving = new Set<string>();
		for (const { removes } of moving) for (const { member } of removes) leaving.add(foldId(member));
		if (leaving.size === 0) return;
		const unseen = new Map<string, Array<Arrival<List>>>();
		for (const list of moving) {
			for (const { member } of list.adds) {
				const arrival = { list, member, folded: foldId(member) };
				if (leaving.has(arrival.folded)) this.#note(arrival.folded, arrival);
				else unseen.set(arrival.folded, [...(unseen.get(arrival.folded) ?? []), arrival]);
			}
		}
		if (unseen.size === 0) return;
		for (const { before } of moving) for (const id of before) unseen.delete(foldId(id));
		const alike = new Lookalikes(leaving);
		for (const [folded, arrivals] of unseen) {
			for (const leaver of alike.of(folded)) for (const arrival of arrivals) this.#note(leaver, arrival);
		}
	}

	/** What has to come to other lists before the member leaves this one; nothing where it does not move. */
	before(folded: string, ref: ListRef): ReadonlyArray<Arrival<List>> {
		return (this.#targets.get(folded) ?? []).filter(({ list }) => list.ref !== ref);
	}

	/** Whether removals of the list wait for additions to other lists. */
	delay({ ref, removes }: { readonly ref: ListRef; readonly removes: Changes }): boolean {
		if (this.#targets.size === 0 || !KINDS[ref.kind].membersMove) return false;
		for (const { member } of removes) if (this.before(foldId(member), ref).length > 0) return true;
		return false;
	}

	#note(leaver: string, arrival: Arrival<List>): void {
		const targets = this.#targets.get(leaver);
		if (targets === undefined) this.#targets.set(leaver, [arrival]);
		else targets.push(arrival);
	}
}
