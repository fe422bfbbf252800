/* eslint-disable @n8n/community-nodes/no-restricted-globals --
   a clock for tests has to know when the real event loop has nothing left to do */
import type { Clock } from '../lib/clock';

/** Turns of the event loop given to chains of `setImmediate` (streams use them) before time moves on regardless. */
const MAX_DRAIN_TURNS = 100;

/** Real milliseconds that real I/O may take while nothing sleeps; then the run is called a deadlock. */
const DEFAULT_IDLE_MS = 2_000;

interface Sleeper {
	readonly due: number;
	readonly order: number;
	wake: (() => void) | null;
}

/**
 * A deterministic discrete-event clock: time moves only when every task waits, straight to the next sleeper's due time.
 * Sleepers due at the same millisecond wake in the order in which they went to sleep, each with all that follows from
 * it done before the next one wakes. Real I/O is waited for only while nobody sleeps, so keep sockets out of virtual
 * time.
 *
 *     const clock = new VirtualClock(Date.UTC(2026, 0, 1));
 *     const answer = await clock.run(async () => { await clock.sleep(60_000); return clock.now(); });
 */
export class VirtualClock implements Clock {
	#now: number;
	#order = 0;
	/** Binary heap by (due, order). */
	readonly #heap: Sleeper[] = [];

	constructor(
		startMs = Date.UTC(2026, 0, 1),
		private readonly idleMs = DEFAULT_IDLE_MS,
	) {
		this.#now = startMs;
	}

	now(): number {
		return this.#now;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		if (signal?.aborted) return;
		await new Promise<void>((resolve) => {
			const sleeper: Sleeper = {
				due: this.#now + Math.max(0, Number.isNaN(ms) ? 0 : ms),
				order: this.#order++,
				wake: null,
			};
			const onAbort = () => sleeper.wake?.();
			sleeper.wake = () => {
				sleeper.wake = null;
				signal?.removeEventListener('abort', onAbort);
				resolve();
			};
			signal?.addEventListener('abort', onAbort);
			this.#push(sleeper);
		});
	}

	/** Runs `action` after `ms`; for scripts of a test ("abort at 3 s", "halve the quota at 60 s"). */
	after(ms: number, action: () => void): void {
		void this.sleep(ms).then(action);
	}

	/** Lets virtual time pass until `body` settles; rejects as `body` does, or when nothing can ever wake it. */
	async run<T>(body: () => Promise<T>): Promise<T> {
		let settled = false;
		const result = body().finally(() => {
			settled = true;
		});
		result.catch(() => undefined);
		let idleSince: number | null = null;
		for (;;) {
			await drained();
			if (settled) return await result;
			if (this.#wakeNext()) {
				idleSince = null;
				continue;
			}
			idleSince ??= Date.now();
			if (Date.now() - idleSince > this.idleMs)
				throw new Error('Deadlock in virtual time: the run waits, but nothing sleeps.');
			await new Promise<void>((resolve) => setTimeout(resolve, 1));
		}
	}

	#wakeNext(): boolean {
		for (let next = this.#pop(); next; next = this.#pop()) {
			if (!next.wake) continue;
			this.#now = Math.max(this.#now, next.due);
			next.wake();
			return true;
		}
		return false;
	}

	#push(sleeper: Sleeper): void {
		const heap = this.#heap;
		let at = heap.push(sleeper) - 1;
		while (at > 0) {
			const parent = (at - 1) >> 1;
			if (!before(heap[at], heap[parent])) return;
			[heap[at], heap[parent]] = [heap[parent], heap[at]];
			at = parent;
		}
	}

	#pop(): Sleeper | undefined {
		const heap = this.#heap;
		const top = heap[0];
		const last = heap.pop();
		if (last === undefined || heap.length === 0) return top;
		heap[0] = last;
		for (let at = 0; ; ) {
			let least = at;
			for (const child of [2 * at + 1, 2 * at + 2]) {
				if (child < heap.length && before(heap[child], heap[least])) least = child;
			}
			if (least === at) return top;
			[heap[at], heap[least]] = [heap[least], heap[at]];
			at = least;
		}
	}
}

function before(a: Sleeper, b: Sleeper): boolean {
	return a.due < b.due || (a.due === b.due && a.order < b.order);
}

/**
 * Resolves when no microtask and no immediate is left: one turn empties the microtask queue, however long its chains.
 */
async function drained(): Promise<void> {
	for (let turn = 0; turn < MAX_DRAIN_TURNS; turn++) {
		await new Promise<void>((resolve) => setImmediate(resolve));
		if (!process.getActiveResourcesInfo().includes('Immediate')) return;
	}
}
