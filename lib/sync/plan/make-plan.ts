/** Drafts to the plan: guards, holds, strategies, forecast, hash and seal. Pure but for the clock. */

import { normalBaseUrl } from '../../base-url';
import { canonicalHash, sealed } from '../documents/canonical-json';
import { hasChanges, movesOf, type Draft, type Unplanned } from './draft';
import { holdBreaches, verdictOf } from './guards';
import { foldId, listKey, type ListRef } from '../model/list';
import { DEFAULT_PLAN_VALID_MINUTES } from '../model/limits';
import { membersHash } from '../model/members';
import {
	PLAN_FORMAT,
	PLAN_VERSION,
	type Breach,
	type HeldChange,
	type Mode,
	type Plan,
	type PlannedList,
} from '../documents/plan';
import type { Drafting, Planning } from './planning';
import { chooseStrategy } from './strategy';

export interface PlanOrigin {
	readonly origin: 'source' | 'journal';
	readonly mode: Mode;
}

/** @param breaches what the guards found, over all that the execution plans */
export function makePlan(
	drafting: Drafting,
	{ origin, mode }: PlanOrigin,
	breaches: readonly Breach[],
	planning: Planning,
): Plan {
	const { settings, session } = planning;
	const verdict = verdictOf(breaches, settings);
	if (verdict === 'hold') holdBreaches(drafting.drafts, breaches, settings);

	const lists = plannedLists(drafting.drafts, planning);
	const changing = lists.filter(isChange);
	const own = lists.filter(({ ref }) => ref.kind === settings.kind);
	const writes = sum(changing, (list) => list.writes);
	// A plan that waits for its approval has every list read again before it is written.
	const reads = sum(changing, (list) => list.reads) + (planning.purpose === 'review' ? changing.length : 0);
	const now = session.now();
	const content: Omit<Plan, 'hash' | 'seal'> = {
		format: PLAN_FORMAT,
		version: PLAN_VERSION,
		createdAt: new Date(now).toISOString(),
		validUntil: new Date(expiry(now, settings.planValidMinutes)).toISOString(),
		platform: settings.platformUrl,
		kind: settings.kind,
		mode,
		origin,
		maxEntries: settings.maxEntries,
		source: drafting.source,
		lists,
		unplanned: sortedByKey(drafting.unplanned).map(toUnplanned),
		unchanged: sortedByKey(drafting.unchanged).map(({ ref }) => ref),
		totals: {
			listsToChange: own.filter(isChange).length,
			unchanged: drafting.unchanged.length,
			prerequisites: changing.filter(({ ref }) => ref.kind !== settings.kind).length,
			adds: sum(own, (list) => list.adds.length),
			removes: sum(own, (list) => list.removes.length),
			held: sum(own, (list) => list.held.length),
			liveMembers: drafting.liveMembers,
		},
		guards: { verdict, breaches: [...breaches] },
		forecast: {
			reads,
			writes,
			planningReads: session.reads,
			seconds: Math.ceil(((reads + writes) * 10) / session.expectedRate()) / 10,
		},
	};
	return sealed({ ...content, hash: planHash(content) });
}

/** The last moment that a date can name (ECMAScript): what a validity without sensible end is cut to. */
const LAST_MOMENT = 8.64e15;

function expiry(now: number, minutes: number): number {
	const valid = Number.isFinite(minutes) && minutes >= 0 ? minutes : DEFAULT_PLAN_VALID_MINUTES;
	return Math.min(now + valid * 60_000, LAST_MOMENT);
}

/**
 * What a person approves: which members go on and off which lists as they were seen, and until when. Not when it was
 * planned, from which lines, in whose spelling, or how it will be written.
 */
export function planHash(plan: Pick<Plan, 'version' | 'validUntil' | 'platform' | 'kind' | 'mode' | 'lists'>): string {
	return canonicalHash({
		version: plan.version,
		validUntil: plan.validUntil,
		platform: samePlatform(plan.platform),
		kind: plan.kind,
		mode: plan.mode,
		lists: plan.lists
			.filter(isChange)
			.map((list) => [listKey(list.ref), foldedIds(list.adds), foldedIds(list.removes), list.beforeHash])
			.sort(([a], [b]) => (a < b ? -1 : 1)),
	});
}

/** Base URLs that name the same platform become equal: white space, a slash at the end and the like say nothing. */
export function samePlatform(url: string): string {
	return normalBaseUrl(url).toLowerCase();
}

export function isChange(list: Pick<PlannedList, 'adds' | 'removes'>): boolean {
	return list.adds.length > 0 || list.removes.length > 0;
}

/** Strategies are chosen in the order of writing, because a list that waits for others is older when its turn comes. */
function plannedLists(drafts: readonly Draft[], planning: Planning): PlannedList[] {
	const { settings, session, spellings } = planning;
	const millisecondsPerRequest = 1000 / session.expectedRate();
	const ordered = [...drafts].sort((a, b) => a.stage - b.stage || (a.key < b.key ? -1 : 1));
	const now = session.now();
	const moves = movesOf(ordered.filter(hasChanges));
	let ahead = 0;
	return ordered.map((draft): PlannedList => {
		const age = now - draft.view.at + ahead * millisecondsPerRequest;
		const expectedAge = planning.purpose === 'review' ? 0 : age;
		const removalsWait = moves.delay({ ref: draft.ref, removes: draft.removes.values() });
		const { strategy, reason, writes, reads, readAgain } = chooseStrategy(draft, {
			settings,
			spellings,
			expectedAge,
			removalsWait,
		});
		// In a stage, lists to be replaced on the read of planning go first; the lists of stage 0 all go before those of
		// stage 1.
		if (hasChanges(draft) && ((strategy === 'replace' && !readAgain) || draft.stage === 0)) ahead += writes + reads;
		return {
			ref: draft.ref,
			stage: draft.stage,
			before: [...draft.view.members.values()],
			beforeHash: membersHash(draft.view.members),
			adds: sortedChanges(draft.adds),
			removes: sortedChanges(draft.removes),
			held: [...draft.held].sort(byMember),
			strategy,
			reason,
			writes,
			reads,
			...(readAgain ? { readAgain } : {}),
		};
	});
}

function sortedChanges<Entry>(changes: ReadonlyMap<string, Entry>): Entry[] {
	return [...changes].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, change]) => change);
}

function byMember(a: HeldChange, b: HeldChange): number {
	const [left, right] = [a, b].map(({ member, change }) => `${foldId(member)}\u0000${change}`);
	if (left === right) return 0;
	return left < right ? -1 : 1;
}

function foldedIds(changes: ReadonlyArray<{ readonly member: string }>): string[] {
	return changes.map(({ member }) => foldId(member)).sort();
}

function toUnplanned({ ref, outcome, code, message, lines }: Unplanned): Plan['unplanned'][number] {
	return { ref, outcome, code, message, lines: [...lines] };
}

function sortedByKey<Entry extends { readonly ref: ListRef }>(entries: readonly Entry[]): Entry[] {
	return entries
		.map((entry) => ({ entry, key: listKey(entry.ref) }))
		.sort((a, b) => (a.key < b.key ? -1 : 1))
		.map(({ entry }) => entry);
}

function sum<Entry>(entries: readonly Entry[], of: (entry: Entry) => number): number {
	return entries.reduce((total, entry) => total + of(entry), 0);
}
