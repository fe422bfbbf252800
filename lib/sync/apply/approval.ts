/**
 * Whether a plan is explicitly approved. Anything missing is a refusal. The presence of an argument is no approval.
 */

import type { Plan } from '../documents';
import type { Issue, Approval } from '../model';

/** Null if the plan is approved; otherwise the issue. */
export function approvalProblem(plan: Plan, approval: Approval | null | undefined): Issue | null {
	const hash = typeof approval?.planHash === 'string' ? approval.planHash.trim().toLowerCase() : '';
	if (hash === '') return { code: 'notApproved', facts: {} };
	if (hash !== plan.hash) return { code: 'otherPlanApproved', facts: {} };
	const removals = removalsToApprove(plan);
	const approved = approval?.removals ?? null;
	if (approved === removals || (approved === null && removals === 0)) return null;
	return { code: 'removalsNotApproved', facts: { removals, approved } };
}

/**
 * The removals on all lists of both kinds: undoing an assignment takes the call center from the agent and the agent
 * from the supervisor.
 */
export function removalsToApprove({ lists }: Plan): number {
	return lists.reduce((sum, list) => sum + list.removes.length, 0);
}
