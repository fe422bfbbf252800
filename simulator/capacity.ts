/** How many requests the platform works on at once. */

import type { CapacitySettings } from './settings';

export class Capacity {
	/** When each running request ends, in milliseconds since the epoch. */
	private readonly doneAt: number[] = [];

	constructor(private readonly settings: CapacitySettings) {}

	/** Whether a request that arrives now is turned away. */
	refuses(now: number): boolean {
		this.forget(now);
		return this.settings.beyond === 'refuse' && this.doneAt.length >= this.settings.atOnce;
	}

	/** Milliseconds until a request that arrives now and takes `workMs` is answered. */
	answeredAfter(now: number, workMs: number): number {
		this.forget(now);
		const before = this.doneAt.length - this.settings.atOnce;
		const startsAt = before < 0 ? now : this.doneAt[before];
		this.doneAt.push(startsAt + workMs);
		this.doneAt.sort((a, b) => a - b);
		return startsAt + workMs - now;
	}

	private forget(now: number): void {
		while (this.doneAt[0] <= now) this.doneAt.shift();
	}
}
