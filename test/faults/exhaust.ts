/**
 * Every fault at every request, then every pair within a bound, as SQLite tests itself (sqlite.org/testing.html, "I/O
 * error testing"): the fault goes on to the next request until the run has no more of them.
 */

import { INVARIANTS, type Violation } from '../chaos/invariants';
import type { Sabotage } from '../chaos/simulation';
import { overwrittenIn } from '../chaos/race';
import { replayCommand, tryOut, type Befallen, type Tried } from './cases';
import { kindsFor, type FaultKind } from './kinds';
import type { Reference } from './references';

/** Which faults are tried, and which pairs: two whose requests are at most `distance` apart; none for 0. */
export interface Bound {
	readonly distance: number;
	/** Every kind, or only those marked for `pairs`; by default every kind alone, and only the marked ones in pairs. */
	readonly kinds?: 'all' | 'marked';
}

/** One of several processes that share the work. */
export interface Part {
	readonly number: number;
	readonly of: number;
}

export interface Failing {
	readonly replay: string;
	readonly violations: readonly Violation[];
}

export interface Tally {
	reference: string;
	kinds: number;
	requests: number;
	singles: number;
	pairs: number;
	runs: number;
	promises: number;
	/** Edits of somebody else that a replace undid, and the longest time from its read to its departure, in ms. */
	overwritten: number;
	widestMs: number;
	readonly failing: Failing[];
}

export interface Exhaustion {
	readonly bound: Bound;
	readonly part?: Part;
	readonly sabotage?: Sabotage;
}

export async function exhaust(
	reference: Reference,
	{ bound, part = { number: 1, of: 1 }, sabotage }: Exhaustion,
): Promise<Tally> {
	const all = kindsFor(reference.edits);
	const marked = all.filter(({ pairs }) => pairs);
	const kinds = bound.kinds === 'marked' ? marked : all;
	const paired = bound.kinds === 'all' ? all : marked;
	const calm = await tryOut(reference, []);
	const tally: Tally = {
		reference: reference.name,
		kinds: kinds.length,
		requests: calm.requests.all.length,
		singles: 0,
		pairs: 0,
		runs: 0,
		promises: 0,
		overwritten: 0,
		widestMs: 0,
		failing: [],
	};
	const attempt = async (faults: readonly Befallen[]): Promise<Tried> => {
		const tried = await tryOut(reference, faults, sabotage);
		tally.runs += tried.simulation.runs.length;
		tally.promises += INVARIANTS.length * tried.simulation.runs.length;
		for (const { windowMs } of overwrittenIn(tried.simulation)) {
			tally.overwritten += 1;
			tally.widestMs = Math.max(tally.widestMs, windowMs);
		}
		if (tried.violations.length > 0)
			tally.failing.push({ replay: replayCommand(reference, faults), violations: tried.violations });
		return tried;
	};
	if (part.number === 1) await attempt([]);
	let turn = 0;
	for (const kind of kinds) {
		for (let index = 1; index <= calm.requests[kind.counts].length; index += 1) {
			turn += 1;
			if (turn % part.of !== part.number % part.of) continue;
			const first = { kind, index };
			const { requests } = await attempt([first]);
			tally.singles += 1;
			if (!paired.includes(kind)) continue;
			for (const second of secondsAfter(first, paired, requests, bound.distance)) {
				await attempt([first, second]);
				tally.pairs += 1;
			}
		}
	}
	return tally;
}

/** A stop ends the run that it befalls, so it is only second. */
function* secondsAfter(
	first: Befallen,
	kinds: readonly FaultKind[],
	requests: Tried['requests'],
	distance: number,
): Generator<Befallen> {
	if (first.kind.counts === 'run') return;
	for (const kind of kinds) {
		for (const [at, number] of requests[kind.counts].entries()) {
			if (number > first.index && number <= first.index + distance) yield { kind, index: at + 1 };
		}
	}
}

export function tallyText({
	reference,
	kinds,
	requests,
	singles,
	pairs,
	runs,
	promises,
	overwritten,
	widestMs,
	failing,
}: Tally): string {
	const races =
		overwritten === 0
			? 'no edit overwritten'
			: `${overwritten} edits overwritten, at most ${Math.ceil(widestMs)} ms after the read`;
	return (
		`${reference}: ${kinds} kinds x ${requests} requests: ${singles} single faults and ${pairs} pairs, ${runs} ` +
		`runs, ${promises} promises checked, ${races}, ${failing.length} failing`
	);
}

export function failuresText(failing: readonly Failing[], most: number): string {
	const shown = failing
		.slice(0, most)
		.map(
			({ replay, violations }) =>
				`${replay}\n${violations.map(({ invariant, run, text }) => `  ${invariant}, ${run}: ${text}`).join('\n')}`,
		);
	const rest = failing.length - shown.length;
	return [...shown, ...(rest > 0 ? [`... and ${rest} more`] : [])].join('\n');
}
