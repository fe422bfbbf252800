import * as figures from './rate-figures';

/** What one refusal taught. */
export interface Measured {
	/** Requests a second that the platform has certainly granted. */
	readonly proven: number;
	/** Requests a second with which the next spell starts. */
	readonly start: number;
	/** Seconds that it is expected to last. */
	readonly spellS: number;
}

/**
 * Remembers a quota that fell, because most come back: a platform is busy for a minute, or another client takes its
 * part and goes again. For two minutes it is looked for every few seconds, and taken up at once when it is there.
 */
export class FallenQuota {
	#high: Measured | null = null;
	#fellAt: number | null = null;

	/** What the quota was before it fell; null where it has not fallen, or is given up. */
	get before(): Measured | null {
		return this.#fellAt === null ? null : this.#high;
	}

	/**
	 * @param confirmed whether `measured` agrees with the measurement before it
	 * @param speed requests a second that were granted in the last moments
	 * @returns what to go on with: `measured`, with a short spell while the quota is fallen, or the old quota where it is
	 *   back
	 */
	judge(now: number, measured: Measured, confirmed: boolean, speed: number): Measured {
		const high = this.#high;
		if (high === null) return confirmed ? this.#remember(measured) : measured;
		if (this.#fellAt === null) {
			if (measured.proven < high.proven * figures.FALLEN) this.#fellAt = now;
			else return confirmed || measured.proven > high.proven ? this.#remember(measured) : measured;
		}
		if (now - this.#fellAt > figures.FALLEN_FOR_MS) return this.#remember(measured);
		if (speed >= high.proven * figures.CAME_BACK) {
			return this.#remember({ ...high, spellS: Math.min(high.spellS, figures.CAME_BACK_SPELL_S) });
		}
		if (measured.proven >= high.proven * figures.FALLEN) return this.#remember(measured);
		return { ...measured, spellS: Math.min(measured.spellS, figures.FALLEN_SPELL_S) };
	}

	#remember(measured: Measured): Measured {
		this.#high = measured;
		this.#fellAt = null;
		return measured;
	}
}
