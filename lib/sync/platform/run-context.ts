/** The environment of a run: platform, clock, abort signal and progress callback. */

import type { Clock } from '../../clock';
import type { Progress } from '../model';
import type { Platform } from './platform';

export interface RunContext {
	readonly platform: Platform;
	readonly clock: Clock;
	readonly signal?: AbortSignal;
	/** Requests a second to forecast with. */
	readonly expectedRate: () => number;
	readonly onProgress?: (progress: Progress) => void;
}
