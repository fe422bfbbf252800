/**
 * One at a time, first come, first served; but who is urgent goes before those who are not. p-limit knows no
 * priorities.
 */
export class Turnstile {
	#busy = false;
	readonly #urgent: Array<() => void> = [];
	readonly #others: Array<() => void> = [];

	async pass<T>(urgent: boolean, task: () => Promise<T>): Promise<T> {
		if (this.#busy) await new Promise<void>((resolve) => (urgent ? this.#urgent : this.#others).push(resolve));
		this.#busy = true;
		try {
			return await task();
		} finally {
			const next = this.#urgent.shift() ?? this.#others.shift();
			// Stays busy where somebody waits: nobody may slip in before the one who is woken.
			if (next) next();
			else this.#busy = false;
		}
	}
}
