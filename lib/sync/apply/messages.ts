/** Everything that writing a plan has to say to people: facts in, words out. */

import { counted } from '../../figure';
import type { OutcomeWord } from '../documents/journal';
import type { ListRef } from '../model/list';
import { FORBIDDEN_LISTS, MAX_REPLANS, MAX_RESENDS } from '../model/limits';
import { TOO_LATE, type Failure } from '../platform/platform';
import { foreignText, listName } from '../words';

/** Why something is refused, held back or stopped. */
export interface Reason {
	readonly code: string;
	readonly message: string;
}

/** What becomes of a change that the list does not show. */
export interface Decision extends Reason {
	readonly outcome: OutcomeWord;
}

/** What somebody else did to a list. */
export interface ForeignChanges {
	readonly added: readonly string[];
	readonly removed: readonly string[];
}

// Whether a plan may be applied.

export function editedPlan(): Reason {
	const message = 'The plan was changed after it was made: plan again, and review the new plan.';
	return { code: 'editedPlan', message };
}

export function otherPlatform(planned: string, run: string): Reason {
	const message =
		`The plan was made for ${planned}, and this run is about ${run}: use the ` +
		'credential it was made with, or plan again.';
	return { code: 'otherPlatform', message };
}

export function otherKind(planned: string, run: string): Reason {
	const message = `The plan is about ${planned}, and this run about ${run}: choose what the plan is about.`;
	return { code: 'otherKind', message };
}

export function expiredPlan(validUntil: string): Reason {
	const message = `The plan was valid until ${validUntil}: plan again, and review the new plan.`;
	return { code: 'expiredPlan', message };
}

export function notApproved(): Reason {
	const message = 'The plan is not approved: hand over the hash of the plan that was reviewed.';
	return { code: 'notApproved', message };
}

export function otherPlanApproved(): Reason {
	const message = 'The approved hash is that of another plan: review this plan, and approve its own hash.';
	return { code: 'otherPlanApproved', message };
}

/** @param approved null where no number was approved */
export function removalsNotApproved(removals: number, approved: number | null): Reason {
	const said =
		approved === null
			? 'no number of removals was approved'
			: `${approved} ${approved === 1 ? 'was' : 'were'} approved`;
	const message = `The plan makes ${counted(removals, 'removal')}, and ${said}: approve exactly that number.`;
	return { code: 'removalsNotApproved', message };
}

// What the platform answered to a write, or to the read that proves it.

export function notTaken(): Decision {
	const message =
		'The platform accepted the request, but its list does not show this change: check the id on the platform.';
	return { outcome: 'rejected', code: 'notTaken', message };
}

export function refused(failure: Failure): Decision {
	return { outcome: 'rejected', code: failure.code, message: `The platform refused this: ${failure.message}` };
}

/** Rights are not given member by member, so nothing more is tried on the list. */
export function forbidden(failure: Failure): Decision {
	const message =
		"The account of the credential may not change this list: ask the platform's administrator for the " +
		`right, then run again. ${failure.message}`;
	return { outcome: 'failed', code: 'forbidden', message };
}

export function unavailable(failure: Failure): Decision {
	const message = `The platform could not do it; nothing was applied. ${failure.message}`;
	return { outcome: 'failed', code: failure.code, message };
}

export function tooLate(): Decision {
	const message =
		'A whole list is written only soon after it was read, and the platform allows too few requests for ' +
		'that. Nothing was applied: allow more requests per second, read fewer lists side by side, or turn on Sole ' +
		'Writer if nobody else changes these lists.';
	return { outcome: 'failed', code: TOO_LATE, message };
}

export function doubtUnresolved(failure: Failure): Decision {
	const message = `Sent ${MAX_RESENDS + 1} times without a clear answer, and the list never showed it. ${failure.message}`;
	return { outcome: 'failed', code: 'doubtUnresolved', message };
}

export function outcomeUnknown(failure: Failure): Decision {
	const message =
		'It is not known whether this was applied, because the list could not be read after a doubtful ' +
		`answer; running again settles it. ${failure.message}`;
	return { outcome: 'failed', code: 'outcomeUnknown', message };
}

export function unverified(failure: Failure): Decision {
	const message =
		'The platform accepted this, but the list could not be read back to prove it; running again settles ' +
		`it. ${failure.message}`;
	return { outcome: 'failed', code: 'unverified', message };
}

export function unreadable(ref: ListRef, failure: Failure): Decision {
	const missing = failure.kind === 'missing';
	const message = missing
		? `${listName(ref)} does not exist on the platform any more. ${failure.message}`
		: `${listName(ref)} could not be read, so nothing more was written. ${failure.message}`;
	return { outcome: 'failed', code: missing ? 'missingList' : 'unreadableList', message };
}

// What somebody else did meanwhile.

export function undoneMeanwhile(): Decision {
	const message = 'Somebody else undid this while the run went on; it is left as they wanted it.';
	return { outcome: 'conflict', code: 'undoneMeanwhile', message };
}

export function overtaken(foreign: ForeignChanges): Decision {
	const message =
		`Somebody else changed this list after it was planned (${foreignText(foreign)}). ` +
		'Nothing was written to it: plan again, and review what is left to do.';
	return { outcome: 'conflict', code: 'overtaken', message };
}

export function contested(foreign: ForeignChanges): Decision {
	const message =
		`Somebody else kept changing the list (${foreignText(foreign)}), so this was given up after ${MAX_REPLANS} ` +
		'new plans.';
	return { outcome: 'conflict', code: 'contested', message };
}

/** Null where nobody else changed the list. */
export function changedByOthers(foreign: ForeignChanges): string | null {
	const text = foreignText(foreign);
	return text === '' ? null : `Somebody else changed this list as well (${text}).`;
}

// Why a change is not tried.

/** @param failed members who could not be added to the list; at least one */
export function heldForAdditions(failed: readonly string[]): Decision {
	const message =
		`Held because ${failed[0]}${failed.length > 1 ? ` and ${failed.length - 1} more` : ''} could not be ` +
		'added to the list.';
	return { outcome: 'held', code: 'additionFailed', message };
}

/** @param target the list that does not show the member */
export function heldForMove(member: string, target: ListRef): Decision {
	const message = `Held because ${member} moves to ${listName(target)}, and that list does not show it.`;
	return { outcome: 'held', code: 'moveFailed', message };
}

/** @param failed an addition to another list */
export function heldForLastPlace(failed: { readonly member: string; readonly ref: ListRef }): Decision {
	const message =
		`Held because ${failed.member} could not be added to ${listName(failed.ref)}, and may be a mistake ` +
		'for somebody who would be on no list any more, or on a list that would be empty.';
	return { outcome: 'held', code: 'additionFailed', message };
}

export function groupForbidden(groupId: string): Reason {
	const message =
		`Not tried, because the account of the credential may change no list of group ${groupId}: the ` +
		`first ${FORBIDDEN_LISTS} were forbidden. Ask the platform's administrator for the right, then run ` +
		'again.';
	return { code: 'forbidden', message };
}

// Why a list was not written as planned.

/** Why a whole list is not sent, or not again. */
export type FallBackCause =
	| { readonly why: 'readTooOld'; readonly freshMilliseconds: number }
	| { readonly why: 'refused' | 'partial' | 'changing' };

/**
 * @param planned the plan's reason for its strategy
 * @param incremental whether the kind of list knows incremental writes
 */
export function fallBackReason(planned: string, incremental: boolean, cause: FallBackCause): string {
	const instead = incremental ? 'incremental was used' : 'it was written in smaller steps';
	return `${planned} In the event ${instead}, because ${causeText(cause)}.`;
}

function causeText(cause: FallBackCause): string {
	switch (cause.why) {
		case 'readTooOld':
			return `the list was read more than ${cause.freshMilliseconds / 1000} s before its turn came`;
		case 'refused':
			return 'the platform refused it';
		case 'partial':
			return 'the platform took only a part of it';
		case 'changing':
			return 'somebody else is changing the list';
	}
}
