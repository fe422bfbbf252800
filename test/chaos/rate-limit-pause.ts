/** What an answer with Retry-After keeps from leaving. */

import { RATE_LIMIT_DEFAULTS } from '../../lib/rate-limit';
import type { Process } from './rate-limit';
import type { Traffic, Turn } from './traffic';

const OPEN = { from: Infinity, until: -Infinity };

/**
 * Not checked, because it cannot be seen from outside:
 * - a request that waited for the sign-in had its turn some time before, and may have been the probe;
 * - whether the probe is alone, once a turn may have passed of which the wire saw nothing (`Traffic.lostSightAt`);
 * - a pause during which the client's clock is put forward, which then looks over;
 * - a probe after an answer that came when the time was over: whoever waited for it was a probe already, sent before
 *   the refusal.
 */
export function pauseHolds({ traffic, events, leaps, complain }: Process): void {
	const lostSightAt = Math.min(...traffic.map((run) => run.lostSightAt));
	const ended = new Set<Traffic>();
	let closed = OPEN;
	let probe: 'none' | 'wanted' | Turn = 'none';
	for (const { order, what, turn } of events) {
		const now = what === 'leaves' ? turn.first.sentAt : turn.last.answeredAt;
		if (leaps(closed.from, now)) closed = OPEN;
		if (order > lostSightAt) probe = 'none';
		if (what === 'returns') {
			const until = closesUntil(turn);
			if (probe === turn || (probe === 'wanted' && now >= closed.until)) probe = now < closed.until ? 'wanted' : 'none';
			if (until === null) continue;
			if (until - now > RATE_LIMIT_DEFAULTS.retryAfterMaxMs) ended.add(turn.of);
			else {
				if (until > closed.until) closed = { from: now, until };
				if (typeof probe === 'string') probe = 'wanted';
			}
			continue;
		}
		if (turn.signedInFirst) {
			probe = 'none';
			continue;
		}
		if (ended.has(turn.of)) complain('pause', 'a request left a run that had to wait for longer than a run may');
		if (now < closed.until) {
			complain(
				'pause',
				`a request left ${closed.until - now} ms before the end of the wait that the platform had asked for`,
			);
		}
		if (typeof probe === 'object')
			complain('oneProbe', `a request left ${now - probe.first.sentAt} ms after the probe, which had no answer yet`);
		else if (probe === 'wanted') probe = turn;
	}
}

/** Until when an answer makes all requests wait, in ms since the epoch; null where it says nothing usable. */
function closesUntil({ last: { reply, answeredAt } }: Turn): number | null {
	if (reply?.kind !== 'answer' || (reply.status !== 429 && reply.status !== 503)) return null;
	const text = reply.headers['retry-after'] ?? '';
	const seconds = /(?:^|, )(\d+)$/.exec(text);
	if (seconds) return answeredAt + Number(seconds[1]) * 1_000;
	return text.endsWith(' GMT') ? Math.max(answeredAt, Date.parse(text)) : null;
}
