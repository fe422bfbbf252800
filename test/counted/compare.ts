/** Whether what was counted got worse. */

import type { Figures } from './reference-runs';

/**
 * Share by which a figure may grow. None where what is done is counted. The rate limiter decides when requests leave,
 * by figures that are tuned, and a document may tell a little more than before.
 */
const TOLERANCE: Readonly<Record<keyof Figures, number>> = {
	requests: 0,
	writes: 0,
	signIns: 0,
	listsWrong: 0,
	bytesSent: 0,
	memoryBytes: 0,
	refusedByQuota: 0.1,
	tenths: 0.01,
	planBytes: 0.02,
	journalBytes: 0.02,
	reportBytes: 0.05,
};

export type Counted = Readonly<Record<string, Figures>>;

export interface Difference {
	readonly run: string;
	readonly figure: string;
	/** Null where there is none to compare with. */
	readonly before: number | null;
	readonly now: number | null;
	readonly isWorse: boolean;
}

/** Everything that differs. A run or a figure that only one side has is worse: nothing is left out in silence. */
export function differences(before: Counted, now: Counted): Difference[] {
	const runs = [...new Set([...Object.keys(before), ...Object.keys(now)])];
	return runs.flatMap((run) =>
		Object.entries(TOLERANCE).flatMap(([figure, tolerance]): Difference[] => {
			const [was, is] = [before, now].map((all) => all[run]?.[figure as keyof Figures] ?? null);
			if (was === is) return [];
			const isWorse = was === null || is === null || is > was * (1 + tolerance);
			return [{ run, figure, before: was, now: is, isWorse }];
		}),
	);
}
