/** What every operation hands over to be reported, whichever way it ended. */

import type { CsvSource } from '../../../lib/csv';
import type { PaceStatistics } from '../../../lib/rate-limit';
import { stopIn } from '../../../lib/stop';
import type { Mode, RunResult } from '../../../lib/sync';
import type { Operation } from '../properties/operation';

export interface Pace extends PaceStatistics {
	/** Requests a second that the platform can be expected to take, as far as the run found out. */
	readonly perSecond: number;
	/** Whether that is because of its request limit, rather than of slow answers. */
	readonly boundByRate: boolean;
	/** What the user allows at most. */
	readonly maxPerSecond: number;
}

export interface Finished {
	readonly operation: Operation;
	readonly result: RunResult;
	/** Null where the operation reads no source, or could not. */
	readonly source: CsvSource | null;
	readonly mode: Mode;
	/** Null where no request was sent. */
	readonly pace: Pace | null;
}

/** A run that was turned down before the engine saw it, in the engine's own form. */
export function refused(code: string, message: string): RunResult {
	return endedWithout('refused', code, message);
}

/** A run that had to end before the engine saw it. */
export function endedEarly(signal: AbortSignal): RunResult {
	const { code, message } = stopIn(signal);
	return endedWithout('stopped', code, message);
}

function endedWithout(status: 'refused' | 'stopped', code: string, message: string): RunResult {
	return {
		status,
		reason: { code, message },
		plan: null,
		journal: null,
		lists: [],
		happened: { reads: 0, writes: 0, milliseconds: 0 },
	};
}
