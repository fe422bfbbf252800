/**
 * Half of the scenarios get a platform and a client that give the rate limiter much to do: limits below what the
 * platform could take, steady quotas, Retry-After in every form, a second run on the same limiter, a clock that is put
 * forward and back.
 */

import type { RetryAfterForm, SimulatorSettings } from '../../simulator';
import { SeededRandom } from '../../tools/seeded-random';
import type { Neighbour, Scenario } from './scenario';

/** Draws of its own, chosen so that the seeds that once failed (`ranges.ts`) run as they did when they failed. */
const SALT = 43 << 16;

/** Where a sign-in fails, what became of the request behind it is not seen on the wire. */
const NO_SIGN_IN = { path: '/tenants/' };

export function withRateLimitTrouble(scenario: Scenario): Scenario {
	const random = new SeededRandom(scenario.seed ^ SALT);
	if (random.chance(0.5)) return scenario;
	const retryAfterForm = random.pick<RetryAfterForm>(['seconds', 'date', 'both']);
	const shared = {
		...scenario,
		rateLimit: random.chance(0.3) ? scenario.rateLimit : limits(random),
		neighbour: random.chance(0.3) ? { limits: limits(random), reads: random.integer(5, 30) } : null,
	};
	if (random.chance(0.5)) {
		const simulator = {
			...scenario.simulator,
			latencyMs: random.pick([0, 50, 300]),
			latencyJitterMs: 50,
			quota: steadyQuota(random, retryAfterForm),
		};
		return { ...shared, simulator, chance: failing(random, scenario) };
	}
	return {
		...shared,
		chance: random.chance(0.3) ? scenario.chance : busy(random, scenario, retryAfterForm),
		clock: random.chance(0.4) ? Array.from({ length: random.integer(1, 3) }, () => clockChange(random)) : [],
	};
}

function limits(random: SeededRandom): Neighbour['limits'] {
	return {
		startRate: random.pick([1, 5, 20]),
		maxRate: random.pick([0.5, 1, 3, 8, 20]),
		concurrency: random.pick([1, 1, 2, 3, 4, 10]),
	};
}

function steadyQuota(random: SeededRandom, form: RetryAfterForm): SimulatorSettings['quota'] {
	return {
		rate: random.pick([0.5, 1, 2, 5, 10]),
		burst: random.pick([1, 2, 5, 20]),
		retryAfter: random.chance(0.8) ? form : 'none',
	};
}

/** Failures only, so that whatever is refused is refused by the quota. */
function failing(random: SeededRandom, { seed }: Scenario): Scenario['chance'] {
	return random.chance(0.5)
		? null
		: {
				seed,
				match: NO_SIGN_IN,
				probabilities: { statusBefore: 0.05, resetAfter: 0.05, slow: 0.05 },
				slowMs: [500, 4_000],
			};
}

/** Refusals, and failures close enough together to trip the breaker now and then. */
function busy(random: SeededRandom, { seed }: Scenario, retryAfterForm: RetryAfterForm): Scenario['chance'] {
	return {
		seed,
		match: NO_SIGN_IN,
		probabilities: {
			throttle: random.pick([0, 0.02, 0.1]),
			statusBefore: random.pick([0.02, 0.3, 0.8, 0.8]),
			slow: random.pick([0, 0.1]),
		},
		statuses: random.pick([[503], [500, 502, 503, 504, 408]]),
		slowMs: [500, random.pick([4_000, 90_000])],
		retryAfter: ['0', '1', '7', '40', random.pick([undefined, '250', '86400'])],
		retryAfter503: random.pick([[undefined], [undefined, '1', '7', '40']]),
		retryAfterForm,
	};
}

function clockChange(random: SeededRandom): Scenario['clock'][number] {
	return {
		afterMs: random.pick([500, 3_000, 10_000, 60_000]) * (0.5 + random.next()),
		byMs: random.pick([-3_600_000, -40_000, 40_000, 3_600_000]),
	};
}
