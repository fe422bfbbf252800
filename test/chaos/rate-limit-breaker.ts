/** What leaves while the platform fails for everybody. */

import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';
import type { Process } from './rate-limit';
import type { Turn } from './traffic';

const { breakerConsecutive, breakerWindow, breakerRatio, breakerProbesMs } = RATE_LIMIT_DEFAULTS;

/** ms; times are sums of fractions. */
const ROUNDING_MS = 0.001;

interface Pause {
	/** Moment of the failure that began it, or of the last probe's. */
	readonly since: number;
	readonly probeAt: number;
	/** Probes so far. */
	readonly probes: number;
}

/**
 * Not checked, because it cannot be seen from outside: how many failures there were in a row once a turn may have
 * passed of which the wire saw nothing (`Traffic.lostSightAt`), when a request that waited for its sign-in had its
 * turn, and whether a pause is over for a clock that was put forward.
 */
export function breakerPauses({ traffic, events, leaps, complain }: Process): void {
	const lostSightAt = Math.min(...traffic.map((run) => run.lostSightAt));
	let recent: boolean[] = [];
	let inARow = 0;
	let pause: Pause | null = null;
	let probe: Turn | null = null;
	for (const { order, what, turn } of events) {
		if (order > lostSightAt) return;
		if (what === 'leaves') {
			if (pause === null) continue;
			// It may have had its turn before the pause, or be the probe.
			if (turn.signedInFirst) return;
			const { sentAt } = turn.first;
			if (probe !== null)
				return complain('breaker', `a request left beside the probe of a platform that had failed for everybody`);
			if (sentAt < pause.probeAt - ROUNDING_MS && !leaps(pause.since, sentAt)) {
				return complain(
					'breaker',
					`a request left ${pause.probeAt - sentAt} ms before the next probe of a platform that had failed ` +
						'for everybody',
				);
			}
			probe = turn;
			continue;
		}
		const failed = isFailure(turn);
		const now = turn.last.answeredAt;
		if (pause !== null) {
			if (turn !== probe) continue;
			probe = null;
			recent = [];
			inARow = 0;
			pause = failed ? nextProbe(now, pause.probes) : null;
			continue;
		}
		recent = [...recent, failed].slice(-breakerWindow);
		inARow = failed ? inARow + 1 : 0;
		const share = recent.filter(Boolean).length / breakerWindow;
		if (inARow >= breakerConsecutive || (failed && recent.length === breakerWindow && share > breakerRatio))
			pause = nextProbe(now, 0);
	}
}

/** After the last probe the platform counts as down: who comes then may probe at once. */
function nextProbe(now: number, probes: number): Pause {
	if (probes === breakerProbesMs.length) return { since: now, probeAt: now, probes: 0 };
	return { since: now, probeAt: now + breakerProbesMs[probes], probes: probes + 1 };
}

/** docs/pacing.md, "What becomes of a reply". */
function isFailure({ last: { reply } }: Turn): boolean {
	if (reply?.kind !== 'answer') return true;
	const { status, body } = reply;
	if (status === 408 || (status >= 500 && status !== 501 && status !== 505)) return true;
	return status >= 200 && status <= 299 && typeof body === 'string';
}
