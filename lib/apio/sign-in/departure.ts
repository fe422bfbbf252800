/**
 * What a request may cost in time, and what cancelling an execution does to it: one that waits for its sign-in does not
 * leave any more, one that has left is waited for, up to its deadline. n8n's helpers know one signal for all of that,
 * which would cut off a write of which nobody then knew whether it was applied; and their time-out is one of silence,
 * which a platform that sends a byte now and then never reaches. So the last to see a request before it leaves, the
 * credential's `authenticate`, gives it the signal of its deadline, or one that has aborted already.
 */

/**
 * As n8n's helpers take it: the connection's own signal, and that of the request, which one of the two ways of sending
 * knows.
 */
interface Leaving {
	agentOptions?: object;
	abortSignal?: object;
}

const departures = new WeakMap<AbortSignal, Departure>();

export class Departure {
	/** To be the `signal` of the request's `agentOptions`: finds this again where the request leaves. */
	readonly mark = new AbortController().signal;
	/** Resolves when the deadline has passed. */
	readonly overdue: Promise<void>;
	#deadline: AbortSignal | null = null;
	#pass: () => void = () => undefined;

	/**
	 * @param cancelled aborts when nothing more is to leave
	 * @param startDeadline a signal that aborts when the answer must have come; asked for once, when the request first
	 *   leaves
	 */
	constructor(
		private readonly cancelled: AbortSignal | undefined,
		private readonly startDeadline: () => AbortSignal,
	) {
		departures.set(this.mark, this);
		this.overdue = new Promise((resolve) => {
			this.#pass = resolve;
		});
	}

	get isOverdue(): boolean {
		return this.#deadline?.aborted === true;
	}

	/** The signal for the request that leaves now. n8n shows one again when it repeats it after a new sign-in. */
	leave(): AbortSignal {
		// Nothing is sent under a signal that has aborted.
		if (this.cancelled?.aborted) return AbortSignal.abort();
		if (this.#deadline === null) {
			this.#deadline = this.startDeadline();
			this.#deadline.addEventListener('abort', this.#pass, { once: true });
			departures.set(this.#deadline, this);
		}
		return this.#deadline;
	}

	/** The answer is there: nothing of the request is to be kept until its deadline. */
	end(): void {
		this.#deadline?.removeEventListener('abort', this.#pass);
	}
}

/**
 * To be called when a request is about to leave: `leaving` as the helper will send it. Requests of other nodes stay as
 * they are.
 */
export function depart(leaving: Leaving): void {
	const { signal: mark } = (leaving.agentOptions ?? {}) as { signal?: AbortSignal };
	const departure = mark && departures.get(mark);
	if (!departure) return;
	const signal = departure.leave();
	leaving.agentOptions = { ...leaving.agentOptions, signal };
	leaving.abortSignal = signal;
}
