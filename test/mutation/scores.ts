/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   reads and writes a file of the repository */
/** The record of the last measurement of each file, like a lockfile: it shows which code has to be measured again. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeHash } from './code-hash';
import { barOf } from './files';

export interface Score {
	/** `codeHash` of the source that was measured. */
	readonly code: string;
	/** Mutants that tests killed, of all that are not listed. */
	readonly killed: number;
	readonly of: number;
	/** Survivors on the list, see survivors.json. */
	readonly listed: number;
	/** Test files that were run, from the root; `all` for those of the module, see `testsFor`. */
	readonly tests: 'all' | readonly string[];
	/** YYYY-MM-DD. */
	readonly date: string;
}

export type Scores = Readonly<Record<string, Score>>;

const RECORD = join(__dirname, 'scores.json');

export function readScores(): Scores {
	return JSON.parse(readFileSync(RECORD, 'utf8')) as Scores;
}

/** Other files keep their scores, also those that another run has recorded meanwhile. */
export function record(file: string, score: Score): void {
	const scores = Object.entries({ ...readScores(), [file]: score }).sort(([a], [b]) => (a < b ? -1 : 1));
	writeFileSync(RECORD, `${JSON.stringify(Object.fromEntries(scores), null, '\t')}\n`);
}

/** Whether the code of a file is not the code that was measured, or was below the bar. */
export function isDue(file: string, source: string, score: Score | undefined): boolean {
	const code = codeHash(source);
	if (code === null) return false;
	return score === undefined || score.code !== code || percent(score) < barOf(file);
}

/** Of the mutants that are not listed; 100 where there are none. */
export function percent({ killed, of }: Pick<Score, 'killed' | 'of'>): number {
	return of === 0 ? 100 : (100 * killed) / of;
}
