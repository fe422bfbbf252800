import { cut, failureOf, type HttpAnswer, type HttpReply, type HttpRequest } from '../apio';
import type { Clock, Random } from '../clock';
import type { Stop } from '../stop';
import { AdaptiveConcurrency } from './adaptive-concurrency';
import { AdaptiveRate } from './adaptive-rate';
import { CircuitBreaker } from './circuit-breaker';
import { rateLimitState, retryAfterMs } from './headers';
import { isOverloaded, outcomeOf, type Outcome } from './retry';
import { RetryAfterPause } from './retry-after-pause';
import { LATENCY_WEIGHT, rateLimitSettings, runLimits, type RateLimitSettings, type RunLimits } from './settings';
import { Condition, MinInterval, MonotonicClock, PriorityMutex, type Wait } from './synchronization';

/** What became of one attempt to send a request. */
export type Attempt = Answered | NotSent;

export interface Answered {
	readonly kind: 'answered';
	readonly reply: HttpReply;
	readonly outcome: Outcome;
	/** Milliseconds from leaving to the reply. */
	readonly latencyMs: number;
	/** Set where the answer must end the run. */
	readonly stop: Stop | null;
}

/**
 * Nothing was sent: the signal aborted, the turn came after the request's `notAfter`, or the platform counts as down.
 */
export type NotSent =
	| { readonly kind: 'aborted' }
	| { readonly kind: 'tooLate' }
	| { readonly kind: 'down'; readonly stop: Stop };

/** The request left, with what is to be settled when its reply is there. */
export interface InFlight {
	readonly kind: 'inFlight';
	readonly leftAt: number;
	/** Requests in flight then, itself included. */
	readonly inFlight: number;
	readonly isBreakerProbe: boolean;
	readonly isPauseProbe: boolean;
	readonly reply: Promise<HttpReply>;
}

/** A request that must not leave after some moment goes first. */
export function isUrgent({ notAfter }: HttpRequest): boolean {
	return notAfter !== undefined;
}

/**
 * Decides when the next request to one platform may leave, for all runs of this process together. A request leaves when
 *
 * 1. the circuit breaker lets it pass, which opens when the platform fails for everybody;
 * 2. no retry-after pause holds, which one refusal begins for everybody;
 * 3. fewer requests are in flight than the adaptive concurrency says, which every answer moves as well;
 * 4. the adaptive rate says so, which every answer moves.
 *
 * What belongs to a single run (its own limits, retry budget and stop) is in `RateLimitedRun`.
 */
export class RateLimiter {
	readonly settings: RateLimitSettings;
	readonly #breaker: CircuitBreaker;
	readonly #pause = new RetryAfterPause();
	readonly #rate: AdaptiveRate;
	readonly #concurrency: AdaptiveConcurrency;
	readonly #interval = new MinInterval();
	/** One request at a time waits for its turn; those that would soon be too late go first. */
	readonly #mutex = new PriorityMutex();
	readonly #monotonic: MonotonicClock;
	/** Limits of the runs that have requests waiting or in flight. */
	readonly #active = new Set<RunLimits>();
	/** The highest of the active runs; while there is none, of those that were active last. */
	readonly #limits: { maxRate: number; concurrency: number; readonly minConcurrency: number };
	#inFlight = 0;
	readonly #answered = new Condition();
	#refusedAt = -Infinity;
	#latencyMs: number | null = null;
	/** How the platform failed last, for people. */
	#lastFailure = '';
	#blockedMs = 0;
	#blockedSince: number | null = null;

	constructor(
		settings: Partial<RateLimitSettings>,
		readonly clock: Clock,
		readonly random: Random,
	) {
		this.settings = rateLimitSettings(settings);
		const { maxRate, concurrency, minConcurrency } = this.settings;
		this.#limits = { maxRate, concurrency, minConcurrency };
		this.#monotonic = new MonotonicClock(clock);
		this.#rate = new AdaptiveRate(this.settings, this.#limits);
		this.#concurrency = new AdaptiveConcurrency(this.#limits);
		this.#breaker = new CircuitBreaker(this.settings);
	}

	/** Milliseconds, for measuring durations: never goes back. */
	now(): number {
		return this.#monotonic.now();
	}

	/** Whether the platform fails for everybody, and is only probed. */
	get isFailing(): boolean {
		return !this.#breaker.isClosed;
	}

	/** ms until the retry-after pause is over; 0 when there is none. */
	get pauseRemainingMs(): number {
		return this.#pause.remainingMs(this.now());
	}

	/** ms so far in which breaker or pause kept requests waiting; waiting for the rate does not count. */
	get blockedMs(): number {
		return this.#blockedMs + (this.#blockedSince === null ? 0 : this.now() - this.#blockedSince);
	}

	/** Whether the adaptive rate decides how fast requests leave, and not how long the platform's answers take. */
	get isBoundByRate(): boolean {
		return this.expectedRate() === this.#rate.sustained;
	}

	/** Requests a second that a run with these limits can expect if it is alone. */
	expectedRate({ maxRate, concurrency }: Pick<RunLimits, 'maxRate' | 'concurrency'> = this.#limits): number {
		const rate = Math.min(maxRate, this.#rate.sustained);
		const inFlight = Math.min(concurrency, this.#concurrency.limit);
		return this.#latencyMs ? Math.min(rate, (inFlight * 1_000) / this.#latencyMs) : rate;
	}

	/** A run begins; returns its limits, complete and in range. */
	register(given: Partial<RunLimits>): RunLimits {
		const limits = runLimits(given, this.settings);
		if (this.#active.size === 0) this.#adopt([limits]);
		this.#rate.startAt(limits.startRate);
		return limits;
	}

	/** A run has requests waiting or in flight. */
	activate(limits: RunLimits): void {
		this.#active.add(limits);
		this.#adopt([...this.#active]);
	}

	/** A run has none any more. */
	deactivate(limits: RunLimits): void {
		this.#active.delete(limits);
		if (this.#active.size > 0) this.#adopt([...this.#active]);
	}

	#adopt(limits: readonly RunLimits[]): void {
		this.#limits.maxRate = Math.max(...limits.map(({ maxRate }) => maxRate));
		this.#limits.concurrency = Math.max(...limits.map(({ concurrency }) => concurrency));
	}

	/** How often the platform counted as down. */
	get outages(): number {
		return this.#breaker.outages;
	}

	/**
	 * Calls `transmit` when the request may leave. Its reply has to be waited for, and handed to `settle` at once.
	 *
	 * @param outages how many there had been when the request came; where there are more, it gives up
	 */
	async leave(
		request: HttpRequest,
		transmit: () => Promise<HttpReply>,
		signal: AbortSignal,
		outages: number,
	): Promise<InFlight | NotSent> {
		const leave = async () => await this.#leaveInTurn(request, transmit, signal, outages);
		return (await this.#mutex.run(isUrgent(request), signal, leave)) ?? { kind: 'aborted' };
	}

	async #leaveInTurn(
		{ notAfter = Infinity }: HttpRequest,
		transmit: () => Promise<HttpReply>,
		signal: AbortSignal,
		outages: number,
	): Promise<InFlight | NotSent> {
		for (;;) {
			if (signal.aborted) return { kind: 'aborted' };
			if (this.#breaker.outages !== outages) return { kind: 'down', stop: this.#down() };
			if (this.clock.now() > notAfter) return { kind: 'tooLate' };
			const now = this.now();
			const blockedBy = this.#breaker.blockedBy(now) ?? this.#pause.blockedBy(now);
			const earlyMs = this.#interval.nextAt(this.#rate.perSecond) - now;
			if (blockedBy !== null) {
				await this.#waitBlocked(blockedBy, now, signal);
			} else if (this.#inFlight >= this.#concurrency.limit) {
				await this.#answered.wait(signal);
			} else if (earlyMs > 0) {
				await this.clock.sleep(earlyMs, signal);
			} else {
				// Nothing is awaited between the checks above and `transmit`, so nothing can change meanwhile.
				const inFlight = ++this.#inFlight;
				this.#interval.sent(now, this.#rate.perSecond);
				const probes = { isBreakerProbe: this.#breaker.leave(), isPauseProbe: this.#pause.leave() };
				return { kind: 'inFlight', leftAt: now, inFlight, ...probes, reply: transmit() };
			}
		}
	}

	async #waitBlocked(wait: Wait, now: number, signal: AbortSignal): Promise<void> {
		this.#blockedSince = now;
		await (typeof wait === 'number' ? this.clock.sleep(wait, signal) : wait.wait(signal));
		this.#blockedMs += this.now() - now;
		this.#blockedSince = null;
	}

	/** Takes the reply to a request in flight: what it means, and what it teaches about platform and quota. */
	settle(request: HttpRequest, reply: HttpReply, sent: InFlight): Answered {
		const { leftAt, inFlight, isBreakerProbe, isPauseProbe } = sent;
		const now = this.now();
		this.#inFlight--;
		const latencyMs = now - leftAt;
		const outcome = outcomeOf(request, reply);
		if (outcome === 'throttled' || this.#rate.isQuotaUsedUp)
			this.#concurrency.quotaUsedUp(now, (this.#rate.sustained * (this.#latencyMs ?? latencyMs)) / 1_000);
		else this.#concurrency.answered(now, { inFlight, latencyMs, overloaded: isOverloaded(reply) });
		this.#answered.notifyAll();
		const headers = reply.kind === 'answer' ? reply.headers : reply.putOffBy;
		const tooLong = headers === undefined ? null : this.#learnQuota(headers, reply, outcome, leftAt, now);
		if (isPauseProbe) {
			this.#rate.resumed(this.#pause.elapsedMs(now));
			this.#pause.probeAnswered(now);
		}
		const { outages } = this.#breaker;
		const failed = outcome === 'transient' || outcome === 'ambiguous';
		if (failed) this.#lastFailure = cut(failureOf(request.method, reply)?.message ?? '');
		this.#breaker.answered(now, isBreakerProbe, failed);
		const down = this.#breaker.outages === outages ? null : this.#down();
		return { kind: 'answered', reply, outcome, latencyMs, stop: tooLong ?? down };
	}

	/** Applies the quota headers of an answer; a stop where it asks for a longer wait than a run may take. */
	#learnQuota(
		headers: HttpAnswer['headers'],
		reply: HttpReply,
		outcome: Outcome,
		leftAt: number,
		now: number,
	): Stop | null {
		this.#latencyMs = (this.#latencyMs ?? now - leftAt) * (1 - LATENCY_WEIGHT) + (now - leftAt) * LATENCY_WEIGHT;
		const retryAfter = retryAfterMs(headers['retry-after'], this.clock.now(), headers.date);
		const quota = rateLimitState(headers, this.clock.now());
		if (quota?.ratePerSecond) this.#rate.limitTo(quota.ratePerSecond);

		if (outcome === 'throttled') {
			// Where requests remain, it was refused for another limit than the one whose reset is given.
			const resetMs = quota?.remaining ? null : (quota?.resetMs ?? null);
			return this.#refused(retryAfter ?? resetMs, leftAt, now);
		}
		// Platforms throttle like this as well, though the request may have been applied.
		if (reply.kind === 'answer' && reply.status === 503 && retryAfter !== null)
			return this.#refused(retryAfter, leftAt, now);

		this.#rate.accepted(now);
		this.#pause.accepted();
		const resetMs = quota?.remaining === 0 ? quota.resetMs : null;
		if (resetMs !== null && resetMs <= this.settings.retryAfterMaxMs) this.#pause.pause(now, resetMs);
		return null;
	}

	#refused(retryAfter: number | null, leftAt: number, now: number): Stop | null {
		// Requests in flight together are refused together: one event for the rate, however many answers.
		if (leftAt < this.#refusedAt) return retryAfter === null ? null : this.#pauseFor(retryAfter, now);
		this.#refusedAt = now;
		this.#rate.refused(now, retryAfter ?? 0);
		return this.#pauseFor(this.#pause.lengthAfterRefusal(retryAfter), now);
	}

	#pauseFor(ms: number, now: number): Stop | null {
		if (ms > this.settings.retryAfterMaxMs) return retryAfterTooLong(ms, this.settings.retryAfterMaxMs);
		this.#pause.pause(now, ms);
		return null;
	}

	#down(): Stop {
		return { problem: 'platformDown', probes: this.settings.breakerProbesMs.length, said: this.#lastFailure };
	}
}

function retryAfterTooLong(waitMs: number, maxMs: number): Stop {
	// A header may have any number of digits, and JSON no infinity.
	const waitSeconds = Math.min(Math.round(waitMs / 1_000), Number.MAX_SAFE_INTEGER);
	return { problem: 'retryAfterTooLong', waitSeconds, maxSeconds: Math.round(maxMs / 1_000) };
}
