/** The progress of a run. */

import type { KindName } from './list';

/** Lists, and while writing the members in them. */
export interface Progress {
	/** `finding`: asking call centers who has lists; what is counted are call centers. */
	readonly phase: 'finding' | 'reading' | 'writing';
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
