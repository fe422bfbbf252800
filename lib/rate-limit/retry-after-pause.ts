import { RETRY_AFTER_PAUSE } from './settings';
import { Condition, type Wait } from './synchronization';

type State =
	/** Requests leave. */
	| { readonly kind: 'closed' }
	/** Nothing leaves from `since` to `until`; the first request after that is the probe. */
	| ({ readonly kind: 'open' } & Pause)
	/**
	 * The probe is in flight, and all others wait for it. `until` may still be moved by answers from before the pause.
	 */
	| ({ readonly kind: 'halfOpen' } & Pause);

/** In ms. */
interface Pause {
	readonly since: number;
	readonly until: number;
}

/**
 * The pause of all requests after a Retry-After, in the words of a circuit breaker. It begins as soon as one request is
 * asked to wait, and ends with a single probe: all waiting requests at once would be refused together.
 */
export class RetryAfterPause {
	#state: State = { kind: 'closed' };
	#consecutiveRefusals = 0;
	readonly #probed = new Condition();

	/** ms of the pause after a refusal: what the platform asks for, or our own, which doubles while it keeps refusing. */
	lengthAfterRefusal(retryAfterMs: number | null): number {
		const { firstMs, longestMs, shortestMs, trustedRefusals, distrustShare } = RETRY_AFTER_PAUSE;
		const own = Math.min(longestMs, firstMs * 2 ** this.#consecutiveRefusals++);
		if (retryAfterMs === null) return own;
		const asked = Math.max(shortestMs, retryAfterMs);
		return this.#consecutiveRefusals > trustedRefusals ? Math.max(asked, own * distrustShare) : asked;
	}

	/** A request was not refused. */
	accepted(): void {
		this.#consecutiveRefusals = 0;
	}

	/** Pauses for `ms` from now; a longer pause stays as it is. */
	pause(now: number, ms: number): void {
		const { kind } = this.#state;
		const since = kind === 'open' ? this.#state.since : now;
		this.#state = { kind: kind === 'closed' ? 'open' : kind, since, until: Math.max(this.#until, now + ms) };
	}

	/** What a request has to wait for; null when it may leave. */
	blockedBy(now: number): Wait | null {
		if (this.#state.kind === 'halfOpen') return this.#probed;
		const remainingMs = this.remainingMs(now);
		return remainingMs > 0 ? remainingMs : null;
	}

	/** A request leaves, which nothing blocks; returns whether it is the probe. */
	leave(): boolean {
		if (this.#state.kind !== 'open') return false;
		this.#state = { ...this.#state, kind: 'halfOpen' };
		return true;
	}

	/** The probe is answered: the pause is over, unless another one was asked for meanwhile. */
	probeAnswered(now: number): void {
		const state = this.#state;
		this.#state = state.kind !== 'closed' && now < state.until ? { ...state, kind: 'open' } : { kind: 'closed' };
		this.#probed.notifyAll();
	}

	/** ms until the probe may leave; 0 when it may. */
	remainingMs(now: number): number {
		return Math.max(0, this.#until - now);
	}

	/** ms since the pause began, of which waiting for the probe is `lateProbeMs` at most. */
	elapsedMs(now: number): number {
		if (this.#state.kind === 'closed') return 0;
		const { since, until } = this.#state;
		return Math.min(now, until + RETRY_AFTER_PAUSE.lateProbeMs) - since;
	}

	get #until(): number {
		return this.#state.kind === 'closed' ? -Infinity : this.#state.until;
	}
}
