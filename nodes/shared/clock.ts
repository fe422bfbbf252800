import { sleep } from 'n8n-workflow';

import type { Clock } from '../../lib/clock';

/**
 * Time in n8n. `sleep` of newer n8n wakes when the signal aborts, that of older n8n does not: racing it against the
 * signal makes both end at once. Belongs to no execution, so a rate limiter that outlives them may keep it.
 */
export const n8nClock: Clock = {
	now: () => Date.now(),
	async sleep(ms, signal) {
		if (signal?.aborted) return;
		if (!signal) return await sleep(ms);
		let wake: () => void = () => undefined;
		const aborted = new Promise<void>((resolve) => {
			wake = resolve;
			signal.addEventListener('abort', wake, { once: true });
		});
		// Newer n8n rejects when the signal aborts; that is a way of waking up, not a failure.
		await Promise.race([sleep(ms, signal).catch(() => undefined), aborted]);
		signal.removeEventListener('abort', wake);
	},
};
