/** How every run ends: the result, and the journal where anything was tried. */

import { sealed } from './documents/canonical-json';
import type { Journal, ListOutcome } from './documents/journal';
import { JOURNAL_FORMAT, JOURNAL_VERSION } from './documents/journal';
import { breachesText } from './plan/guard-messages';
import { foldId, listKey } from './model/list';
import { statusOf, unchangedOutcome, unplannedOutcome, unreadOutcome, notAttempted } from './apply/outcome';
import type { Breach, Plan } from './documents/plan';
import type { Drafting } from './plan/planning';
import { isChange } from './plan/make-plan';
import type { RunResult } from './result';
import { allForbidden } from './apply/permissions';
import type { RunPlatform } from './platform/run-platform';

/** The input was not acceptable: nothing was read or written on its account. */
export function refused(code: string, message: string, platform: RunPlatform, plan: Plan | null = null): RunResult {
	return {
		status: 'refused',
		reason: { code, message },
		plan,
		journal: null,
		lists: [],
		happened: platform.happened(),
	};
}

/** Ended before a plan could be made. */
export function stoppedPlanning(drafting: Drafting, platform: RunPlatform): RunResult {
	const reason = platform.stop ?? { code: 'stopped', message: 'The run was stopped.' };
	const { drafts, unplanned, unchanged, unread } = drafting;
	const lists = [
		...drafts.map(({ ref }) => unreadOutcome(ref, reason)),
		...unread.map((ref) => unreadOutcome(ref, reason)),
		...unplanned.map(unplannedOutcome),
		...unchanged.map(({ ref, ids, log }) => unchangedOutcome(ref, ids, log)),
	];
	return { status: 'stopped', reason, plan: null, journal: null, lists, happened: platform.happened() };
}

/** A plan was made, and nothing is written: because that was all that was asked for, or because a guard forbids it. */
export function onlyPlanned(plan: Plan, drafting: Drafting, platform: RunPlatform): RunResult {
	const aborted = plan.guards.verdict === 'abort';
	const idle = plan.lists.length === 0 && plan.unplanned.length === 0;
	const own = new Map(drafting.drafts.map((draft) => [draft.key, draft]));
	const lists = [
		...plan.lists.map((list) => notAttempted(list, own.get(listKey(list.ref)) ?? null)),
		...restOf(drafting),
	];
	return {
		status: aborted ? 'aborted' : idle ? 'unchanged' : 'planned',
		reason: aborted ? abortReason(plan.guards.breaches) : null,
		plan,
		journal: null,
		lists,
		happened: platform.happened(),
	};
}

/** A plan without anything in it was made, because the platform showed none of what it was to be about. */
export function showedNothing(
	reason: NonNullable<RunResult['reason']>,
	plan: Plan,
	drafting: Drafting,
	platform: RunPlatform,
): RunResult {
	return { ...onlyPlanned(plan, drafting, platform), status: 'failed', reason };
}

/** Lists beside those of the plan. */
export function restOf({ unplanned, unchanged }: Pick<Drafting, 'unplanned' | 'unchanged'>): ListOutcome[] {
	return [...unplanned.map(unplannedOutcome), ...unchanged.map(({ ref, ids, log }) => unchangedOutcome(ref, ids, log))];
}

export function abortReason(breaches: readonly Breach[], canHold = true): { code: string; message: string } {
	return { code: breaches[0]?.guard ?? 'guard', message: breachesText(breaches, canHold) };
}

/** A plan was carried out, as far as it went. */
export function carriedOut(plan: Plan, lists: readonly ListOutcome[], platform: RunPlatform): RunResult {
	const { stop } = platform;
	const tried = plan.lists.some(isChange);
	const refusal = stop === null && allForbidden(lists) ? NO_RIGHT_TO_WRITE : null;
	return {
		status: stop !== null ? 'stopped' : refusal !== null ? 'failed' : statusOf(lists),
		reason: stop ?? refusal,
		plan,
		journal: tried ? journalOf(plan, lists, platform) : null,
		lists,
		happened: platform.happened(),
	};
}

const NO_RIGHT_TO_WRITE = {
	code: 'forbidden',
	message:
		'The account of the credential may read these lists and change none of them (403), so nothing was ' +
		"written. Ask the platform's administrator for the right, or use the credential of another account.",
};

function journalOf(plan: Plan, lists: readonly ListOutcome[], platform: RunPlatform): Journal {
	return sealed({
		format: JOURNAL_FORMAT,
		version: JOURNAL_VERSION,
		platform: plan.platform,
		kind: plan.kind,
		planHash: plan.hash,
		startedAt: new Date(platform.startedAt).toISOString(),
		finishedAt: new Date(platform.now()).toISOString(),
		stopped: platform.stop,
		// Unchanged lists have nothing to undo and would be most of the document.
		lists: lists.filter(({ outcome }) => outcome !== 'unchanged'),
	} satisfies Omit<Journal, 'seal'>);
}

/** Whether two entries of a document name one list, or one list names a member twice. */
export function hasDuplicates(keys: readonly string[]): boolean {
	return new Set(keys.map(foldId)).size < keys.length;
}
