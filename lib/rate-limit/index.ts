/**
 * When the next request to a platform may leave, which requests are sent again, and what ends a run (docs/pacing.md).
 */

export { retryAfterMs } from './headers';
export { RateLimiter } from './limiter';
export { forgetRateLimiters, rateLimiterFor } from './registry';
export type { RateLimitStatistics } from './run';
export {
	ADAPTIVE_RATE,
	MAX_CONCURRENCY,
	RATE_LIMIT_DEFAULTS,
	rateLimitSettings,
	type RateLimitSettings,
	type RunLimits,
} from './settings';
export { rateLimitedTransport, type RateLimitedTransport, type RunOptions } from './transport';
