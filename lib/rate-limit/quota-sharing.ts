/** Clients that know nothing of each other and draw on one quota: how that shows, and how fast to go then. */

import type { QuotaEstimate } from './measured-quota';
import { ADAPTIVE_RATE, QUOTA_SHARING } from './settings';

/** What came before a refusal: how an epoch of the adaptive rate ended, or slow start. */
export interface EpochEnd {
	readonly kind: 'slowStart' | 'probing';
	/** Seconds without the pause. */
	readonly activeSeconds: number;
	/** Requests that were accepted, and so many a second, the pause included. */
	readonly accepted: number;
	readonly average: number;
	/** What was expected of it. */
	readonly expected: QuotaEstimate;
	/** Whether a former quota was looked for until then, and still is. */
	readonly wasDropped: boolean;
	readonly isDropped: boolean;
}

/**
 * Whether others draw on the quota. What refuses a client that is alone is its own rate: epochs end when it was
 * foreseen, at the rate that was measured before. Where others have their part in it, they end by chance.
 */
export class SharingEvidence {
	#irregular = 0;
	/** Highest average of an epoch, in requests a second. */
	#highest = 0;
	#justRecovered = false;

	/** Takes the end of an epoch; tells whether others draw on the quota, as far as it and those before show. */
	isSharedAfter(epoch: EpochEnd): boolean {
		const isRegular = this.#isRegular(epoch);
		if (epoch.kind === 'probing' && !epoch.isDropped) this.#highest = Math.max(this.#highest, epoch.average);
		if (isRegular) this.#irregular = 0;
		else if (!this.#saysNothing(epoch)) this.#irregular++;
		this.#justRecovered = !isRegular && epoch.wasDropped && !epoch.isDropped;
		return this.#irregular >= QUOTA_SHARING.irregularEpochs;
	}

	#isRegular({ activeSeconds, accepted, average, expected, isDropped }: EpochEnd): boolean {
		const { agreeingShare, agreeingRequests } = ADAPTIVE_RATE;
		if (activeSeconds < QUOTA_SHARING.earlyShare * expected.epochSeconds) return false;
		const tolerance = Math.max(agreeingShare, agreeingRequests / accepted);
		// A part that shrinks a little with each epoch is what another client takes.
		const isAsHigh = isDropped || average >= this.#highest * (1 - agreeingShare);
		return isAsHigh && Math.abs(average - expected.accepted) < tolerance * expected.accepted;
	}

	/** The quota may have risen or dropped; but one that is found again and drops at once is another client's work. */
	#saysNothing({ kind, average, expected, wasDropped, isDropped }: EpochEnd): boolean {
		if (kind === 'slowStart') return !wasDropped || !isDropped;
		return average < expected.accepted * ADAPTIVE_RATE.decreaseFactor && !this.#justRecovered;
	}
}

/** Seconds after which the next refusal is due: the shorter, the more refusals and the faster the growth. */
function refusalSeconds(perSecond: number): number {
	const { atOnePerSecond, shortest, longest } = QUOTA_SHARING.refusalSeconds;
	return Math.min(longest, Math.max(shortest, atOnePerSecond * perSecond ** 2));
}

/**
 * How fast to go where others draw on the quota. All clients see about the same share of their requests refused, so
 * whoever goes by that share alone comes to the rate of all others: it falls by a share with each refusal, and grows so
 * that it makes up for that in the time after which the next one is due. The steeper this time rises with the rate, the
 * less chance decides: from n refusals their share is known to 1/sqrt(n), and the rate to a k-th of that where the time
 * rises with the rate's power of k - 1. Steep everywhere it cannot be, because it must not exceed 5 % nor become too
 * seldom to be noticed; it is around one request a second, where many clients come to lie.
 */
export class FairShare {
	#rate: number;
	/** Refusals to come that still tell of the start, when all went too fast. */
	#settling: number;
	#sinceRefusal = 0;
	#reached = 0;
	#sameReached = 0;

	/** @param perSecond to begin with */
	constructor(perSecond: number, settling = 0) {
		this.#rate = perSecond;
		this.#settling = settling;
	}

	/** Requests a second. */
	get rate(): number {
		return this.#rate;
	}

	get isSettling(): boolean {
		return this.#settling > 0;
	}

	/**
	 * A request was accepted, `seconds` after the last event.
	 *
	 * @param fastest requests a second; it does not grow beyond
	 */
	accepted(seconds: number, fastest: number): void {
		this.#sinceRefusal += seconds;
		const due = refusalSeconds(this.#rate);
		// A refusal that is overdue means that others have left: the growth doubles as often as it was due.
		const haste = 2 ** Math.max(0, this.#sinceRefusal / due - 1);
		const grown = this.#rate * Math.exp(Math.min(1, (QUOTA_SHARING.decreaseShare * haste * seconds) / due));
		this.#rate = Math.max(this.#rate, Math.min(grown, fastest));
	}

	/**
	 * A request was refused.
	 *
	 * @param average requests a second that were accepted since the start, while it settles
	 * @returns whether nobody else seems to draw on the quota any more: refusals come at one and the same rate
	 */
	refused(average: number, slowest: number): boolean {
		this.#sinceRefusal = 0;
		const { decreaseShare, sameRateShare, soleRefusals } = QUOTA_SHARING;
		const reached = this.#rate;
		const next = this.isSettling ? settledRate(reached, average) : reached * (1 - decreaseShare);
		this.#rate = Math.max(slowest, next);
		if (this.#settling-- > 0) return false;
		const isSame = Math.abs(reached - this.#reached) < sameRateShare * this.#reached;
		this.#sameReached = isSame ? this.#sameReached + 1 : 0;
		this.#reached = reached;
		return this.#sameReached >= soleRefusals;
	}
}

/** While all who started together went too fast, what was accepted is about everybody's part. */
export function settledRate(reached: number, average: number): number {
	return Math.min(reached * ADAPTIVE_RATE.decreaseFactor, Math.max(reached * QUOTA_SHARING.settledShare, average));
}
