import type { PacerSettings } from './settings';

/**
 * How fast requests may leave. Additive increase, multiplicative decrease, with a memory: a refusal means that the
 * platform's allowance was empty, so what was granted from one refusal to the next *is* the quota. The rate falls to that
 * measured figure (not to half of a guess), first spends what the allowance gathered while the gate was closed, then looks
 * for more, seldom where the figure has proved itself and often where it has just changed.
 *
 * Until the first refusal nothing is known, and the rate doubles every second from `startRate` (TCP calls it slow start).
 */

/** Share that a refusal may leave of the known rate: one unlucky refusal must not stop a run that the next answer would clear. */
const SMALLEST_DROP = 0.3;

/** What is left of the known rate when even the probe after the gate is refused, which says "not yet" and no more. */
const REFUSED_PROBE_FACTOR = 0.85;

/** Seconds after a refusal in which the saved-up allowance is spent: the shortest, for a figure just learnt... */
const SHORTEST_SPELL_S = 5;
/** ...and the longest, for one that every refusal confirms: one refusal a minute costs less than 0.5 % of the requests. */
const LONGEST_SPELL_S = 60;
const SPELL_GROWTH = 3;
/** Two measurements of one quota differ by no more than this share. */
const CONFIRMING = 0.15;

/** A quota that fell below this share of what it was may come back: it is looked for every `SHORTEST_SPELL_S`... */
const FALLEN = 0.7;
/** ...for this long; after that it is the new quota. */
const FALLEN_FOR_MS = 120_000;

/** Requests granted beyond what the known rate explains, before it counts as risen: above the jitter of answers. */
const PROOF_OF_RISE = 2;

/** Over which the speed of the moment is measured. */
const RECENT_MS = 2_000;

/** Silences (a closed gate, an idle platform) count for at most this long: allowances do not grow without bound. */
const LONGEST_GAP_MS = 2_000;

/** A pause that a timer overslept by this much or less is made good by the next request. */
const TIMER_SLACK_MS = 50;

/** Share of the known rate that may be added to spend what was saved up. */
const LARGEST_SURPLUS = 0.5;

export class Rate {
	/** Quota in requests a second, or null while none is known. */
	#known: number | null = null;
	/** What is added to the known rate, or the whole rate while none is known; requests a second. */
	#surplus: number;
	/** Highest quota confirmed of late, and when. */
	#high = 0;
	#highAt = 0;
	#spellS = SHORTEST_SPELL_S;
	#rising = false;
	/** Requests granted, and the seconds that count, since the last refusal. */
	#granted = 0;
	#counted = 0;
	#lastEventAt: number | null = null;
	#recent: number[] = [];
	#lastLeft = -Infinity;
	#ceiling: number | null = null;

	constructor(private readonly settings: Pick<PacerSettings, 'startRate' | 'minRate' | 'maxRate'>) {
		this.#surplus = settings.startRate;
	}

	/** Requests a second at this moment. */
	get perSecond(): number {
		const { minRate, maxRate } = this.settings;
		return Math.max(minRate, Math.min(maxRate, this.#ceiling ?? maxRate, (this.#known ?? 0) + this.#surplus));
	}

	/** The quota as far as it is known, for forecasts. */
	get sustained(): number {
		return this.#known === null ? this.perSecond : Math.max(this.settings.minRate, Math.min(this.#known, this.perSecond));
	}

	/** A speed that the platform states itself; never exceeded. */
	limitTo(perSecond: number | null): void {
		this.#ceiling = perSecond;
	}

	/** When the next request may leave. */
	get nextAt(): number {
		return this.#lastLeft + 1_000 / this.perSecond;
	}

	/** A request leaves. */
	left(now: number): void {
		const due = this.nextAt;
		this.#lastLeft = now - due <= TIMER_SLACK_MS ? Math.max(due, this.#lastLeft) : now;
	}

	/** A request got past the quota, whatever else came of it. */
	granted(now: number): void {
		const gap = this.#count(now);
		this.#granted++;
		this.#recent.push(now);
		while (this.#recent[0] < now - RECENT_MS) this.#recent.shift();

		if (this.#known === null) {
			this.#surplus = this.#grown(this.#surplus, gap);
			return;
		}
		const excess = this.#granted - this.#known * this.#counted;
		if (this.#granted === 1) this.#surplus = Math.min(this.#known * LARGEST_SURPLUS, (1 - excess) / this.#spellS);
		if (excess >= PROOF_OF_RISE || this.#rising) {
			this.#rising = true;
			this.#known = Math.max(this.#known, this.#granted / this.#counted);
			this.#surplus = this.#grown(this.#surplus, gap);
		}
	}

	/** A request was refused for want of quota; to be called once for all that were in flight together. */
	refused(now: number): void {
		this.#count(now);
		const before = this.#known;
		if (before !== null && this.#granted === 0) {
			this.#known = Math.max(this.settings.minRate, before * REFUSED_PROBE_FACTOR);
			return;
		}
		this.#known = Math.max(this.settings.minRate, this.#measured(now, before));
		this.#remember(now, before);
		this.#granted = 0;
		this.#counted = 0;
		this.#rising = false;
		this.#surplus = 0;
	}

	#measured(now: number, before: number | null): number {
		const recent = this.#recentRate(now);
		if (before === null) return recent;
		const average = this.#granted / Math.max(this.#counted, 0.001);
		if (this.#rising && recent > 1.5 * average) return recent;
		return Math.max(average, before * SMALLEST_DROP);
	}

	#remember(now: number, before: number | null): void {
		const known = this.#known ?? 0;
		const confirmed = before !== null && Math.abs(known / before - 1) <= CONFIRMING;
		this.#spellS = confirmed ? Math.min(LONGEST_SPELL_S, this.#spellS * SPELL_GROWTH) : SHORTEST_SPELL_S;
		if (known >= this.#high * FALLEN || now - this.#highAt > FALLEN_FOR_MS) {
			this.#high = known;
			this.#highAt = now;
		} else {
			this.#spellS = SHORTEST_SPELL_S;
		}
	}

	/** Doubles every second, but never to more than twice what is really being sent. */
	#grown(rate: number, gapMs: number): number {
		const most = Math.max(this.settings.startRate, 2 * (this.#recent.length / (RECENT_MS / 1_000)));
		return Math.max(rate, Math.min(rate * 2 ** (Math.min(gapMs, 1_000) / 1_000), most));
	}

	#recentRate(now: number): number {
		const granted = this.#recent.filter((at) => at >= now - RECENT_MS);
		const spanMs = granted.length > 0 ? now - granted[0] : 0;
		return granted.length > 1 && spanMs > 0 ? (granted.length * 1_000) / Math.max(spanMs, 500) : this.settings.minRate;
	}

	/** Adds the time since the last event to what counts; ms that counted. */
	#count(now: number): number {
		const longest = Math.max(LONGEST_GAP_MS, 2_000 / (this.#known ?? this.settings.startRate));
		const gap = this.#lastEventAt === null ? 0 : Math.min(longest, Math.max(0, now - this.#lastEventAt));
		this.#lastEventAt = now;
		this.#counted += gap / 1_000;
		return gap;
	}
}
