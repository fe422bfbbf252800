/** A seed to the invariants that it breaks. */

import { violationsOf, type Violation } from './invariants';
import { simulate, type Simulation, type Sabotage } from './simulation';
import { scenarioOf } from './scenario';

export async function check(
	seed: number,
	sabotage?: Sabotage,
): Promise<{ simulation: Simulation; violations: Violation[] }> {
	const simulation = await simulate(scenarioOf(seed), sabotage);
	return { simulation, violations: violationsOf(simulation) };
}

export function replayCommand(seed: number): string {
	return `npm run chaos -- --seed ${seed}`;
}

export function summaryOf(violations: readonly Violation[]): string {
	return violations.map(({ invariant, run, text }) => `  ${invariant}, ${run}: ${text}`).join('\n');
}
