import { type HttpReply, type HttpRequest, type Transport, notSent } from '../apio';
import type { NotSent, RateLimiter } from './limiter';
import { backoffMs } from './retry';
import { RateLimitedRun } from './run';
import type { RunLimits } from './settings';

export interface RunOptions {
	/** Cancels the run: nothing more is sent, what was sent is waited for. */
	readonly signal?: AbortSignal;
	/** Where they differ from the limiter's settings. */
	readonly limits?: Partial<RunLimits>;
}

/** A transport for one run, with the run that it belongs to. */
export interface RateLimitedTransport extends Transport {
	readonly run: RateLimitedRun;
}

/**
 * Wraps `transport` so that its requests keep to the platform's rate limit. Like every transport it never rejects.
 *
 * - A request refused for want of quota (429) is sent again, at no cost but time.
 * - A read that failed in a way that may pass is sent again within the attempts and the run's retry budget; so is a
 *   write that certainly did not arrive.
 * - A write that may have been applied (5xx, time-out, reset, garbled answer) is never repeated: its reply is handed
 *   back, for the caller to read the list and decide.
 * - A request whose turn comes after its `notAfter` is not sent, and answered with the cause `tooLate`.
 * - What cannot be sent any more is answered with `{ kind: 'noAnswer', cause: 'stopped', stop }`, `stop` says why.
 *   The 401 that ends a run is itself handed back as it came.
 */
export function rateLimitedTransport(
	transport: Transport,
	limiter: RateLimiter,
	{ signal, limits }: RunOptions = {},
): RateLimitedTransport {
	const run = new RateLimitedRun(limiter, signal, limits);
	const send: Transport = async (request) =>
		await run.abortable(async (ended) => await sendWithRetries(run, transport, request, ended));
	return Object.assign(send, { run });
}

/** Bounded by the attempts, by the probes of a failing platform, and by the time that a run may be throttled. */
async function sendWithRetries(
	run: RateLimitedRun,
	transport: Transport,
	request: HttpRequest,
	signal: AbortSignal,
): Promise<HttpReply> {
	const { clock, random, settings } = run.limiter;
	for (let failures = 0; ; ) {
		const attempt = await run.send(transport, request, signal);
		if (attempt.kind !== 'answered') return unsentReply(attempt, run);
		switch (attempt.outcome) {
			case 'final':
				return attempt.reply;
			case 'unauthorized':
				run.stop({ problem: 'signedOut' });
				return attempt.reply;
			case 'ambiguous':
				run.retryBudget.spend();
				return attempt.reply;
			case 'throttled':
				continue;
			case 'transient':
				// The probes of a failing platform count by themselves, and not as attempts of the request that probes.
				if (run.stopped || run.limiter.isFailing) continue;
				if (++failures >= settings.attempts || !run.retryBudget.trySpend()) return attempt.reply;
				await clock.sleep(backoffMs(failures - 1, settings, random), signal);
				run.recordRetry();
		}
	}
}

function unsentReply(attempt: NotSent, run: RateLimitedRun): HttpReply {
	if (attempt.kind === 'tooLate') return TOO_LATE;
	if (attempt.kind === 'down') run.stop(attempt.stop);
	return notSent(attempt.kind === 'down' ? attempt.stop : (run.stopped ?? { problem: 'cancelled' }));
}

const TOO_LATE: HttpReply = {
	kind: 'noAnswer',
	cause: 'tooLate',
	maybeApplied: false,
	code: 'tooLate',
	message: 'The request had to wait so long for its turn that it was not sent any more.',
};
