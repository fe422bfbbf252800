import type { Clock } from '../../lib/clock';
import type { VirtualClock } from '../../tools/virtual-clock';

/** What a clock was put forward (or back, where negative), and when in truth; both in ms. */
export interface ClockChange {
	readonly at: number;
	readonly byMs: number;
}

/** The clock of the client's machine, which somebody puts forward and back while the platform's goes right. */
export class ClientClock implements Clock {
	readonly changes: ClockChange[] = [];
	#wrongMs = 0;

	constructor(private readonly truth: VirtualClock) {}

	now(): number {
		return this.truth.now() + this.#wrongMs;
	}

	async sleep(ms: number, signal?: AbortSignal): Promise<void> {
		await this.truth.sleep(ms, signal);
	}

	put(byMs: number): void {
		this.#wrongMs += byMs;
		this.changes.push({ at: this.truth.now(), byMs });
	}
}
