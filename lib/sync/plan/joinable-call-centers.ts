/** The platform's rule for call centers of an agent: only those that allow joining may be added (call-center page). */

import { type Draft, type Unplanned, rejectAddition, unplanned } from './draft';
import { type ListIssue, KINDS, membersOf } from '../model';
import { mapConcurrently } from '../platform';
import type { Planning } from './planning';

/**
 * Checks every draft with additions, and rejects those that may not be joined. Hands back the lists it could not check.
 */
export async function rejectUnjoinable(drafts: readonly Draft[], planning: Planning): Promise<Unplanned[]> {
	const asking = drafts.filter((draft) => KINDS[draft.ref.kind].asksJoinable && draft.adds.size > 0);
	const checked = await mapConcurrently(
		asking,
		planning.settings.concurrency,
		async (draft) => await checkOne(draft, planning),
	);
	return checked.filter((entry) => entry !== null);
}

async function checkOne(draft: Draft, { platform }: Planning): Promise<Unplanned | null> {
	const reply = await platform.joinable(draft.ref, draft.log);
	if (!reply.ok) {
		// The run ends with this draft as it is.
		if (reply.failure.kind === 'stopped') return null;
		const { failure } = reply;
		const facts = { agent: draft.ref.userId, said: failure.message };
		const { log, view } = draft;
		return unplanned(draft.ref, 'failed', { code: 'joinableUnreadable', facts }, { failure, log, view });
	}
	const joinable = membersOf(reply.members);
	for (const [folded, change] of draft.adds) {
		const spelling = joinable.get(folded);
		if (spelling === undefined) rejectAddition(draft, folded, mayNotJoin(draft.ref.userId, change.member));
		else draft.adds.set(folded, { ...change, member: spelling });
	}
	return null;
}

export function mayNotJoin(agent: string, callCenter: string): ListIssue {
	return { code: 'cannotJoin', facts: { agent, callCenter } };
}
