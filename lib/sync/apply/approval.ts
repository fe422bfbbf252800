/**
 * Whether a plan may be applied: the document is whole, meant for this platform, young enough, and approved in so many
 * words. Anything missing is a refusal; an argument being there is never an approval by itself.
 */

import { counted } from '../../figure';
import { sealHolds } from '../documents/canonical-json';
import { foldId, listKey } from '../model/list';
import { membersHash, membersOf } from '../model/members';
import { planHash, samePlatform } from '../plan/make-plan';
import type { Plan, PlannedList } from '../documents/plan';
import { PLAN_FORMAT, PLAN_VERSION, planSchema } from '../documents/plan';
import { parseDocument } from '../documents/parse';
import { hasDuplicates } from '../endings';
import type { Approval, Settings } from '../result';

export type Checked<Document> =
	| { readonly ok: true; readonly document: Document }
	| { readonly ok: false; readonly code: string; readonly message: string };

export function checkPlan(json: unknown, settings: Settings, now: number): Checked<Plan> {
	const parsed = parseDocument(json, planSchema, { format: PLAN_FORMAT, version: PLAN_VERSION, noun: 'plan' });
	if (!parsed.ok) return parsed;
	const plan = parsed.document;
	if (
		!sealHolds(plan) ||
		planHash(plan) !== plan.hash ||
		!plan.lists.every(isSound) ||
		hasDuplicates(plan.lists.map(keyOf))
	) {
		return refusal('editedPlan', 'The plan was changed after it was made: plan again, and review the new plan.');
	}
	if (samePlatform(plan.platform) !== samePlatform(settings.platformUrl)) {
		return refusal(
			'otherPlatform',
			`The plan was made for ${plan.platform}, and this run is about ${settings.platformUrl}: use the ` +
				'credential it was made with, or plan again.',
		);
	}
	if (plan.kind !== settings.kind) {
		return refusal(
			'otherKind',
			`The plan is about ${plan.kind}, and this run about ${settings.kind}: choose what the plan is about.`,
		);
	}
	if (now > Date.parse(plan.validUntil)) {
		return refusal('expiredPlan', `The plan was valid until ${plan.validUntil}: plan again, and review the new plan.`);
	}
	return parsed;
}

/** Null where the plan is approved; otherwise what is missing. */
export function approvalProblem(
	plan: Plan,
	approval: Approval | null | undefined,
): { code: string; message: string } | null {
	const hash = typeof approval?.planHash === 'string' ? approval.planHash.trim().toLowerCase() : '';
	if (hash === '') {
		return {
			code: 'notApproved',
			message: 'The plan is not approved: hand over the hash of the plan that was reviewed.',
		};
	}
	if (hash !== plan.hash) {
		return {
			code: 'otherPlanApproved',
			message: 'The approved hash is that of another plan: review this plan, and approve its own hash.',
		};
	}
	const removals = removalsToApprove(plan);
	const approved = approval?.removals ?? null;
	if (approved === removals || (approved === null && removals === 0)) return null;
	const said =
		approved === null
			? 'no number of removals was approved'
			: `${approved} ${approved === 1 ? 'was' : 'were'} approved`;
	return {
		code: 'removalsNotApproved',
		message: `The plan makes ${counted(removals, 'removal')}, and ${said}: approve exactly that number.`,
	};
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

function refusal(code: string, message: string): { ok: false; code: string; message: string } {
	return { ok: false, code, message };
}
