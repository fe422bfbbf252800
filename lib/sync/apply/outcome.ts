/** Outcomes of lists, and the status of the run. */

import { NO_ISSUE, type ListOutcome, type MemberOutcome, type OutcomeWord, type PlannedList } from '../documents';
import type { Draft, Unplanned } from '../plan';
import type { View } from '../platform';
import { heldOutcome } from './change-tracker';
import { type RunStatus, fewForeign, type Issue } from '../model';

/** The facts from which the outcome of a list is made. */
interface ListFacts {
	readonly ref: ListOutcome['ref'];
	readonly strategy: ListOutcome['strategy'];
	readonly reason: ListOutcome['reason'];
	readonly fallback: ListOutcome['fallback'];
	readonly before: View | null;
	readonly after: View | null;
	readonly foreign: { readonly added: string[]; readonly removed: string[] };
	readonly members: MemberOutcome[];
	readonly requests: ListOutcome['requests'];
}

/** The outcome of a list is the worst outcome of its members. */
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
	const worst = facts.members.find((member) => member.outcome === outcome);
	return {
		...facts,
		outcome,
		...(issueOrNull(worst) ?? foreignIssue(facts.foreign) ?? NO_ISSUE),
		before: before === null ? null : idsOf(before),
		after: after === null ? null : idsAfter(after, before),
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
			facts: null,
		});
	const outcome = listOutcome({
		ref: planned.ref,
		strategy: planned.strategy,
		reason: planned.reason,
		fallback: null,
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

export function unplannedOutcome({ ref, outcome, issue, log, view, foreign }: Unplanned): ListOutcome {
	const seen = view === null ? null : idsOf(view);
	return { ...emptyOutcome(ref, outcome), ...issue, before: seen, after: seen, foreign, requests: log };
}

export function unchangedOutcome(
	ref: ListOutcome['ref'],
	ids: readonly string[] | null,
	requests: ListOutcome['requests'],
): ListOutcome {
	const seen = ids as string[] | null;
	return { ...emptyOutcome(ref, 'unchanged'), before: seen, after: seen, requests };
}

/** The outcome of a list that was not read because the run stopped. */
export function unreadOutcome(ref: ListOutcome['ref'], why: Issue | null): ListOutcome {
	return { ...emptyOutcome(ref, 'notAttempted'), ...(why ?? NO_ISSUE) };
}

/** `held` if only removals were held; `partial` if a desired change was not made. */
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

function issueOrNull(of: MemberOutcome | undefined): Issue | null {
	return of === undefined || of.code === null ? null : ({ code: of.code, facts: of.facts } as Issue);
}

function foreignIssue(foreign: ListOutcome['foreign']): Issue | null {
	return foreign.added.length + foreign.removed.length === 0
		? null
		: { code: 'changedByOthers', facts: { foreign: fewForeign(foreign) } };
}

function emptyOutcome(ref: ListOutcome['ref'], outcome: OutcomeWord): ListOutcome & typeof NO_ISSUE {
	return {
		ref,
		outcome,
		...NO_ISSUE,
		strategy: null,
		reason: null,
		fallback: null,
		before: null,
		after: null,
		foreign: { added: [], removed: [] },
		members: [],
		requests: [],
	};
}

/** The strings of before, where they are equal: an answer brings its own, and a large run keeps them all. */
function idsAfter(after: View, before: View | null): string[] {
	return Array.from(after.members, ([folded, id]) => {
		const known = before?.members.get(folded);
		return known === id ? known : id;
	});
}

function idsOf(view: View): string[] {
	return [...view.members.values()];
}
