/** A run with its drafts: the counts for the guards, the plan, and its writing. */

import { executePlan } from './apply';
import {
	type Draft,
	hasChanges,
	verdictOf,
	type Guarded,
	leaversIn,
	type People,
	nothingPlannedCause,
	isNotShown,
	makePlan,
	type PlanOrigin,
	type DraftedLists,
	type Planning,
} from './plan';
import { ended, type WrittenLists, type Prepared, type Step } from './execution';
import { membersOf } from './model';
import type { Plan } from './documents';
import {
	appliedResult,
	plannedResult,
	refusedResult,
	outcomesOfOthers,
	nothingPlannedResult,
	measuredSource,
	stoppedResult,
	type RunResult,
} from './result';

export interface Purpose {
	/** False where a plan is all that is asked for. */
	readonly writes: boolean;
	/** Checks a plan before it is written; returns why it must not be written, or null. */
	readonly objection?: (plan: Plan) => RunResult['reason'];
}

/** The prepared run of these drafts, or the result of a run that stopped while it planned. */
export async function preparedFromDrafts(
	drafted: DraftedLists,
	origin: PlanOrigin,
	purpose: Purpose,
	planning: Planning,
): Promise<Prepared> {
	const { settings, platform } = planning;
	if (platform.stop !== null) return ended(stoppedResult(drafted, platform));
	const cause = await nothingPlannedCause(drafted, planning);
	const decide: Prepared['decide'] = (breaches, earlier): Step => {
		const planned = () => makePlan(drafted, origin, breaches, planning);
		if (cause !== null)
			return {
				over: true,
				result: nothingPlannedResult(cause, makePlan(drafted, origin, [], planning), drafted, platform),
			};
		if (!purpose.writes || verdictOf(breaches, settings) === 'abort')
			return { over: true, result: plannedResult(planned(), drafted, platform) };
		if (purpose.objection !== undefined) {
			const plan = planned();
			const reason = purpose.objection(plan);
			if (reason !== null)
				return { over: true, result: { ...plannedResult(plan, drafted, platform), status: 'refused', reason } };
		}
		return {
			over: false,
			write: async () => {
				if (earlier !== undefined) rebaseOnWritten(earlier, drafted.drafts);
				const plan = planned();
				const own = new Map(drafted.drafts.splice(0).map((draft) => [draft.key, draft]));
				const written = await executePlan(plan, own, settings, platform);
				const outcomes = [...written, ...outcomesOfOthers(drafted)];
				const result = appliedResult(plan, outcomes, platform);
				return {
					...result,
					memory: drafted.remembered?.after(outcomes, measuredSource(result), platform.now()) ?? null,
				};
			},
		};
	};
	return {
		guarded: { counts: guardedOf(drafted, origin), settings },
		claims:
			origin.origin === 'source' && (origin.mode === 'mirror' || origin.mode === 'actionColumn')
				? listsOf(drafted)
				: null,
		decide,
		refuse: (issue) => refusedResult(issue, platform),
	};
}

function guardedOf(
	{ drafts, unplanned, unchanged, notRead, liveMembers, source }: DraftedLists,
	{ origin, mode }: PlanOrigin,
): Guarded {
	const fromSource = origin === 'source';
	return {
		lists: drafts.map((draft) => ({
			ref: draft.ref,
			liveCount: draft.view.members.size,
			adds: draft.adds,
			removes: draft.removes,
			prerequisite: draft.stage === 0 && fromSource,
		})),
		unchanged: [
			...unchanged.map(({ ref, ids }) => ({ ref, liveCount: ids.length })),
			...notRead.map(({ ref, members }) => ({ ref, liveCount: members })),
		],
		liveMembers,
		source: fromSource && mode === 'mirror' ? source : null,
		named: fromSource
			? {
					lists: source.lists - notRead.length,
					notShown: unplanned.filter(({ issue }) => isNotShown(issue.code)).length,
				}
			: { lists: 0, notShown: 0 },
		...(origin === 'leavers' ? { people: peopleIn(drafts, source.members) } : {}),
	};
}

function peopleIn(drafts: readonly Draft[], all: number): People {
	return { leavers: leaversIn(drafts.map(({ ref, removes }) => ({ ref, removes: removes.values() }))), all };
}

function listsOf({
	drafts,
	unplanned,
	unchanged,
	notRead,
}: DraftedLists): Array<DraftedLists['unchanged'][number]['ref']> {
	return [...drafts.filter(({ stage }) => stage === 1), ...unplanned, ...unchanged, ...notRead].map(({ ref }) => ref);
}

/**
 * Takes the state of lists that an earlier run of the execution wrote. This run has not read them itself, so the view
 * counts as too old for a replace.
 */
function rebaseOnWritten(earlier: WrittenLists, drafts: Draft[]): void {
	if (earlier.size === 0) return;
	for (const [index, draft] of drafts.entries()) {
		const after = earlier.get(draft.key);
		if (after === undefined || !hasChanges(draft)) continue;
		const members = after === null ? draft.view.members : membersOf(after);
		for (const folded of draft.adds.keys()) if (members.has(folded)) draft.adds.delete(folded);
		for (const folded of draft.removes.keys()) if (!members.has(folded)) draft.removes.delete(folded);
		drafts[index] = { ...draft, view: { members, at: Number.NEGATIVE_INFINITY } };
	}
}
