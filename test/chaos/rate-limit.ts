/**
 * The promises about the rate limit, process by process: a limiter lives as long as its process, and one that starts
 * anew knows nothing of before. Checked from what went over the wire and from the limits that the runs were given,
 * never from the limiter.
 */

import type { InvariantName } from './invariants';
import { turnsOf, type Traffic, type Turn } from './traffic';
import { breakerPauses } from './rate-limit-breaker';
import { pauseHolds } from './rate-limit-pause';
import { fewAtOnce, maxRateKept } from './rate-limit-maximums';
import { littleWaste } from './rate-limit-waste';
import type { Simulation } from './simulation';

export interface Process {
	readonly simulation: Simulation;
	readonly traffic: readonly Traffic[];
	/** Of all its runs, in the order in which they left. */
	readonly turns: readonly Turn[];
	/** Turns as they leave and come back, in order. */
	readonly events: readonly Event[];
	/** Whether somebody put the client's clock forward between these moments: pauses then look over. */
	readonly leaps: (from: number, to: number) => boolean;
	readonly complain: (invariant: InvariantName, text: string) => void;
}

export interface Event {
	readonly order: number;
	readonly what: 'leaves' | 'returns';
	readonly turn: Turn;
}

export function rateLimitHolds(simulation: Simulation, complain: Process['complain']): void {
	const forward = simulation.clockChanges.filter(({ byMs }) => byMs > 0);
	const leaps: Process['leaps'] = (from, to) => forward.some(({ at }) => at >= from && at <= to);
	const last = simulation.traffic.at(-1)?.process ?? 0;
	for (let number = 1; number <= last; number += 1) {
		const traffic = simulation.traffic.filter(({ process }) => process === number);
		const turns = traffic.flatMap(turnsOf).sort((a, b) => a.first.sent - b.first.sent);
		const events = turns
			.flatMap((turn): Event[] => [
				{ order: turn.first.sent, what: 'leaves', turn },
				{ order: turn.last.answered, what: 'returns', turn },
			])
			.filter(({ order }) => order < Infinity)
			.sort((a, b) => a.order - b.order);
		const process: Process = {
			simulation,
			traffic,
			turns,
			events,
			leaps,
			complain: (invariant, text) => complain(invariant, `Process ${number}: ${text}`),
		};
		fewAtOnce(process);
		maxRateKept(process);
		pauseHolds(process);
		breakerPauses(process);
		littleWaste(process);
	}
}
