/**
 * Limits checked before the first write. Every breach is reported, not only the first; the messages say scope, rule,
 * measured, limit, counts and the way out, as octoDNS's do.
 */

import type { Draft } from './draft';
import { holdRemovals } from './draft';
import type { ListRef } from './kinds';
import { foldId } from './kinds';
import { SMALL_LIST, TOTAL_REMOVALS_FLOOR } from './limits';
import type { Breach, Change } from './plan-document';
import type { Settings } from './run';
import { countedMembers, listName, membersText } from './words';

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
		const why = { code: breach.guard, reason: breach.message };
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
	const { removalPercentPerList: percent, removalCountPerList: count } = settings.limits;
	const rule =
		list.liveCount < SMALL_LIST && percent > 0 && percent < 100
			? `half of a list under ${SMALL_LIST}, at most ${count}`
			: `${percent} % of ${list.liveCount}, at most ${count}`;
	const message =
		`[${listName(list.ref)}] Too many removals: ${share(measured, list.liveCount)} of its ${nounOf(list.ref, list.liveCount)} ` +
		`would go, over the limit of ${limit} (${rule}). Check the source; if it is right, raise the limits per list for this run ` +
		'(100 % lifts the rule for small lists too), or let removals be held.';
	return [{ guard: 'removalsPerList', list: list.ref, measured, limit, message }];
}

function protectedOf(list: GuardedList, settings: Settings): Breach[] {
	if (settings.protectedMembers.length === 0) return [];
	const hit = settings.protectedMembers.map(foldId).flatMap((folded) => list.removes.get(folded)?.member ?? []);
	if (hit.length === 0) return [];
	const message =
		`[${listName(list.ref)}] Protected: ${membersText(hit)} would be removed and is never to be (${hit.length} over the limit of 0). ` +
		'Put it back into the source, take it off the protected ids, or let removals be held.';
	return [{ guard: 'protectedMember', list: list.ref, measured: hit.length, limit: 0, message }];
}

function total(guarded: Guarded, settings: Settings): Breach[] {
	const measured = guarded.lists.reduce((sum, list) => sum + list.removes.size, 0);
	const limit = totalRemovalLimit(guarded.liveMembers, settings.limits);
	if (measured <= limit) return [];
	const { removalPercentTotal: percent, removalCountTotal: count } = settings.limits;
	const message =
		`[all lists] Too many removals: ${share(measured, guarded.liveMembers)} members would go, over the limit of ${limit} ` +
		`(${percent} % of ${guarded.liveMembers}, at least ${TOTAL_REMOVALS_FLOOR}, at most ${count}). ` +
		'Check the source; if it is right, raise the limits in total for this run, or let removals be held.';
	return [{ guard: 'removalsTotal', list: null, measured, limit, message }];
}

function additions(guarded: Guarded, settings: Settings): Breach[] {
	const limit = settings.limits.additionCountTotal;
	// Prerequisites follow from additions, and are not counted beside them.
	const own = guarded.lists.filter(({ ref }) => ref.kind === settings.kind);
	const measured = own.reduce((sum, list) => sum + list.adds.size, 0);
	if (limit <= 0 || measured <= limit) return [];
	const message =
		`[all lists] Too many additions: ${measured} members would be added, over the limit of ${limit}. ` +
		'Check the source; if it is right, raise the limit for this run. Holding removals does not help here.';
	return [{ guard: 'additionsTotal', list: null, measured, limit, message }];
}

function shrank(source: SourceNumbers, settings: Settings): Breach[] {
	const { lastRun, limits } = settings;
	if (lastRun === null) return [];
	return (['rows', 'lists', 'members'] as const).flatMap((what): Breach[] => {
		const before = lastRun[what];
		const lost = before - source[what];
		// Integers on both sides, so that the limit itself is never a breach by rounding.
		if (before <= 0 || lost * 100 <= limits.shrinkPercent * before) return [];
		const measured = Math.round((lost * 10_000) / before) / 100;
		const message =
			`[source] The source shrank: ${source[what]} ${what} against ${before} in the last applied run, ` +
			`${measured.toFixed(2)} % less, over the limit of ${limits.shrinkPercent} %. Check that the export is complete; ` +
			'if it is, raise the limit for this run, or let removals be held.';
		return [{ guard: 'sourceShrank', list: null, measured, limit: limits.shrinkPercent, message }];
	});
}

function share(part: number, whole: number): string {
	const percent = whole === 0 ? 0 : (part * 100) / whole;
	return `${part} of ${whole} (${percent.toFixed(2)} %)`;
}

function nounOf(ref: ListRef, count: number): string {
	return countedMembers(count, ref.kind).split(' ').slice(1).join(' ');
}
