/**
 * Lists to read although an earlier run left them as the source asks (`readLists: changed`): those that keep a member
 * who leaves another list. The memory does not show the live members of a list, so it must not be the reason of a
 * removal (docs/engine.md).
 */

import { foldId, type Mode } from '../model';
import type { Desired } from './desired';
import { desiredChange, type NamedList } from './desired-list';
import type { Draft } from './draft';
import type { UnchangedList } from './planning';

/** A list that was read: as planned, or found as the source asks. */
export interface SeenList {
	readonly draft?: Draft;
	readonly unchanged?: UnchangedList;
}

/**
 * @param seen the lists read so far
 * @param known the lists not read so far
 * @returns for each member who leaves a list and was seen on no list that keeps it, the first list of `known` whose
 *   rows name it; empty if there is none
 */
export function listsToVerify(
	seen: readonly SeenList[],
	known: readonly NamedList[],
	desired: Desired,
	mode: Mode,
): Set<NamedList> {
	const drafts = seen.flatMap(({ draft }) => draft ?? []);
	const leaving = new Set(drafts.flatMap(({ removes }) => [...removes.keys()]));
	for (const { view, removes } of drafts)
		for (const folded of view.members.keys()) if (!removes.has(folded)) leaving.delete(folded);
	const unchanged = seen.flatMap((list) => list.unchanged ?? []);
	for (const { ids } of unchanged) for (const id of ids) leaving.delete(foldId(id));
	const wanted = new Set<NamedList>();
	if (leaving.size === 0) return wanted;
	for (const list of known) {
		for (const [folded, row] of desired.of(list).members) {
			if (desiredChange(row, mode) !== 'add' || !leaving.delete(folded)) continue;
			wanted.add(list);
		}
	}
	return wanted;
}
