/** Stops runs before their work is done: when the execution is cancelled, or is about to time out. */

import type { IExecuteFunctions } from 'n8n-workflow';
import type { Clock } from '../../../lib/clock';
import { stopIn, type Stop } from '../../../lib/stop';

/**
 * When an execution times out, n8n does not store the output of the node that is running. So the run ends itself a
 * little earlier. A tenth of the time-out is left for the answers under way, for the report, and for the nodes after
 * this one; never more than a request may take.
 */
const MARGIN = { share: 0.1, leastMs: 1_000, mostMs: 60_000 };

/** Longer sleeps overflow the timers of Node.js, and then end at once. */
const LONGEST_SLEEP_MS = 2 ** 31 - 1;

export interface StopSignals {
	/**
	 * A signal for one run, whose reason is a `Stop`. Each has its own: a single one would gather more listeners than
	 * Node finds healthy.
	 */
	readonly next: () => AbortSignal;
	/** To be called when the execution is over. */
	readonly release: () => void;
}

export function stopSignals(execute: IExecuteFunctions, clock: Clock): StopSignals {
	const execution = execute.getExecutionCancelSignal();
	const runs: AbortController[] = [];
	let stopped: Stop | null = null;
	const stop = (reason: Stop) => {
		stopped ??= reason;
		for (const run of runs) run.abort(stopped);
	};
	const over = new AbortController();
	const onCancel = () => stop(execution ? stopIn(execution) : { problem: 'cancelled' });
	if (execution?.aborted === true) onCancel();
	else execution?.addEventListener('abort', onCancel, { once: true });

	const left = millisecondsLeft(execute, clock.now());
	if (left !== null && left <= 0) stop({ problem: 'timeLimit' });
	else if (left !== null && left <= LONGEST_SLEEP_MS) {
		void clock.sleep(left, over.signal).then(() => {
			if (!over.signal.aborted) stop({ problem: 'timeLimit' });
		});
	}
	return {
		next: () => {
			const run = new AbortController();
			if (stopped !== null) run.abort(stopped);
			runs.push(run);
			return run.signal;
		},
		release: () => {
			over.abort();
			execution?.removeEventListener('abort', onCancel);
		},
	};
}

/**
 * Until the run should end, or null where the workflow has no time-out. That of the whole n8n (EXECUTIONS_TIMEOUT)
 * cannot be seen from here; n8n 2.0 shows neither. n8n counts from the start of the execution, which older releases do
 * not tell.
 */
function millisecondsLeft(execute: IExecuteFunctions, now: number): number | null {
	const { executionTimeout = 0 } =
		typeof execute.getWorkflowSettings === 'function' ? execute.getWorkflowSettings() : {};
	if (executionTimeout <= 0) return null;
	const timeout = executionTimeout * 1_000;
	const margin = Math.min(MARGIN.mostMs, Math.max(MARGIN.leastMs, timeout * MARGIN.share));
	const context = typeof execute.getExecutionContext === 'function' ? execute.getExecutionContext() : undefined;
	return (context?.establishedAt ?? now) + timeout - margin - now;
}
