/** What the steps of planning share. */

import type { Draft, Unplanned } from './draft';
import type { SourceNumbers } from './guards';
import type { ListRef } from '../model/list';
import type { Settings } from '../result';
import type { RequestLog, RunPlatform } from '../platform/run-platform';
import type { Spellings } from './spellings';

export interface Planning {
	readonly settings: Settings;
	readonly platform: RunPlatform;
	readonly spellings: Spellings;
	/** `review`: applied later by whoever approves it. `now`: applied as soon as it is made. */
	readonly purpose: 'review' | 'now';
}

/** A list that is as it should be. */
export interface Settled {
	readonly ref: ListRef;
	/** Its members as the platform gave them: a million of them are kept in no other form. */
	readonly ids: readonly string[];
	readonly log: RequestLog;
}

/** Every list of the run, before guards and strategies. */
export interface Drafting {
	readonly drafts: Draft[];
	readonly unplanned: Unplanned[];
	readonly unchanged: Settled[];
	/** Lists that the run ended too early to read. */
	readonly unread: ListRef[];
	readonly liveMembers: number;
	readonly source: SourceNumbers & { readonly rejectedRows: number };
}
