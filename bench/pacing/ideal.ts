import type { Quota } from './model-server';

/** Step of the calculation in ms; a hundredth of the shortest interval between two requests here. */
const STEP_MS = 1;

/** Seconds that a client needs who knows the quota at every moment and never waits a millisecond too long. */
export function idealSeconds(quota: Quota, writes: number): number {
	let tokens = quota.burst;
	let done = 0;
	for (let ms = 0; ; ms += STEP_MS) {
		for (; tokens >= 1; tokens--) {
			if (++done === writes) return (ms + quota.latencyMs) / 1_000;
		}
		tokens = Math.min(quota.burst, tokens + (quota.perSecond(ms) * STEP_MS) / 1_000);
	}
}
