/** How many requests are under way at once, and how fast they follow each other. */

import type { Process } from './rate-limit';
import type { Turn } from './traffic';

/** ms; a request that leaves so much late, and no more, is made good by the next (docs/pacing.md, "The rate"). */
const MADE_GOOD_MS = 50;

/** ms; times are sums of fractions. */
const ROUNDING_MS = 0.001;

/**
 * Under way: as the client sees it, from leaving to the answer or the client's time-out; what the platform still does
 * for nobody does not count. Sign-ins do: each has a request that waits for it.
 */
export function fewAtOnce({ traffic, complain }: Process): void {
	const most = Math.max(...traffic.map(({ concurrency }) => concurrency));
	for (const { transmissions, concurrency } of traffic) check(transmissions, concurrency, 'one run');
	check(
		traffic.flatMap(({ transmissions }) => transmissions),
		most,
		'all runs together',
	);

	function check(transmissions: (typeof traffic)[number]['transmissions'], allowed: number, whose: string): void {
		const changes = transmissions.flatMap(({ sent, answered }) => [
			{ order: sent, by: 1 },
			{ order: answered, by: -1 },
		]);
		let underWay = 0;
		let reached = 0;
		for (const { by } of changes.sort((a, b) => a.order - b.order)) reached = Math.max(reached, (underWay += by));
		if (reached > allowed)
			complain('fewAtOnce', `${reached} requests of ${whose} were under way at once, and ${allowed} may be`);
	}
}

/** No two requests are closer together than the rate says, up to a second's worth of them apart. */
export function maxRateKept({ traffic, turns, leaps, complain }: Process): void {
	const known = turns.filter(({ signedInFirst }) => !signedInFirst);
	check(known, Math.max(...traffic.map(({ maxRate }) => maxRate)), 'all runs together');
	if (traffic.length > 1)
		for (const run of traffic)
			check(
				known.filter(({ of }) => of === run),
				run.maxRate,
				'one run',
			);

	function check(those: readonly Turn[], maxRate: number, whose: string): void {
		const distance = 1_000 / maxRate;
		for (let first = 0; first < those.length; first += 1) {
			for (let steps = 1; steps <= Math.max(1, maxRate) && first + steps < those.length; steps += 1) {
				const [from, to] = [those[first].first.sentAt, those[first + steps].first.sentAt];
				if (to - from >= steps * distance - MADE_GOOD_MS - ROUNDING_MS || leaps(from, to)) continue;
				return complain(
					'maxRate',
					`${steps + 1} requests of ${whose} left within ${to - from} ms, and ${maxRate} a second may`,
				);
			}
		}
	}
}
