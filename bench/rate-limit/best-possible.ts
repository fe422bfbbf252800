import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';
import type { Quota } from './model-server';

/**
 * Seconds that the best client needs which does not know the quota beforehand. What tells it of the quota is a refusal,
 * and one is enough: until then it goes as fast as the option's default lets it, then it waits as long as it is told,
 * and from then on it knows the quota at every moment and is never refused again. A client that obeys Retry-After and
 * the maximum rate is faster only where it goes slower than the quota from the start and never finds out that it does.
 *
 * The ideal client (`idealSeconds`) knows the quota from the start, and sends a window's worth in one moment.
 */
export function bestPossibleSeconds(quota: Quota, writes: number): number {
	const allowance = quota.allowance();
	const intervalMs = 1_000 / RATE_LIMIT_DEFAULTS.maxRate;
	let knowsQuota = false;
	let nextAt = 0;
	for (let ms = 0, done = 0; ; ms++) {
		if (ms < nextAt) continue;
		if (allowance.grants(ms)) {
			nextAt = ms + intervalMs;
			if (++done === writes) return (ms + quota.latencyMs) / 1_000;
		} else if (!knowsQuota) {
			knowsQuota = true;
			nextAt = ms + quota.latencyMs + retryAfterMs(quota);
		}
	}
}

/** A date is rounded up to whole seconds, so it is at least a second away. */
function retryAfterMs({ retryAfter }: Quota): number {
	if (retryAfter === 'none') return 0;
	return retryAfter === 'date' ? 1_000 : retryAfter * 1_000;
}
