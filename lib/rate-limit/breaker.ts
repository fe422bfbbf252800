import { Announcement } from './announcement';
import type { PacerSettings } from './settings';

type Figures = Pick<PacerSettings, 'breakerConsecutive' | 'breakerWindow' | 'breakerRatio' | 'breakerProbesMs'>;

/**
 * Notices that the platform fails for everybody, and pauses instead of burning every list's attempts: then single
 * probes, further and further apart, until one passes or the last one fails and the platform counts as down.
 */
export class Breaker {
	#recent: boolean[] = [];
	#inARow = 0;
	/** Null while all is well. */
	#pause: { probeAt: number; probes: number; out: boolean } | null = null;
	#changes = new Announcement();
	#downs = 0;

	constructor(private readonly figures: Figures) {}

	get paused(): boolean {
		return this.#pause !== null;
	}

	/** How many times the platform was given up; a waiter that sees it change gives up as well. */
	get downs(): number {
		return this.#downs;
	}

	/** What keeps a request from leaving: a time to sleep in ms, an event to wait for, or nothing. */
	holds(now: number): number | Promise<void> | null {
		if (!this.#pause) return null;
		if (this.#pause.out) return this.#changes.next;
		return now < this.#pause.probeAt ? this.#pause.probeAt - now : null;
	}

	/** A request passes (nothing holds it); tells whether it is a probe. */
	pass(): boolean {
		if (!this.#pause) return false;
		this.#pause.out = true;
		return true;
	}

	/** A request is back: `failed` for transport failures and 5xx, not for refusals. */
	settled(now: number, probe: boolean, failed: boolean): void {
		if (this.#pause) {
			// What left before the pause says nothing new.
			if (probe) this.#probed(now, failed);
			return;
		}
		this.#recent.push(failed);
		if (this.#recent.length > this.figures.breakerWindow) this.#recent.shift();
		this.#inARow = failed ? this.#inARow + 1 : 0;
		if (failed && this.#tripped()) {
			this.#pause = { probeAt: now, probes: 0, out: false };
			this.#waitForProbe(now);
		}
	}

	#tripped(): boolean {
		if (this.#inARow >= this.figures.breakerConsecutive) return true;
		const failures = this.#recent.filter(Boolean).length;
		return (
			this.#recent.length >= this.figures.breakerWindow && failures > this.#recent.length * this.figures.breakerRatio
		);
	}

	#probed(now: number, failed: boolean): void {
		if (!failed) {
			this.#pause = null;
			this.#recent = [];
			this.#inARow = 0;
		} else {
			this.#waitForProbe(now);
		}
		this.#changes.make();
	}

	#waitForProbe(now: number): void {
		const pause = this.#pause;
		if (!pause) return;
		pause.out = false;
		if (pause.probes < this.figures.breakerProbesMs.length) {
			pause.probeAt = now + this.figures.breakerProbesMs[pause.probes++];
			return;
		}
		// Down: those who wait are told; whoever comes after them may probe at once and starts the schedule anew.
		this.#downs++;
		pause.probeAt = now;
		pause.probes = 0;
	}
}
