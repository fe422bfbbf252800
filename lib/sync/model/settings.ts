/** The settings of a run: the options that the user set, and values of the operation. */

import type { EngineOptions } from '../../options';
import { z } from '../../vendor/zod';
import type { KindName } from './list';
import type { Matching } from './matching';

export const modeSchema = z.enum(['mirror', 'addOnly', 'removeOnly', 'actionColumn']);
export type Mode = z.infer<typeof modeSchema>;

export const strategySchema = z.enum(['replace', 'incremental']);
export type Strategy = z.infer<typeof strategySchema>;

/** A few numbers of the last applied run, for the shrink check. */
export interface LastRun {
	readonly rows: number;
	readonly lists: number;
	readonly members: number;
}

export interface Settings extends EngineOptions {
	readonly kind: KindName;
	readonly mode: Mode;
	/** Absent if the source has the platform's ids for people and call centers. */
	readonly matching?: Matching;
	/** Base URL; a plan or journal of another platform is refused. */
	readonly platformUrl: string;
	/** Ids that are never removed from any list. */
	readonly protectedMembers: readonly string[];
	/** Old id to new id, for people who were renamed on the platform but not yet in the source. */
	readonly aliases: Readonly<Record<string, string>>;
	readonly lastRun: LastRun | null;
	/** What the last run with `readLists: changed` left, parsed; null or absent where there is nothing. */
	readonly memory?: unknown;
	/** For differential tests and benchmarks: takes the choice away from the engine where the kind has one. */
	readonly forcedStrategy?: Strategy;
}

/** What a person must hand over to have a plan applied: all of it, or nothing happens. */
export interface Approval {
	readonly planHash: string;
	/** Must equal the plan's removals where there are any. */
	readonly removals: number | null;
}
