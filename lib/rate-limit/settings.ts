import { RATE_LIMIT } from '../options';

/**
 * The settings and figures of the rate limiter: meaning, unit, and reason or source of each value. Bounds for what is
 * parsed stand in headers.ts.
 */

/** The settings of a rate limiter; users set those of `RATE_LIMIT`. */
export type RateLimitSettings = Readonly<typeof RATE_LIMIT_DEFAULTS>;

export const RATE_LIMIT_DEFAULTS = {
	/** Requests a second before anything is known of the platform. */
	startRate: RATE_LIMIT.startRate.default as number,
	/** Requests a second above which a run never goes; all runs together keep to the highest of theirs. */
	maxRate: RATE_LIMIT.maxRate.default as number,
	/** Requests in flight at once, at most; a whole number. Of active runs the highest counts for all. */
	concurrency: RATE_LIMIT.concurrency.default as number,
	/** Requests in flight below which the limit does not adapt. One is all that any platform takes. */
	minConcurrency: 1,
	/**
	 * Requests a second below which the rate does not adapt; a lower `maxRate` still holds. One request in 5 s is slower
	 * than any quota worth a bulk run, and still a sign of life.
	 */
	minRate: 0.2,
	/** ms, the longest Retry-After to wait for; a longer one stops the run. A schedule spends longer waits better. */
	retryAfterMaxMs: 300_000,
	/** ms that a run may be throttled without one useful answer. 15 min: a quarter-hour quota renews within it. */
	noProgressMs: 900_000,
	/**
	 * Times that one request is sent, the first included, while its failures are transient. One more than the three of
	 * Google SRE and AWS, because a failed read costs its list a night.
	 */
	attempts: 4,
	/**
	 * ms, ceiling of the first backoff; it doubles with each retry. AWS's figure for shared services, with full jitter.
	 */
	backoffBaseMs: 500,
	/** ms, ceiling of every backoff. AWS's figure, too. */
	backoffCapMs: 20_000,
	/**
	 * Retries that a run may spend, as a share of the requests that it has sent. Between the 10 % of Google SRE and the
	 * 20 % of Envoy: an outage ends the run instead of tripling the load.
	 */
	retryBudgetRatio: 0.15,
	/** Retries that a run may spend however few requests it has sent. A short run survives a restart of the platform. */
	retryBudgetFloor: 10,
	/** Consecutive failures that open the circuit breaker. Bad luck of one request does not, an outage does. */
	breakerConsecutive: 5,
	/** Most recent requests whose failures count for `breakerRatio`. */
	breakerWindow: 20,
	/** Share of the window's requests that has to be exceeded by failures to open the circuit breaker. */
	breakerRatio: 0.5,
	/**
	 * ms before each probe of an open circuit breaker; after the last one the platform counts as down. The restart of a
	 * proxy, of a service, of a machine.
	 */
	breakerProbesMs: [5_000, 15_000, 45_000] as readonly number[],
};

/** Requests in flight. */
export const MAX_CONCURRENCY = RATE_LIMIT.concurrency.maximum;

/** Requests a second. */
const FASTEST_RATE = RATE_LIMIT.maxRate.maximum;

/** Requests a second; the limiter goes no slower. */
const SLOWEST_RATE = 0.01;

/** Times that one request is sent, at most. */
const MAX_ATTEMPTS = 100;

/** What each run chooses for itself. */
export type RunLimits = Pick<RateLimitSettings, 'startRate' | 'maxRate' | 'concurrency'>;

/** ms; an answer that takes longer is worth a hint. n8n's own HTTP time-outs begin at ten times as much. */
export const SLOW_ANSWER_MS = 5_000;

/** ms; a request that leaves this late or less (a timer overslept) is made good by the next one. */
export const TIMER_TOLERANCE_MS = 50;

/** Weight of the newest answer in the mean latency (an exponentially weighted moving average). */
export const LATENCY_WEIGHT = 0.1;

/** Platforms whose limiter is kept; the least recently used is dropped first, and what it has learnt. */
export const MAX_PLATFORMS = 50;

/** ms of the pause after a 429 that names none. */
export const RETRY_AFTER_PAUSE = {
	/** The most common Retry-After there is; the pause doubles with each further refusal. */
	firstMs: 1_000,
	/** The window of a minute is then probed at least twice. */
	longestMs: 30_000,
	/** Whatever the platform says: `Retry-After: 0` must not turn into a tight loop. */
	shortestMs: 100,
	/** Refusals in a row after which the platform's own figure alone is no longer believed. */
	trustedRefusals: 2,
	/** After that, the pause is at least this share of our own. */
	distrustShare: 1 / 4,
	/**
	 * ms after the pause for which the wait for its probe counts as a part of it; the rest was idle. At the lowest rate,
	 * a request leaves every 5 s.
	 */
	lateProbeMs: 5_000,
};

/**
 * Figures of the adaptive rate. An *epoch* goes from one refusal to the next. Where no other source is named, a figure
 * was chosen with `bench/rate-limit` in virtual time, on other seeds than those that the benchmark prints.
 */
export const ADAPTIVE_RATE = {
	/** Accepted requests before the first refusal, at least, to measure a quota: with fewer, others had used it up. */
	minSamples: 3,
	/** s; a platform usually accepts about a second's worth at once, which is no measure of its rate. */
	assumedBurstSeconds: 1,
	/**
	 * Slow start doubles the rate every second, up to this many times the real throughput (AWS SDK, adaptive mode: 2).
	 */
	maxTimesThroughput: 2,
	/** Share kept when the probe after a pause is refused, which says "not yet" and no more. */
	refusedProbeFactor: 0.85,
	/** Share kept at least after any refusal (CUBIC's β, RFC 9438): clients that share a quota meet some by chance. */
	decreaseFactor: 0.7,
	/** An epoch starts this share of the way from the rate that was accepted to the rate that was reached. */
	reachedWeight: 0.4,
	/** Reaching more than this many times the accepted rate only drew on saved allowance, and does not count. */
	maxReachedFactor: 1.25,
	/** Doublings of the surplus in an epoch: gentle at first, steep where a late refusal means that the quota rose. */
	doublingsPerEpoch: 2,
	/** s; epoch after a change. Also where several clients share a quota, which then looks different every time. */
	minEpochSeconds: 4,
	/** An epoch lasts at least this many times as long as the pause before it, because a refusal costs that pause. */
	minEpochPauses: 3,
	/**
	 * s of Retry-After for each such pause, up to `maxEpochPauses`: a long wait is provoked more seldom. A short one
	 * costs less, because the platform's allowance saves about a second's worth of requests meanwhile.
	 */
	secondsPerEpochPause: 3,
	/** Accepted requests before such a refusal, at least: a refusal after fewer says little about the quota. */
	minSamplesOfLongWait: 20,
	/** Growth of the epoch while one measurement agrees with the one before. */
	epochGrowth: 2.5,
	/**
	 * s; longest epochs of slow and of fast quotas. With a minute, refusals cost 0.2 % of 10 requests a second. Slower
	 * quotas gain more from room that another client leaves, so they are probed sooner.
	 */
	maxEpochSeconds: { slow: 30, fast: 60 },
	/** Requests a second from which a quota is fast. */
	fastFromRate: 10,
	/** An epoch may last this many times as long as the pause before it, where that is longer. */
	maxEpochPauses: 10,
	/** Two measurements agree if the second is lower by at most this share, and by the share of `agreeingRequests`. */
	agreeingShare: 0.08,
	/** Requests that the second may have fewer by chance; a larger share of a short epoch than of a long one. */
	agreeingRequests: 2.5,
	/** The largest share by which the second may be lower, however few requests were counted. */
	agreeingDrop: 0.15,
	/**
	 * The share by which the second may be higher: measurements of a small bucket are too low at first, and rise with
	 * the epochs.
	 */
	agreeingRise: 0.2,
	/** An epoch that lasts this many times as long as expected means that the quota rose: slow start begins again. */
	overdueFactor: 1.25,
	/** Share of the measured quota from which the throughput of the moment counts as all of it. */
	usedUpShare: 0.8,
	/** ms over which the throughput of the moment is measured. */
	throughputWindowMs: 2_000,
	/** ms; two answers that come close together are no measure of throughput. */
	minThroughputSpanMs: 500,
	/** ms; silence (a pause, an idle platform) counts for at most this long: allowances do not grow without bound. */
	maxGapMs: 2_000,
	/** ms; silence counts for at most this long as time under load, or for the time between two requests. */
	maxLoadGapMs: 1_000,
};

/** Figures of the adaptive concurrency; chosen as those of `ADAPTIVE_RATE`. */
export const ADAPTIVE_CONCURRENCY = {
	/** Requests in flight to begin with, unless fewer are allowed: gentle to a platform that telephone calls need. */
	start: 4,
	/**
	 * Answers to measure by, for each request in flight. With fewer, the limit has grown before slow start meets a
	 * quota, which then refuses more requests together.
	 */
	samplesPerRequest: 10,
	/**
	 * ms to measure at least. A platform that answers within milliseconds gives all samples in less time than a garbage
	 * collection of n8n takes, and chance then decides: on a real n8n the limit fell to one.
	 */
	minMeasuredMs: 500,
	/** Share of an even share that one request more must bring. */
	worthwhileShare: 0.5,
	/** Share of an even share that one request less may cost. */
	negligibleShare: 1 / 8,
	/** ms after which it is forgotten that so many requests were in flight and all was well. */
	servedMs: 5_000,
	/** Overloads, and share of the answers under one limit, that are too many: more than a restart or bad luck brings. */
	minOverloaded: 3,
	overloadedShare: 1 / 4,
	/** ms between probes: doubled by each that brings nothing, halved by each that does. */
	shortestHoldMs: 500,
	/** With a minute, probing costs a percent, and a platform that recovers is used within two. */
	longestHoldMs: 60_000,
};

/** Figures of a quota that dropped and may come back; chosen as those of `ADAPTIVE_RATE`. */
export const QUOTA_DROP = {
	/** Below this share of what it was, a quota counts as dropped. */
	threshold: 0.7,
	/** ms for which the former quota is looked for; then the lower one counts as the quota. */
	memoryMs: 120_000,
	/** s; longest epoch while the quota is dropped, so that it is looked for often. */
	epochSeconds: 2.5,
	/** An epoch lasts at least this many times as long as the pause before it, while the quota is dropped. */
	epochPauses: 1,
	/** While the quota is dropped, slow start begins as soon as an epoch lasts as long as expected. */
	overdueFactor: 1,
	/** Slow start then begins at this share of the former quota. */
	retryShare: 0.8,
	/** The former quota is back when the throughput reaches this share of it. */
	recoveredShare: 0.75,
	/** s; longest epoch of a quota that came back. */
	recoveredEpochSeconds: 30,
};

/**
 * Fills in what is not given, and brings the rest into range: no value of a user's can keep the limiter from working.
 */
export function rateLimitSettings(given: Partial<RateLimitSettings> = {}): RateLimitSettings {
	const defaults = RATE_LIMIT_DEFAULTS;
	const merged = { ...defaults, ...definedOnly(given) };
	const maxRate = clamped(merged.maxRate, SLOWEST_RATE, FASTEST_RATE, defaults.maxRate);
	const minRate = clamped(merged.minRate, SLOWEST_RATE, maxRate, Math.min(defaults.minRate, maxRate));
	const concurrency = Math.floor(clamped(merged.concurrency, 1, MAX_CONCURRENCY, defaults.concurrency));
	return {
		...merged,
		maxRate,
		minRate,
		startRate: clamped(merged.startRate, minRate, maxRate, defaults.startRate),
		concurrency,
		minConcurrency: Math.floor(clamped(merged.minConcurrency, 1, concurrency, 1)),
		attempts: Math.floor(clamped(merged.attempts, 1, MAX_ATTEMPTS, defaults.attempts)),
	};
}

/** A run's limits, complete and in range; what it does not give is as in `settings`. */
export function runLimits(given: Partial<RunLimits>, settings: RateLimitSettings): RunLimits {
	const { startRate, maxRate, concurrency } = rateLimitSettings({ ...settings, ...definedOnly(given) });
	return { startRate, maxRate, concurrency };
}

function definedOnly<T extends object>(given: T): Partial<T> {
	return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<T>;
}

function clamped(value: number, min: number, max: number, fallback: number): number {
	return Math.min(max, Math.max(min, Number.isFinite(value) ? value : fallback));
}
