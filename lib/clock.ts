/**
 * Time, as everything in `lib/` sees it. n8n forbids timers in community packages, and an injected clock lets the
 * whole engine run in virtual time in tests and benchmarks.
 */
export interface Clock {
	/** Milliseconds since the epoch. */
	now(): number;
	/** Resolves after `ms` milliseconds, or at once when `signal` aborts. Never rejects: callers look at the signal. */
	sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** A number in [0, 1), like `Math.random`; injected so that a seeded run can be replayed. */
export type Random = () => number;
