/** The platform's rule for call centers of an agent: only those that allow joining may be added (call-center page). */

import type { Draft, Unplanned } from './draft';
import { rejectAddition, unplanned } from './draft';
import { KINDS } from '../model/list';
import { inLanes } from '../platform/read';
import { membersOf } from '../model/members';
import type { Planning } from './planning';

/**
 * Checks every draft with additions, and rejects those that may not be joined. Hands back the lists it could not check.
 */
export async function checkJoinable(drafts: readonly Draft[], planning: Planning): Promise<Unplanned[]> {
	const asking = drafts.filter((draft) => KINDS[draft.ref.kind].asksJoinable && draft.adds.size > 0);
	const checked = await inLanes(
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
		const message = `What ${draft.ref.userId} may join could not be read: ${reply.failure.message}`;
		return unplanned(draft.ref, 'failed', 'joinableUnreadable', message, {
			failure: reply.failure,
			log: draft.log,
			view: draft.view,
		});
	}
	const joinable = membersOf(reply.members);
	for (const [folded, change] of draft.adds) {
		const spelling = joinable.get(folded);
		if (spelling === undefined) rejectAddition(draft, folded, mayNotJoin(draft.ref.userId, change.member));
		else draft.adds.set(folded, { ...change, member: spelling });
	}
	return null;
}

/** What an administrator must do for an agent whom the platform does not let in. */
export function mayNotJoin(agentId: string, callCenterId: string): { code: string; reason: string } {
	return {
		code: 'cannotJoin',
		reason:
			`${agentId} may not join call center ${callCenterId}: an administrator has to allow joining in the ` +
			"call center's settings, " +
			"or add the agent on the call center's own page; then run again.",
	};
}
