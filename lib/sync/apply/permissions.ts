/**
 * Which groups the account may write in. Once the first few lists of a group were all forbidden, its others are not
 * tried: they would cost a request each and come to the same.
 */

import type { ListOutcome } from '../documents/journal';
import { listKey, type ListRef } from '../model/list';
import { FORBIDDEN_LISTS } from '../model/limits';
import { groupKey } from '../plan/lists-not-shown';
import { groupForbidden } from './messages';

interface GroupPermission {
	/** Keys of lists of which every write was forbidden. */
	readonly forbidden: Set<string>;
	/** Any write came through to where it is decided on more than the right to write. */
	allowed: boolean;
}

export class WritePermissions {
	readonly #groups = new Map<string, GroupPermission>();

	/** Learns from the requests of a list. */
	record({ ref, requests }: ListOutcome): void {
		const written = requests.filter(isWrite);
		if (written.length === 0) return;
		const key = groupKey(ref);
		const group = this.#groups.get(key) ?? { forbidden: new Set(), allowed: false };
		this.#groups.set(key, group);
		if (written.every(({ result }) => result === 'forbidden')) group.forbidden.add(listKey(ref));
		else group.allowed = true;
	}

	/** The outcome of a list that is not tried for want of the right; null where it is to be tried, or was by now. */
	outcomeIfDenied(ref: ListRef, outcomeSoFar: () => ListOutcome): ListOutcome | null {
		const group = this.#groups.get(groupKey(ref));
		if (group === undefined || group.allowed || group.forbidden.size < FORBIDDEN_LISTS) return null;
		const outcome = outcomeSoFar();
		if (outcome.requests.some(isWrite)) return null;
		const reason = groupForbidden(ref.groupId);
		const members = outcome.members.map((member) =>
			member.outcome === 'notAttempted' ? { ...member, ...reason } : member,
		);
		return { ...outcome, ...reason, members };
	}
}

/** Whether something was to be written, and none of it was allowed. */
export function allForbidden(lists: readonly ListOutcome[]): boolean {
	const written = lists.flatMap(({ requests }) => requests.filter(isWrite));
	return written.length > 0 && written.every(({ result }) => result === 'forbidden');
}

function isWrite({ write }: ListOutcome['requests'][number]): boolean {
	return write === 'replace' || write === 'add' || write === 'remove';
}
