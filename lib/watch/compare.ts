/**
 * The changes between two polls, and the poll state for the next. A change enters the poll state only when it is
 * reported. So no change is reported twice, and a lasting change that one poll does not report is reported by a later
 * one.
 */

import { foldId } from '../sync';
import { ABSENT_MILLISECONDS, MAX_CHANGES } from './limits';
import { byKey, type Entry, type Remembered, type PollState } from './poll-state';
import { hasMembers, subjectKey, type Subject } from './subject';

/**
 * - `missing`, `forbidden`: the platform answers so (404, 403). A supervisor's list that BroadWorks refuses is missing.
 * - `notListed`: the call center no longer names the supervisor whose list it is.
 */
export type AbsenceReason = 'missing' | 'forbidden' | 'notListed';

/**
 * - `read`: the whole of it.
 * - `absent`: the platform says that it is not there for this account.
 * - `unread`: nothing is known; it is as it was.
 */
export type Observation =
	| { readonly kind: 'read'; readonly entries: readonly Entry[] }
	| { readonly kind: 'absent'; readonly reason: AbsenceReason }
	| { readonly kind: 'unread' };

export interface Observed {
	readonly subject: Subject;
	/** Named by the parameters, and not found on the platform: without it there is nothing to compare with. */
	readonly chosen: boolean;
	readonly observation: Observation;
	/** Of a list that came into being after this time: its members came as well. Milliseconds since the epoch. */
	readonly newSince?: number;
}

export type ChangeKind = 'joined' | 'left' | 'availabilityChanged' | 'listVanished' | 'listReturned';

export interface Change {
	readonly kind: ChangeKind;
	readonly subject: Subject;
	/** The member, or the entry of an availability; null for the list as a whole. */
	readonly entry: Entry | null;
	/** States of an availability; null where there was or is none. */
	readonly from: string | null;
	readonly to: string | null;
	/** `listVanished` only. */
	readonly reason: AbsenceReason | null;
	/** Between these two it happened: milliseconds since the epoch. */
	readonly previousPollAt: number | null;
	readonly detectedAt: number;
}

export interface Comparison {
	readonly state: PollState;
	readonly changes: readonly Change[];
	/** Chosen, and neither remembered nor shown: there is no baseline for it. */
	readonly withoutBaseline: readonly Observed[];
}

interface OneCompared {
	/** Null: forget it. */
	readonly remembered: Remembered | null;
	readonly changes: readonly Change[];
}

/**
 * @param observed everything that is watched now; what is remembered beside it is forgotten
 * @param now milliseconds since the epoch
 */
export function comparePoll(
	state: PollState,
	observed: readonly Observed[],
	now: number,
	mostChanges = MAX_CHANGES,
): Comparison {
	const before = byKey(state);
	const isFirst = before.size === 0;
	const lists = new Map<string, Remembered>();
	const changes: Change[] = [];
	for (const one of observed) {
		const key = subjectKey(one.subject);
		const bounds = { isFirst, room: mostChanges - changes.length };
		const compared = compareOne(before.get(key) ?? null, one, now, bounds);
		if (compared.remembered !== null) lists.set(key, compared.remembered);
		changes.push(...compared.changes);
	}
	const withoutBaseline = observed.filter(({ subject, chosen }) => chosen && !lists.has(subjectKey(subject)));
	return { state: { ...state, lists: [...lists.values()] }, changes, withoutBaseline };
}

interface Bounds {
	/** Whether nothing at all was remembered: the poll that takes the baseline reports nothing. */
	readonly isFirst: boolean;
	/** Changes that may still be handed over. */
	readonly room: number;
}

function compareOne(earlier: Remembered | null, one: Observed, now: number, bounds: Bounds): OneCompared {
	const { subject, observation } = one;
	const before = earlier ?? empty(one);
	if (observation.kind === 'unread') return { remembered: before, changes: [] };
	if (observation.kind === 'absent') {
		// What was never shown has not vanished.
		if (earlier === null && before !== null) return { remembered: before, changes: [] };
		return compareAbsent(before, one, observation.reason, now, bounds);
	}
	const entries = distinct(observation.entries);
	if (before === null) return { remembered: known(subject, entries, now), changes: [] };
	const all = [
		...(before.absentSince === null ? [] : [change('listReturned', before, now)]),
		...(before.entries === null ? [] : differences(before, before.entries, entries, now)),
	];
	if (all.length <= bounds.room) return { remembered: known(subject, entries, now), changes: all };
	const taken = all.slice(0, bounds.room);
	return { remembered: taken.reduce(applied, before), changes: taken };
}

function known(subject: Subject, entries: readonly Entry[], readAt: number): Remembered {
	return { subject, entries: entries.map(([id, value]) => [id, value]), readAt, absentSince: null };
}

/** A list that is new was empty before, whether it can be read yet or not. */
function empty({ subject, newSince }: Observed): Remembered | null {
	return newSince === undefined ? null : known(subject, [], newSince);
}

function compareAbsent(
	before: Remembered | null,
	{ subject, chosen }: Observed,
	reason: AbsenceReason,
	now: number,
	{ isFirst, room }: Bounds,
): OneCompared {
	if (before === null && (chosen || reason === 'notListed')) return { remembered: null, changes: [] };
	if (before !== null && before.absentSince !== null) {
		const isGone = !chosen && reason === 'notListed';
		const isForgotten = isGone && now - before.absentSince > ABSENT_MILLISECONDS;
		return { remembered: isForgotten ? null : before, changes: [] };
	}
	const shown = before ?? { subject, entries: null, readAt: now, absentSince: null };
	const absent = { ...shown, absentSince: now };
	if (before === null && isFirst) return { remembered: absent, changes: [] };
	if (room === 0) return { remembered: before, changes: [] };
	return { remembered: absent, changes: [{ ...change('listVanished', shown, now), reason }] };
}

function differences(before: Remembered, was: readonly Entry[], is: readonly Entry[], now: number): Change[] {
	const [old, current] = [folded(was), folded(is)];
	const members = hasMembers(before.subject.kind);
	const gone = was.filter(([id]) => !current.has(foldId(id)));
	const came = is.filter(([id]) => !old.has(foldId(id)));
	if (members)
		return [
			...gone.map((entry) => ({ ...change('left', before, now), entry })),
			...came.map((entry) => ({ ...change('joined', before, now), entry })),
		];
	const other = is.filter(([id, value]) => old.has(foldId(id)) && old.get(foldId(id)) !== value);
	const state = (entry: Entry, from: string | null, to: string | null) => ({
		...change('availabilityChanged', before, now),
		entry,
		from,
		to,
	});
	return [
		...gone.map((entry) => state(entry, entry[1], null)),
		...came.map((entry) => state(entry, null, entry[1])),
		...other.map((entry) => state(entry, old.get(foldId(entry[0])) ?? null, entry[1])),
	];
}

/** The same id twice, as some platforms list it, is one member. */
function distinct(entries: readonly Entry[]): Entry[] {
	return [...new Map(entries.map((entry) => [foldId(entry[0]), entry])).values()];
}

function folded(entries: readonly Entry[]): Map<string, string> {
	return new Map(entries.map(([id, value]) => [foldId(id), value]));
}

function change(kind: ChangeKind, { subject, readAt }: Remembered, now: number): Change {
	return { kind, subject, entry: null, from: null, to: null, reason: null, previousPollAt: readAt, detectedAt: now };
}

/** The list once the change is handed over. It counts as read only when it is compared to its end. */
function applied(remembered: Remembered, { kind, entry, to }: Change): Remembered {
	if (entry === null) return { ...remembered, absentSince: null };
	const others = (remembered.entries ?? []).filter(([id]) => foldId(id) !== foldId(entry[0]));
	const isGone = kind === 'left' || (kind === 'availabilityChanged' && to === null);
	return { ...remembered, entries: isGone ? others : [...others, [entry[0], entry[1]]] };
}
