/** What is known of the platform's quota: measured from what it accepts, and remembered when it drops. */

import { ADAPTIVE_RATE, QUOTA_DROP } from './settings';

/** Dropped entries are cut off in blocks of this size: one at a time would cost more the faster requests go. */
const BLOCK = 512;

/** Requests a second that the platform accepts at the moment, over a sliding window. */
export class Throughput {
	#times: number[] = [];
	#first = 0;

	add(now: number): void {
		this.#times.push(now);
		this.#slide(now);
	}

	/** Requests a second since the first one in the window; 0 where fewer than two are. */
	at(now: number): number {
		this.#slide(now);
		const count = this.#times.length - this.#first;
		if (count < 2) return 0;
		return ((count - 1) * 1_000) / Math.max(ADAPTIVE_RATE.minThroughputSpanMs, now - this.#times[this.#first]);
	}

	#slide(now: number): void {
		while (this.#times[this.#first] < now - ADAPTIVE_RATE.throughputWindowMs) this.#first++;
		if (this.#first < BLOCK) return;
		this.#times = this.#times.slice(this.#first);
		this.#first = 0;
	}
}

/** What was accepted since the last refusal, and in how much time: of a platform with a quota, this is the quota. */
export class Epoch {
	#accepted = 0;
	#seconds = 0;
	#resumedAt = 0;

	/** Requests. */
	get accepted(): number {
		return this.#accepted;
	}

	/** Seconds, the pause after the refusal included. */
	get seconds(): number {
		return this.#seconds;
	}

	/** Seconds since that pause. */
	get activeSeconds(): number {
		return this.#seconds - this.#resumedAt;
	}

	/** Requests a second over all of it: so many the platform certainly accepts. */
	get average(): number {
		return this.#accepted / Math.max(this.#seconds, 0.001);
	}

	/** Requests that a platform with a quota of `rate` has saved up. */
	allowance(rate: number): number {
		return Math.max(0, rate * this.#seconds - this.#accepted);
	}

	accept(): void {
		this.#accepted++;
	}

	pass(ms: number): void {
		this.#seconds += ms / 1_000;
	}

	resume(): void {
		this.#resumedAt = this.#seconds;
	}
}

/** What the refusals taught about the quota. */
export interface QuotaEstimate {
	/** Requests a second that the platform certainly accepts. */
	readonly accepted: number;
	/** Requests a second with which the next epoch starts. */
	readonly start: number;
	/** Seconds until the refusal that is expected to end it. */
	readonly epochSeconds: number;
}

type State =
	/** Nothing was measured twice. */
	| { readonly kind: 'unknown' }
	| { readonly kind: 'steady'; readonly quota: QuotaEstimate }
	| { readonly kind: 'dropped'; readonly quota: QuotaEstimate; readonly since: number };

/**
 * Remembers the quota before a drop, as CUBIC remembers its last maximum, because most quotas come back: a platform is
 * busy for a minute, or another client takes its share and leaves. For two minutes the former quota is looked for every
 * few seconds, and taken up at once when it is there.
 */
export class QuotaDrop {
	#state: State = { kind: 'unknown' };

	/** The quota before the drop; null where there was none, or the former quota is given up. */
	get formerQuota(): QuotaEstimate | null {
		return this.#state.kind === 'dropped' ? this.#state.quota : null;
	}

	/**
	 * @param agrees whether `measured` agrees with the measurement before it
	 * @param throughput requests a second that were accepted in the last moments
	 * @returns the estimate to go on with: `measured`, with a short epoch while the quota is dropped, or the former quota
	 *   where it is back
	 */
	update(now: number, measured: QuotaEstimate, agrees: boolean, throughput: number): QuotaEstimate {
		const state = this.#state;
		if (state.kind === 'unknown') return agrees ? this.#settle(measured) : measured;
		const { quota } = state;
		const isLow = measured.accepted < quota.accepted * QUOTA_DROP.threshold;
		if (state.kind === 'steady' && !isLow) {
			return agrees || measured.accepted > quota.accepted ? this.#settle(measured) : measured;
		}
		const since = state.kind === 'dropped' ? state.since : now;
		if (now - since > QUOTA_DROP.memoryMs) return this.#settle(measured);
		if (throughput >= quota.accepted * QUOTA_DROP.recoveredShare) {
			return this.#settle({ ...quota, epochSeconds: Math.min(quota.epochSeconds, QUOTA_DROP.recoveredEpochSeconds) });
		}
		if (!isLow) return this.#settle(measured);
		this.#state = { kind: 'dropped', quota, since };
		return { ...measured, epochSeconds: Math.min(measured.epochSeconds, QUOTA_DROP.epochSeconds) };
	}

	#settle(quota: QuotaEstimate): QuotaEstimate {
		this.#state = { kind: 'steady', quota };
		return quota;
	}
}
