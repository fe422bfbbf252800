/** The removals that are held after the additions of a stage. `lib/sync/plan/moves.ts` decides which removals wait. */

import type { HeldChange, PlannedList } from '../documents';
import { type HoldIssue, foldId, KINDS, type ListRef } from '../model';
import type { Moves } from '../plan';
import type { ListWriter } from './list-writer';

/** Whether the list, as last seen, has a member that was to be added to it. */
export type ShownAdditions = Pick<ListWriter, 'shows'>;

type Writers = ReadonlyMap<PlannedList, ShownAdditions>;

export interface FailedAddition {
	readonly member: string;
	readonly ref: ListRef;
}

/** Removals of members who are not on all of their new lists, and of last places if any addition failed. */
export function removalsToHold(
	planned: PlannedList,
	moves: Moves<PlannedList>,
	writers: Writers,
	failed: FailedAddition | null,
): HeldChange[] {
	return planned.removes.flatMap(({ member, lines, lastPlace }): HeldChange[] => {
		const held = (why: HoldIssue): HeldChange[] => [{ member, lines, change: 'remove', ...why }];
		const folded = foldId(member);
		const missing = moves.targets(folded).find((target) => writers.get(target)?.shows(folded) !== true);
		if (missing !== undefined) return held({ code: 'moveFailed', facts: { member, list: missing.ref } });
		if (lastPlace !== true || failed === null) return [];
		const facts = { problem: 'lastPlace', member: failed.member, list: failed.ref } as const;
		return held({ code: 'additionFailed', facts });
	});
}

/** The first addition that its list does not show: its row may mean another member, whoever it names. */
export function failedAddition(lists: readonly PlannedList[], writers: Writers): FailedAddition | null {
	for (const list of lists) {
		if (!KINDS[list.ref.kind].membersMove) continue;
		const failed = list.adds.find(({ member }) => writers.get(list)?.shows(foldId(member)) !== true);
		if (failed !== undefined) return { member: failed.member, ref: list.ref };
	}
	return null;
}
