/** Drafts to the plan: guards, holds, strategies, forecast, hash and seal. Pure except for the clock. */

import { DEFAULT_OPTIONS } from '../../options';
import {
	isChange,
	planHash,
	PLAN_FORMAT,
	PLAN_VERSION,
	type Breach,
	type HeldChange,
	type Plan,
	type PlannedList,
} from '../documents';
import { type Candidate, sealed, foldId, membersHash, type Mode, type Settings, sortedByKey } from '../model';
import { hasChanges, movesOf, type Draft, type Unplanned } from './draft';
import { holdBreaches, verdictOf } from './guards';
import type { DraftedLists, Planning } from './planning';
import type { RememberedLists } from './remembered-lists';
import { chooseStrategy, replacesOnPlannedRead } from './strategy';

export interface PlanOrigin {
	readonly origin: Plan['origin'];
	readonly mode: Mode;
}

/** @param breaches what the guards found, over all that the execution plans */
export function makePlan(
	drafted: DraftedLists,
	{ origin, mode }: PlanOrigin,
	breaches: readonly Breach[],
	planning: Planning,
): Plan {
	const { settings, platform } = planning;
	const verdict = verdictOf(breaches, settings);
	if (verdict === 'hold') holdBreaches(drafted.drafts, breaches, settings);

	const lists = plannedLists(drafted.drafts, planning);
	const changing = lists.filter(isChange);
	const own = lists.filter(({ ref }) => ref.kind === settings.kind);
	const writes = sum(changing, (list) => list.writes);
	// A plan that waits for its approval has every list read again before it is written.
	const reads = sum(changing, (list) => list.reads) + (planning.writes ? 0 : changing.length);
	const now = platform.now();
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
		source: drafted.source,
		lists,
		unplanned: sortedByKey(drafted.unplanned).map(toUnplanned),
		unchanged: sortedByKey(drafted.unchanged).map(({ ref }) => ref),
		...(drafted.remembered === null ? {} : { readLists: readListsOf(drafted, drafted.remembered, settings) }),
		...(drafted.matched === undefined ? {} : { matched: drafted.matched }),
		...namesIn(lists, planning),
		...(drafted.notices === undefined ? {} : { notices: [...drafted.notices] }),
		totals: {
			listsToChange: own.filter(isChange).length,
			unchanged: drafted.unchanged.length,
			prerequisites: changing.filter(({ ref }) => ref.kind !== settings.kind).length,
			adds: sum(own, (list) => list.adds.length),
			removes: sum(own, (list) => list.removes.length),
			held: sum(own, (list) => list.held.length),
			liveMembers: drafted.liveMembers,
		},
		guards: { verdict, breaches: [...breaches] },
		forecast: {
			reads,
			writes,
			planningReads: platform.reads,
			seconds: Math.ceil(((reads + writes) * 10) / platform.expectedRate()) / 10,
		},
	};
	return sealed({ ...content, hash: planHash(content) });
}

function readListsOf(
	{ notRead }: DraftedLists,
	{ state: memory }: RememberedLists,
	{ lookEvery }: Settings,
): NonNullable<Plan['readLists']> {
	return { notRead: sortedByKey(notRead).map(({ ref }) => ref), lookEvery, memory };
}

/** Of everybody whom the plan is about, where this run read it; of unchanged members it is not needed. */
function namesIn(lists: readonly PlannedList[], { listings }: Planning): Pick<Plan, 'names'> {
	const names = new Map<string, Candidate>();
	for (const { ref, adds, removes, held } of lists) {
		for (const id of [ref.userId, ref.callCenterId, ...[...adds, ...removes, ...held].map(({ member }) => member)]) {
			const name = id === null ? '' : listings.nameOf(id);
			if (id !== null && name !== '') names.set(foldId(id), { id: foldId(id), name });
		}
	}
	return names.size === 0 ? {} : { names: sortedChanges(names) };
}

/** The last moment that a date can name (ECMAScript): what a validity without sensible end is cut to. */
const MAX_DATE = 8.64e15;

function expiry(now: number, minutes: number): number {
	const valid = Number.isFinite(minutes) && minutes >= 0 ? minutes : DEFAULT_OPTIONS.planValidMinutes;
	return Math.min(now + valid * 60_000, MAX_DATE);
}

/** Strategies are chosen in the order of writing, because a list that waits for others is older when its turn comes. */
function plannedLists(drafts: readonly Draft[], planning: Planning): PlannedList[] {
	const { settings, platform, spellings } = planning;
	const millisecondsPerRequest = 1000 / platform.expectedRate();
	const ordered = [...drafts].sort((a, b) => a.stage - b.stage || (a.key < b.key ? -1 : 1));
	const now = platform.now();
	const moves = movesOf(ordered.filter(hasChanges));
	let ahead = 0;
	return ordered.map((draft): PlannedList => {
		const age = now - draft.view.at + ahead * millisecondsPerRequest;
		const expectedAge = planning.writes ? age : 0;
		const removalsWait = moves.removalsWait({ ref: draft.ref, removes: draft.removes.values() });
		const { strategy, reason, writes, reads, readAgain } = chooseStrategy(draft, {
			settings,
			spellings,
			expectedAge,
			removalsWait,
		});
		// In a stage, lists to be replaced on the read of planning go first; the lists of stage 0 all go before those of
		// stage 1.
		if (hasChanges(draft) && (replacesOnPlannedRead({ strategy, readAgain }) || draft.stage === 0))
			ahead += writes + reads;
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

function toUnplanned({ ref, outcome, issue, lines }: Unplanned): Plan['unplanned'][number] {
	return { ref, outcome, ...issue, lines: [...lines] };
}

function sum<Entry>(entries: readonly Entry[], of: (entry: Entry) => number): number {
	return entries.reduce((total, entry) => total + of(entry), 0);
}
