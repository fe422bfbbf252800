import { notSent, type HttpReply, type HttpRequest, type Transport } from '../apio';
import { backoffMs } from './backoff';
import { PacedRun } from './paced-run';
import type { Pacer, Sent } from './pacer';
import type { RunLimits } from './run-limits';
import { cancelled, signedOut, type Stop } from '../stop';

export interface RunOptions {
	/** Cancels the run: nothing more is sent, what was sent is waited for. */
	readonly signal?: AbortSignal;
	/** Where they differ from the pacer's settings. */
	readonly limits?: Partial<RunLimits>;
}

/** A transport for one run, with the run it belongs to. */
export interface PacedTransport extends Transport {
	readonly run: PacedRun;
}

/**
 * Wraps `transport` so that its requests keep the platform's pace (docs/pacing.md). Like every transport it
 * never rejects.
 *
 * - A request refused for want of quota (429) is sent again, at no cost but time.
 * - A read that failed in a way that may pass is sent again within the attempts and the run's budget; so is a write
 *   that
 *   certainly did not arrive.
 * - A write that may have been applied (5xx, time-out, reset, garbled answer) is never repeated: its reply is handed
 *   back,
 *   for the caller to read the list and decide.
 * - A request whose turn comes after its `notAfter` is not sent, and answered with the cause `tooLate`.
 * - What cannot be sent any more is answered with `{ kind: 'noAnswer', cause: 'stopped', code }`, `code` a `StopCode`.
 *   The
 *   401 that ends a run is itself handed back as it came.
 */
export function pacedTransport(transport: Transport, pacer: Pacer, options: RunOptions = {}): PacedTransport {
	const run = new PacedRun(pacer, options.signal, options.limits);

	const paced = async (request: HttpRequest): Promise<HttpReply> =>
		await run.underWay(request.signal, async (signal) => await settled(request, signal));

	/** Sends until there is a reply to hand back. */
	const settled = async (request: HttpRequest, signal: AbortSignal): Promise<HttpReply> => {
		for (let failures = 0; ; ) {
			const sent = await turn(request, signal);
			if ('code' in sent) return notSent(sent);
			const { reply, verdict } = sent;
			switch (verdict.kind) {
				case 'done':
				case 'ended':
					return reply;
				case 'signedOut':
					run.stop(signedOut());
					return reply;
				case 'throttled':
					break;
				case 'transient': {
					if (!verdict.repeatable) {
						run.budget.spend();
						return reply;
					}
					if (run.stopped) break;
					// While the platform is paused, its probes are what is counted, not the attempts of the request that probes.
					if (pacer.paused) break;
					failures++;
					if (failures >= pacer.settings.attempts || !run.budget.trySpend()) return reply;
					await pacer.clock.sleep(backoffMs(failures - 1, pacer.settings, pacer.random), signal);
					run.retries();
				}
			}
		}
	};

	/** Waits for the request's turn and sends it once; a stop where it was never sent. */
	const turn = async (request: HttpRequest, signal: AbortSignal): Promise<Sent | Stop> => {
		let left = false;
		const send = async () => {
			left = true;
			request.onLeaving?.(pacer.clock.now());
			run.left();
			return await sendSafely(transport, request);
		};
		const stopReason = () => run.stopped ?? cancelled();

		const queued = run.limit(async () => await pacer.send(request, send, signal, run));
		const sent = await orAborted(queued, signal, () => !left);
		if (sent === null) return stopReason();
		if (sent === 'tooLate') return { reply: TOO_LATE, verdict: { kind: 'ended' }, tookMs: 0, stop: null };
		if ('code' in sent) run.stop(sent);
		return sent;
	};

	return Object.assign(paced, { run });
}

const TOO_LATE: HttpReply = {
	kind: 'noAnswer',
	cause: 'tooLate',
	maybeApplied: false,
	code: 'tooLate',
	message: 'The request had to wait so long for its turn that it was not sent any more.',
};

/** A transport that breaks its word and rejects must not leave the gate's probe out for ever. */
async function sendSafely(transport: Transport, request: HttpRequest): Promise<HttpReply> {
	try {
		return await transport(request);
	} catch {
		const message = 'The request failed without an answer, in a way that was not foreseen.';
		return { kind: 'noAnswer', cause: 'reset', maybeApplied: true, code: 'transportFailed', message };
	}
}

/**
 * What `work` gives, or null as soon as `signal` aborts while `mayLeave` holds; a place in a queue cannot be given
 * back.
 */
async function orAborted<T>(work: Promise<T>, signal: AbortSignal, mayLeave: () => boolean): Promise<T | null> {
	if (signal.aborted && mayLeave()) return null;
	return await new Promise<T | null>((resolve, reject) => {
		const onAbort = () => {
			if (mayLeave()) resolve(null);
		};
		signal.addEventListener('abort', onAbort);
		work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
	});
}
