/**
 * The groups in which the account may write. If the first few lists of a group were all forbidden, the others are not
 * tried, because each would cost a request with the same result.
 */

import type { ListOutcome } from '../documents';
import { type Issue, listKey, type ListRef, FORBIDDEN_LISTS } from '../model';
import { groupKey } from '../plan';

interface GroupPermission {
	/** Keys of lists of which every write was forbidden. */
	readonly forbidden: Set<string>;
	/** Whether the platform decided on any write by more than the right to write. */
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

	/** The outcome of a list that is not tried because the right is missing; null if it is to be tried or was tried. */
	outcomeIfDenied(ref: ListRef, outcomeSoFar: () => ListOutcome): ListOutcome | null {
		const group = this.#groups.get(groupKey(ref));
		if (group === undefined || group.allowed || group.forbidden.size < FORBIDDEN_LISTS) return null;
		const outcome = outcomeSoFar();
		if (outcome.requests.some(isWrite)) return null;
		const why: Issue = { code: 'forbidden', facts: { problem: 'notTried', list: ref, tried: FORBIDDEN_LISTS } };
		const members = outcome.members.map((member) =>
			member.outcome === 'notAttempted' ? { ...member, ...why } : member,
		);
		return { ...outcome, ...why, members };
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
