/** A run that writes exactly an approved plan, or nothing. */

import { executePlan, notAttempted, unchangedOutcome, unplannedOutcome } from './apply';
import type { Breach, Change, Plan } from './documents';
import type { Prepared, Step } from './execution';
import { issueOf, foldId, type Settings } from './model';
import { unplanned, type Guarded, isNotShown, leaversIn, nothingPlannedIssue } from './plan';
import type { RunPlatform } from './platform';
import { breachReason, appliedResult, refusedResult, type RunResult } from './result';

export function preparedFromPlan(plan: Plan, settings: Settings, platform: RunPlatform): Prepared {
	return {
		guarded: { counts: guardedOf(plan), settings },
		// A list that another plan changed meanwhile is a conflict, as it is whoever changed it.
		claims: null,
		decide: (found) => decide(plan, found, settings, platform),
		refuse: (issue) => refusedResult(issue, platform, plan),
	};
}

/**
 * An approved plan is applied whole or not at all, so a breach stops it even where it would have held removals in
 * planning.
 */
function decide(plan: Plan, found: readonly Breach[], settings: Settings, platform: RunPlatform): Step {
	const rest = [
		...plan.unplanned.map((list) => unplannedOutcome(unplanned(list.ref, list.outcome, issueOf(list)))),
		...plan.unchanged.map((ref) => unchangedOutcome(ref, null, [])),
	];
	const untried = () => [...plan.lists.map((list) => notAttempted(list, null)), ...rest];
	const over = (result: Pick<RunResult, 'status' | 'reason' | 'breaches'>): Step => {
		return { over: true, result: { ...result, plan, journal: null, lists: untried(), happened: platform.happened() } };
	};
	if (plan.lists.length === 0 && plan.unchanged.length === 0 && plan.unplanned.length > 0) {
		return over({
			status: 'failed',
			reason: nothingPlannedIssue(plan.unplanned.map((list) => issueOf(list))),
		});
	}
	const breaches = plan.guards.verdict === 'abort' ? plan.guards.breaches : found;
	if (plan.guards.verdict === 'abort' || breaches.length > 0)
		return over({ status: 'aborted', reason: breachReason(breaches, false), breaches });
	return {
		over: false,
		write: async () => appliedResult(plan, [...(await executePlan(plan, null, settings, platform)), ...rest], platform),
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
			? { lists: plan.source.lists, notShown: plan.unplanned.filter(({ code }) => isNotShown(code)).length }
			: { lists: 0, notShown: 0 },
		...(plan.origin === 'leavers' ? { people: { leavers: leaversIn(plan.lists), all: plan.source.members } } : {}),
	};
}

function byFolded(changes: readonly Change[]): Map<string, Change> {
	return new Map(changes.map((change) => [foldId(change.member), change]));
}
