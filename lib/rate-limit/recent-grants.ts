/** Dropped entries are cut off in blocks of this size: cutting one at a time would cost more the faster requests go. */
const BLOCK = 512;

/** ms; two answers that come close together are no measure of speed. */
const SHORTEST_SPAN_MS = 500;

/** When the requests of the last moments were granted: the speed at which things really go. */
export class RecentGrants {
	#at: number[] = [];
	#from = 0;

	constructor(private readonly windowMs: number) {}

	add(now: number): void {
		this.#at.push(now);
		this.#forget(now);
	}

	/** Requests a second since the first one in the window; 0 where fewer than two are. */
	speed(now: number): number {
		this.#forget(now);
		const count = this.#at.length - this.#from;
		return count < 2 ? 0 : ((count - 1) * 1_000) / Math.max(SHORTEST_SPAN_MS, now - this.#at[this.#from]);
	}

	#forget(now: number): void {
		while (this.#at[this.#from] < now - this.windowMs) this.#from++;
		if (this.#from < BLOCK) return;
		this.#at = this.#at.slice(this.#from);
		this.#from = 0;
	}
}
