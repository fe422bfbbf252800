/** Apply Plan: exactly a reviewed and approved plan, or nothing. */

import { approvalProblem, checkPlan } from './apply/approval';
import { executePlan } from './apply/apply';
import { unplanned } from './plan/draft';
import { alone, ended, type Prepared, type Step } from './execution';
import type { Guarded } from './plan/guards';
import { foldId } from './model/list';
import { nothingInPlan } from './plan/nothing-planned';
import { isNotShown } from './plan/lists-not-shown';
import { unchangedOutcome, unplannedOutcome, notAttempted } from './apply/outcome';
import type { Breach, Change, Plan } from './documents/plan';
import { abortReason, carriedOut, refused } from './endings';
import type { Approval, RunResult, Settings } from './result';
import type { RunContext } from './platform/run-context';
import { RunPlatform } from './platform/run-platform';

export async function applyPlanRun(
	planJson: unknown,
	approval: Approval,
	settings: Settings,
	context: RunContext,
): Promise<RunResult> {
	return await alone(prepareApplyPlan(planJson, approval, settings, context));
}

export async function prepareApplyPlan(
	planJson: unknown,
	approval: Approval,
	settings: Settings,
	context: RunContext,
): Promise<Prepared> {
	const platform = new RunPlatform(context);
	const checked = checkPlan(planJson, settings, platform.now());
	if (!checked.ok) return ended(refused(checked.code, checked.message, platform));
	const plan = checked.document;
	const problem = approvalProblem(plan, approval);
	if (problem !== null) return ended(refused(problem.code, problem.message, platform, plan));
	return {
		guarded: { counts: guardedOf(plan), settings },
		// A list that another plan changed meanwhile is a conflict, as it is whoever changed it.
		claims: null,
		decide: (found) => decide(plan, found, settings, platform),
		refuse: (code, message) => refused(code, message, platform, plan),
	};
}

/**
 * An approved plan is applied whole or not at all, so a breach aborts even where it would have held removals in
 * planning.
 */
function decide(plan: Plan, found: readonly Breach[], settings: Settings, platform: RunPlatform): Step {
	const rest = [
		...plan.unplanned.map(({ ref, outcome, code, message }) =>
			unplannedOutcome(unplanned(ref, outcome, code, message)),
		),
		...plan.unchanged.map((ref) => unchangedOutcome(ref, null, [])),
	];
	const untried = () => [...plan.lists.map((list) => notAttempted(list, null)), ...rest];
	const over = (result: Pick<RunResult, 'status' | 'reason' | 'breaches'>): Step => {
		return { over: true, result: { ...result, plan, journal: null, lists: untried(), happened: platform.happened() } };
	};
	if (plan.lists.length === 0 && plan.unchanged.length === 0 && plan.unplanned.length > 0) {
		return over({ status: 'failed', reason: nothingInPlan(plan.unplanned) });
	}
	const breaches = plan.guards.verdict === 'abort' ? plan.guards.breaches : found;
	if (plan.guards.verdict === 'abort' || breaches.length > 0)
		return over({ status: 'aborted', reason: abortReason(breaches, false), breaches });
	return {
		over: false,
		write: async () => carriedOut(plan, [...(await executePlan(plan, null, settings, platform)), ...rest], platform),
	};
}

/**
 * For the guards as they are set now. A source that shrank or is not all shown is no reason to stop a plan that removes
 * nobody.
 */
function guardedOf(plan: Plan): Guarded {
	const removes = plan.lists.some((list) => list.removes.length > 0);
	const compared = plan.origin === 'source' && removes;
	return {
		lists: plan.lists.map((list) => ({
			ref: list.ref,
			liveCount: list.before.length,
			adds: byFolded(list.adds),
			removes: byFolded(list.removes),
			prerequisite: list.stage === 0 && plan.origin === 'source',
		})),
		unchanged: [],
		liveMembers: plan.totals.liveMembers,
		source: compared && plan.mode === 'mirror' ? plan.source : null,
		named: compared
			? { lists: plan.source.lists, notShown: plan.unplanned.filter(isNotShown).length }
			: { lists: 0, notShown: 0 },
	};
}

function byFolded(changes: readonly Change[]): Map<string, Change> {
	return new Map(changes.map((change) => [foldId(change.member), change]));
}
