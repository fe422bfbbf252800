import type { RateLimitSettings } from './settings';
import { Condition, type Wait } from './synchronization';

type BreakerSettings = Pick<
	RateLimitSettings,
	'breakerConsecutive' | 'breakerWindow' | 'breakerRatio' | 'breakerProbesMs'
>;

type State =
	/** Requests leave; `recent` has whether each of the last ones failed. */
	| { readonly kind: 'closed'; readonly recent: readonly boolean[]; readonly consecutiveFailures: number }
	/** Nothing leaves before `probeAt`; then one probe does. `delays` of the schedule are used, its own included. */
	| { readonly kind: 'open'; readonly probeAt: number; readonly delays: number }
	/** The probe is in flight, and all others wait for it. */
	| { readonly kind: 'halfOpen'; readonly delays: number };

const CLOSED: State = { kind: 'closed', recent: [], consecutiveFailures: 0 };

/**
 * Notices that the platform fails for everybody, and stops all requests instead of spending every list's attempts: then
 * single probes, further and further apart, until one succeeds, or the last one fails and the platform counts as down.
 */
export class CircuitBreaker {
	#state: State = CLOSED;
	#outages = 0;
	readonly #probed = new Condition();

	constructor(private readonly settings: BreakerSettings) {}

	get isClosed(): boolean {
		return this.#state.kind === 'closed';
	}

	/** How often the platform counted as down; a waiting request that sees it grow gives up. */
	get outages(): number {
		return this.#outages;
	}

	/** What a request has to wait for; null when it may leave. */
	blockedBy(now: number): Wait | null {
		if (this.#state.kind === 'halfOpen') return this.#probed;
		return this.#state.kind === 'open' && now < this.#state.probeAt ? this.#state.probeAt - now : null;
	}

	/** A request leaves, which nothing blocks; returns whether it is the probe. */
	leave(): boolean {
		if (this.#state.kind !== 'open') return false;
		this.#state = { kind: 'halfOpen', delays: this.#state.delays };
		return true;
	}

	/** A request is answered; `failed` where the platform did, and not where it refused. */
	answered(now: number, isProbe: boolean, failed: boolean): void {
		if (this.#state.kind === 'closed') {
			this.#count(now, this.#state, failed);
		} else if (isProbe && this.#state.kind === 'halfOpen') {
			this.#state = failed ? this.#nextProbe(now, this.#state.delays) : CLOSED;
			this.#probed.notifyAll();
		}
		// What left before the circuit opened says nothing new.
	}

	#count(now: number, state: State & { kind: 'closed' }, failed: boolean): void {
		const { breakerConsecutive, breakerWindow, breakerRatio } = this.settings;
		const recent = [...state.recent, failed].slice(-breakerWindow);
		const consecutiveFailures = failed ? state.consecutiveFailures + 1 : 0;
		const failures = recent.filter(Boolean).length;
		const isMostlyFailing = recent.length >= breakerWindow && failures > recent.length * breakerRatio;
		const trips = failed && (consecutiveFailures >= breakerConsecutive || isMostlyFailing);
		this.#state = trips ? this.#nextProbe(now, 0) : { kind: 'closed', recent, consecutiveFailures };
	}

	#nextProbe(now: number, delays: number): State {
		const schedule = this.settings.breakerProbesMs;
		if (delays < schedule.length) return { kind: 'open', probeAt: now + schedule[delays], delays: delays + 1 };
		// Down: waiting requests give up; whoever comes after them may probe at once, and the schedule starts anew.
		this.#outages++;
		return { kind: 'open', probeAt: now, delays: 0 };
	}
}
