/**
 * What cancelling an execution does to a request: one that waits for its sign-in does not leave any more, one that has left
 * is waited for. n8n's helper knows one signal for both, and would cut off a write of which nobody then knew whether it was
 * applied. So the last to see a request before it leaves, the credential's `authenticate`, takes the signal off it.
 */

/** As far as axios looks at one. */
interface Signal {
	readonly aborted: boolean;
}

interface Request<S extends Signal> {
	abortSignal?: S;
}

const marked = new WeakSet<Signal>();

/** The signals of requests that were let go; n8n shows a request again when it repeats it after a new sign-in. */
const before = new WeakMap<object, Signal>();

/** A signal that aborts with `signal`, and keeps requests from leaving without cutting off those that have left. */
export function untilDeparture(signal: AbortSignal): AbortSignal {
	const derived = AbortSignal.any([signal]);
	marked.add(derived);
	return derived;
}

/**
 * To be called when a request is about to leave: `leaving` as the helper will send it, made from `given`. A marked signal
 * stays where it has aborted, so that the helper sends nothing; signals of other nodes are left as they are.
 */
export function depart<S extends Signal>(given: Request<S>, leaving: Request<S>): void {
	const signal = given.abortSignal ?? (before.get(given) as S | undefined);
	if (!signal || !marked.has(signal)) return;
	before.set(leaving, signal);
	leaving.abortSignal = signal.aborted ? signal : undefined;
}
