import { normalBaseUrl } from '../base-url';
import type { Clock, Random } from '../clock';
import { RateLimiter } from './limiter';
import { MAX_PLATFORMS } from './settings';

/** By normal base URL, the least recently used first. */
const limiters = new Map<string, RateLimiter>();

/**
 * The one rate limiter of a platform in this process, however many executions use it at once and whatever limits each
 * has. What it has learnt stays for the next execution. `clock` and `random` are those of the first caller, so they
 * must not belong to an execution.
 *
 * @param baseUrl the credential's base URL; case of the host and a trailing slash make no difference
 */
export function rateLimiterFor(baseUrl: string, clock: Clock, random: Random): RateLimiter {
	const key = normalBaseUrl(baseUrl);
	const limiter = limiters.get(key) ?? new RateLimiter({}, clock, random);
	limiters.delete(key);
	limiters.set(key, limiter);
	const [oldest] = limiters.keys();
	if (limiters.size > MAX_PLATFORMS) limiters.delete(oldest);
	return limiter;
}

/** Forgets every platform; for tests, which must not learn from each other. */
export function forgetRateLimiters(): void {
	limiters.clear();
}
