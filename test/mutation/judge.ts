/** Mutants of one file and the survivors that are listed -> a verdict. */

import { percent } from './scores';

export interface Mutant {
	/** Stryker's name of what was changed, such as `ConditionalExpression`. */
	readonly mutator: string;
	/** The line of the source where the mutant begins, trimmed: it outlives edits elsewhere in the file. */
	readonly line: string;
	/** What stood there, and what the mutant has instead. */
	readonly from: string;
	readonly to: string;
	/** Whether a test failed, or no longer ended, because of it. */
	readonly killed: boolean;
	/** From 1; for reading only. */
	readonly at: number;
}

/** A mutant that no test can or shall kill. */
export interface Survivor extends Pick<Mutant, 'mutator' | 'line' | 'from' | 'to'> {
	readonly reason: string;
}

export interface Verdict {
	readonly standing: 'ok' | 'FAILED';
	/** Mutants that tests killed, of all that are not listed. */
	readonly killed: number;
	readonly of: number;
	readonly listed: number;
	readonly alive: readonly Mutant[];
	/** Listed ones that are killed now, or no longer exist: take them off the list. */
	readonly outdated: readonly Survivor[];
}

/** @param bar percent of the mutants that must be killed */
export function judge(mutants: readonly Mutant[], survivors: readonly Survivor[], bar: number): Verdict {
	const waiting = new Map<string, Survivor[]>();
	for (const survivor of survivors) waiting.set(keyOf(survivor), [...(waiting.get(keyOf(survivor)) ?? []), survivor]);
	const alive = mutants.filter((mutant) => !mutant.killed && waiting.get(keyOf(mutant))?.shift() === undefined);
	const outdated = [...waiting.values()].flat();
	const killed = mutants.filter((mutant) => mutant.killed).length;
	const of = killed + alive.length;
	const standing = percent({ killed, of }) >= bar ? 'ok' : 'FAILED';
	return { standing, killed, of, listed: survivors.length - outdated.length, alive, outdated };
}

function keyOf({ mutator, line, from, to }: Pick<Mutant, 'mutator' | 'line' | 'from' | 'to'>): string {
	return JSON.stringify([mutator, line, from, to]);
}
