import { Epoch, QuotaDrop, Throughput, type QuotaEstimate } from './measured-quota';
import { FairShare, settledRate, SharingEvidence } from './quota-sharing';
import { ADAPTIVE_RATE, QUOTA_DROP, QUOTA_SHARING, type RateLimitSettings } from './settings';

type Phase =
	/** Nothing is known, or the quota rose: from `rate` on, the rate doubles every second until a request is refused. */
	| { readonly kind: 'slowStart'; readonly rate: number; readonly accepted: number; readonly seconds: number }
	/** The rate grows from the estimate's start by a surplus, in requests a second, that doubles twice in the epoch. */
	| { readonly kind: 'probing'; readonly surplus: number }
	/** Others draw on the quota as well. */
	| { readonly kind: 'sharing'; readonly share: FairShare };

/** Before the first measurement. */
const NO_ESTIMATE: QuotaEstimate = { accepted: 0, start: 0, epochSeconds: ADAPTIVE_RATE.minEpochSeconds };

/**
 * How fast requests may leave. Additive increase and multiplicative decrease (AIMD) with a memory: a refusal means that
 * the platform's allowance was empty, so what was accepted since the last one *is* the quota, or this client's share.
 *
 * - Slow start, as TCP has it: the rate doubles every second until a request is refused.
 * - An epoch, from one refusal to the next: it starts a little above the quota that was measured and grows, slowly at
 *   first, by a surplus that uses up by its end what the allowance gathered during the pause. Epochs grow long where
 *   one measurement agrees with the one before, and are short where something changed.
 * - Sharing, where refusals come by chance, because others draw on the quota as well: then what was accepted says only
 *   how fast this client went, and keeping to it would keep shares as unequal as they are. Memory counts for nothing
 *   there, and the share of requests that is refused, which is the same for all, decides (`FairShare`).
 */
export class AdaptiveRate {
	#phase: Phase;
	/** Seconds under load since the phase began. */
	#phaseSeconds = 0;
	/** Null before the first measurement; until then the phase is slow start. */
	#estimate: QuotaEstimate | null = null;
	#epoch = new Epoch();
	#throughputNow = 0;
	#refusedAt = -Infinity;
	/** Length of the pause after the last refusal. */
	#pauseSeconds = 0;
	#statedLimit = Infinity;
	#lastEventAt: number | null = null;
	readonly #throughput = new Throughput();
	#drop = new QuotaDrop();
	#sharing = new SharingEvidence();
	/** Whether a request was refused before a burst was accepted. */
	#isCrowded = false;

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
		return Math.min(this.max.maxRate, this.#statedLimit, this.#atLeastMin(this.#wanted(this.#phase)));
	}

	#wanted(phase: Phase): number {
		switch (phase.kind) {
			case 'slowStart':
				return this.#slowStartRate(phase.rate);
			case 'probing':
				return this.#probingRate(phase.surplus);
			case 'sharing':
				return phase.share.rate;
		}
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
		const isExpected = this.#estimate !== null && this.#phase.kind !== 'slowStart';
		return isExpected && this.#throughputNow >= usedUpShare * this.#known.accepted;
	}

	/** A rate that the platform states itself; never exceeded. */
	limitTo(perSecond: number): void {
		this.#statedLimit = perSecond;
	}

	/** A request was not refused for want of quota, whatever else came of it. */
	accepted(now: number): void {
		const seconds = this.#pass(now) / 1_000;
		this.#phaseSeconds += seconds;
		this.#epoch.accept();
		this.#throughput.add(now);
		this.#throughputNow = this.#throughput.at(now);
		if (this.#phase.kind === 'sharing') {
			const fastest = Math.min(this.max.maxRate, ADAPTIVE_RATE.maxTimesThroughput * this.#epoch.average);
			return this.#phase.share.accepted(seconds, fastest);
		}
		const { overdueFactor } = this.#drop.formerQuota ? QUOTA_DROP : ADAPTIVE_RATE;
		const isOverdue = this.#phaseSeconds >= overdueFactor * this.#known.epochSeconds;
		if (this.#phase.kind === 'probing' && isOverdue) this.#startSlowly();
	}

	/** The pause after a refusal is over: an epoch begins. */
	resumed(now: number): void {
		if (this.#phase.kind !== 'probing') return;
		// The longer a refusal costs, the more seldom it is provoked.
		this.#pauseSeconds = Math.max(0, now - this.#refusedAt) / 1_000;
		const pauses = this.#drop.formerQuota ? QUOTA_DROP.epochPauses : ADAPTIVE_RATE.minEpochPauses;
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

	/** A request was refused for want of quota; to be called once for all that were in flight together. */
	refused(now: number): void {
		const reached = this.perSecond;
		this.#refusedAt = now;
		this.#pass(now);
		if (this.#phase.kind === 'sharing') return this.#refusedWhileSharing(this.#phase.share);
		if (this.#estimate === null && this.#epoch.accepted < QUOTA_SHARING.crowdedStart)
			return this.#refusedAtStart(reached);
		if (this.#estimate !== null && this.#epoch.accepted === 0) return this.#lower(this.#estimate);
		const isShared = this.#measure(now, reached);
		if (isShared) return this.#share(new FairShare(Math.min(reached, this.#known.accepted)), true);
		this.#epoch = new Epoch();
		this.#begin({ kind: 'probing', surplus: 0 });
	}

	/**
	 * Too little was accepted to measure a quota. Refused once more like that, others draw on it; but where nothing at
	 * all was accepted it is used up, and will be there for whoever waits.
	 */
	#refusedAtStart(reached: number): void {
		const rate = this.#atLeastMin(settledRate(reached, this.#averageAtStart));
		if (this.#isCrowded && this.#epoch.accepted > 0)
			return this.#share(new FairShare(rate, QUOTA_SHARING.settlingRefusals), false);
		this.#isCrowded = true;
		this.#begin({ kind: 'slowStart', rate, accepted: 0, seconds: 0 });
	}

	#share(share: FairShare, isMeasured: boolean): void {
		this.#begin({ kind: 'sharing', share });
		if (isMeasured) this.#refusedWhileSharing(share);
		else this.#estimate = { ...NO_ESTIMATE, accepted: share.rate, start: share.rate };
		this.#drop = new QuotaDrop();
		this.#sharing = new SharingEvidence();
	}

	#refusedWhileSharing(share: FairShare): void {
		const reached = share.rate;
		const isAlone = share.refused(this.#averageAtStart, this.settings.minRate);
		const rate = isAlone ? Math.min(reached, this.#epoch.average) : share.rate;
		this.#estimate = { ...NO_ESTIMATE, accepted: rate, start: rate };
		if (!share.isSettling) this.#epoch = new Epoch();
		if (isAlone) this.#begin({ kind: 'probing', surplus: 0 });
	}

	/** After a refusal that says "not yet" and no more, because nothing was accepted before it. */
	#lower({ accepted, start, epochSeconds }: QuotaEstimate): void {
		this.#phaseSeconds = 0;
		this.#estimate = {
			accepted: this.#atLeastMin(accepted * ADAPTIVE_RATE.refusedProbeFactor),
			start: this.#atLeastMin(start * ADAPTIVE_RATE.refusedProbeFactor),
			epochSeconds,
		};
	}

	/** Measures the quota; tells whether others seem to draw on it. */
	#measure(now: number, reached: number): boolean {
		const { kind } = this.#phase;
		const expected = this.#estimate;
		const wasDropped = this.#drop.formerQuota !== null;
		this.#estimate = this.#measured(now, reached);
		if (expected === null || kind === 'sharing') return false;
		const { accepted, average, activeSeconds } = this.#epoch;
		const isDropped = this.#drop.formerQuota !== null;
		return this.#sharing.isSharedAfter({ kind, accepted, average, activeSeconds, expected, wasDropped, isDropped });
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

	/** Requests a second since the very beginning, when a full burst was drawn on. */
	get #averageAtStart(): number {
		return this.#epoch.accepted / (this.#epoch.seconds + ADAPTIVE_RATE.assumedBurstSeconds);
	}

	/** Whether the next epoch starts about where the last one did. */
	#agrees(start: number): boolean {
		const before = this.#known.start;
		return Math.abs(start - before) <= ADAPTIVE_RATE.agreeingShare * before;
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
		const rate = Math.max(this.perSecond, formerQuota * QUOTA_DROP.foundShare);
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
