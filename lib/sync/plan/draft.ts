/** A draft: one list of a plan, with its changes and its held removals, before the guards. */

import type { RequestLog, View, Failure } from '../platform';
import type { Issue, ListIssue, ListRef } from '../model';
import { Moves, type ChangingList } from './moves';
import type { Change, HeldChange } from '../documents';

export interface Draft {
	readonly ref: ListRef;
	readonly key: string;
	/** Lists of stage 0 are written before those of stage 1. */
	readonly stage: 0 | 1;
	readonly view: View;
	/** By folded member. */
	readonly adds: Map<string, Change>;
	readonly removes: Map<string, Change>;
	readonly held: HeldChange[];
	/** Requests that planning this list took. */
	readonly log: RequestLog;
}

/** A list that cannot be planned. */
export interface Unplanned {
	readonly ref: ListRef;
	readonly outcome: 'rejected' | 'failed' | 'conflict';
	/** Why not. */
	readonly issue: ListIssue;
	/** What the platform answered; null where nothing was asked. */
	readonly failure: Failure | null;
	readonly lines: readonly number[];
	readonly log: RequestLog;
	readonly view: View | null;
	readonly foreign: { readonly added: string[]; readonly removed: string[] };
}

export function emptyDraft(ref: ListRef, key: string, stage: 0 | 1, view: View, log: RequestLog): Draft {
	return { ref, key, stage, view, adds: new Map(), removes: new Map(), held: [], log };
}

/** Of drafts as they stand; what is held later does not move any more. */
export function movesOf(drafts: readonly Draft[]): Moves<ChangingList> {
	return new Moves(drafts.map(({ ref, adds, removes }) => ({ ref, adds: adds.values(), removes: removes.values() })));
}

/** Keeps removals back for the reason given for a member; null lets the member go. */
export function holdRemovals(draft: Draft, whyOf: (folded: string) => Issue | null): void {
	for (const [folded, { member, lines }] of draft.removes) {
		const why = whyOf(folded);
		if (why === null) continue;
		draft.removes.delete(folded);
		draft.held.push({ member, lines, change: 'remove', ...why, outcome: 'held' });
	}
}

/**
 * Turns a change down. What the row of an addition may mean is held with all other rows that cannot be carried out
 * (`holds.ts`).
 */
export function rejectChange(draft: Draft, direction: 'add' | 'remove', folded: string, why: ListIssue): void {
	const changes = direction === 'add' ? draft.adds : draft.removes;
	const change = changes.get(folded);
	if (change === undefined) return;
	changes.delete(folded);
	draft.held.push({ member: change.member, lines: change.lines, change: direction, ...why, outcome: 'rejected' });
}

export function rejectAddition(draft: Draft, folded: string, why: ListIssue): void {
	rejectChange(draft, 'add', folded, why);
}

export function unplanned(
	ref: ListRef,
	outcome: Unplanned['outcome'],
	issue: ListIssue,
	more: Partial<Pick<Unplanned, 'failure' | 'lines' | 'log' | 'view' | 'foreign'>> = {},
): Unplanned {
	return {
		ref,
		outcome,
		issue,
		failure: null,
		lines: [],
		log: [],
		view: null,
		foreign: { added: [], removed: [] },
		...more,
	};
}

/** A list that the platform does not have or does not show. */
export function notShown(ref: ListRef, failure: Failure, log: RequestLog, lines: readonly number[] = []): Unplanned {
	const more = { failure, log, lines };
	const facts = { list: ref, said: failure.message };
	switch (failure.kind) {
		case 'missing':
			return unplanned(ref, 'rejected', { code: 'missingList', facts: { problem: 'list', ...facts } }, more);
		case 'forbidden':
			return unplanned(ref, 'rejected', { code: 'forbidden', facts: { problem: 'read', ...facts } }, more);
		default:
			return unplanned(ref, 'failed', { code: 'unreadableList', facts: { problem: 'planning', ...facts } }, more);
	}
}

export function hasChanges(draft: Draft): boolean {
	return draft.adds.size > 0 || draft.removes.size > 0;
}
