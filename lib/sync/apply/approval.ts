/**
 * Whether a plan may be applied: the document is whole, meant for this platform, young enough, and approved in so many
 * words. Anything missing is a refusal; an argument being there is never an approval by itself.
 */

import { sealHolds } from '../documents/canonical-json';
import { foldId, listKey } from '../model/list';
import { membersHash, membersOf } from '../model/members';
import { planHash, samePlatform } from '../plan/make-plan';
import type { Plan, PlannedList } from '../documents/plan';
import { PLAN_FORMAT, PLAN_VERSION, planSchema } from '../documents/plan';
import { parseDocument } from '../documents/parse';
import { hasDuplicates } from '../endings';
import type { Approval, Settings } from '../result';
import {
	editedPlan,
	expiredPlan,
	notApproved,
	otherKind,
	otherPlanApproved,
	otherPlatform,
	removalsNotApproved,
	type Reason,
} from './messages';

export type Checked<Document> =
	| { readonly ok: true; readonly document: Document }
	| { readonly ok: false; readonly code: string; readonly message: string };

export function checkPlan(json: unknown, settings: Settings, now: number): Checked<Plan> {
	const parsed = parseDocument(json, planSchema, { format: PLAN_FORMAT, version: PLAN_VERSION, noun: 'plan' });
	if (!parsed.ok) return parsed;
	const plan = parsed.document;
	const problem = planProblem(plan, settings, now);
	return problem === null ? parsed : { ok: false, ...problem };
}

function planProblem(plan: Plan, settings: Settings, now: number): Reason | null {
	const intact =
		sealHolds(plan) &&
		planHash(plan) === plan.hash &&
		plan.lists.every(isSound) &&
		!hasDuplicates(plan.lists.map(keyOf));
	if (!intact) return editedPlan();
	if (samePlatform(plan.platform) !== samePlatform(settings.platformUrl))
		return otherPlatform(plan.platform, settings.platformUrl);
	if (plan.kind !== settings.kind) return otherKind(plan.kind, settings.kind);
	return now > Date.parse(plan.validUntil) ? expiredPlan(plan.validUntil) : null;
}

/** Null where the plan is approved; otherwise what is missing. */
export function approvalProblem(plan: Plan, approval: Approval | null | undefined): Reason | null {
	const hash = typeof approval?.planHash === 'string' ? approval.planHash.trim().toLowerCase() : '';
	if (hash === '') return notApproved();
	if (hash !== plan.hash) return otherPlanApproved();
	const removals = removalsToApprove(plan);
	const approved = approval?.removals ?? null;
	if (approved === removals || (approved === null && removals === 0)) return null;
	return removalsNotApproved(removals, approved);
}

/**
 * On all of its lists: undoing an assignment takes a call center from an agent as well as the agent from a supervisor.
 */
export function removalsToApprove({ lists }: Plan): number {
	return lists.reduce((sum, list) => sum + list.removes.length, 0);
}

/** A list whose changes follow from its own pre-image; what a plan of ours always is. */
function isSound(list: PlannedList): boolean {
	const before = membersOf(list.before);
	return (
		membersHash(before) === list.beforeHash &&
		list.adds.every(({ member }) => !before.has(foldId(member))) &&
		list.removes.every(({ member }) => before.has(foldId(member)))
	);
}

function keyOf(list: PlannedList): string {
	return listKey(list.ref);
}
