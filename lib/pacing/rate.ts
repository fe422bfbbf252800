import * as figures from './rate-figures';
import { RecentGrants } from './recent-grants';
import type { PacerSettings } from './settings';

/** A quota that was measured, kept in case it comes back after a fall. */
interface Remembered {
	readonly rate: number;
	readonly at: number;
	readonly spellS: number;
}

/**
 * How fast requests may leave. Additive increase, multiplicative decrease, with a memory: a refusal means that the
 * platform's allowance was empty, so what was granted from one refusal to the next *is* the quota. The rate falls to that
 * measured figure (not to half of a guess), first spends what the allowance gathered while the gate was closed, then looks
 * for more: seldom where the figure has proved itself, often where it has just changed.
 *
 * Until the first refusal nothing is known, and the rate doubles every second from `startRate` (TCP calls it slow start).
 */
export class Rate {
	/** Quota in requests a second, or null while none is known. */
	#known: number | null = null;
	/** Added to the known rate; the whole rate while none is known. */
	#surplus: number;
	#spellS = figures.SHORTEST_SPELL_S;
	#high: Remembered | null = null;
	/** More was granted than the known rate explains, so the quota has risen. */
	#rising = false;
	/** Requests granted since the last refusal, and the seconds that count for them. */
	#granted = 0;
	#counted = 0;
	#lastEventAt: number | null = null;
	readonly #recent = new RecentGrants(figures.RECENT_MS);
	#lastLeft = -Infinity;
	#ceiling: number | null = null;

	constructor(private readonly limits: Pick<PacerSettings, 'startRate' | 'minRate' | 'maxRate'>) {
		this.#surplus = limits.startRate;
	}

	/** Requests a second at this moment. */
	get perSecond(): number {
		const { minRate, maxRate } = this.limits;
		return Math.max(minRate, Math.min(maxRate, this.#ceiling ?? maxRate, (this.#known ?? 0) + this.#surplus));
	}

	/** Requests a second that can be expected to last. */
	get sustained(): number {
		return this.#known === null ? this.perSecond : Math.max(this.limits.minRate, Math.min(this.#known, this.perSecond));
	}

	/** A speed that the platform states itself; never exceeded. */
	limitTo(perSecond: number): void {
		this.#ceiling = perSecond;
	}

	/** When the next request may leave. */
	get nextAt(): number {
		return this.#lastLeft + 1_000 / this.perSecond;
	}

	/** A request leaves. */
	left(now: number): void {
		const due = this.nextAt;
		this.#lastLeft = now - due <= figures.TIMER_SLACK_MS ? Math.max(due, this.#lastLeft) : now;
	}

	/** A request got past the quota, whatever else came of it. */
	granted(now: number): void {
		const gapMs = this.#count(now);
		this.#granted++;
		this.#recent.add(now);

		if (this.#known === null) {
			this.#grow(gapMs);
			return;
		}
		if (this.#rising) this.#grow(gapMs);
		else if (this.#granted - this.#known * this.#counted >= figures.PROOF_OF_RISE) this.#rise(this.#known, now);
		if (this.#rising) this.#known = Math.max(this.#known, this.#granted / this.#counted);
	}

	/** The gate is open again: what the allowance gathered meanwhile is spent evenly over the coming spell. */
	reopened(): void {
		if (this.#known === null || this.#rising) return;
		const saved = this.#known * this.#counted - this.#granted;
		const { LARGEST_SURPLUS, SMALLEST_SURPLUS, ADDITIVE_SURPLUS, ADDITIVE_SHARE } = figures;
		const least = Math.max(this.#known * SMALLEST_SURPLUS, Math.min(ADDITIVE_SURPLUS, this.#known * ADDITIVE_SHARE));
		this.#surplus = Math.min(this.#known * LARGEST_SURPLUS, Math.max(least, (saved + 1) / this.#spellS));
	}

	/** A request was refused for want of quota; to be called once for all that were in flight together. */
	refused(now: number): void {
		this.#count(now);
		if (this.#known === null && this.#granted < figures.FEWEST_TO_MEASURE) {
			this.#surplus = Math.max(this.limits.minRate, this.#surplus / 2);
			return;
		}
		if (this.#known !== null && this.#granted === 0) {
			this.#known = Math.max(this.limits.minRate, this.#known * figures.REFUSED_PROBE_FACTOR);
			return;
		}
		this.#learn(now);
		this.#granted = 0;
		this.#counted = 0;
		this.#rising = false;
		this.#surplus = 0;
	}

	/**
	 * Measures the quota. The first refusal, and one that ends a short rise, say little, because a full allowance was drawn
	 * on: what they suggest serves until the next refusal, which measures.
	 */
	#learn(now: number): void {
		const before = this.#known;
		const average = this.#granted / Math.max(this.#counted, 0.001);
		if (before === null) {
			this.#guess(Math.min(this.#recent.speed(now), this.#granted / (this.#counted + figures.USUAL_BURST_S)));
		} else if (this.#rising && this.#recent.speed(now) > figures.GUESS_FROM * average) {
			const high = this.#highAt(now);
			if (high && this.#recent.speed(now) >= high.rate * (1 - figures.CONFIRMING)) {
				this.#known = high.rate;
				this.#spellS = Math.min(high.spellS, figures.CAME_BACK_SPELL_S);
			} else {
				this.#guess(this.#recent.speed(now));
			}
		} else {
			this.#measured(average, before, now);
		}
	}

	#guess(rate: number): void {
		this.#known = Math.max(this.limits.minRate, rate);
		this.#spellS = figures.SHORTEST_SPELL_S;
	}

	#measured(average: number, before: number, now: number): void {
		const known = Math.max(this.limits.minRate, weighed(average, before));
		const confirmed = Math.abs(known / before - 1) <= figures.CONFIRMING;
		this.#known = known;
		this.#spellS = confirmed
			? Math.min(figures.LONGEST_SPELL_S, this.#spellS * figures.SPELL_GROWTH)
			: figures.SHORTEST_SPELL_S;
		if (this.#isFallen(now)) this.#spellS = figures.FALLEN_SPELL_S;
		else if (known >= (this.#highAt(now)?.rate ?? 0)) this.#high = { rate: known, at: now, spellS: this.#spellS };
	}

	#rise(known: number, now: number): void {
		this.#rising = true;
		// A quota that had fallen has most likely come back to what it was.
		const high = this.#isFallen(now) ? this.#highAt(now) : null;
		if (high) this.#surplus = Math.max(this.#surplus, high.rate - known);
	}

	#highAt(now: number): Remembered | null {
		return this.#high && now - this.#high.at <= figures.FALLEN_FOR_MS ? this.#high : null;
	}

	#isFallen(now: number): boolean {
		return (this.#known ?? Infinity) < (this.#highAt(now)?.rate ?? 0) * figures.FALLEN;
	}

	/** Doubles the surplus every second, but never to more than twice what is really being sent. */
	#grow(gapMs: number): void {
		const most = Math.max(this.limits.startRate, 2 * this.#recent.average);
		this.#surplus = Math.max(this.#surplus, Math.min(this.#surplus * 2 ** (Math.min(gapMs, 1_000) / 1_000), most));
	}

	/** Adds the time since the last event to what counts; ms that counted. */
	#count(now: number): number {
		const longest = Math.max(figures.LONGEST_GAP_MS, 2_000 / (this.#known ?? this.limits.startRate));
		const gapMs = this.#lastEventAt === null ? 0 : Math.min(longest, Math.max(0, now - this.#lastEventAt));
		this.#lastEventAt = now;
		this.#counted += gapMs / 1_000;
		return gapMs;
	}
}

/** The quota after measuring `average` where `before` was known. */
function weighed(average: number, before: number): number {
	if (average >= before) return average;
	if (average >= before * (1 - figures.CONFIRMING)) return average + figures.TRUST_IN_HIGHER * (before - average);
	return Math.max(average * figures.YIELD, before * figures.SMALLEST_DROP);
}
