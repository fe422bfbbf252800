/**
 * Limits checked before the first write. Every breach is reported, not only the first, with rule, measured, limit and
 * counts.
 */

import { counted, figure, percent } from '../../figure';
import type { Draft } from './draft';
import { holdRemovals } from './draft';
import { waysOut } from './guard-messages';
import type { ListRef } from '../model/list';
import { foldId, listKey } from '../model/list';
import { NOT_SHOWN_FLOOR, SMALL_LIST, TOTAL_REMOVALS_FLOOR } from '../model/limits';
import type { Breach, Change } from '../documents/plan';
import type { Settings } from '../result';
import { countedMembers, membersText } from '../words';

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

/** Lists of the source that may be missing from what the platform shows. */
export function notShownLimit(lists: number, limits: Settings['limits']): number {
	const percent = limits.listsNotShownPercent;
	return percent <= 0 ? 0 : Math.max(Math.floor((lists * percent) / 100), NOT_SHOWN_FLOOR);
}

/** What several runs of one execution do together, so that work split into many runs gets past no limit. */
export interface Together {
	readonly runs: number;
	readonly whole: Guarded;
}

/** @param together where the run is one of several; its lists are in the whole, with all that any run does to them */
export function breachesOf(
	guarded: Guarded,
	settings: Settings,
	together: Together = { runs: 1, whole: guarded },
): Breach[] {
	const { runs, whole } = together;
	const what = runs === 1 ? '' : ` in ${figure(runs)} runs together`;
	const lists = runs === 1 ? guarded.lists : inWhole(guarded, whole);
	return [
		...lists.flatMap((list) => perList(list, settings)),
		...lists.flatMap((list) => protectedOf(list, settings)),
		...total(whole, settings, what),
		...additions(whole, settings, what),
		...notShown(whole, settings, what),
		...(guarded.source === null ? [] : shrank(guarded.source, settings)),
	];
}

function inWhole({ lists }: Guarded, whole: Guarded): GuardedList[] {
	const own = new Set(lists.map(({ ref }) => listKey(ref)));
	return whole.lists.filter(({ ref }) => own.has(listKey(ref)));
}

/**
 * Holds what the breaches concern. Too many additions cannot be cured by holding removals, so that breach always
 * aborts.
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
			if (breach.list !== null && breach.list !== draft.ref && listKey(breach.list) !== draft.key) continue;
			holdRemovals(draft, (folded) => (breach.guard !== 'protectedMember' || protectedIds.has(folded) ? why : null));
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

function total(guarded: Guarded, settings: Settings, where: string): Breach[] {
	const measured = guarded.lists.reduce((sum, list) => sum + list.removes.size, 0);
	const limit = totalRemovalLimit(guarded.liveMembers, settings.limits);
	if (measured <= limit) return [];
	const { removalPercentTotal: allowed, removalCountTotal: count } = settings.limits;
	const what =
		`Too many removals${where}: ${figure(measured)} of ${counted(guarded.liveMembers, 'member')} ` +
		`(${percent(measured, guarded.liveMembers)}) would go, ` +
		(`over the limit of ${figure(limit)} (${allowed} % of ${figure(guarded.liveMembers)}, at least ` +
			`${TOTAL_REMOVALS_FLOOR}, at most ${figure(count)}).`);
	return [breach('removalsTotal', null, measured, limit, what)];
}

function additions(guarded: Guarded, settings: Settings, where: string): Breach[] {
	const limit = settings.limits.additionCountTotal;
	// Prerequisites follow from additions, and are not counted beside them.
	const own = guarded.lists.filter(({ ref }) => ref.kind === settings.kind);
	const measured = own.reduce((sum, list) => sum + list.adds.size, 0);
	if (limit <= 0 || measured <= limit) return [];
	const what =
		`Too many additions${where}: ${counted(measured, 'member')} would be added, over the limit of ` +
		`${figure(limit)}.`;
	return [breach('additionsTotal', null, measured, limit, what)];
}

function notShown({ named }: Guarded, settings: Settings, where: string): Breach[] {
	const limit = notShownLimit(named.lists, settings.limits);
	if (named.notShown <= limit) return [];
	const { listsNotShownPercent: allowed } = settings.limits;
	const what =
		`Too many lists are not shown${where}: ${figure(named.notShown)} of the ${counted(named.lists, 'list')} ` +
		'that the source names ' +
		`(${percent(named.notShown, named.lists)}) do not exist on the platform, are forbidden or cannot be read, ` +
		`over the limit of ${figure(limit)} (${allowed} %, at least ${NOT_SHOWN_FLOOR}).`;
	return [breach('listsNotShown', null, named.notShown, limit, what)];
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
		const said =
			`The source shrank: ${now} against ${figure(before)} in the last applied run, ${measured} % less, ` +
			`over the limit of ${limits.shrinkPercent} %.`;
		return [breach('sourceShrank', null, measured, limits.shrinkPercent, said)];
	});
}

function breach(
	guard: Breach['guard'],
	list: ListRef | null,
	measured: number,
	limit: number,
	message: string,
): Breach {
	return { guard, list, measured, limit, message };
}
