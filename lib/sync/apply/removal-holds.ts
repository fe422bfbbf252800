/** Which removals are held once the additions of a stage were tried (`lib/sync/plan/moves.ts` says which ones wait). */

import type { HeldChange, PlannedList } from '../documents/plan';
import { foldId, KINDS, type ListRef } from '../model/list';
import type { Moves } from '../plan/moves';
import type { ListWriter } from './list-writer';
import { heldForLastPlace, heldForMove, type Decision } from './messages';

type Writers = ReadonlyMap<PlannedList, Pick<ListWriter, 'shows'>>;

export interface FailedAddition {
	readonly member: string;
	readonly ref: ListRef;
}

/** Removals of members who are not on all of their new lists; and of last places, where any addition failed. */
export function removalsToHold(
	planned: PlannedList,
	moves: Moves<PlannedList>,
	writers: Writers,
	failed: FailedAddition | null,
): HeldChange[] {
	return planned.removes.flatMap(({ member, lines, lastPlace }): HeldChange[] => {
		const held = ({ code, message }: Decision): HeldChange[] => [
			{ member, lines, change: 'remove', code, reason: message },
		];
		const folded = foldId(member);
		const missing = moves.targets(folded).find((target) => writers.get(target)?.shows(folded) !== true);
		if (missing !== undefined) return held(heldForMove(member, missing.ref));
		return lastPlace === true && failed !== null ? held(heldForLastPlace(failed)) : [];
	});
}

/** An addition of an id that none of its lists shows. */
export function failedAddition(lists: readonly PlannedList[], writers: Writers): FailedAddition | null {
	const moving = lists.filter(({ ref }) => KINDS[ref.kind].membersMove);
	const shown = new Set<string>();
	const failed: Array<FailedAddition & { readonly folded: string }> = [];
	for (const list of moving) {
		for (const { member } of list.adds) {
			const folded = foldId(member);
			if (writers.get(list)?.shows(folded) === true) shown.add(folded);
			else failed.push({ member, folded, ref: list.ref });
		}
	}
	return failed.find(({ folded }) => !shown.has(folded)) ?? null;
}
