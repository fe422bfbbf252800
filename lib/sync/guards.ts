/** Limits checked before the first write. Every breach is reported, not only the first, with rule, measured, limit and counts. */

import { counted, figure, percent } from '../figure';
import type { Draft } from './draft';
import { holdRemovals } from './draft';
import { waysOut } from './guard-words';
import type { ListRef } from './kinds';
import { foldId } from './kinds';
import { SMALL_LIST, TOTAL_REMOVALS_FLOOR } from './limits';
import type { Breach, Change } from './plan-document';
import type { Settings } from './run';
import { countedMembers, membersText } from './words';

/** What the guards look at: a draft, or a list of a finished plan. */
export interface GuardedList {
	readonly ref: ListRef;
	readonly liveCount: number;
	readonly adds: ReadonlyMap<string, Change>;
	readonly removes: ReadonlyMap<string, Change>;
}

export interface SourceNumbers {
	readonly rows: number;
	readonly lists: number;
	readonly members: number;
}

export interface Guarded {
	readonly lists: readonly GuardedList[];
	/** Members on all lists that were read, changed or not. */
	readonly liveMembers: number;
	/** Null where there is nothing to compare with the last run: another mode than mirror, or a roll back. */
	readonly source: SourceNumbers | null;
}

/** Removals that one list may suffer. */
export function removalLimit(live: number, limits: Settings['limits']): number {
	const percent = limits.removalPercentPerList;
	if (live >= SMALL_LIST || percent >= 100 || percent <= 0) {
		return Math.min(limits.removalCountPerList, Math.floor((live * percent) / 100));
	}
	return Math.min(limits.removalCountPerList, Math.floor(live / 2));
}

/** Removals that the whole run may do. */
export function totalRemovalLimit(live: number, limits: Settings['limits']): number {
	const percent = limits.removalPercentTotal;
	const share = percent <= 0 ? 0 : Math.max(Math.ceil((live * percent) / 100), TOTAL_REMOVALS_FLOOR);
	return Math.min(limits.removalCountTotal, share);
}

export function breachesOf(guarded: Guarded, settings: Settings): Breach[] {
	return [
		...guarded.lists.flatMap((list) => perList(list, settings)),
		...guarded.lists.flatMap((list) => protectedOf(list, settings)),
		...total(guarded, settings),
		...additions(guarded, settings),
		...(guarded.source === null ? [] : shrank(guarded.source, settings)),
	];
}

/**
 * Holds what the breaches concern. Too many additions cannot be cured by holding removals, so that breach always aborts.
 */
export function verdictOf(breaches: readonly Breach[], settings: Settings): 'pass' | 'hold' | 'abort' {
	if (breaches.length === 0) return 'pass';
	if (settings.onBreach === 'abort') return 'abort';
	return breaches.some((breach) => breach.guard === 'additionsTotal') ? 'abort' : 'hold';
}

/** Carries out a verdict of `hold` on the drafts. */
export function holdBreaches(drafts: readonly Draft[], breaches: readonly Breach[], settings: Settings): void {
	const protectedIds = new Set(settings.protectedMembers.map(foldId));
	for (const breach of breaches) {
		const why = { code: breach.guard, reason: [breach.message, ...waysOut([breach.guard], false)].join(' ') };
		for (const draft of drafts) {
			if (breach.list !== null && breach.list !== draft.ref) continue;
			if (breach.guard === 'protectedMember') holdRemovals(draft, why, (folded) => protectedIds.has(folded));
			else holdRemovals(draft, why);
		}
	}
}

function perList(list: GuardedList, settings: Settings): Breach[] {
	const measured = list.removes.size;
	const limit = removalLimit(list.liveCount, settings.limits);
	if (measured <= limit) return [];
	const { removalPercentPerList: allowed, removalCountPerList: count } = settings.limits;
	const rule =
		list.liveCount < SMALL_LIST && allowed > 0 && allowed < 100
			? `half of a list under ${SMALL_LIST}, at most ${figure(count)}`
			: `${allowed} % of ${figure(list.liveCount)}, at most ${figure(count)}`;
	const what =
		`Too many removals: ${figure(measured)} of its ${countedMembers(list.liveCount, list.ref.kind)} ` +
		`(${percent(measured, list.liveCount)}) would go, over the limit of ${figure(limit)} (${rule}).`;
	return [breach('removalsPerList', list.ref, measured, limit, what)];
}

function protectedOf(list: GuardedList, settings: Settings): Breach[] {
	if (settings.protectedMembers.length === 0) return [];
	const hit = settings.protectedMembers.map(foldId).flatMap((folded) => list.removes.get(folded)?.member ?? []);
	if (hit.length === 0) return [];
	const what = `Protected: ${membersText(hit)} would be removed, and ${hit.length === 1 ? 'is' : 'are'} never to be.`;
	return [breach('protectedMember', list.ref, hit.length, 0, what)];
}

function total(guarded: Guarded, settings: Settings): Breach[] {
	const measured = guarded.lists.reduce((sum, list) => sum + list.removes.size, 0);
	const limit = totalRemovalLimit(guarded.liveMembers, settings.limits);
	if (measured <= limit) return [];
	const { removalPercentTotal: allowed, removalCountTotal: count } = settings.limits;
	const what =
		`Too many removals: ${figure(measured)} of ${counted(guarded.liveMembers, 'member')} (${percent(measured, guarded.liveMembers)}) would go, ` +
		`over the limit of ${figure(limit)} (${allowed} % of ${figure(guarded.liveMembers)}, at least ${TOTAL_REMOVALS_FLOOR}, at most ${figure(count)}).`;
	return [breach('removalsTotal', null, measured, limit, what)];
}

function additions(guarded: Guarded, settings: Settings): Breach[] {
	const limit = settings.limits.additionCountTotal;
	// Prerequisites follow from additions, and are not counted beside them.
	const own = guarded.lists.filter(({ ref }) => ref.kind === settings.kind);
	const measured = own.reduce((sum, list) => sum + list.adds.size, 0);
	if (limit <= 0 || measured <= limit) return [];
	const what = `Too many additions: ${counted(measured, 'member')} would be added, over the limit of ${figure(limit)}.`;
	return [breach('additionsTotal', null, measured, limit, what)];
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
		const now = counted(source[what], what.slice(0, -1), what);
		const said = `The source shrank: ${now} against ${figure(before)} in the last applied run, ${measured} % less, over the limit of ${limits.shrinkPercent} %.`;
		return [breach('sourceShrank', null, measured, limits.shrinkPercent, said)];
	});
}

function breach(guard: Breach['guard'], list: ListRef | null, measured: number, limit: number, message: string): Breach {
	return { guard, list, measured, limit, message };
}
