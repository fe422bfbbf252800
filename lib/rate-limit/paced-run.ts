import { pLimit } from '../vendor/p-limit';
import { RetryBudget } from './budget';
import type { Pacer, Sender, Sent } from './pacer';
import type { RunLimits } from './run-limits';
import { Spacing } from './spacing';
import { Turnstile } from './turnstile';
import { cancelled, noProgress, stopIn, type Stop } from '../stop';

/** An answer that takes this long is worth a hint: n8n's own HTTP time-outs begin at ten times as much. */
export const SLOW_ANSWER_MS = 5_000;

/** What happened so far, for progress lines and hints. */
export interface PaceStatistics {
	/** Requests that left, repeated ones included. */
	readonly sent: number;
	/** Refusals for want of quota (429). */
	readonly throttled: number;
	/** Requests sent again by the pacer after a failure. */
	readonly retried: number;
	/** Answers that took longer than `SLOW_ANSWER_MS`. */
	readonly slow: number;
	/**
	 * Milliseconds since the run began in which the platform let nothing through: gate closed, or paused after failures.
	 */
	readonly heldMs: number;
}

/**
 * One run's share of the pacer: its lanes, its budget, its limit without progress, its end. It never ends another run.
 */
export class PacedRun implements Sender {
	readonly budget: RetryBudget;
	readonly limits: RunLimits;
	/** Keeps one run from filling the platform's queue: beside another run, each gets about its half. */
	readonly limit: <T>(task: () => Promise<T>) => Promise<T>;
	/** One for each request under way: a single signal would gather more listeners than Node finds healthy. */
	readonly #underWay = new Set<AbortController>();
	readonly #signal: AbortSignal | undefined;
	readonly #onCancel = () => this.stop(this.#signal ? stopIn(this.#signal) : cancelled());
	readonly #counts = { sent: 0, throttled: 0, retried: 0, slow: 0 };
	#stopped: Stop | null = null;
	#throttledSince: number | null = null;
	/** One request at a time asks for its turn, so that the next one knows when this one left. */
	readonly #turnstile = new Turnstile();
	readonly #spacing = new Spacing();
	readonly #heldBefore: number;

	constructor(
		private readonly pacer: Pacer,
		signal?: AbortSignal,
		limits: Partial<RunLimits> = {},
	) {
		this.#heldBefore = pacer.heldMs;
		this.budget = new RetryBudget(pacer.settings);
		this.limits = pacer.welcome(limits);
		const limit = pLimit(this.limits.concurrency);
		this.limit = async (task) => await limit(task);
		this.#signal = signal;
		if (signal?.aborted) this.#onCancel();
		else signal?.addEventListener('abort', this.#onCancel, { once: true });
	}

	/** Does one request's work under a signal of its own, which aborts when the run ends or `requestSignal` aborts. */
	async underWay<T>(requestSignal: AbortSignal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
		const own = requestSignal === this.#signal ? undefined : requestSignal;
		const request = new AbortController();
		const abort = () => request.abort();
		if (this.#stopped || own?.aborted) abort();
		this.#underWay.add(request);
		own?.addEventListener('abort', abort);
		return await work(request.signal).finally(() => {
			this.#underWay.delete(request);
			own?.removeEventListener('abort', abort);
		});
	}

	/** Asks for a turn when this run may have one: beside a run that is allowed more, it keeps its own distance. */
	async inOwnTurn<T>(urgent: boolean, signal: AbortSignal, ask: () => Promise<T>): Promise<T> {
		return await this.#turnstile.pass(urgent, async () => {
			const earlyMs = this.#spacing.nextAt(this.limits.maxRate) - this.pacer.now();
			if (earlyMs > 0) await this.pacer.clock.sleep(earlyMs, signal);
			return await ask();
		});
	}

	/** A request leaves. */
	left(): void {
		this.budget.sent();
		this.#spacing.left(this.pacer.now(), this.limits.maxRate);
	}

	/** Why the run sends nothing more; null while it goes on. */
	get stopped(): Stop | null {
		return this.#stopped;
	}

	/** Ends the run; the first reason stands. */
	stop(reason: Stop): void {
		if (this.#stopped) return;
		this.#stopped = reason;
		this.#signal?.removeEventListener('abort', this.#onCancel);
		for (const request of this.#underWay) request.abort();
	}

	/** Requests a second to be expected. */
	expectedRate(): number {
		return this.pacer.expectedRate(this.limits);
	}

	get statistics(): PaceStatistics {
		return { ...this.#counts, heldMs: this.pacer.heldMs - this.#heldBefore };
	}

	/** Counts a reply, and ends the run where the platform said so or lets nothing through for too long. */
	record(sent: Sent): void {
		this.#counts.sent++;
		if (sent.tookMs > SLOW_ANSWER_MS) this.#counts.slow++;
		if (sent.stop) this.stop(sent.stop);
		if (sent.verdict.kind !== 'throttled') {
			if (sent.verdict.kind === 'done') this.#throttledSince = null;
			return;
		}
		this.#counts.throttled++;
		const now = this.pacer.now();
		this.#throttledSince ??= now;
		const withoutProgress = now + this.pacer.closedFor() - this.#throttledSince;
		if (withoutProgress > this.pacer.settings.noProgressMs) this.stop(noProgress(this.pacer.settings.noProgressMs));
	}

	retries(): void {
		this.#counts.retried++;
	}
}
