/**
 * Cancellation and deadline of a request. Cancelling the execution aborts a request that is not sent yet, for example
 * one that waits for its sign-in. A request that was sent continues until its deadline.
 *
 * n8n's helpers have one signal for both. It would cut off a write, and whether it was applied would be unknown. Their
 * time-out counts silence, so an answer that drips never reaches it. `authenticate` of the credential is the last code
 * before the sending. It sets the signal of the deadline, or a signal that has aborted already.
 */

/**
 * The options of n8n's helpers: the signal of the connection, and that of the request, which only one helper has.
 */
interface SentOptions {
	agentOptions?: object;
	abortSignal?: object;
}

const deadlines = new WeakMap<AbortSignal, RequestDeadline>();

export class RequestDeadline {
	/** Passed as the `signal` of `agentOptions`, by which `abortBeforeSend` finds this deadline. */
	readonly key = new AbortController().signal;
	/** Resolves when the deadline has passed. */
	readonly passed: Promise<void>;
	/** Its signal is that of the request. Connection and streams listen to it, so it holds all that the request took. */
	readonly #sent = new AbortController();
	/** Null before the request is sent, and once it is cleared. */
	#timeout: AbortSignal | null = null;
	#isSent = false;
	#pass: () => void = () => undefined;

	/**
	 * @param cancelled no request is sent after it aborts
	 * @param start makes the signal of the deadline; called once, when the request is first sent
	 */
	constructor(
		private readonly cancelled: AbortSignal | undefined,
		private readonly start: () => AbortSignal,
	) {
		deadlines.set(this.key, this);
		this.passed = new Promise((resolve) => {
			this.#pass = resolve;
		});
	}

	get hasPassed(): boolean {
		return this.#sent.signal.aborted;
	}

	/** The signal for the request that is sent now. n8n sends one again when it repeats it after a new sign-in. */
	signalToSend(): AbortSignal {
		// A request with an aborted signal is not sent.
		if (this.cancelled?.aborted) return AbortSignal.abort();
		if (!this.#isSent) {
			this.#isSent = true;
			this.#timeout = this.start();
			this.#timeout.addEventListener('abort', this.#expire, { once: true });
			deadlines.set(this.#sent.signal, this);
		}
		return this.#sent.signal;
	}

	/**
	 * Frees the request once its answer is there. Its time-out lives on until the deadline, a minute in which many
	 * thousand requests may be sent: without a listener it holds nothing. What the map holds is moved to the old
	 * generation of the heap with all that it refers to, so entries are taken out and not left to the garbage collector.
	 * After the deadline they stay: a request that still waits for its sign-in must find that it is too late.
	 */
	clear(): void {
		this.#timeout?.removeEventListener('abort', this.#expire);
		this.#timeout = null;
		if (this.hasPassed) return;
		deadlines.delete(this.key);
		deadlines.delete(this.#sent.signal);
	}

	readonly #expire = () => {
		this.#sent.abort(this.#timeout?.reason);
		this.#pass();
	};
}

/**
 * Called just before a request is sent: aborts it if it is cancelled, else sets its deadline. Requests of other nodes
 * are not changed.
 */
export function abortBeforeSend(options: SentOptions): void {
	const { signal: key } = (options.agentOptions ?? {}) as { signal?: AbortSignal };
	const deadline = key && deadlines.get(key);
	if (!deadline) return;
	const signal = deadline.signalToSend();
	options.agentOptions = { ...options.agentOptions, signal };
	options.abortSignal = signal;
}
