import { ADAPTIVE_CONCURRENCY } from './settings';

/** The reply to one request, as far as it says how many the platform can take at once. */
export interface LoadSample {
	/** Requests in flight when it left, itself included. */
	readonly inFlight: number;
	readonly latencyMs: number;
	/** Whether the platform had too much to do: 503, or no answer in time. */
	readonly overloaded: boolean;
}

type Phase =
	/** The limit was moved by one, from `before`; null at the very beginning, when there is nothing to compare with. */
	| { readonly kind: 'probing'; readonly before: { readonly limit: number; readonly goodput: number } | null }
	/** The limit stays until then, in ms. */
	| { readonly kind: 'holding'; readonly until: number };

/** Replies that were measured since the limit or the measurement began; `since` is the first one's moment, in ms. */
interface MeasuredWindow {
	served: number;
	overloaded: number;
	totalMs: number;
	since: number | null;
}

const newWindow = (): MeasuredWindow => ({ served: 0, overloaded: 0, totalMs: 0, since: null });

/**
 * How many requests may be in flight: hill climbing on the goodput, the useful answers a second. By Little's law that
 * is the number in flight divided by the mean latency. One request more is kept where it brings at least half of its
 * even share, one less where it costs next to nothing; what the platform turns away (503) brings nothing. While probes
 * bring nothing they go further and further apart, up and down in turn.
 *
 * Only replies to requests that used up the limit are measured: while the rate decides how fast requests leave, the
 * limit does not grow.
 */
export class AdaptiveConcurrency {
	#limit: number;
	#phase: Phase = { kind: 'probing', before: null };
	#direction: 1 | -1 = 1;
	#holdMs = ADAPTIVE_CONCURRENCY.shortestHoldMs;
	#window = newWindow();
	/** By requests in flight: when a request that left as one of so many was last answered without overload, in ms. */
	readonly #servedAt: number[] = [];

	/** @param bounds read anew each time, since `concurrency`, the most, depends on which runs are active */
	constructor(private readonly bounds: { readonly minConcurrency: number; readonly concurrency: number }) {
		this.#limit = Math.max(bounds.minConcurrency, ADAPTIVE_CONCURRENCY.start);
	}

	/** Requests that may be in flight at this moment. */
	get limit(): number {
		return Math.min(this.#limit, this.bounds.concurrency);
	}

	/** @param now ms */
	answered(now: number, { inFlight, latencyMs, overloaded }: LoadSample): void {
		const { limit } = this;
		// It left under a higher limit, which has been given up since; or it was alone, which says nothing of load.
		if (inFlight > limit || (overloaded && inFlight === 1)) return;
		if (overloaded && !this.#wasServedLately(now, inFlight)) return this.#overloaded(now, inFlight - 1);
		if (!overloaded) this.#servedAt[inFlight] = now;
		if (inFlight < limit) return;
		const window = this.#window;
		window.since ??= now;
		if (overloaded) window.overloaded++;
		else {
			window.served++;
			window.totalMs += latencyMs;
		}
		const { minOverloaded, overloadedShare, samplesPerRequest, minMeasuredMs } = ADAPTIVE_CONCURRENCY;
		if (window.overloaded >= minOverloaded && window.overloaded > overloadedShare * (window.served + window.overloaded))
			this.#overloaded(now, limit - 1);
		else if (window.served >= samplesPerRequest * limit && now - window.since >= minMeasuredMs)
			this.#measured(now, this.#goodput);
	}

	/**
	 * The quota decides how fast requests leave. So a limit that is only tried would never be measured, and one far above
	 * what the quota needs would only have more requests refused together.
	 *
	 * @param needed requests in flight on average, by Little's law
	 */
	quotaUsedUp(now: number, needed: number): void {
		const tried = this.#phase.kind === 'probing' ? this.#phase.before : null;
		const enough = Math.max(ADAPTIVE_CONCURRENCY.start, Math.ceil(needed) + 1);
		if (tried === null && this.#limit <= enough) return;
		this.#limit = Math.max(this.bounds.minConcurrency, Math.min(tried?.limit ?? this.#limit, enough));
		this.#phase = { kind: 'holding', until: now + this.#holdMs };
		this.#restart();
	}

	/** Whether as many requests or more were all right lately: then overload is a matter of chance, or of others. */
	#wasServedLately(now: number, inFlight: number): boolean {
		const since = now - ADAPTIVE_CONCURRENCY.servedMs;
		return this.#servedAt.some((at, level) => level >= inFlight && at >= since);
	}

	/** Useful answers a second, as measured under the present limit. */
	get #goodput(): number {
		const { served, overloaded, totalMs } = this.#window;
		return (((served / (served + overloaded)) * served) / Math.max(1, totalMs)) * this.limit * 1_000;
	}

	#measured(now: number, goodput: number): void {
		const phase = this.#phase;
		if (phase.kind === 'holding') {
			if (now >= phase.until) this.#probe(now, goodput);
			else this.#restart();
		} else if (phase.before === null || this.#isWorthwhile(phase.before, goodput)) {
			this.#holdMs = Math.max(ADAPTIVE_CONCURRENCY.shortestHoldMs, this.#holdMs / 2);
			this.#probe(now, goodput);
		} else {
			this.#failed(now, phase.before.limit);
		}
	}

	/** The platform turned requests away. Where that was no probe, it changed, and is soon looked at again. */
	#overloaded(now: number, limit: number): void {
		const { minConcurrency } = this.bounds;
		const isProbe = this.#phase.kind === 'probing' && this.#phase.before !== null && this.#direction === 1;
		if (isProbe) return this.#failed(now, Math.max(minConcurrency, limit));
		this.#limit = Math.max(minConcurrency, limit);
		this.#direction = 1;
		this.#holdMs = Math.max(ADAPTIVE_CONCURRENCY.shortestHoldMs, this.#holdMs / 2);
		this.#phase = { kind: 'holding', until: now + this.#holdMs };
		this.#restart();
	}

	#isWorthwhile(before: { readonly limit: number; readonly goodput: number }, goodput: number): boolean {
		const { worthwhileShare, negligibleShare } = ADAPTIVE_CONCURRENCY;
		const share = this.limit > before.limit ? worthwhileShare : negligibleShare;
		return goodput >= before.goodput * (1 + ((this.limit - before.limit) * share) / before.limit);
	}

	#probe(now: number, goodput: number): void {
		const { limit } = this;
		const next = limit + this.#direction;
		if (next < this.bounds.minConcurrency || next > this.bounds.concurrency) return this.#hold(now);
		this.#phase = { kind: 'probing', before: { limit, goodput } };
		this.#limit = next;
		this.#restart();
	}

	/** The probe brought nothing. */
	#failed(now: number, limit: number): void {
		this.#limit = limit;
		this.#hold(now);
	}

	#hold(now: number): void {
		this.#phase = { kind: 'holding', until: now + this.#holdMs };
		this.#holdMs = Math.min(ADAPTIVE_CONCURRENCY.longestHoldMs, this.#holdMs * 2);
		this.#direction = this.#direction === 1 ? -1 : 1;
		this.#restart();
	}

	#restart(): void {
		this.#window = newWindow();
	}
}
