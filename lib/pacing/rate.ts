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
const SHORTEST_SPELL_S = 4;
/** ...and the longest, for one that every refusal confirms: one refusal a minute costs less than 0.5 % of the requests. */
const LONGEST_SPELL_S = 60;
const LONGEST_N = 150;
const SPELL_GROWTH = 3;
/** Two measurements of one quota differ by no more than this share. */
const CONFIRMING = 0.15;

/** A quota that fell below this share of what it was may come back: it is looked for this often... */
const MIX = 0.8;
const CAME = 30;
const FALLEN = 0.7;
const FALLEN_SPELL_S = 2.5;
/** ...for this long; after that it is the new quota. */
const FALLEN_FOR_MS = 120_000;

/** Requests granted beyond what the known rate explains, before it counts as risen: above the jitter of answers. */
const PROOF_OF_RISE = 2;

/** A rise whose speed of the moment exceeds its average by this factor was too short for the average to mean anything. */
const GUESS_FROM = 1.5;

/** Over which the speed of the moment is measured. */
const RECENT_MS = 2_000;

/** Silences (a closed gate, an idle platform) count for at most this long: allowances do not grow without bound. */
const LONGEST_GAP_MS = 2_000;

/** A pause that a timer overslept by this much or less is made good by the next request. */
const TIMER_SLACK_MS = 50;

/** Share of the known rate that is added to spend what was saved up: at most, so as not to flood... */
const LARGEST_SURPLUS = 0.5;
/** ...and at least, because an allowance that overflowed while the gate was closed makes the measured quota a little low. */
const SMALLEST_SURPLUS = 0.015;

export class Rate {
	/** Quota in requests a second, or null while none is known. */
	#known: number | null = null;
	/** What is added to the known rate, or the whole rate while none is known; requests a second. */
	#surplus: number;
	/** Highest quota confirmed of late, and when. */
	#high = 0;
	#highSpellS = SHORTEST_SPELL_S;
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
		if (this.#rising) {
			this.#surplus = this.#grown(this.#surplus, gap);
		} else if (excess >= PROOF_OF_RISE) {
			this.#rising = true;
			// A quota that had fallen has most likely come back to what it was.
			if (this.#isFallen(now)) this.#surplus = Math.max(this.#surplus, this.#high - this.#known);
		}
		if (this.#rising) this.#known = Math.max(this.#known, this.#granted / this.#counted);
	}

	/** The gate is open again: what the allowance gathered meanwhile is spent evenly over the coming spell. */
	reopened(): void {
		if (this.#known === null || this.#rising) return;
		const saved = this.#known * this.#counted - this.#granted;
		this.#surplus = this.#known * Math.min(LARGEST_SURPLUS, Math.max(SMALLEST_SURPLUS, (saved + 1) / this.#known / this.#spellS));
	}

	/** A request was refused for want of quota; to be called once for all that were in flight together. */
	refused(now: number): void {
		this.#count(now);
		const before = this.#known;
		if (before !== null && this.#granted === 0) {
			this.#known = Math.max(this.settings.minRate, before * REFUSED_PROBE_FACTOR);
			return;
		}
		const average = this.#granted / Math.max(this.#counted, 0.001);
		const recent = before === null ? Math.min(this.#recentRate(now), this.#granted / (this.#counted + 1)) : this.#recentRate(now);
		// The first refusal, and one that ends a rise, say little: a full allowance was drawn on. The speed of the moment then
		// serves until the next refusal, which measures.
		const isGuess = before === null || (this.#rising && recent > GUESS_FROM * average);
		if (isGuess && this.#cameBack(recent, now)) {
			this.#known = this.#high;
			this.#spellS = Math.min(this.#highSpellS, CAME);
		} else {
			this.#known = Math.max(this.settings.minRate, isGuess ? recent : this.#weighed(average, before ?? 0));
			this.#remember(now, before, isGuess);
		}
		this.#granted = 0;
		this.#counted = 0;
		this.#rising = false;
		this.#surplus = 0;
	}

	#remember(now: number, before: number | null, isGuess: boolean): void {
		const known = this.#known ?? 0;
		const confirmed = before !== null && Math.abs(known / before - 1) <= CONFIRMING;
		this.#spellS = confirmed ? Math.min(Math.max(LONGEST_SPELL_S, LONGEST_N / known), this.#spellS * SPELL_GROWTH) : SHORTEST_SPELL_S;
		if (this.#isFallen(now)) {
			this.#spellS = FALLEN_SPELL_S;
		} else if (!isGuess && (known >= this.#high || now - this.#highAt > FALLEN_FOR_MS || known < this.#high * FALLEN)) {
			this.#high = known;
			this.#highSpellS = this.#spellS;
			this.#highAt = now;
		}
	}

	#weighed(average: number, before: number): number {
		if (average >= before) return average;
		if (average >= before * (1 - CONFIRMING)) return average + MIX * (before - average);
		return Math.max(average, before * SMALLEST_DROP);
	}

	/** Whether a rise has reached the quota that was known before a fall. */
	#cameBack(recent: number, now: number): boolean {
		return this.#high > 0 && now - this.#highAt <= FALLEN_FOR_MS && recent >= this.#high * (1 - CONFIRMING);
	}

	#isFallen(now: number): boolean {
		return (this.#known ?? 0) < this.#high * FALLEN && now - this.#highAt <= FALLEN_FOR_MS;
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
