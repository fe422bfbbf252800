/** A seed to the invariants that it breaks. */

import { violationsOf, type Violation } from './invariants';
import { play, type Play, type Sabotage } from './play';
import { scenarioOf } from './scenario';

export async function check(seed: number, sabotage?: Sabotage): Promise<{ play: Play; violations: Violation[] }> {
	const played = await play(scenarioOf(seed), sabotage);
	return { play: played, violations: violationsOf(played) };
}

export function replayCommand(seed: number): string {
	return `npm run chaos -- --seed ${seed}`;
}

export function summaryOf(violations: readonly Violation[]): string {
	return violations.map(({ invariant, run, text }) => `  ${invariant}, ${run}: ${text}`).join('\n');
}
