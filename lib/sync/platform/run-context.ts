/** What a run works with: the platform, the time, and the ways to stop it and to follow it. */

import type { Clock } from '../../clock';
import type { Progress } from '../result';
import type { Platform } from './platform';

export interface RunContext {
	readonly platform: Platform;
	readonly clock: Clock;
	readonly signal?: AbortSignal;
	/** Requests a second to forecast with. */
	readonly expectedRate: () => number;
	readonly onProgress?: (progress: Progress) => void;
}
