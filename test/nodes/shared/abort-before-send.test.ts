/** The deadline of a request: what it ends, and what it lets go. */

import { describe, expect, it } from '@jest/globals';
import { RequestDeadline } from '../../../nodes/shared/abort-before-send';

function sent() {
	const timeout = new AbortController();
	const deadline = new RequestDeadline(undefined, () => timeout.signal);
	return { timeout, deadline, signal: deadline.signalToSend() };
}

describe('the deadline of a request', () => {
	it('ends it where no answer came, and when it is sent once more', async () => {
		const { timeout, deadline, signal } = sent();
		expect(deadline.signalToSend()).toBe(signal);
		timeout.abort();
		await deadline.passed;
		expect([signal.aborted, deadline.hasPassed]).toEqual([true, true]);
	});

	// A signal of a time-out that somebody listens to is kept until it fires, with the answer and its connection.
	it('has nothing to do with it any more once its answer is there', () => {
		const { timeout, deadline, signal } = sent();
		deadline.clear();
		timeout.abort();
		expect([signal.aborted, deadline.hasPassed]).toEqual([false, false]);
	});

	it('does not begin where the execution was cancelled before', () => {
		const cancelled = AbortSignal.abort();
		const deadline = new RequestDeadline(cancelled, () => {
			throw new Error('It was sent.');
		});
		expect(deadline.signalToSend().aborted).toBe(true);
	});
});
