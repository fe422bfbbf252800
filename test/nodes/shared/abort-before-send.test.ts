/** The deadline of a request: what it ends, and what it lets go. */

import { describe, expect, it } from '@jest/globals';
import { abortBeforeSend, RequestDeadline } from '../../../nodes/shared/abort-before-send';

function sent() {
	const timeout = new AbortController();
	const deadline = new RequestDeadline(undefined, () => timeout.signal);
	return { timeout, deadline, signal: deadline.signalToSend() };
}

describe('the deadline of a request', () => {
	it('ends it without an answer, also when it is sent again', async () => {
		const { timeout, deadline, signal } = sent();
		expect(deadline.signalToSend()).toBe(signal);
		timeout.abort();
		await deadline.passed;
		expect([signal.aborted, deadline.hasPassed]).toEqual([true, true]);
	});

	// A signal of a time-out that somebody listens to is kept until it fires, with the answer and its connection.
	it('has no effect after its answer', () => {
		const { timeout, deadline, signal } = sent();
		deadline.clear();
		timeout.abort();
		expect([signal.aborted, deadline.hasPassed]).toEqual([false, false]);
	});

	// Whatever the map of deadlines refers to survives every minor garbage collection.
	it('is not kept in memory after its answer', () => {
		const { deadline } = sent();
		deadline.clear();
		const options = { agentOptions: { signal: deadline.key } };
		abortBeforeSend(options);
		expect(options).toEqual({ agentOptions: { signal: deadline.key } });
	});

	it('still stops a request that would be sent after it', () => {
		const { timeout, deadline } = sent();
		timeout.abort();
		deadline.clear();
		const options: { agentOptions: object; abortSignal?: AbortSignal } = { agentOptions: { signal: deadline.key } };
		abortBeforeSend(options);
		expect(options.abortSignal?.aborted).toBe(true);
	});

	it('does not begin if the execution was cancelled before', () => {
		const cancelled = AbortSignal.abort();
		const deadline = new RequestDeadline(cancelled, () => {
			throw new Error('It was sent.');
		});
		expect(deadline.signalToSend().aborted).toBe(true);
	});
});
