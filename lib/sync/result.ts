/** The result of a run, and its journal if anything was attempted. */

import {
	sealed,
	type Issue,
	type KindName,
	type LastRun,
	listKey,
	type ListRef,
	type RunStatus,
	severityOf,
} from './model';
import {
	JOURNAL_FORMAT,
	JOURNAL_VERSION,
	type Journal,
	type Memory,
	type ListOutcome,
	type Breach,
	type Plan,
	isChange,
} from './documents';
import { statusOf, unchangedOutcome, unplannedOutcome, unreadOutcome, notAttempted, allForbidden } from './apply';
import type { DraftedLists, MatchedSource } from './plan';
import type { RunPlatform } from './platform';

/** Lists as the platform shows them, in a stable order. */
export interface Exported {
	readonly kind: KindName;
	readonly lists: ReadonlyArray<{ readonly ref: ListRef; readonly members: readonly string[] }>;
	/** What people call a user or a call center; empty if the platform shows no name. */
	readonly nameOf: (id: string) => string;
}

export interface RunResult {
	readonly status: RunStatus;
	/** Why it was refused, stopped by a guard or otherwise, or failed; null otherwise. */
	readonly reason: Issue | null;
	readonly plan: Plan | null;
	/**
	 * The breaches found just before an approved plan was applied. The breaches of planning are in the plan.
	 */
	readonly breaches?: readonly Breach[];
	/** Null if no write was attempted. */
	readonly journal: Journal | null;
	/** For the next run with `readLists: changed`; absent or null where it has nothing to remember. */
	readonly memory?: Memory | null;
	/** One per list that the run knows of, unchanged ones included. */
	readonly lists: readonly ListOutcome[];
	/** The source with the platform's ids, where it has others; what follows from it was planned from this. */
	readonly matched?: MatchedSource;
	/** The lists as they are; only where they were to be exported. */
	readonly exported?: Exported;
	/** Lines of the source that name a list, by its key; only where no plan says so. */
	readonly lines?: ReadonlyMap<string, readonly number[]>;
	/** Issues that are about no list: what could not be looked at, and what was named and is not there. */
	readonly notices?: readonly Issue[];
	/** Requests sent, and milliseconds from start to end. */
	readonly happened: { readonly reads: number; readonly writes: number; readonly milliseconds: number };
}

/** The result for an input that is not acceptable: nothing was read or written. */
export function refusedResult(issue: Issue, platform: RunPlatform, plan: Plan | null = null): RunResult {
	return { status: 'refused', reason: issue, plan, journal: null, lists: [], happened: platform.happened() };
}

/** The result of a run for which nothing could be looked at. */
export function failedResult(issue: Issue, platform: RunPlatform): RunResult {
	return { ...refusedResult(issue, platform), status: 'failed' };
}

/** The result of a run that stopped before a plan could be made. */
export function stoppedResult(drafted: DraftedLists, platform: RunPlatform): RunResult {
	const reason = platform.stop;
	const { drafts, unplanned, unchanged, unread } = drafted;
	const lists = [
		...[...drafts.map(({ ref }) => ref), ...unread].map((ref) => unreadOutcome(ref, reason)),
		...unplanned.map(unplannedOutcome),
		...unchanged.map(({ ref, ids, log }) => unchangedOutcome(ref, ids, log)),
	];
	return { status: 'stopped', reason, plan: null, journal: null, lists, happened: platform.happened() };
}

/** The result of a plan that is not written: only the plan was asked for, or a guard forbids it. */
export function plannedResult(plan: Plan, drafted: DraftedLists, platform: RunPlatform): RunResult {
	const aborted = plan.guards.verdict === 'abort';
	const isEmpty = plan.lists.length === 0 && plan.unplanned.length === 0;
	const own = new Map(drafted.drafts.map((draft) => [draft.key, draft]));
	const lists = [
		...plan.lists.map((list) => notAttempted(list, own.get(listKey(list.ref)) ?? null)),
		...outcomesOfOthers(drafted),
	];
	return {
		status: aborted ? 'aborted' : isEmpty ? (lacks(plan) ? 'partial' : 'unchanged') : 'planned',
		reason: aborted ? breachReason(plan.guards.breaches, plan.origin !== 'leavers') : null,
		plan,
		journal: null,
		lists,
		happened: platform.happened(),
	};
}

/** The result of a plan that is empty because the platform showed none of the lists. */
export function nothingPlannedResult(
	reason: NonNullable<RunResult['reason']>,
	plan: Plan,
	drafted: DraftedLists,
	platform: RunPlatform,
): RunResult {
	return { ...plannedResult(plan, drafted, platform), status: 'failed', reason };
}

/**
 * The size of the source, if the next one is to be compared with it: only a run that no guard held back and that did
 * its work counts, so that a broken export never becomes the measure.
 */
export function measuredSource({ status, plan }: Pick<RunResult, 'status' | 'plan'>): LastRun | null {
	if (plan === null || plan.guards.verdict !== 'pass') return null;
	if (status !== 'applied' && status !== 'unchanged' && status !== 'partial') return null;
	const { rows, lists, members } = plan.source;
	return { rows, lists, members };
}

/** The outcomes of the lists that are not in the plan. */
export function outcomesOfOthers({
	unplanned,
	unchanged,
}: Pick<DraftedLists, 'unplanned' | 'unchanged'>): ListOutcome[] {
	return [...unplanned.map(unplannedOutcome), ...unchanged.map(({ ref, ids, log }) => unchangedOutcome(ref, ids, log))];
}

export function breachReason(breaches: readonly Breach[], canHold = true): Issue {
	return { code: 'guards', facts: { breaches: [...breaches], canHold } };
}

/** The result after writing the plan, complete or not. */
export function appliedResult(plan: Plan, lists: readonly ListOutcome[], platform: RunPlatform): RunResult {
	const { stop } = platform;
	const isAttempted = plan.lists.some(isChange);
	const noRight = stop === null && allForbidden(lists) ? NO_RIGHT_TO_WRITE : null;
	return {
		status: stop !== null ? 'stopped' : noRight !== null ? 'failed' : lacks(plan) ? 'partial' : statusOf(lists),
		reason: stop ?? noRight,
		plan,
		journal: isAttempted ? journalOf(plan, lists, platform) : null,
		lists,
		happened: platform.happened(),
	};
}

/** Whether a part of the run could not be read or found. The run is then `partial`, even if all changes were made. */
function lacks({ notices = [], origin, source }: Plan): boolean {
	// Of leavers, somebody who was named and not found is not gone.
	if (origin === 'leavers' && source.rejectedRows > 0) return true;
	return notices.some(({ code }) => severityOf(code) === 'error');
}

const NO_RIGHT_TO_WRITE: Issue = { code: 'forbidden', facts: { problem: 'allWrites' } };

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
