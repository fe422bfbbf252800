/**
 * Assigns agents to the call center before they are put under a supervisor there. It only adds to the agent's own list.
 * Planning makes the lists of stage 0; writing holds the changes whose prerequisite failed.
 */

import { type Draft, emptyDraft, rejectAddition } from './draft';
import { mayNotJoin } from './joinable-call-centers';
import { type Issue, type ListIssue, type ListRef, foldId, KINDS, listKey, membersOf } from '../model';
import { mapConcurrently, readList } from '../platform';
import type { HeldChange, PlannedList, ListOutcome } from '../documents';
import type { Planning } from './planning';

interface Dependent {
	readonly draft: Draft;
	/** The agent, folded. */
	readonly folded: string;
	readonly callCenterId: string;
}

interface Prerequisite {
	readonly ref: ListRef;
	readonly dependents: Dependent[];
}

/** The lists of stage 0. Additions whose agent cannot be put in the call center are rejected in their drafts. */
export async function planPrerequisites(drafts: readonly Draft[], planning: Planning): Promise<Draft[]> {
	const prerequisites = [...prerequisitesOf(drafts).values()];
	const planned = await mapConcurrently(
		prerequisites,
		planning.settings.concurrency,
		async (prerequisite) => await planOne(prerequisite, planning),
	);
	return planned.filter((draft) => draft !== null);
}

function prerequisitesOf(drafts: readonly Draft[]): Map<string, Prerequisite> {
	const prerequisites = new Map<string, Prerequisite>();
	for (const draft of drafts) {
		const { callCenterId } = draft.ref;
		if (callCenterId === null) continue;
		for (const [folded, { member }] of draft.adds) {
			const ref = agentList(draft.ref, member);
			const key = listKey(ref);
			const prerequisite = prerequisites.get(key) ?? { ref, dependents: [] };
			prerequisites.set(key, prerequisite);
			prerequisite.dependents.push({ draft, folded, callCenterId });
		}
	}
	return prerequisites;
}

async function planOne({ ref, dependents }: Prerequisite, { platform }: Planning): Promise<Draft | null> {
	const draft = emptyDraft(ref, listKey(ref), 0, { members: new Map(), at: 0 }, []);
	const read = await readList(ref, platform, draft.log);
	if (!read.ok) {
		const why: ListIssue =
			read.failure.kind === 'missing'
				? { code: 'unknownMember', facts: { problem: 'notOnPlatform', member: ref.userId } }
				: { code: 'callCentersUnreadable', facts: { agent: ref.userId, said: read.failure.message } };
		for (const { draft: blocked, folded } of dependents) rejectAddition(blocked, folded, why);
		return null;
	}
	const missing = dependents.filter(({ callCenterId }) => !read.view.members.has(foldId(callCenterId)));
	if (missing.length === 0) return null;
	const reply = await platform.joinable(ref, draft.log);
	const joinable = reply.ok ? membersOf(reply.members) : null;
	for (const { draft: blocked, folded, callCenterId } of missing) {
		const callCenter = foldId(callCenterId);
		const spelling = joinable?.get(callCenter);
		if (spelling === undefined) {
			const unreadable: ListIssue = { code: 'joinableUnreadable', facts: { agent: ref.userId, said: null } };
			rejectAddition(blocked, folded, reply.ok ? mayNotJoin(ref.userId, callCenterId) : unreadable);
			continue;
		}
		const lines = [...(draft.adds.get(callCenter)?.lines ?? []), ...(blocked.adds.get(folded)?.lines ?? [])];
		draft.adds.set(callCenter, { member: spelling, lines: lines.sort((a, b) => a - b) });
	}
	return draft.adds.size === 0 ? null : { ...draft, view: read.view };
}

/** The list of the agent's own call centers, in the group of `list`. */
function agentList(list: ListRef, agentId: string): ListRef {
	return {
		kind: 'agentCallCenters',
		tenantId: list.tenantId,
		groupId: list.groupId,
		userId: agentId,
		callCenterId: null,
	};
}

/**
 * The changes of stage 1 that must not be written because a change of stage 0 failed: additions whose call center was
 * not assigned, and (in a roll back) removals from a call center in which the agent is still supervised.
 */
export class Preparation {
	/** `list key, folded member, change` of everything in stage 0 that was not seen done. */
	readonly #undone = new Set<string>();

	note(outcome: ListOutcome): void {
		for (const { member, change, outcome: result } of outcome.members) {
			if (result === 'applied' || result === 'alreadyInPlace') continue;
			this.#undone.add(changeKey(outcome.ref, member, change));
			if (change === 'remove' && KINDS[outcome.ref.kind].keyedByCallCenter)
				this.#undone.add(supervisionKey(outcome.ref, member));
		}
	}

	blocked(list: PlannedList): HeldChange[] {
		if (this.#undone.size === 0) return [];
		const { ref } = list;
		if (KINDS[ref.kind].keyedByCallCenter) {
			const callCenterId = ref.callCenterId ?? '';
			return list.adds
				.filter(({ member }) => this.#undone.has(changeKey(agentList(ref, member), callCenterId, 'add')))
				.map((change): HeldChange => {
					const facts = { member: change.member, callCenter: callCenterId };
					return { ...change, change: 'add', code: 'prerequisiteFailed', facts, outcome: 'rejected' };
				});
		}
		return list.removes
			.filter(({ member }) => this.#undone.has(supervisionKey({ ...ref, callCenterId: member }, ref.userId)))
			.map((change): HeldChange => {
				return { ...change, change: 'remove', ...stillSupervised(ref.userId), outcome: 'held' };
			});
	}
}

/** The agent is to leave a call center in which a supervisor still has it. */
export function stillSupervised(agent: string): Issue {
	return { code: 'stillSupervised', facts: { agent } };
}

/** Key of the fact that an agent is supervised in a call center, by any supervisor. */
export function supervisionKey({ tenantId, groupId, callCenterId }: ListRef, agentId: string): string {
	return ['supervised', tenantId, groupId, callCenterId ?? '', agentId].map(foldId).join('\u0000');
}

function changeKey(ref: ListRef, member: string, change: 'add' | 'remove'): string {
	return [listKey(ref), foldId(member), change].join('\u0000');
}
