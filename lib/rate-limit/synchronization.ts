import type { Clock } from '../clock';
import { TIMER_TOLERANCE_MS } from './settings';

/** Why a request has to wait: for so many ms, or until a condition is notified. */
export type Wait = number | Condition;

/** A condition variable: whoever waits goes on when it is notified, and looks again. */
export class Condition {
	readonly #wake = new Set<() => void>();

	notifyAll(): void {
		for (const wake of this.#wake) wake();
	}

	/** Also resolves when `signal` aborts. */
	async wait(signal: AbortSignal): Promise<void> {
		if (signal.aborted) return;
		await new Promise<void>((resolve) => {
			const wake = () => {
				this.#wake.delete(wake);
				signal.removeEventListener('abort', wake);
				resolve();
			};
			this.#wake.add(wake);
			signal.addEventListener('abort', wake);
		});
	}
}

/** One task at a time, first come, first served, urgent ones before others. p-limit knows no priorities. */
export class PriorityMutex {
	#isLocked = false;
	readonly #urgent = new Set<() => void>();
	readonly #normal = new Set<() => void>();

	/** Null when `signal` aborted before the task's turn. */
	async run<T>(urgent: boolean, signal: AbortSignal, task: () => Promise<T>): Promise<T | null> {
		if (!(await this.#acquire(urgent ? this.#urgent : this.#normal, signal))) return null;
		try {
			return await task();
		} finally {
			this.#release();
		}
	}

	async #acquire(queue: Set<() => void>, signal: AbortSignal): Promise<boolean> {
		if (signal.aborted) return false;
		if (!this.#isLocked) return (this.#isLocked = true);
		return await new Promise<boolean>((resolve) => {
			const leaveQueue = (acquired: boolean) => {
				queue.delete(acquire);
				signal.removeEventListener('abort', giveUp);
				resolve(acquired);
			};
			const acquire = () => leaveQueue(true);
			const giveUp = () => leaveQueue(false);
			queue.add(acquire);
			signal.addEventListener('abort', giveUp);
		});
	}

	#release(): void {
		const [next] = this.#urgent.size > 0 ? this.#urgent : this.#normal;
		// Stays locked for the task that is woken: no other can come first.
		if (next) next();
		else this.#isLocked = false;
	}
}

/** Keeps requests apart as a rate says: a leaky bucket that lets a late request be made good within a tolerance. */
export class MinInterval {
	#lastSentAt = -Infinity;

	/** When the next request may leave, in ms. */
	nextAt(perSecond: number): number {
		return this.#lastSentAt + 1_000 / perSecond;
	}

	sent(now: number, perSecond: number): void {
		const due = this.nextAt(perSecond);
		this.#lastSentAt = now - due <= TIMER_TOLERANCE_MS ? due : now;
	}
}

/**
 * The clock's time, except that it never goes back: a wall clock that is put back by an hour must not make a pause last
 * an hour longer. The time between the two readings is lost, so a pause may begin again. For durations only, not for
 * dates that others name.
 */
export class MonotonicClock {
	#last = -Infinity;
	/** ms that the clock has gone back so far. */
	#offset = 0;

	constructor(private readonly clock: Pick<Clock, 'now'>) {}

	now(): number {
		const now = this.clock.now();
		if (now < this.#last) this.#offset += this.#last - now;
		this.#last = now;
		return now + this.#offset;
	}
}
