import { pacerSettings, type PacerSettings } from './settings';

/** What one run asks of the platform's pacer. */
export type RunLimits = Pick<PacerSettings, 'startRate' | 'maxRate' | 'concurrency'>;

/** Fills in what is not given from `defaults`, and brings the rest into range. */
export function runLimits(given: Partial<RunLimits>, defaults: PacerSettings): RunLimits {
	const { startRate, maxRate, concurrency } = pacerSettings({ ...defaults, ...given });
	return { startRate, maxRate, concurrency };
}

/**
 * The limits of all runs that have requests waiting or under way. The boldest decides for the platform; the others keep
 * their own distance below it (`PacedRun`). While nobody asks, the last ones stay.
 */
export class LimitsInForce {
	readonly #asking = new Map<RunLimits, number>();
	#boldest: Pick<RunLimits, 'maxRate' | 'concurrency'>;

	constructor(first: RunLimits) {
		this.#boldest = first;
	}

	get maxRate(): number {
		return this.#boldest.maxRate;
	}

	get concurrency(): number {
		return this.#boldest.concurrency;
	}

	/** A run begins, and has nothing to ask for yet. */
	announce(limits: RunLimits): void {
		if (this.#asking.size === 0) this.#boldest = limits;
	}

	/** Counts `limits` while `work` goes on. */
	async during<T>(limits: RunLimits, work: () => Promise<T>): Promise<T> {
		this.#count(limits, 1);
		return await work().finally(() => this.#count(limits, -1));
	}

	#count(limits: RunLimits, difference: 1 | -1): void {
		const before = this.#asking.get(limits) ?? 0;
		const now = before + difference;
		if (now > 0) this.#asking.set(limits, now);
		else this.#asking.delete(limits);
		if (before > 0 === now > 0 || this.#asking.size === 0) return;
		const all = [...this.#asking.keys()];
		this.#boldest = {
			maxRate: Math.max(...all.map(({ maxRate }) => maxRate)),
			concurrency: Math.max(...all.map(({ concurrency }) => concurrency)),
		};
	}
}
