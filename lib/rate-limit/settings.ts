import { RATE_LIMIT } from '../options';

/**
 * Every figure of the pacer in one place: what it is, its unit, and why it has this value. All work without being
 * touched. What users may set stands in lib/options, the rest here. Sources are named where a figure comes from one.
 */
export interface PacerSettings {
	/** Requests a second before anything is known of the platform. */
	readonly startRate: number;
	/**
	 * Requests a second below which the pacer goes only where a maximum says so; slower than this, the no-progress limit
	 * decides.
	 */
	readonly minRate: number;
	/**
	 * Requests a second above which a run never goes, however willing the platform; all together, the highest of theirs.
	 */
	readonly maxRate: number;
	/**
	 * Requests in flight at once; of runs at work together the highest counts for all. A whole number from 1 to
	 * `MAX_CONCURRENCY`.
	 */
	readonly concurrency: number;
	/** Longest Retry-After that is waited for, in ms; a longer one ends the run in good order. */
	readonly retryAfterMaxMs: number;
	/** How long a run may be throttled without one useful answer, in ms. */
	readonly noProgressMs: number;
	/** Times one request is sent, the first included, when it fails in a way that may pass. */
	readonly attempts: number;
	/** Ceiling of the first pause after such a failure, in ms; doubles with each attempt. */
	readonly backoffBaseMs: number;
	/** Ceiling of every such pause, in ms. */
	readonly backoffCapMs: number;
	/** Retries a run may spend, as a share of the requests it has sent. */
	readonly retryBudgetRatio: number;
	/** Retries a run may spend however few requests it has sent. */
	readonly retryBudgetFloor: number;
	/** Failures in a row that pause the platform. */
	readonly breakerConsecutive: number;
	/** Most recent requests whose failures are counted... */
	readonly breakerWindow: number;
	/** ...and the share of them that must be exceeded to pause the platform. */
	readonly breakerRatio: number;
	/** Waits before the single probes of a paused platform, in ms; when the last probe fails, the platform is down. */
	readonly breakerProbesMs: readonly number[];
}

/** What users may set, with the reasons. */
const { startRate, maxRate, concurrency } = RATE_LIMIT;
export const MAX_CONCURRENCY = concurrency.maximum;

/** 0.2/s, one request in 5 s: slower than any quota worth a bulk run, and still a sign of life. */
export const DEFAULT_MIN_RATE = 0.2;

/** 300 s: longer waits are better spent by the schedule than by an execution that keeps a worker busy. */
export const DEFAULT_RETRY_AFTER_MAX_MS = 300_000;

/** 15 min: a quarter-hour quota window renews within it; after that only a person can help. */
export const DEFAULT_NO_PROGRESS_MS = 900_000;

/** 4 attempts: one more than Google SRE's and AWS's three, because a failed read costs its list a night. */
export const DEFAULT_ATTEMPTS = 4;

/** 500 ms doubling to 20 s with full jitter: AWS's figures for shared services. */
export const DEFAULT_BACKOFF_BASE_MS = 500;
export const DEFAULT_BACKOFF_CAP_MS = 20_000;

/** 15 %: between SRE's 10 % and Envoy's 20 %; an outage ends the run instead of tripling the load. */
export const DEFAULT_RETRY_BUDGET_RATIO = 0.15;

/** 10: a short run may meet a restart of the platform and survive. */
export const DEFAULT_RETRY_BUDGET_FLOOR = 10;

/** 5 in a row, or more than half of the last 20: one lane's bad luck does not pause the platform, an outage does. */
export const DEFAULT_BREAKER_CONSECUTIVE = 5;
export const DEFAULT_BREAKER_WINDOW = 20;
export const DEFAULT_BREAKER_RATIO = 0.5;

/** 5, 15 and 45 s: a restart of a proxy, of a service, of a machine. */
export const DEFAULT_BREAKER_PROBES_MS: readonly number[] = [5_000, 15_000, 45_000];

export const PACER_DEFAULTS: PacerSettings = {
	startRate: startRate.default,
	minRate: DEFAULT_MIN_RATE,
	maxRate: maxRate.default,
	concurrency: concurrency.default,
	retryAfterMaxMs: DEFAULT_RETRY_AFTER_MAX_MS,
	noProgressMs: DEFAULT_NO_PROGRESS_MS,
	attempts: DEFAULT_ATTEMPTS,
	backoffBaseMs: DEFAULT_BACKOFF_BASE_MS,
	backoffCapMs: DEFAULT_BACKOFF_CAP_MS,
	retryBudgetRatio: DEFAULT_RETRY_BUDGET_RATIO,
	retryBudgetFloor: DEFAULT_RETRY_BUDGET_FLOOR,
	breakerConsecutive: DEFAULT_BREAKER_CONSECUTIVE,
	breakerWindow: DEFAULT_BREAKER_WINDOW,
	breakerRatio: DEFAULT_BREAKER_RATIO,
	breakerProbesMs: DEFAULT_BREAKER_PROBES_MS,
};

/**
 * Fills in what is not given and brings the rest into range, so that no value of a user's can stop the pacer working.
 */
export function pacerSettings(given: Partial<PacerSettings> = {}): PacerSettings {
	const merged = { ...PACER_DEFAULTS, ...definedOnly(given) };
	const fastest = inRange(merged.maxRate, 0.01, maxRate.maximum, maxRate.default);
	const minRate = inRange(merged.minRate, 0.01, fastest, Math.min(DEFAULT_MIN_RATE, fastest));
	return {
		...merged,
		maxRate: fastest,
		minRate,
		startRate: inRange(merged.startRate, minRate, fastest, startRate.default),
		concurrency: Math.floor(inRange(merged.concurrency, 1, concurrency.maximum, concurrency.default)),
		attempts: Math.floor(inRange(merged.attempts, 1, 100, DEFAULT_ATTEMPTS)),
	};
}

function definedOnly(given: Partial<PacerSettings>): Partial<PacerSettings> {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function inRange(value: number, least: number, most: number, fallback: number): number {
	const wanted = Number.isFinite(value) ? value : fallback;
	return Math.min(most, Math.max(least, wanted));
}
