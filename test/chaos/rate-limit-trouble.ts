/**
 * Half of the scenarios get a platform and a client that give the rate limiter much to do: limits below what the
 * platform could take, steady quotas, Retry-After in every form, a second run on the same limiter, a clock that is put
 * forward and back.
 */

import type { RetryAfterForm, SimulatorSettings } from '../../simulator';
import { Dice } from './dice';
import type { Neighbour, Scenario } from './scenario';

/** Draws of its own, chosen so that the seeds that once failed (`ranges.ts`) tell the story that they failed with. */
const SALT = 43 << 16;

/** Where a sign-in fails, what became of the request behind it is not seen on the wire. */
const NO_SIGN_IN = { path: '/tenants/' };

export function withRateLimitTrouble(scenario: Scenario): Scenario {
	const dice = new Dice(scenario.seed ^ SALT);
	if (dice.chance(0.5)) return scenario;
	const retryAfterForm = dice.pick<RetryAfterForm>(['seconds', 'date', 'both']);
	const shared = {
		...scenario,
		rateLimit: dice.chance(0.3) ? scenario.rateLimit : limits(dice),
		neighbour: dice.chance(0.3) ? { limits: limits(dice), reads: dice.whole(5, 30) } : null,
	};
	if (dice.chance(0.5)) {
		const simulator = {
			...scenario.simulator,
			latencyMs: dice.pick([0, 50, 300]),
			latencyJitterMs: 50,
			quota: steadyQuota(dice, retryAfterForm),
		};
		return { ...shared, simulator, chance: failing(dice, scenario) };
	}
	return {
		...shared,
		chance: dice.chance(0.3) ? scenario.chance : busy(dice, scenario, retryAfterForm),
		clock: dice.chance(0.4) ? Array.from({ length: dice.whole(1, 3) }, () => clockChange(dice)) : [],
	};
}

function limits(dice: Dice): Neighbour['limits'] {
	return {
		startRate: dice.pick([1, 5, 20]),
		maxRate: dice.pick([0.5, 1, 3, 8, 20]),
		concurrency: dice.pick([1, 1, 2, 3, 4, 10]),
	};
}

function steadyQuota(dice: Dice, form: RetryAfterForm): SimulatorSettings['quota'] {
	return {
		rate: dice.pick([0.5, 1, 2, 5, 10]),
		burst: dice.pick([1, 2, 5, 20]),
		retryAfter: dice.chance(0.8) ? form : 'none',
	};
}

/** Failures only, so that whatever is refused is refused by the quota. */
function failing(dice: Dice, { seed }: Scenario): Scenario['chance'] {
	return dice.chance(0.5)
		? null
		: {
				seed,
				match: NO_SIGN_IN,
				probabilities: { statusBefore: 0.05, resetAfter: 0.05, slow: 0.05 },
				slowMs: [500, 4_000],
			};
}

/** Refusals, and failures close enough together to trip the breaker now and then. */
function busy(dice: Dice, { seed }: Scenario, retryAfterForm: RetryAfterForm): Scenario['chance'] {
	return {
		seed,
		match: NO_SIGN_IN,
		probabilities: {
			throttle: dice.pick([0, 0.02, 0.1]),
			statusBefore: dice.pick([0.02, 0.3, 0.8, 0.8]),
			slow: dice.pick([0, 0.1]),
		},
		statuses: dice.pick([[503], [500, 502, 503, 504, 408]]),
		slowMs: [500, dice.pick([4_000, 90_000])],
		retryAfter: ['0', '1', '7', '40', dice.pick([undefined, '250', '86400'])],
		retryAfter503: dice.pick([[undefined], [undefined, '1', '7', '40']]),
		retryAfterForm,
	};
}

function clockChange(dice: Dice): Scenario['clock'][number] {
	return {
		afterMs: dice.pick([500, 3_000, 10_000, 60_000]) * (0.5 + dice.next()),
		byMs: dice.pick([-3_600_000, -40_000, 40_000, 3_600_000]),
	};
}
