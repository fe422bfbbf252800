/**
 * The runs of one execution. All of them are planned before the first one writes, and the guards count over all of
 * them: work that is split into many runs gets past no limit, and a run that fails does so while nothing is written.
 */

import { listed } from '../figure';
import { breachesOf, type Guarded, type GuardedList } from './plan/guards';
import { listKey, type ListRef } from './model/list';
import { LINES_IN_A_MESSAGE } from './model/limits';
import type { Breach } from './documents/plan';
import type { RunResult, Settings } from './result';
import { listName } from './words';

/** How earlier runs of the execution left lists, by key: their members, or null where that is not known. */
export type Left = ReadonlyMap<string, readonly string[] | null>;

/** What a run comes to after the guards: its end, or the rest of it. */
export type Step =
	| { readonly over: true; readonly result: RunResult }
	| { readonly over: false; readonly write: () => Promise<RunResult> };

/** A run that has read what it needs, and has written nothing. */
export interface Prepared {
	/** What the guards count of it, and its limits; null where it ended before there was anything to count. */
	readonly guarded: { readonly counts: Guarded; readonly settings: Settings } | null;
	/**
	 * The lists that it speaks for as a whole or in both directions, so that no other run of the execution may name them;
	 * null where it only adds, only removes, or undoes.
	 */
	readonly claims: readonly ListRef[] | null;
	/** @param left is filled while runs before this one write, and looked at when this one does */
	readonly decide: (breaches: readonly Breach[], left?: Left) => Step;
	readonly refuse: (code: string, message: string) => RunResult;
}

/** A run that is over before the guards. */
export function ended(result: RunResult): Prepared {
	return { guarded: null, claims: null, decide: () => ({ over: true, result }), refuse: () => result };
}

/** What each run comes to, in their order. What one writes, the ones after it take into account. */
export function decideAll(all: readonly Prepared[]): Step[] {
	const claimedTwice = doubleClaims(all);
	const counting = all.filter((one) => !claimedTwice.has(one)).flatMap(({ guarded }) => guarded?.counts ?? []);
	const together = counting.length > 1 ? { runs: counting.length, whole: wholeOf(counting) } : undefined;
	const left = new Map<string, readonly string[] | null>();
	// All are measured before anything is held.
	const breaches = all.map(({ guarded }) =>
		guarded === null ? [] : breachesOf(guarded.counts, guarded.settings, together),
	);
	return all.map((one, index): Step => {
		const claim = claimedTwice.get(one);
		if (claim !== undefined) return { over: true, result: one.refuse('listInSeveralRuns', claim) };
		const step = one.decide(breaches[index], left);
		if (step.over || together === undefined) return step;
		return { over: false, write: async () => noteLists(await step.write(), left) };
	});
}

/** A run that is the only one of its execution. */
export async function alone(prepared: Promise<Prepared>): Promise<RunResult> {
	const [step] = decideAll([await prepared]);
	return step.over ? step.result : await step.write();
}

function noteLists(result: RunResult, left: Map<string, readonly string[] | null>): RunResult {
	for (const { ref, after, requests } of result.lists) {
		if (requests.some(({ write }) => write === 'replace' || write === 'add' || write === 'remove'))
			left.set(listKey(ref), after);
	}
	return result;
}

/** Each would undo what the other does, so neither is begun. By run: what is wrong. */
function doubleClaims(all: readonly Prepared[]): Map<Prepared, string> {
	const claimedBy = new Map<string, { ref: ListRef; runs: number[] }>();
	if (all.length > 1) {
		for (const [index, { claims }] of all.entries()) {
			for (const ref of claims ?? []) {
				const key = listKey(ref);
				const claim = claimedBy.get(key);
				if (claim === undefined) claimedBy.set(key, { ref, runs: [index] });
				else claim.runs.push(index);
			}
		}
	}
	const problems = new Map<Prepared, string>();
	for (const { ref, runs } of claimedBy.values()) {
		if (runs.length < 2) continue;
		const items = listed(
			runs.map((index) => String(index + 1)),
			LINES_IN_A_MESSAGE,
		);
		const message =
			`The items ${items} all name the list of ${listName(ref)}, and each would undo what the other does. ` +
			"Put the rows of a list into one file, or all rows into input items with the source 'Input Items'.";
		for (const index of runs) if (!problems.has(all[index])) problems.set(all[index], message);
	}
	return problems;
}

/** All runs as one. A list of several runs is one list, with the changes of all of them. */
function wholeOf(all: readonly Guarded[]): Guarded {
	const lists = new Map<string, GuardedList>();
	const live = new Map<string, number>();
	let others = 0;
	for (const { lists: own, liveMembers, unchanged } of all) {
		let counted = 0;
		for (const list of own) {
			const key = listKey(list.ref);
			const known = lists.get(key);
			lists.set(key, known === undefined ? list : withChangesOf(known, list));
			if (!list.prerequisite) {
				live.set(key, list.liveCount);
				counted += list.liveCount;
			}
		}
		for (const { ref, liveCount } of unchanged) {
			live.set(listKey(ref), liveCount);
			counted += liveCount;
		}
		others += liveMembers - counted;
	}
	return {
		lists: [...lists.values()],
		unchanged: [],
		liveMembers: others + [...live.values()].reduce((sum, count) => sum + count, 0),
		source: null,
		named: {
			lists: all.reduce((sum, { named }) => sum + named.lists, 0),
			notShown: all.reduce((sum, { named }) => sum + named.notShown, 0),
		},
	};
}

function withChangesOf(list: GuardedList, other: GuardedList): GuardedList {
	return {
		...list,
		adds: new Map([...list.adds, ...other.adds]),
		removes: new Map([...list.removes, ...other.removes]),
	};
}
