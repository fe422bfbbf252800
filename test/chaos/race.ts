/**
 * The race: what somebody else does to a list between the departure of the read that a replace follows and the moment
 * at which the platform carries the replace out is overwritten by it, and nobody can tell (docs/invariants.md, "The
 * race").
 */

import type { Settings } from '../../lib/sync';
import { appliedChangesOf, viewBefore, type AppliedListChange } from './history';
import type { Simulation, Run } from './simulation';
import type { Exchange } from './wire';

/** How long after the read a replace may leave, in ms: promised, so not taken from the engine. */
export function mostMilliseconds({ soleWriter }: Settings): number {
	return soleWriter ? 60_000 : 5_000;
}

/** What a replace overwrote, which only the platform's own record shows. */
export interface Overwritten {
	readonly list: string;
	readonly member: string;
	/** From the departure of the read to that of the replace, in ms. */
	readonly windowMs: number;
}

/** Every edit of somebody else that a replace of these runs undid. */
export function overwrittenIn(simulation: Simulation): Overwritten[] {
	const appliedChanges = appliedChangesOf(simulation);
	return appliedChanges.flatMap(({ run, exchange, cascade, list, added, removed }) => {
		if (run === null || exchange?.write !== 'replace' || cascade) return [];
		const view = viewBefore(run, exchange);
		const others = overwrittenBy(exchange, { run, appliedChanges });
		const undone = [
			...[...removed].filter((member) => !view?.shown?.has(member)),
			...[...added].filter((member) => view?.shown?.has(member)),
		];
		return undone
			.filter((member) => others.has(member))
			.map((member) => ({ list, member, windowMs: exchange.sentAt - (view?.sentAt ?? 0) }));
	});
}

interface Around {
	readonly run: Run;
	readonly appliedChanges: readonly AppliedListChange[];
}

/** Members, folded, whom somebody else put on the list or took off it too late for this replace to know. */
export function overwrittenBy(replace: Exchange, { run, appliedChanges }: Around): ReadonlySet<string> {
	const view = viewBefore(run, replace);
	if (view === null) return new Set();
	const since = appliedChanges.filter(
		({ list, exchange, at, cascade }) =>
			list === replace.list && (exchange !== replace || cascade) && at >= view.sentAt,
	);
	return new Set(since.flatMap(({ added, removed }) => [...added, ...removed]));
}
