/** A run whose drafts are made: what the guards count of it, its plan, and the writing of it. */

import { executePlan } from './apply/apply';
import type { Draft } from './plan/draft';
import { hasChanges } from './plan/draft';
import type { Left, Prepared, Step } from './execution';
import { verdictOf, type Guarded } from './plan/guards';
import { membersOf } from './model/members';
import { nothingPlanned } from './plan/nothing-planned';
import { isNotShown } from './plan/lists-not-shown';
import { makePlan, type PlanOrigin } from './plan/make-plan';
import type { Plan } from './documents/plan';
import type { Drafting, Planning } from './plan/planning';
import { carriedOut, onlyPlanned, refused, restOf, showedNothing } from './endings';
import type { RunResult } from './result';

export interface Purpose {
	/** False where a plan is all that is asked for. */
	readonly writes: boolean;
	/** Looks at a plan that is about to be written; what it says is why it must not be. */
	readonly objection?: (plan: Plan) => RunResult['reason'];
}

export async function prepareDrafting(
	drafting: Drafting,
	origin: PlanOrigin,
	purpose: Purpose,
	planning: Planning,
): Promise<Prepared> {
	const { settings, platform } = planning;
	const cause = await nothingPlanned(drafting, planning);
	const decide: Prepared['decide'] = (breaches, left): Step => {
		const planned = () => makePlan(drafting, origin, breaches, planning);
		if (cause !== null)
			return { over: true, result: showedNothing(cause, makePlan(drafting, origin, [], planning), drafting, platform) };
		if (!purpose.writes || verdictOf(breaches, settings) === 'abort')
			return { over: true, result: onlyPlanned(planned(), drafting, platform) };
		if (purpose.objection !== undefined) {
			const plan = planned();
			const reason = purpose.objection(plan);
			if (reason !== null)
				return { over: true, result: { ...onlyPlanned(plan, drafting, platform), status: 'refused', reason } };
		}
		return {
			over: false,
			write: async () => {
				if (left !== undefined) takeIntoAccount(left, drafting.drafts);
				const plan = planned();
				const own = new Map(drafting.drafts.map((draft) => [draft.key, draft]));
				const written = await executePlan(plan, own, settings, platform);
				return carriedOut(plan, [...written, ...restOf(drafting)], platform);
			},
		};
	};
	return {
		guarded: { counts: guardedOf(drafting, origin), settings },
		claims:
			origin.origin === 'source' && (origin.mode === 'mirror' || origin.mode === 'actionColumn')
				? listsOf(drafting)
				: null,
		decide,
		refuse: (code, message) => refused(code, message, platform),
	};
}

function guardedOf(
	{ drafts, unplanned, unchanged, liveMembers, source }: Drafting,
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
		unchanged: unchanged.map(({ ref, ids }) => ({ ref, liveCount: ids.length })),
		liveMembers,
		source: fromSource && mode === 'mirror' ? source : null,
		named: fromSource
			? { lists: source.lists, notShown: unplanned.filter(isNotShown).length }
			: { lists: 0, notShown: 0 },
	};
}

function listsOf({ drafts, unplanned, unchanged }: Drafting): Array<Drafting['unchanged'][number]['ref']> {
	return [...drafts.filter(({ stage }) => stage === 1), ...unplanned, ...unchanged].map(({ ref }) => ref);
}

/**
 * Lists that an earlier run of the execution wrote: how it left them is what is there now. It is not this run's own
 * reading, so it counts as too old for a replace.
 */
function takeIntoAccount(left: Left, drafts: Draft[]): void {
	if (left.size === 0) return;
	for (const [index, draft] of drafts.entries()) {
		const after = left.get(draft.key);
		if (after === undefined || !hasChanges(draft)) continue;
		const members = after === null ? draft.view.members : membersOf(after);
		for (const folded of draft.adds.keys()) if (members.has(folded)) draft.adds.delete(folded);
		for (const folded of draft.removes.keys()) if (!members.has(folded)) draft.removes.delete(folded);
		drafts[index] = { ...draft, view: { members, at: Number.NEGATIVE_INFINITY } };
	}
}
