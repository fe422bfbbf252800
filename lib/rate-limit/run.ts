import type { HttpReply, HttpRequest, Transport } from '../apio';
import { stopIn, type Stop } from '../stop';
import { isUrgent, type Answered, type Attempt, type RateLimiter } from './limiter';
import { RetryBudget } from './retry';
import { SLOW_ANSWER_MS, type RunLimits } from './settings';
import { Condition, MinInterval, PriorityMutex } from './synchronization';

/** What happened so far, for progress lines and hints. */
export interface RateLimitStatistics {
	/** Requests that left, repeated ones included. */
	readonly sent: number;
	/** Refusals for want of quota (429). */
	readonly throttled: number;
	/** Requests sent again after a transient failure. */
	readonly retried: number;
	/** Answers that took longer than `SLOW_ANSWER_MS`. */
	readonly slow: number;
	/** ms since the run began in which nothing could leave: a retry-after pause, or an open circuit breaker. */
	readonly blockedMs: number;
}

/** One run's share of the rate limiter: its own limits, its retry budget, its stop. It never ends another run. */
export class RateLimitedRun {
	readonly limits: RunLimits;
	readonly retryBudget: RetryBudget;
	readonly #counts = { sent: 0, throttled: 0, retried: 0, slow: 0 };
	readonly #blockedMsBefore: number;
	/** One request at a time waits for the run's turn, so that beside another run each gets about its half. */
	readonly #mutex = new PriorityMutex();
	readonly #interval = new MinInterval();
	/** Requests that wait for their turn or are in flight. */
	#pending = 0;
	#inFlight = 0;
	readonly #answered = new Condition();
	/** One for each request under way: a single signal would gather more listeners than Node.js finds healthy. */
	readonly #aborts = new Set<AbortController>();
	#stopped: Stop | null = null;
	#throttledSince: number | null = null;
	readonly #onCancel = () => this.stop(this.signal ? stopIn(this.signal) : { problem: 'cancelled' });

	constructor(
		readonly limiter: RateLimiter,
		private readonly signal?: AbortSignal,
		limits: Partial<RunLimits> = {},
	) {
		this.#blockedMsBefore = limiter.blockedMs;
		this.retryBudget = new RetryBudget(limiter.settings);
		this.limits = limiter.register(limits);
		if (signal?.aborted) this.#onCancel();
		else signal?.addEventListener('abort', this.#onCancel, { once: true });
	}

	/** Why the run sends nothing more; null while it goes on. */
	get stopped(): Stop | null {
		return this.#stopped;
	}

	/** Ends the run; the first reason stands. */
	stop(reason: Stop): void {
		if (this.#stopped) return;
		this.#stopped = reason;
		this.signal?.removeEventListener('abort', this.#onCancel);
		for (const abort of this.#aborts) abort.abort();
	}

	/** Requests a second to be expected. */
	expectedRate(): number {
		return this.limiter.expectedRate(this.limits);
	}

	get statistics(): RateLimitStatistics {
		return { ...this.#counts, blockedMs: this.limiter.blockedMs - this.#blockedMsBefore };
	}

	/** Does one request's work under a signal that aborts when the run ends. */
	async abortable<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const abort = new AbortController();
		if (this.#stopped) abort.abort();
		this.#aborts.add(abort);
		return await work(abort.signal).finally(() => this.#aborts.delete(abort));
	}

	/** Sends a request once, when its turn comes: first in this run, then at the platform. */
	async send(transport: Transport, request: HttpRequest, signal: AbortSignal): Promise<Attempt> {
		const { limiter } = this;
		const { outages } = limiter;
		if (this.#pending++ === 0) limiter.activate(this.limits);
		try {
			const attempt = await this.#mutex.run(isUrgent(request), signal, async () => {
				await this.#underOwnLimits(signal);
				return await limiter.leave(request, async () => await this.#transmit(transport, request), signal, outages);
			});
			if (attempt === null) return { kind: 'aborted' };
			if (attempt.kind !== 'inFlight') return attempt;
			const answered = limiter.settle(request, await attempt.reply, attempt);
			// At once: should the run end, none of its requests that wake up now may leave.
			this.#record(answered);
			return answered;
		} finally {
			if (--this.#pending === 0) limiter.deactivate(this.limits);
		}
	}

	async #underOwnLimits(signal: AbortSignal): Promise<void> {
		while (this.#inFlight >= this.limits.concurrency && !signal.aborted) await this.#answered.wait(signal);
		const earlyMs = this.#interval.nextAt(this.limits.maxRate) - this.limiter.now();
		if (earlyMs > 0) await this.limiter.clock.sleep(earlyMs, signal);
	}

	async #transmit(transport: Transport, request: HttpRequest): Promise<HttpReply> {
		this.#inFlight++;
		this.#interval.sent(this.limiter.now(), this.limits.maxRate);
		this.retryBudget.sent();
		request.onSend?.(this.limiter.clock.now());
		try {
			return await transport(request);
		} catch {
			// A transport that breaks its word and rejects must not leave the probe in flight for ever.
			const message = 'The request failed without an answer, in a way that was not foreseen.';
			return { kind: 'noAnswer', cause: 'reset', maybeApplied: true, code: 'transportFailed', message };
		}
	}

	/** Counts a reply, and ends the run where the platform said so or accepts nothing for too long. */
	#record({ outcome, latencyMs, stop }: Answered): void {
		this.#inFlight--;
		this.#answered.notifyAll();
		this.#counts.sent++;
		if (latencyMs > SLOW_ANSWER_MS) this.#counts.slow++;
		if (stop) this.stop(stop);
		if (outcome === 'final') this.#throttledSince = null;
		if (outcome === 'throttled') this.#recordThrottled();
	}

	/** A request is sent again. */
	recordRetry(): void {
		this.#counts.retried++;
	}

	#recordThrottled(): void {
		this.#counts.throttled++;
		const now = this.limiter.now();
		this.#throttledSince ??= now;
		const withoutProgressMs = now + this.limiter.pauseRemainingMs - this.#throttledSince;
		const { noProgressMs } = this.limiter.settings;
		if (withoutProgressMs > noProgressMs)
			this.stop({ problem: 'noProgress', seconds: Math.round(noProgressMs / 1_000) });
	}
}
