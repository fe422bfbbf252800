/** Apply Plan: exactly a reviewed and approved plan, or nothing. */

import { approvalProblem, checkPlan } from './approval';
import { carryOut } from './apply';
import { breachesOf } from './guards';
import { foldId } from './kinds';
import { unchangedOutcome, unplannedOutcome, untouched } from './outcome';
import { unplanned } from './draft';
import type { Change, Plan } from './plan-document';
import { abortReason, carriedOut, refused } from './results';
import type { Approval, RunResult, Settings, Surroundings } from './run';
import { Session } from './session';

export async function applyPlanRun(
	planJson: unknown,
	approval: Approval,
	settings: Settings,
	around: Surroundings,
): Promise<RunResult> {
	const session = new Session(around);
	const checked = checkPlan(planJson, settings, session.now());
	if (!checked.ok) return refused(checked.code, checked.message, session);
	const plan = checked.document;
	const problem = approvalProblem(plan, approval);
	if (problem !== null) return refused(problem.code, problem.message, session, plan);
	const rest = [
		...plan.unplanned.map(({ ref, outcome, code, message }) => unplannedOutcome(unplanned(ref, outcome, code, message))),
		...plan.unchanged.map((ref) => unchangedOutcome(ref, null, [])),
	];
	const breaches = plan.guards.verdict === 'abort' ? plan.guards.breaches : breachesAgain(plan, settings);
	if (plan.guards.verdict === 'abort' || breaches.length > 0) {
		const lists = [...plan.lists.map((list) => untouched(list, null)), ...rest];
		return { status: 'aborted', reason: abortReason(breaches, false), plan, breaches, journal: null, lists, happened: session.happened() };
	}
	return carriedOut(plan, [...(await carryOut(plan, null, settings, session)), ...rest], session);
}

/**
 * The guards as they are set now. An approved plan is applied whole or not at all, so a breach aborts even where it
 * would have held removals in planning. A source that shrank is no reason to stop a plan that removes nobody.
 */
function breachesAgain(plan: Plan, settings: Settings): Plan['guards']['breaches'] {
	const lists = plan.lists.map((list) => ({
		ref: list.ref,
		liveCount: list.before.length,
		adds: byFolded(list.adds),
		removes: byFolded(list.removes),
	}));
	const removes = lists.some((list) => list.removes.size > 0);
	const compared = plan.origin === 'source' && plan.mode === 'mirror' && removes;
	return breachesOf({ lists, liveMembers: plan.totals.liveMembers, source: compared ? plan.source : null }, settings);
}

function byFolded(changes: readonly Change[]): Map<string, Change> {
	return new Map(changes.map((change) => [foldId(change.member), change]));
}
