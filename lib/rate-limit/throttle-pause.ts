/** 1 s: the pause after a refusal that names none, and the most common Retry-After there is. */
const FIRST_PAUSE_MS = 1_000;

/** 30 s: a minute's window is then probed at least twice. */
const LONGEST_PAUSE_MS = 30_000;

/** Never less, whatever the platform says: `Retry-After: 0` must not turn into a tight loop. */
const SHORTEST_PAUSE_MS = 100;

/** Chooses the pause after a refusal: what the platform asks for, and our own doubling one where it keeps refusing. */
export class ThrottlePause {
	#refusalsInARow = 0;

	refused(retryAfterMs: number | null): number {
		const own = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#refusalsInARow++);
		if (retryAfterMs === null) return own;
		const obeyed = Math.max(SHORTEST_PAUSE_MS, retryAfterMs);
		return this.#refusalsInARow > 2 ? Math.max(obeyed, own / 4) : obeyed;
	}

	granted(): void {
		this.#refusalsInARow = 0;
	}
}
