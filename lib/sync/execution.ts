/**
 * The runs of one execution. All of them are planned before the first one writes, and the guards count over all of
 * them. So splitting work into many runs evades no limit, and a run that fails in planning does so before any write.
 */

import { breachesOf, type Guarded, type GuardedList, type MatchedSource, type People } from './plan';
import { listKey, type ListRef, type Issue, type Settings } from './model';
import type { Breach } from './documents';
import type { RunResult } from './result';

/**
 * How earlier runs of the execution left the lists that they wrote, by key: the members, or null if that is unknown.
 */
export type WrittenLists = ReadonlyMap<string, readonly string[] | null>;

/** What follows the guards: the result of the run, or the write that is left to do. */
export type Step =
	| { readonly over: true; readonly result: RunResult }
	| { readonly over: false; readonly write: () => Promise<RunResult> };

/** A run that has read everything and written nothing. */
export interface Prepared {
	/** The counts and limits for the guards; null if the run ended before there was anything to count. */
	readonly guarded: { readonly counts: Guarded; readonly settings: Settings } | null;
	/**
	 * The lists that no other run of the execution may name, because this run mirrors them or changes them in both
	 * directions. Null if it only adds, only removes, or rolls back.
	 */
	readonly claims: readonly ListRef[] | null;
	/** @param written filled while earlier runs write; read when this run writes */
	readonly decide: (breaches: readonly Breach[], written?: WrittenLists) => Step;
	readonly refuse: (issue: Issue) => RunResult;
}

/** A run that is over before the guards. */
export function ended(result: RunResult): Prepared {
	return { guarded: null, claims: null, decide: () => ({ over: true, result }), refuse: () => result };
}

/** Every result of the run says what its source was found to mean. */
export function withMatches(prepared: Prepared, matched: MatchedSource): Prepared {
	const withMatched = (result: RunResult): RunResult => ({ ...result, matched });
	return {
		...prepared,
		decide: (breaches, written): Step => {
			const step = prepared.decide(breaches, written);
			if (step.over) return { over: true, result: withMatched(step.result) };
			return { over: false, write: async () => withMatched(await step.write()) };
		},
		refuse: (issue) => withMatched(prepared.refuse(issue)),
	};
}

/** The step of each run, in order. A run takes into account what the runs before it wrote. */
export function decideAll(all: readonly Prepared[]): Step[] {
	const claimedTwice = doubleClaims(all);
	const counting = all.filter((one) => !claimedTwice.has(one)).flatMap(({ guarded }) => guarded?.counts ?? []);
	const totals = counting.length > 1 ? { runs: counting.length, all: mergedCounts(counting) } : undefined;
	const written = new Map<string, readonly string[] | null>();
	// All are measured before anything is held.
	const breaches = all.map(({ guarded }) =>
		guarded === null ? [] : breachesOf(guarded.counts, guarded.settings, totals),
	);
	return all.map((one, index): Step => {
		const claim = claimedTwice.get(one);
		if (claim !== undefined) return { over: true, result: one.refuse(claim) };
		const step = one.decide(breaches[index], written);
		if (step.over || totals === undefined) return step;
		return { over: false, write: async () => recordWritten(await step.write(), written) };
	});
}

/** Carries out a run that is the only one of its execution. */
export async function asOnlyRun(prepared: Promise<Prepared>): Promise<RunResult> {
	const [step] = decideAll([await prepared]);
	return step.over ? step.result : await step.write();
}

function recordWritten(result: RunResult, written: Map<string, readonly string[] | null>): RunResult {
	for (const { ref, after, requests } of result.lists) {
		if (requests.some(({ write }) => write === 'replace' || write === 'add' || write === 'remove'))
			written.set(listKey(ref), after);
	}
	return result;
}

/** The issue of each run that claims a list of another run. Each would undo the other, so none of them starts. */
function doubleClaims(all: readonly Prepared[]): Map<Prepared, Issue> {
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
	const problems = new Map<Prepared, Issue>();
	for (const { ref, runs } of claimedBy.values()) {
		if (runs.length < 2) continue;
		const issue: Issue = { code: 'listInSeveralRuns', facts: { list: ref, items: runs.map((index) => index + 1) } };
		for (const index of runs) if (!problems.has(all[index])) problems.set(all[index], issue);
	}
	return problems;
}

/** The counts of all runs as one. A list of several runs counts once, with the changes of all of them. */
function mergedCounts(all: readonly Guarded[]): Guarded {
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
		...mergedPeople(all.flatMap(({ people }) => people ?? [])),
	};
}

/** Runs about one group all count its people, so the largest count is taken: of several groups it is too strict. */
function mergedPeople(all: readonly People[]): { readonly people?: People } {
	if (all.length === 0) return {};
	return {
		people: {
			leavers: new Map(all.flatMap(({ leavers }) => [...leavers])),
			all: Math.max(...all.map((people) => people.all)),
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
