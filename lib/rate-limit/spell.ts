/** What was granted since the last refusal, and in how much time: of a platform with a quota, this is the quota. */
export class Spell {
	#granted = 0;
	#seconds = 0;
	#closedSeconds = 0;
	#learningFrom = { granted: 0, seconds: 0 };

	/** Requests granted since the last refusal. */
	get granted(): number {
		return this.#granted;
	}

	/** Seconds since the gate reopened. */
	get openSeconds(): number {
		return this.#seconds - this.#closedSeconds;
	}

	/** Requests a second, the time with the gate closed included: more than this the platform certainly grants. */
	get average(): number {
		return this.#granted / Math.max(this.#seconds, 0.001);
	}

	/** Requests that a platform granting `rate` had saved up and that were not asked for yet. */
	saved(rate: number): number {
		return Math.max(0, rate * this.#seconds - this.#granted);
	}

	/** Requests a second since learning began, if a full allowance of `burstSeconds` was drawn on. */
	learnt(burstSeconds: number): number {
		return (this.#granted - this.#learningFrom.granted) / (this.#seconds - this.#learningFrom.seconds + burstSeconds);
	}

	grant(): void {
		this.#granted++;
	}

	pass(ms: number): void {
		this.#seconds += ms / 1_000;
	}

	reopened(): void {
		this.#closedSeconds = this.#seconds;
	}

	learns(): void {
		this.#learningFrom = { granted: this.#granted, seconds: this.#seconds };
	}
}
