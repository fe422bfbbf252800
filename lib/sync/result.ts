/** What a run is given and what it hands back, whichever operation it is. */

import type { Finding, RejectedRow, SourceRow } from './model/row';
import type { Clock } from '../clock';
import type { Journal, ListOutcome } from './documents/journal';
import type { KindName } from './model/list';
import type { Breach, Mode, Plan, Strategy } from './documents/plan';
import type { Platform } from './platform/platform';

/** A source that was read to its end. */
export interface Source {
	readonly rows: readonly SourceRow[];
	readonly rejected: readonly RejectedRow[];
	readonly findings: readonly Finding[];
	/**
	 * The line of the last row, where no line end stands behind it. Many programs write none; but where that row cannot
	 * be carried out, the file may have been cut off within it, and so lack further rows. Null or absent where it has
	 * one.
	 */
	readonly unendedLine?: number | null;
}

/** A few numbers of the last applied run, for the shrink check. */
export interface LastRun {
	readonly rows: number;
	readonly lists: number;
	readonly members: number;
}

export interface Settings {
	readonly kind: KindName;
	readonly mode: Mode;
	/** Base URL; a plan or journal of another platform is refused. */
	readonly platformUrl: string;
	/** What a breach leads to: nothing is written, or removals are held and additions applied. */
	readonly onBreach: 'abort' | 'hold';
	/** A list that the source names without a member is emptied; otherwise it is an error. */
	readonly allowClear: boolean;
	/** Ids that are never removed from any list. */
	readonly protectedMembers: readonly string[];
	/** Old id to new id, for people who were renamed on the platform but not yet in the source. */
	readonly aliases: Readonly<Record<string, string>>;
	/** Checks ids against the users of the group before anything is planned (one request per group). */
	readonly checkUsers: boolean;
	/** Puts agents in the call center before putting them under a supervisor. */
	readonly assignFirst: boolean;
	/** Nobody else changes these lists while the run goes on, so that a list may be replaced on an older read. */
	readonly soleWriter: boolean;
	/** Entries per write request; 0 for no limit. */
	readonly maxEntries: number;
	/** Lists written side by side. */
	readonly concurrency: number;
	readonly limits: {
		readonly removalPercentPerList: number;
		readonly removalCountPerList: number;
		readonly removalPercentTotal: number;
		readonly removalCountTotal: number;
		/** 0 for no limit. */
		readonly additionCountTotal: number;
		readonly shrinkPercent: number;
		readonly listsNotShownPercent: number;
	};
	readonly lastRun: LastRun | null;
	readonly planValidMinutes: number;
	/** For differential tests and benchmarks: takes the choice away from the engine where the kind has one. */
	readonly forcedStrategy?: Strategy;
}

/** Lists, and while writing the members in them. */
export interface Progress {
	readonly phase: 'reading' | 'writing';
	readonly done: number;
	readonly total: number;
	/** Null while nothing is written. */
	readonly members: ChangeProgress | null;
}

/** Every planned change is counted in exactly one of these, so that their sum stays what it was from first to last. */
export interface ChangeProgress {
	readonly kind: KindName;
	/** What the lists show done by now. */
	readonly added: number;
	readonly removed: number;
	/** Somebody else did it first. */
	readonly alreadyInPlace: number;
	/** Refused, failed, in conflict or held: this run does not come back to it. */
	readonly notMade: number;
	readonly left: number;
}

export interface Surroundings {
	readonly platform: Platform;
	readonly clock: Clock;
	readonly signal?: AbortSignal;
	/** Requests a second to forecast with. */
	readonly expectedRate: () => number;
	readonly onProgress?: (progress: Progress) => void;
}

/**
 * - `planned`: a plan was made, nothing written. `unchanged`: nothing to do.
 * - `applied`: everything planned was seen done. `partial`: some of it. `held`: removals were held back.
 * - `aborted`: a guard stopped the run before the first write. `refused`: the input was not acceptable.
 * - `failed`: the platform showed none of what the run is about, or let nothing of it be written; the reason says what
 *   to correct.
 * - `stopped`: ended early in good order; running again goes on.
 */
export type RunStatus =
	| 'planned'
	| 'unchanged'
	| 'applied'
	| 'partial'
	| 'held'
	| 'aborted'
	| 'refused'
	| 'failed'
	| 'stopped';

export interface RunResult {
	readonly status: RunStatus;
	/** Why it was refused, aborted, failed or stopped; null otherwise. */
	readonly reason: { readonly code: string; readonly message: string } | null;
	readonly plan: Plan | null;
	/**
	 * What the guards found when they looked again just before a plan was applied; what they found in planning is in the
	 * plan.
	 */
	readonly breaches?: readonly Breach[];
	/** Null where nothing was written or tried. */
	readonly journal: Journal | null;
	/** One per list that the run knows of, unchanged ones included. */
	readonly lists: readonly ListOutcome[];
	/** Requests sent, and milliseconds from start to end. */
	readonly happened: { readonly reads: number; readonly writes: number; readonly milliseconds: number };
}

/** What a person must hand over to have a plan applied: all of it, or nothing happens. */
export interface Approval {
	readonly planHash: string;
	/** Must equal the plan's removals where there are any. */
	readonly removals: number | null;
}
