import type { Clock } from '../clock';

/**
 * The clock's time, except that it never goes back: a wall clock that is put right by an hour would otherwise make
 * every pause last an hour longer. What passed between the two readings is lost: a pause may begin again. Good for
 * measuring pauses, not for dates that others have named.
 */
export class SteadyTime {
	#last = -Infinity;
	/** Milliseconds that the clock has gone back so far. */
	#wentBack = 0;

	constructor(private readonly clock: Clock) {}

	now(): number {
		const now = this.clock.now();
		if (now < this.#last) this.#wentBack += this.#last - now;
		this.#last = now;
		return now + this.#wentBack;
	}
}
