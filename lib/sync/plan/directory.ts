/** The users of the groups that the source names: what tells a typing mistake from a person. One request per group. */

import type { Draft, Unplanned } from './draft';
import { rejectAddition, unplanned } from './draft';
import type { ListRef } from '../model/list';
import { foldId } from '../model/list';
import { inLanes } from '../platform/read';
import type { Members } from '../model/members';
import { membersOf } from '../model/members';
import type { Planning } from './planning';
import type { Failure } from '../platform/platform';
import { linesText } from '../words';

type Group = { readonly ok: true; readonly users: Members } | { readonly ok: false; readonly failure: Failure };

export class Directory {
	private constructor(private readonly groups: ReadonlyMap<string, Group>) {}

	static async read(lists: ReadonlyArray<{ readonly ref: ListRef }>, planning: Planning): Promise<Directory> {
		const { settings, session, spellings } = planning;
		const wanted = new Map(lists.map(({ ref }) => [groupKey(ref), ref]));
		const groups = new Map<string, Group>();
		await inLanes([...wanted], settings.concurrency, async ([key, { tenantId, groupId }]) => {
			const reply = await session.users(tenantId, groupId);
			groups.set(key, reply.ok ? { ok: true, users: membersOf(reply.members) } : reply);
		});
		const directory = new Directory(groups);
		if (settings.kind === 'supervisedAgents') {
			for (const group of groups.values()) if (group.ok) spellings.learn(group.users);
		}
		return directory;
	}

	/** Why the list cannot be planned as far as the directory knows; null where it can. */
	obstacle(ref: ListRef, lines: () => number[]): Unplanned | null {
		const group = this.groups.get(groupKey(ref));
		// A run that has to stop says so when the list is read.
		if (group === undefined || (!group.ok && group.failure.kind === 'stopped')) return null;
		if (!group.ok) {
			const { failure } = group;
			if (failure.kind === 'missing') {
				const message =
					`Group ${ref.groupId} of tenant ${ref.tenantId} does not exist on the platform: correct the ids. ` +
					`${failure.message}`;
				return unplanned(ref, 'rejected', 'missingList', message, { failure, lines: lines() });
			}
			const message =
				`The users of group ${ref.groupId} could not be read, so no id can be checked: ` + failure.message;
			return unplanned(ref, 'failed', 'directoryUnreadable', message, { failure, lines: lines() });
		}
		if (group.users.has(foldId(ref.userId))) return null;
		const message =
			`${ref.userId} is not a user of group ${ref.groupId}: correct the id in the source, or create the ` +
			'user first.';
		return unplanned(ref, 'rejected', 'unknownOwner', message, { lines: lines() });
	}

	/**
	 * Rejects additions of agents whom neither their group nor any list read in this run knows. Seen on a list counts,
	 * because an enterprise's call center may have agents of other groups.
	 */
	rejectUnknown(draft: Draft, planning: Planning): void {
		if (draft.ref.kind !== 'supervisedAgents') return;
		for (const [folded, { member, lines }] of draft.adds) {
			if (planning.spellings.knows(folded)) continue;
			const asked = lines.length > 0 ? ` (${linesText(lines)})` : '';
			rejectAddition(draft, folded, {
				code: 'unknownMember',
				reason:
					`${member}${asked} is not a user of group ${draft.ref.groupId}: correct the id in the source, or ` +
					'create the user first.',
			});
		}
	}
}

function groupKey(ref: ListRef): string {
	return `${foldId(ref.tenantId)}\u0000${foldId(ref.groupId)}`;
}
