import { Announcement } from './announcement';

/**
 * The one gate before the platform. It closes for everybody as soon as one request is told to wait, and reopens with a
 * single probe: never with all the sleepers at once, who would be refused together.
 */
export class Gate {
	#closedUntil = -Infinity;
	#probe: 'none' | 'wanted' | 'out' = 'none';
	#openings = new Announcement();

	/** Closes for `ms` from now; a longer closing that is already in force stays in force. */
	close(now: number, ms: number): void {
		this.#closedUntil = Math.max(this.#closedUntil, now + ms);
		if (this.#probe !== 'out') this.#probe = 'wanted';
	}

	/** What keeps a request from leaving: a time to sleep in ms, an event to wait for, or nothing. */
	holds(now: number): number | Promise<void> | null {
		if (now < this.#closedUntil) return this.#closedUntil - now;
		return this.#probe === 'out' ? this.#openings.next : null;
	}

	/** A request passes (nothing holds it); tells whether it is the probe that all others wait for. */
	pass(): boolean {
		if (this.#probe !== 'wanted') return false;
		this.#probe = 'out';
		return true;
	}

	/** The probe is back: the gate opens for all, unless it was closed again meanwhile. */
	probed(now: number): void {
		this.#probe = now < this.#closedUntil ? 'wanted' : 'none';
		this.#openings.make();
	}

	/** Milliseconds until the gate lets a probe through; 0 when it would now. */
	closedFor(now: number): number {
		return Math.max(0, this.#closedUntil - now);
	}
}
