/** What became of a list, and of the run. */

import type { ListOutcome, MemberOutcome, OutcomeWord } from '../documents/journal';
import type { Draft, Unplanned } from '../plan/draft';
import type { View } from '../platform/read';
import { heldOutcome } from './change-tracker';
import type { PlannedList } from '../documents/plan';
import type { RunStatus } from '../result';
import { changedByOthers } from './messages';

/** What is known of a list at its end. */
interface ListFacts {
	readonly ref: ListOutcome['ref'];
	readonly strategy: ListOutcome['strategy'];
	readonly reason: string | null;
	readonly before: View | null;
	readonly after: View | null;
	readonly foreign: { readonly added: string[]; readonly removed: string[] };
	readonly members: MemberOutcome[];
	readonly requests: ListOutcome['requests'];
}

/** The worst that became of a member is what became of its list. */
const WORST_FIRST: readonly OutcomeWord[] = [
	'conflict',
	'failed',
	'notAttempted',
	'rejected',
	'held',
	'applied',
	'alreadyInPlace',
	'unchanged',
];

export function listOutcome({ before, after, ...facts }: ListFacts): ListOutcome {
	const outcome = WORST_FIRST.find((word) => facts.members.some((member) => member.outcome === word)) ?? 'unchanged';
	const telling = facts.members.find((member) => member.outcome === outcome);
	return {
		...facts,
		outcome,
		code: telling?.code ?? null,
		message: telling?.message ?? changedByOthers(facts.foreign),
		before: before === null ? null : idsOf(before),
		after: after === null ? null : idsOf(after),
	};
}

/** A planned list to which nothing was written. */
export function notAttempted(planned: PlannedList, draft: Pick<Draft, 'view' | 'log'> | null): ListOutcome {
	// Field by field: there may be a million, and spreading each costs many times as much.
	const changeOutcome =
		(change: 'add' | 'remove') =>
		({ member, lines }: PlannedList['adds'][number]): MemberOutcome => ({
			member,
			lines,
			change,
			outcome: 'notAttempted',
			code: null,
			message: null,
		});
	const outcome = listOutcome({
		ref: planned.ref,
		strategy: planned.strategy,
		reason: planned.reason,
		before: null,
		after: null,
		foreign: { added: [], removed: [] },
		members: [
			...planned.adds.map(changeOutcome('add')),
			...planned.removes.map(changeOutcome('remove')),
			...planned.held.map(heldOutcome),
		],
		requests: draft?.log ?? [],
	});
	return { ...outcome, before: planned.before, after: draft === null ? null : idsOf(draft.view) };
}

export function unplannedOutcome({ ref, outcome, code, message, log, view, foreign }: Unplanned): ListOutcome {
	const seen = view === null ? null : idsOf(view);
	return { ...emptyOutcome(ref, outcome), code, message, before: seen, after: seen, foreign, requests: log };
}

export function unchangedOutcome(
	ref: ListOutcome['ref'],
	ids: readonly string[] | null,
	requests: ListOutcome['requests'],
): ListOutcome {
	const seen = ids as string[] | null;
	return { ...emptyOutcome(ref, 'unchanged'), before: seen, after: seen, requests };
}

/** A list that the run ended too early to read. */
export function unreadOutcome(
	ref: ListOutcome['ref'],
	why: { readonly code: string; readonly message: string },
): ListOutcome {
	return { ...emptyOutcome(ref, 'notAttempted'), ...why };
}

/** `held` where only removals were held back; `partial` where anything that was wanted did not come about. */
export function statusOf(
	lists: readonly ListOutcome[],
): Extract<RunStatus, 'unchanged' | 'applied' | 'partial' | 'held'> {
	const words = new Set<OutcomeWord>();
	for (const list of lists) {
		words.add(list.outcome);
		for (const member of list.members) words.add(member.outcome);
	}
	if ((['conflict', 'failed', 'rejected', 'notAttempted'] as const).some((word) => words.has(word))) return 'partial';
	if (words.has('held')) return 'held';
	return words.has('applied') || words.has('alreadyInPlace') ? 'applied' : 'unchanged';
}

function emptyOutcome(ref: ListOutcome['ref'], outcome: OutcomeWord): ListOutcome {
	return {
		ref,
		outcome,
		code: null,
		message: null,
		strategy: null,
		reason: null,
		before: null,
		after: null,
		foreign: { added: [], removed: [] },
		members: [],
		requests: [],
	};
}

function idsOf(view: View): string[] {
	return [...view.members.values()];
}
