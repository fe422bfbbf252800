/**
 * Which groups the account may write in. Once the first few lists of a group were all forbidden, its others are not
 * tried: they would cost a request each and come to the same.
 */

import type { ListOutcome } from '../documents/journal';
import { listKey, type ListRef } from '../model/list';
import { FORBIDDEN_LISTS } from '../model/limits';
import { groupKey } from '../plan/lists-not-shown';

interface Standing {
	readonly forbidden: Set<string>;
	/** Any write came through to where it is decided on more than the right to write. */
	allowed: boolean;
}

export class Rights {
	readonly #groups = new Map<string, Standing>();

	note({ ref, requests }: ListOutcome): void {
		const written = requests.filter(isWrite);
		if (written.length === 0) return;
		const key = groupKey(ref);
		const standing = this.#groups.get(key) ?? { forbidden: new Set(), allowed: false };
		this.#groups.set(key, standing);
		if (written.every(({ result }) => result === 'forbidden')) standing.forbidden.add(listKey(ref));
		else standing.allowed = true;
	}

	/** The outcome of a list that is not tried for want of the right; null where it is to be tried, or was by now. */
	withheld(ref: ListRef, outcomeSoFar: () => ListOutcome): ListOutcome | null {
		const standing = this.#groups.get(groupKey(ref));
		if (standing === undefined || standing.allowed || standing.forbidden.size < FORBIDDEN_LISTS) return null;
		const sofar = outcomeSoFar();
		if (sofar.requests.some(isWrite)) return null;
		const message =
			`Not tried, because the account of the credential may change no list of group ${ref.groupId}: the ` +
			`first ${FORBIDDEN_LISTS} were forbidden. Ask the platform's administrator for the right, then run ` +
			'again.';
		const members = sofar.members.map((member) =>
			member.outcome === 'notAttempted' ? { ...member, code: 'forbidden', message } : member,
		);
		return { ...sofar, code: 'forbidden', message, members };
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
