/**
 * Until when a request may be cancelled, and how long it may take. One that waits for its sign-in is not sent any more
 * once the execution is cancelled; one that was sent is waited for, up to its deadline.
 *
 * n8n's helpers know one signal for both, which would cut off a write, and nobody would know whether it was applied.
 * Their time-out is one of silence, which a platform that sends a byte now and then never reaches. So the credential's
 * `authenticate`, which sees a request last, gives it the signal of its deadline, or one that has aborted already.
 */

/**
 * As n8n's helpers take it: the connection's own signal, and that of the request, which one of the two ways of sending
 * knows.
 */
interface SentOptions {
	agentOptions?: object;
	abortSignal?: object;
}

const deadlines = new WeakMap<AbortSignal, RequestDeadline>();

export class RequestDeadline {
	/** To be the `signal` of the request's `agentOptions`: finds this again where the request is sent. */
	readonly mark = new AbortController().signal;
	/** Resolves when the deadline has passed. */
	readonly passed: Promise<void>;
	#signal: AbortSignal | null = null;
	#pass: () => void = () => undefined;

	/**
	 * @param cancelled aborts when nothing more is to be sent
	 * @param start a signal that aborts when the answer must have come; asked for once, when the request is first sent
	 */
	constructor(
		private readonly cancelled: AbortSignal | undefined,
		private readonly start: () => AbortSignal,
	) {
		deadlines.set(this.mark, this);
		this.passed = new Promise((resolve) => {
			this.#pass = resolve;
		});
	}

	get hasPassed(): boolean {
		return this.#signal?.aborted === true;
	}

	/** The signal for the request that is sent now. n8n sends one again when it repeats it after a new sign-in. */
	signalToSend(): AbortSignal {
		// Nothing is sent under a signal that has aborted.
		if (this.cancelled?.aborted) return AbortSignal.abort();
		if (this.#signal === null) {
			this.#signal = this.start();
			this.#signal.addEventListener('abort', this.#pass, { once: true });
			deadlines.set(this.#signal, this);
		}
		return this.#signal;
	}

	/** The answer is there: nothing of the request is to be kept until its deadline. */
	clear(): void {
		this.#signal?.removeEventListener('abort', this.#pass);
	}
}

/**
 * To be called when a request is about to be sent, with `options` as the helper will send it: a cancelled one is
 * aborted, another gets its deadline. Requests of other nodes stay as they are.
 */
export function abortBeforeSend(options: SentOptions): void {
	const { signal: mark } = (options.agentOptions ?? {}) as { signal?: AbortSignal };
	const deadline = mark && deadlines.get(mark);
	if (!deadline) return;
	const signal = deadline.signalToSend();
	options.agentOptions = { ...options.agentOptions, signal };
	options.abortSignal = signal;
}
