/**
 * Puts agents in the call center before putting them under a supervisor there: additions to the agent's own list only.
 * At plan time it makes the lists of stage 0; at write time it holds back whatever one of them failed to prepare.
 */

import type { Draft } from './draft';
import { emptyDraft, rejectAddition } from './draft';
import { mayNotJoin } from './joinable';
import type { ListRef } from '../model/list';
import { foldId, KINDS, listKey } from '../model/list';
import { inLanes, readList } from '../platform/read';
import { membersOf } from '../model/members';
import type { HeldChange, PlannedList } from '../documents/plan';
import type { Planning } from './planning';
import type { ListOutcome } from '../documents/journal';

interface Dependent {
	readonly draft: Draft;
	/** The agent, folded. */
	readonly folded: string;
	readonly callCenterId: string;
}

interface Need {
	readonly ref: ListRef;
	readonly dependents: Dependent[];
}

/** The lists of stage 0. Additions whose agent cannot be put in the call center are rejected in their drafts. */
export async function planPrerequisites(drafts: readonly Draft[], planning: Planning): Promise<Draft[]> {
	const needs = [...needsOf(drafts).values()];
	const planned = await inLanes(needs, planning.settings.concurrency, async (need) => await planOne(need, planning));
	return planned.filter((draft) => draft !== null);
}

function needsOf(drafts: readonly Draft[]): Map<string, Need> {
	const needs = new Map<string, Need>();
	for (const draft of drafts) {
		const { callCenterId } = draft.ref;
		if (callCenterId === null) continue;
		for (const [folded, { member }] of draft.adds) {
			const ref = agentList(draft.ref, member);
			const key = listKey(ref);
			const need = needs.get(key) ?? { ref, dependents: [] };
			needs.set(key, need);
			need.dependents.push({ draft, folded, callCenterId });
		}
	}
	return needs;
}

async function planOne({ ref, dependents }: Need, { platform }: Planning): Promise<Draft | null> {
	const draft = emptyDraft(ref, listKey(ref), 0, { members: new Map(), at: 0 }, []);
	const read = await readList(ref, platform, draft.log);
	if (!read.ok) {
		const known = read.failure.kind !== 'missing';
		const reason = known
			? `The call centers of ${ref.userId} could not be read: ${read.failure.message}`
			: `${ref.userId} does not exist on the platform: correct the id in the source, or create the user first.`;
		for (const { draft: blocked, folded } of dependents) {
			rejectAddition(blocked, folded, { code: known ? 'callCentersUnreadable' : 'unknownMember', reason });
		}
		return null;
	}
	const lacking = dependents.filter(({ callCenterId }) => !read.view.members.has(foldId(callCenterId)));
	if (lacking.length === 0) return null;
	const reply = await platform.joinable(ref, draft.log);
	const joinable = reply.ok ? membersOf(reply.members) : null;
	for (const { draft: blocked, folded, callCenterId } of lacking) {
		const callCenter = foldId(callCenterId);
		const spelling = joinable?.get(callCenter);
		if (spelling === undefined) {
			const unreadable = {
				code: 'joinableUnreadable',
				reason: `What ${ref.userId} may join could not be read; run again.`,
			};
			rejectAddition(blocked, folded, reply.ok ? mayNotJoin(ref.userId, callCenterId) : unreadable);
			continue;
		}
		const lines = [...(draft.adds.get(callCenter)?.lines ?? []), ...(blocked.adds.get(folded)?.lines ?? [])];
		draft.adds.set(callCenter, { member: spelling, lines: lines.sort((a, b) => a - b) });
	}
	return draft.adds.size === 0 ? null : { ...draft, view: read.view };
}

/** The list of an agent's own call centers, seen from a list that the agent is or will be on. */
export function agentList(list: ListRef, agentId: string): ListRef {
	return {
		kind: 'agentCallCenters',
		tenantId: list.tenantId,
		groupId: list.groupId,
		userId: agentId,
		callCenterId: null,
	};
}

/**
 * What of a list of stage 1 must not be written, given what became of stage 0: an addition whose call center could not
 * be prepared, and (in a roll back) leaving a call center where the agent is still supervised.
 */
export class Preparation {
	/** `list key, folded member, change` of everything in stage 0 that was not seen done. */
	readonly #undone = new Set<string>();

	note(outcome: ListOutcome): void {
		for (const { member, change, outcome: became } of outcome.members) {
			if (became === 'applied' || became === 'alreadyInPlace') continue;
			this.#undone.add(mark(outcome.ref, member, change));
			if (change === 'remove' && KINDS[outcome.ref.kind].keyedByCallCenter)
				this.#undone.add(supervision(outcome.ref, member));
		}
	}

	blocked(list: PlannedList): HeldChange[] {
		if (this.#undone.size === 0) return [];
		const { ref } = list;
		if (KINDS[ref.kind].keyedByCallCenter) {
			const callCenterId = ref.callCenterId ?? '';
			return list.adds
				.filter(({ member }) => this.#undone.has(mark(agentList(ref, member), callCenterId, 'add')))
				.map((change): HeldChange => {
					const reason =
						`${change.member} could not be put in call center ${callCenterId} first, so it was not put under ` +
						'the supervisor.';
					return { ...change, change: 'add', code: 'prerequisiteFailed', reason, outcome: 'rejected' };
				});
		}
		return list.removes
			.filter(({ member }) => this.#undone.has(supervision({ ...ref, callCenterId: member }, ref.userId)))
			.map((change): HeldChange => {
				const reason = `Held because ${ref.userId} stays under a supervisor there.`;
				return { ...change, change: 'remove', code: 'stillSupervised', reason, outcome: 'held' };
			});
	}
}

/** Names an agent's being supervised in a call center, by whomever. */
export function supervision({ tenantId, groupId, callCenterId }: ListRef, agentId: string): string {
	return ['supervised', tenantId, groupId, callCenterId ?? '', agentId].map(foldId).join('\u0000');
}

function mark(ref: ListRef, member: string, change: 'add' | 'remove'): string {
	return [listKey(ref), foldId(member), change].join('\u0000');
}
