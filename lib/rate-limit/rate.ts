import { FallenQuota } from './fallen-quota';
import * as figures from './rate-figures';
import { RecentGrants } from './recent-grants';
import type { PacerSettings } from './settings';
import { Spacing } from './spacing';
import { Spell } from './spell';

/**
 * How fast requests may leave. Additive increase, multiplicative decrease, with a memory: a refusal means that the
 * platform's allowance was empty, so what was granted since the last one *is* the quota, or this client's part of it.
 *
 * - Learning: nothing is known (or the quota has risen), and the rate doubles every second until it is refused.
 * - A spell, from one refusal to the next: it starts a little above what was proven and grows, slowly at first, by a
 *   surplus
 * that uses up by its end what the allowance gathered while the gate was closed. Spells grow long where one measurement
 * confirms another, and are short where something has changed or others share the quota: every refusal takes from who
 * has
 *   much more than from who has little, so short spells bring clients that know nothing of each other to equal parts.
 */
export class Rate {
	/** Requests a second at which learning started; null in a spell. */
	#learningFrom: number | null;
	/** Requests a second at which the spell started, or the last one before learning. */
	#start = 0;
	/** Requests a second that the platform has certainly granted; null before the first measurement. */
	#proven: number | null = null;
	#spell = new Spell();
	#spellS = figures.SHORTEST_SPELL_S;
	/** Requests a second by which the spell starts above `#start`. */
	#surplus = 0;
	/** Seconds with requests since the spell, or the learning, started. */
	#goneS = 0;
	#speed = 0;
	#refusedAt = -Infinity;
	/** Seconds for which the last refusal closed the gate. */
	#closedS = 0;
	#ceiling = Infinity;
	#lastEventAt: number | null = null;
	readonly #spacing = new Spacing();
	readonly #recent = new RecentGrants(figures.RECENT_MS);
	readonly #fallen = new FallenQuota();

	/** @param most read anew each time, since it depends on who is at work */
	constructor(
		private readonly limits: Pick<PacerSettings, 'startRate' | 'minRate'>,
		private readonly most: { readonly maxRate: number },
	) {
		this.#learningFrom = limits.startRate;
	}

	/**
	 * Where nothing is known yet: begins with this rate, or goes on from it where it is higher than what goes well
	 * already.
	 */
	startAt(perSecond: number): void {
		if (this.#proven !== null || (this.#lastEventAt !== null && perSecond <= this.perSecond)) return;
		this.#learningFrom = perSecond;
		this.#goneS = 0;
	}

	/** Requests a second at this moment. */
	get perSecond(): number {
		const wanted =
			this.#learningFrom === null
				? this.#start + Math.min(this.#grownSurplus, Math.max(this.#start, 1))
				: this.#grownFrom(this.#learningFrom);
		return Math.min(this.most.maxRate, this.#ceiling, Math.max(this.limits.minRate, wanted));
	}

	/** Requests a second that can be expected to last. */
	get sustained(): number {
		return this.#proven === null
			? this.perSecond
			: Math.min(this.perSecond, Math.max(this.limits.minRate, this.#proven));
	}

	/** A speed that the platform states itself; never exceeded. */
	limitTo(perSecond: number): void {
		this.#ceiling = perSecond;
	}

	/** When the next request may leave. */
	get nextAt(): number {
		return this.#spacing.nextAt(this.perSecond);
	}

	/** A request leaves. */
	left(now: number): void {
		this.#spacing.left(now, this.perSecond);
	}

	/** A request got past the quota, whatever else came of it. */
	granted(now: number): void {
		this.#goneS += Math.min(this.#pass(now), 1_000) / 1_000;
		this.#spell.grant();
		this.#recent.add(now);
		this.#speed = this.#recent.speed(now);
		const overdue = this.#fallen.before ? figures.FALLEN_OVERDUE : figures.OVERDUE;
		if (this.#learningFrom === null && this.#goneS >= overdue * this.#spellS) this.#learn();
	}

	/** The gate is open again: a spell begins. */
	reopened(now: number): void {
		if (this.#learningFrom !== null) return;
		// The longer a refusal costs, the more seldom it is provoked.
		this.#closedS = Math.max(0, now - this.#refusedAt) / 1_000;
		this.#spellS = Math.max(
			this.#spellS,
			this.#closedS * (this.#fallen.before ? figures.FALLEN_SPELL_WAITS : figures.SHORTEST_SPELL_WAITS),
		);
		this.#spell.reopened();
		this.#goneS = 0;
		const doublings = figures.DOUBLINGS_IN_A_SPELL;
		const toSpend = this.#spell.saved(this.#proven ?? 0) + 1;
		this.#surplus = (toSpend * Math.LN2 * doublings) / (this.#spellS * (2 ** doublings - 1));
	}

	/** A request was refused for want of quota; to be called once for all that were in flight together. */
	refused(now: number): void {
		const reached = this.perSecond;
		this.#refusedAt = now;
		this.#pass(now);
		if (this.#spell.granted < (this.#proven === null ? figures.FEWEST_TO_MEASURE : 1)) return this.#lower(reached);
		this.#measure(now, reached);
		this.#spell = new Spell();
		this.#learningFrom = null;
		this.#goneS = 0;
		this.#surplus = 0;
	}

	/** A refusal of which there is nothing to be learnt: too little was granted before it. */
	#lower(reached: number): void {
		this.#goneS = 0;
		if (this.#proven === null) {
			this.#learningFrom = this.#atLeastMinimum(reached / 2);
			return;
		}
		this.#learningFrom = null;
		this.#start = this.#atLeastMinimum(this.#start * figures.REFUSED_PROBE_FACTOR);
		this.#proven = this.#atLeastMinimum(this.#proven * figures.REFUSED_PROBE_FACTOR);
	}

	#measure(now: number, reached: number): void {
		const speed = this.#recent.speed(now);
		const provenBefore = this.#proven ?? 0;
		// Learning, a full allowance was drawn on, and what came before it was another quota.
		const learnt = this.#learningFrom !== null ? Math.min(speed, this.#spell.learnt(figures.USUAL_BURST_S)) : 0;
		const average = this.#proven === null ? 0 : this.#spell.average;
		const granted = Math.max(average, learnt);
		const surely = Math.min(reached, granted * figures.MOST_REACHED);
		const start = granted + figures.TRUST_IN_REACHED * Math.max(0, surely - granted);

		const proven = this.#atLeastMinimum(Math.max(granted, provenBefore * figures.SMALLEST_DROP));
		const next = Math.max(proven, start, this.#start * figures.SMALLEST_DROP);
		const confirmed = this.#confirms(next);
		const spellS = confirmed ? this.#longerSpell(proven) : figures.SHORTEST_SPELL_S;
		const result = this.#fallen.judge(now, { proven, start: next, spellS }, confirmed, speed);
		this.#proven = result.proven;
		this.#start = result.start;
		this.#spellS = result.spellS;
	}

	/** Whether the next spell starts about where the last one did. */
	#confirms(start: number): boolean {
		const drop = Math.min(
			figures.CONFIRMING_DROP,
			figures.CONFIRMING_SHARE + figures.CONFIRMING_REQUESTS / this.#spell.granted,
		);
		return start >= this.#start * (1 - drop) && start <= this.#start * (1 + figures.CONFIRMING_RISE);
	}

	#longerSpell(rate: number): number {
		const [least, most] = figures.LONGEST_SPELL_S;
		const bySpeed = Math.max(least, most * Math.min(1, Math.sqrt(rate / figures.LONGEST_SPELL_FROM)));
		const longest = Math.max(bySpeed, this.#closedS * figures.LONGEST_SPELL_WAITS);
		return Math.max(figures.SHORTEST_SPELL_S, Math.min(longest, this.#spell.openSeconds * figures.SPELL_GROWTH));
	}

	#learn(): void {
		this.#learningFrom = Math.max(this.perSecond, (this.#fallen.before?.proven ?? 0) * figures.TRIED_FIRST);
		this.#goneS = 0;
		this.#spell.learns();
	}

	#grownFrom(rate: number): number {
		return Math.min(
			rate * 2 ** this.#goneS,
			Math.max(rate, this.limits.startRate, figures.FASTEST_GROWTH * this.#speed),
		);
	}

	get #grownSurplus(): number {
		return this.#surplus * 2 ** ((figures.DOUBLINGS_IN_A_SPELL * this.#goneS) / this.#spellS);
	}

	#atLeastMinimum(rate: number): number {
		return Math.max(this.limits.minRate, rate);
	}

	/** Adds the time since the last event to what counts; ms that counted. */
	#pass(now: number): number {
		const longest = Math.max(figures.LONGEST_GAP_MS, 2_000 / (this.#proven ?? this.limits.startRate));
		const gapMs = this.#lastEventAt === null ? 0 : Math.min(longest, Math.max(0, now - this.#lastEventAt));
		this.#lastEventAt = now;
		this.#spell.pass(gapMs);
		return gapMs;
	}
}
