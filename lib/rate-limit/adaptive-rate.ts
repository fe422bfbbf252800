import { Epoch, QuotaDrop, Throughput, type QuotaEstimate } from './measured-quota';
import { ADAPTIVE_RATE, QUOTA_DROP, type RateLimitSettings } from './settings';

type Phase =
	/** Nothing is known, or the quota rose: from `rate` on, the rate doubles every second until a request is refused. */
	| { readonly kind: 'slowStart'; readonly rate: number; readonly accepted: number; readonly seconds: number }
	/** The rate grows from the estimate's start by a surplus, in requests a second, that doubles twice in the epoch. */
	| { readonly kind: 'probing'; readonly surplus: number };

/** Before the first measurement. */
const NO_ESTIMATE: QuotaEstimate = { accepted: 0, start: 0, epochSeconds: ADAPTIVE_RATE.minEpochSeconds };

/**
 * How fast requests may leave. Additive increase and multiplicative decrease (AIMD) with a memory: a refusal means that
 * the platform's allowance was empty, so what was accepted since the last one *is* the quota, or this client's share.
 *
 * - Slow start, as TCP has it: the rate doubles every second until a request is refused.
 * - An epoch lasts from one refusal to the next. Its rate starts a little above the measured quota and grows, slowly at
 *   first. By the end of the epoch, the surplus has used up what the platform's allowance gathered during the pause.
 * - Epochs become longer while each measurement agrees with the one before. They are short after a change, and if other
 *   clients share the quota. A refusal slows a fast client more than a slow one. Short epochs have more refusals, so
 *   they bring clients that do not know of each other to equal shares sooner.
 */
export class AdaptiveRate {
	#phase: Phase;
	/** Seconds under load since the phase began. */
	#phaseSeconds = 0;
	/** Null before the first measurement; until then the phase is slow start. */
	#estimate: QuotaEstimate | null = null;
	#epoch = new Epoch();
	#throughputNow = 0;
	/** Length of the last pause. */
	#pauseSeconds = 0;
	/** The next epoch lasts at least so many times as long as that pause. */
	#epochPauses = ADAPTIVE_RATE.minEpochPauses;
	#statedLimit = Infinity;
	#lastEventAt: number | null = null;
	readonly #throughput = new Throughput();
	readonly #drop = new QuotaDrop();

	/** @param max read anew each time, since it depends on which runs are active */
	constructor(
		private readonly settings: Pick<RateLimitSettings, 'startRate' | 'minRate'>,
		private readonly max: { readonly maxRate: number },
	) {
		this.#phase = { kind: 'slowStart', rate: settings.startRate, accepted: 0, seconds: 0 };
	}

	/** Before the first measurement: goes on from `perSecond`, unless it goes faster already. */
	startAt(perSecond: number): void {
		if (this.#estimate !== null || (this.#lastEventAt !== null && perSecond <= this.perSecond)) return;
		this.#begin({ kind: 'slowStart', rate: perSecond, accepted: 0, seconds: 0 });
	}

	/** Requests a second at this moment. */
	get perSecond(): number {
		const phase = this.#phase;
		const wanted = phase.kind === 'slowStart' ? this.#slowStartRate(phase.rate) : this.#probingRate(phase.surplus);
		return Math.min(this.max.maxRate, this.#statedLimit, this.#atLeastMin(wanted));
	}

	/** Requests a second that can be expected to last. */
	get sustained(): number {
		if (this.#estimate === null) return this.perSecond;
		return Math.min(this.perSecond, this.#atLeastMin(this.#estimate.accepted));
	}

	/**
	 * Whether the platform's quota is used up at this moment, so that more requests in flight would bring nothing. In
	 * slow start it is not: the refusal that was expected did not come.
	 */
	get isQuotaUsedUp(): boolean {
		const { usedUpShare } = ADAPTIVE_RATE;
		const isExpected = this.#estimate !== null && this.#phase.kind === 'probing';
		return isExpected && this.#throughputNow >= usedUpShare * this.#known.accepted;
	}

	/** A rate that the platform states itself; never exceeded. */
	limitTo(perSecond: number): void {
		this.#statedLimit = perSecond;
	}

	/** A request was not refused for want of quota, whatever else came of it. */
	accepted(now: number): void {
		const maxLoadGapMs = Math.max(ADAPTIVE_RATE.maxLoadGapMs, 1_000 / this.perSecond);
		this.#phaseSeconds += Math.min(this.#pass(now), maxLoadGapMs) / 1_000;
		this.#epoch.accept();
		this.#throughput.add(now);
		this.#throughputNow = this.#throughput.at(now);
		const { overdueFactor } = this.#drop.formerQuota ? QUOTA_DROP : ADAPTIVE_RATE;
		const isOverdue = this.#phaseSeconds >= overdueFactor * this.#known.epochSeconds;
		if (this.#phase.kind === 'probing' && isOverdue) this.#startSlowly();
	}

	/** A pause is over: an epoch begins. @param pausedMs the length of the pause; 0 if its probe was refused */
	resumed(pausedMs: number): void {
		if (this.#phase.kind === 'slowStart') return;
		this.#pauseSeconds = pausedMs / 1_000;
		const pauses = this.#drop.formerQuota ? QUOTA_DROP.epochPauses : this.#epochPauses;
		const known = this.#known;
		const epochSeconds = Math.max(known.epochSeconds, this.#pauseSeconds * pauses);
		this.#estimate = { ...known, epochSeconds };
		this.#epoch.resume();
		// The surplus, doubling n times in the epoch, adds up to what may be spent: its integral over the epoch.
		const doublings = ADAPTIVE_RATE.doublingsPerEpoch;
		const toSpend = this.#epoch.allowance(known.accepted) + 1;
		this.#begin({
			kind: 'probing',
			surplus: (toSpend * Math.LN2 * doublings) / (epochSeconds * (2 ** doublings - 1)),
		});
	}

	/**
	 * A request was refused for want of quota; to be called once for all that were in flight together.
	 *
	 * @param retryAfterMs the wait that the platform asked for
	 */
	refused(now: number, retryAfterMs = 0): void {
		this.#epochPauses = this.#epochPausesAfter(retryAfterMs / 1_000);
		const reached = this.perSecond;
		this.#pass(now);
		if (this.#epoch.accepted < (this.#estimate === null ? ADAPTIVE_RATE.minSamples : 1)) return this.#lower(reached);
		this.#estimate = this.#measured(now, reached);
		this.#epoch = new Epoch();
		this.#begin({ kind: 'probing', surplus: 0 });
	}

	/** After a refusal that teaches nothing, because too little was accepted before it. */
	#lower(reached: number): void {
		this.#phaseSeconds = 0;
		if (this.#estimate === null) {
			this.#phase = { kind: 'slowStart', rate: this.#atLeastMin(reached / 2), accepted: 0, seconds: 0 };
			return;
		}
		const { accepted, start, epochSeconds } = this.#estimate;
		this.#estimate = {
			accepted: this.#atLeastMin(accepted * ADAPTIVE_RATE.refusedProbeFactor),
			start: this.#atLeastMin(start * ADAPTIVE_RATE.refusedProbeFactor),
			epochSeconds,
		};
	}

	#measured(now: number, reached: number): QuotaEstimate {
		const throughput = this.#throughput.at(now);
		const before = this.#known;
		const average = this.#estimate === null ? 0 : this.#epoch.average;
		const rate = Math.max(average, Math.min(throughput, this.#slowStartAverage));
		const reachedSurely = Math.min(reached, rate * ADAPTIVE_RATE.maxReachedFactor);
		const above = rate + ADAPTIVE_RATE.reachedWeight * Math.max(0, reachedSurely - rate);

		const accepted = this.#atLeastMin(Math.max(rate, before.accepted * ADAPTIVE_RATE.decreaseFactor));
		const start = Math.max(accepted, above, before.start * ADAPTIVE_RATE.decreaseFactor);
		const agrees = this.#agrees(start);
		const epochSeconds = agrees ? this.#longerEpoch(accepted) : ADAPTIVE_RATE.minEpochSeconds;
		return this.#drop.update(now, { accepted, start, epochSeconds }, agrees, throughput);
	}

	/**
	 * Requests a second since slow start began, when a full burst was drawn on; what came before it was another quota. 0
	 * in other phases.
	 */
	get #slowStartAverage(): number {
		const phase = this.#phase;
		if (phase.kind !== 'slowStart') return 0;
		const seconds = this.#epoch.seconds - phase.seconds + ADAPTIVE_RATE.assumedBurstSeconds;
		return (this.#epoch.accepted - phase.accepted) / seconds;
	}

	/** Whether the next epoch starts about where the last one did. */
	#agrees(start: number): boolean {
		const { agreeingDrop, agreeingShare, agreeingRequests, agreeingRise } = ADAPTIVE_RATE;
		const drop = Math.min(agreeingDrop, agreeingShare + agreeingRequests / this.#epoch.accepted);
		const before = this.#known.start;
		return start >= before * (1 - drop) && start <= before * (1 + agreeingRise);
	}

	#epochPausesAfter(retryAfterSeconds: number): number {
		const { minEpochPauses, maxEpochPauses, secondsPerEpochPause, minSamplesOfLongWait } = ADAPTIVE_RATE;
		if (this.#epoch.accepted < minSamplesOfLongWait) return minEpochPauses;
		return Math.max(minEpochPauses, Math.min(maxEpochPauses, retryAfterSeconds / secondsPerEpochPause));
	}

	#longerEpoch(rate: number): number {
		const { maxEpochSeconds, fastFromRate, maxEpochPauses, minEpochSeconds, epochGrowth } = ADAPTIVE_RATE;
		const byRate = Math.max(maxEpochSeconds.slow, maxEpochSeconds.fast * Math.min(1, Math.sqrt(rate / fastFromRate)));
		const longest = Math.max(byRate, this.#pauseSeconds * maxEpochPauses);
		return Math.max(minEpochSeconds, Math.min(longest, this.#epoch.activeSeconds * epochGrowth));
	}

	/** No refusal for longer than expected: the quota rose. */
	#startSlowly(): void {
		const formerQuota = this.#drop.formerQuota?.accepted ?? 0;
		const rate = Math.max(this.perSecond, formerQuota * QUOTA_DROP.retryShare);
		this.#begin({ kind: 'slowStart', rate, accepted: this.#epoch.accepted, seconds: this.#epoch.seconds });
	}

	#begin(phase: Phase): void {
		this.#phase = phase;
		this.#phaseSeconds = 0;
	}

	#slowStartRate(from: number): number {
		const fastest = Math.max(from, this.settings.startRate, ADAPTIVE_RATE.maxTimesThroughput * this.#throughputNow);
		return Math.min(from * 2 ** this.#phaseSeconds, fastest);
	}

	#probingRate(surplus: number): number {
		const { start, epochSeconds } = this.#known;
		const grown = surplus * 2 ** ((ADAPTIVE_RATE.doublingsPerEpoch * this.#phaseSeconds) / epochSeconds);
		return start + Math.min(grown, Math.max(start, 1));
	}

	get #known(): QuotaEstimate {
		return this.#estimate ?? NO_ESTIMATE;
	}

	#atLeastMin(rate: number): number {
		return Math.max(this.settings.minRate, rate);
	}

	/** Adds the time since the last event to the epoch, as far as it counts; returns these ms. */
	#pass(now: number): number {
		const intervalMs = 1_000 / (this.#estimate?.accepted ?? this.settings.startRate);
		const maxGapMs = Math.max(ADAPTIVE_RATE.maxGapMs, 2 * intervalMs);
		const gapMs = this.#lastEventAt === null ? 0 : Math.min(maxGapMs, Math.max(0, now - this.#lastEventAt));
		this.#lastEventAt = now;
		this.#epoch.pass(gapMs);
		return gapMs;
	}
}
