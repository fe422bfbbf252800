/** The data that the steps of planning share. */

import type { Draft, Unplanned } from './draft';
import type { SourceNumbers } from './guards';
import type { Listings } from './listings';
import type { RememberedLists } from './remembered-lists';
import type { Issue, ListRef, MatchSummary, Settings } from '../model';
import type { RequestLog, RunPlatform } from '../platform';
import type { Spellings } from './spellings';

export interface Planning {
	readonly settings: Settings;
	readonly platform: RunPlatform;
	readonly spellings: Spellings;
	readonly listings: Listings;
	/** False where a plan is all that is asked for: it is applied later, by whoever approves it. */
	readonly writes: boolean;
}

/** A list whose live members equal the desired ones. */
export interface UnchangedList {
	readonly ref: ListRef;
	/**
	 * Its members in the spelling of the platform; an array, because a map of a million members takes too much memory.
	 */
	readonly ids: readonly string[];
	readonly log: RequestLog;
}

/** All lists of a run, before guards and strategies. */
export interface DraftedLists {
	readonly drafts: Draft[];
	readonly unplanned: Unplanned[];
	readonly unchanged: UnchangedList[];
	/** Lists that need not be read (`readLists: changed`), with the members that they had when last seen. */
	readonly notRead: ReadonlyArray<{ readonly ref: ListRef; readonly members: number }>;
	/** Null where all lists are read. */
	readonly remembered: RememberedLists | null;
	/** Lists that were not read because the run stopped. */
	readonly unread: ListRef[];
	readonly liveMembers: number;
	/** Issues that are about no list. */
	readonly notices?: readonly Issue[];
	readonly source: SourceNumbers & { readonly rejectedRows: number };
	/** Absent if the source has the platform's ids. */
	readonly matched?: MatchSummary;
}
