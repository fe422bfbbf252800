/**
 * Limits checked before the first write. Every breach is reported, not only the first, with rule, measured, limit and
 * counts.
 */

import {
	fewOf,
	type GuardCode,
	type ListRef,
	foldId,
	listKey,
	NOT_SHOWN_FLOOR,
	SMALL_LIST,
	TOTAL_REMOVALS_FLOOR,
	type Settings,
} from '../model';
import { type Draft, holdRemovals } from './draft';
import type { Breach, Change } from '../documents';

/** What the guards look at: a draft, or a list of a finished plan. */
export interface GuardedList {
	readonly ref: ListRef;
	readonly liveCount: number;
	readonly adds: ReadonlyMap<string, Change>;
	readonly removes: ReadonlyMap<string, Change>;
	/**
	 * A list of the other kind, which is written first so that these can be: its members are not counted among theirs.
	 */
	readonly prerequisite: boolean;
}

export interface SourceNumbers {
	readonly rows: number;
	readonly lists: number;
	readonly members: number;
}

export interface Guarded {
	readonly lists: readonly GuardedList[];
	/** Lists that are as they should be, as far as they are known one by one. */
	readonly unchanged: ReadonlyArray<{ readonly ref: ListRef; readonly liveCount: number }>;
	/** Members on all lists that were read, changed or not. */
	readonly liveMembers: number;
	/** Null where there is nothing to compare with the last run: another mode than mirror, or a roll back. */
	readonly source: SourceNumbers | null;
	/**
	 * Lists that the source names, and those of them that the platform does not have or does not show; zero in a roll
	 * back.
	 */
	readonly named: { readonly lists: number; readonly notShown: number };
	/** Where people leave every list: what is counted are people, and not the lists that each of them is on. */
	readonly people?: People;
}

export interface People {
	/** Who leaves, by folded id. */
	readonly leavers: ReadonlyMap<string, string>;
	/** How many are on the lists, leavers included. */
	readonly all: number;
}

/** Removals that one list may suffer. */
export function removalLimit(live: number, limits: Settings['limits']): number {
	const percent = limits.removalPercentPerList;
	if (live >= SMALL_LIST || percent >= 100 || percent <= 0) {
		return Math.min(limits.removalCountPerList, Math.floor((live * percent) / 100));
	}
	return Math.min(limits.removalCountPerList, Math.floor(live / 2));
}

/** Removals that a run may do. */
export function totalRemovalLimit(live: number, limits: Settings['limits']): number {
	const percent = limits.removalPercentTotal;
	const share = percent <= 0 ? 0 : Math.max(Math.ceil((live * percent) / 100), TOTAL_REMOVALS_FLOOR);
	return Math.min(limits.removalCountTotal, share);
}

/** Lists of the source that may be missing from what the platform shows. */
export function notShownLimit(lists: number, limits: Settings['limits']): number {
	const percent = limits.listsNotShownPercent;
	return percent <= 0 ? 0 : Math.max(Math.floor((lists * percent) / 100), NOT_SHOWN_FLOOR);
}

/** What several runs of one execution do together, so that work split into many runs gets past no limit. */
export interface ExecutionTotals {
	readonly runs: number;
	readonly all: Guarded;
}

/** @param totals given if the run is one of several; it counts what all of them do to a list */
export function breachesOf(
	guarded: Guarded,
	settings: Settings,
	totals: ExecutionTotals = { runs: 1, all: guarded },
): Breach[] {
	const { runs, all } = totals;
	if (guarded.people !== undefined) return leaverBreaches(all.people ?? guarded.people, settings, runs);
	const lists = runs === 1 ? guarded.lists : countedOverAll(guarded, all);
	return [
		...lists.flatMap((list) => perList(list, settings)),
		...lists.flatMap((list) => protectedMembers(list, settings)),
		...total(all, settings, runs),
		...additions(all, settings, runs),
		...notShown(all, settings, runs),
		...(guarded.source === null ? [] : shrank(guarded.source, settings)),
	];
}

function countedOverAll({ lists }: Guarded, all: Guarded): GuardedList[] {
	const own = new Set(lists.map(({ ref }) => listKey(ref)));
	return all.lists.filter(({ ref }) => own.has(listKey(ref)));
}

/** Whether a breach is cured by holding removals back. One that is not always stops the run. */
export const CURED_BY_HOLDING: Readonly<Record<GuardCode, boolean>> = {
	removalsPerList: true,
	protectedMember: true,
	removalsTotal: true,
	// To hold them would be to do nothing.
	protectedLeaver: false,
	leavers: false,
	additionsTotal: false,
	listsNotShown: true,
	sourceShrank: true,
};

/** What the breaches lead to. */
export function verdictOf(breaches: readonly Breach[], settings: Settings): 'pass' | 'hold' | 'abort' {
	if (breaches.length === 0) return 'pass';
	if (settings.onBreach === 'abort') return 'abort';
	return breaches.every(({ code }) => CURED_BY_HOLDING[code]) ? 'hold' : 'abort';
}

/** Carries out a verdict of `hold` on the drafts. */
export function holdBreaches(drafts: readonly Draft[], breaches: readonly Breach[], settings: Settings): void {
	const protectedIds = new Set(settings.protectedMembers.map(foldId));
	for (const { list, ...why } of breaches) {
		for (const draft of drafts) {
			if (list !== null && list !== draft.ref && listKey(list) !== draft.key) continue;
			holdRemovals(draft, (folded) => (why.code !== 'protectedMember' || protectedIds.has(folded) ? why : null));
		}
	}
}

function perList(list: GuardedList, settings: Settings): Breach[] {
	const measured = list.removes.size;
	const limit = removalLimit(list.liveCount, settings.limits);
	if (measured <= limit) return [];
	const { removalPercentPerList: percent, removalCountPerList: max } = settings.limits;
	const facts = { kind: list.ref.kind, removals: measured, live: list.liveCount, limit, percent, max };
	return [{ list: list.ref, code: 'removalsPerList', facts }];
}

function protectedMembers(list: GuardedList, settings: Settings): Breach[] {
	if (settings.protectedMembers.length === 0) return [];
	const hit = settings.protectedMembers.map(foldId).flatMap((folded) => list.removes.get(folded)?.member ?? []);
	if (hit.length === 0) return [];
	return [{ list: list.ref, code: 'protectedMember', facts: { members: fewOf(hit) } }];
}

function total(guarded: Guarded, settings: Settings, runs: number): Breach[] {
	const measured = guarded.lists.reduce((sum, list) => sum + list.removes.size, 0);
	const limit = totalRemovalLimit(guarded.liveMembers, settings.limits);
	if (measured <= limit) return [];
	const { removalPercentTotal: percent, removalCountTotal: max } = settings.limits;
	const facts = { removals: measured, live: guarded.liveMembers, limit, percent, max, runs };
	return [{ list: null, code: 'removalsTotal', facts }];
}

/**
 * A list may lose all its members, as a leaver's own does, and one leaver may be on hundreds of them. So the limits of
 * a list say nothing here, and those in total count people.
 */
function leaverBreaches({ leavers, all }: People, settings: Settings, runs: number): Breach[] {
	const { limits, protectedMembers } = settings;
	const hit = protectedMembers.map(foldId).flatMap((folded) => leavers.get(folded) ?? []);
	const people = leavers.size;
	const limit = totalRemovalLimit(all, limits);
	const { removalPercentTotal: percent, removalCountTotal: max } = limits;
	return [
		...(hit.length > 0 ? [{ list: null, code: 'protectedLeaver' as const, facts: { members: fewOf(hit) } }] : []),
		...(people > limits.leaverCount
			? [{ list: null, code: 'leavers' as const, facts: { people, limit: limits.leaverCount, runs } }]
			: []),
		...(people > limit
			? [
					{
						list: null,
						code: 'removalsTotal' as const,
						facts: { removals: people, live: all, limit, percent, max, runs },
					},
				]
			: []),
	];
}

function additions(guarded: Guarded, settings: Settings, runs: number): Breach[] {
	const limit = settings.limits.additionCountTotal;
	// Prerequisites follow from additions, and are not counted beside them.
	const own = guarded.lists.filter(({ ref }) => ref.kind === settings.kind);
	const measured = own.reduce((sum, list) => sum + list.adds.size, 0);
	if (limit <= 0 || measured <= limit) return [];
	return [{ list: null, code: 'additionsTotal', facts: { additions: measured, limit, runs } }];
}

function notShown({ named }: Guarded, settings: Settings, runs: number): Breach[] {
	const limit = notShownLimit(named.lists, settings.limits);
	if (named.notShown <= limit) return [];
	const facts = { ...named, limit, percent: settings.limits.listsNotShownPercent, runs };
	return [{ list: null, code: 'listsNotShown', facts }];
}

function shrank(source: SourceNumbers, settings: Settings): Breach[] {
	const { lastRun, limits } = settings;
	if (lastRun === null) return [];
	return (['rows', 'lists', 'members'] as const).flatMap((what): Breach[] => {
		const before = lastRun[what];
		const lost = before - source[what];
		// Integers on both sides, so that the limit itself is never a breach by rounding.
		if (before <= 0 || lost * 100 <= limits.shrinkPercent * before) return [];
		// Upwards, because the figure must never look like the limit that it exceeds.
		const measured = Math.ceil((lost * 1_000) / before) / 10;
		const facts = { what, now: source[what], before, measured, limit: limits.shrinkPercent };
		return [{ list: null, code: 'sourceShrank', facts }];
	});
}
