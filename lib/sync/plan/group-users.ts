/** The users of the groups that the source names, to detect unknown ids. One request per group. */

import type { NamedList } from './desired-list';
import { type Draft, type Unplanned, rejectAddition, unplanned } from './draft';
import { type ListRef, foldId, type Members, membersOf } from '../model';
import { mapConcurrently, type Failure } from '../platform';
import { groupKey } from './lists-not-shown';
import type { Planning } from './planning';

type Group = { readonly ok: true; readonly users: Members } | { readonly ok: false; readonly failure: Failure };

export class GroupUsers {
	private constructor(private readonly groups: ReadonlyMap<string, Group>) {}

	static async read(lists: ReadonlyArray<{ readonly ref: ListRef }>, planning: Planning): Promise<GroupUsers> {
		const { settings, listings, spellings } = planning;
		const wanted = new Map(lists.map(({ ref }) => [groupKey(ref), ref]));
		const groups = new Map<string, Group>();
		await mapConcurrently([...wanted], settings.concurrency, async ([key, ref]) => {
			const reply = await listings.users(ref);
			groups.set(key, reply.ok ? { ok: true, users: membersOf(reply.entries.map(({ userId }) => userId)) } : reply);
		});
		const groupUsers = new GroupUsers(groups);
		if (settings.kind === 'supervisedAgents') {
			for (const group of groups.values()) if (group.ok) spellings.learn(group.users);
		}
		return groupUsers;
	}

	/** Why the list cannot be planned as far as the users of its group are known; null where it can. */
	obstacle(ref: ListRef, lines: () => number[]): Unplanned | null {
		const group = this.groups.get(groupKey(ref));
		// A run that has to stop says so when the list is read.
		if (group === undefined || (!group.ok && group.failure.kind === 'stopped')) return null;
		if (!group.ok) return listOfHiddenGroup(ref, group.failure, lines());
		if (group.users.has(foldId(ref.userId))) return null;
		return unplanned(ref, 'rejected', { code: 'unknownOwner', facts: { list: ref } }, { lines: lines() });
	}

	/** The list, with its owner in the spelling of its group. */
	spelt(list: NamedList): NamedList {
		const { ref } = list;
		const group = this.groups.get(groupKey(ref));
		const userId = group?.ok ? group.users.get(foldId(ref.userId)) : undefined;
		return userId === undefined ? list : { ...list, ref: { ...ref, userId } };
	}

	/**
	 * Rejects additions of agents whom neither their group nor any list read in this run knows. Seen on a list counts,
	 * because an enterprise's call center may have agents of other groups.
	 */
	rejectUnknown(draft: Draft, planning: Planning): void {
		if (draft.ref.kind !== 'supervisedAgents') return;
		for (const [folded, { member, lines }] of draft.adds) {
			if (planning.spellings.knows(folded)) continue;
			const facts = { problem: 'notInGroup', member, list: draft.ref, lines } as const;
			rejectAddition(draft, folded, { code: 'unknownMember', facts });
		}
	}
}

/** A list of a group whose users or call centers the platform does not show. */
export function listOfHiddenGroup(ref: ListRef, failure: Failure, lines: readonly number[]): Unplanned {
	const facts = { list: ref, said: failure.message };
	const more = { failure, lines };
	return failure.kind === 'missing'
		? unplanned(ref, 'rejected', { code: 'missingList', facts: { problem: 'group', ...facts } }, more)
		: unplanned(ref, 'failed', { code: 'directoryUnreadable', facts }, more);
}
