/** ms; a pause that a timer overslept by this much or less is made good by the next request. */
export const TIMER_SLACK_MS = 50;

/** Keeps departures apart as a rate says. */
export class Spacing {
	#lastLeft = -Infinity;

	nextAt(perSecond: number): number {
		return this.#lastLeft + 1_000 / perSecond;
	}

	left(now: number, perSecond: number): void {
		const due = this.nextAt(perSecond);
		this.#lastLeft = now - due <= TIMER_SLACK_MS ? due : now;
	}
}
