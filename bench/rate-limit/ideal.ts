import type { Quota } from './model-server';

/** Seconds that a client needs who knows the quota at every moment and never waits a millisecond too long. */
export function idealSeconds(quota: Quota, writes: number): number {
	const allowance = quota.allowance();
	let done = 0;
	for (let ms = 0; ; ms++) {
		while (allowance.grants(ms)) {
			if (++done === writes) return (ms + quota.latencyMs) / 1_000;
		}
	}
}
