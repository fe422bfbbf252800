/** Compares the platform, by the simulator's own record, with what HR's file asks for. */

import type { WorldState } from '../simulator';
import { teamKey } from './hr-export';

export interface Proof {
	readonly teams: number;
	readonly members: number;
	/** One line per team that is not as it should be. */
	readonly differences: readonly string[];
}

export function prove(state: WorldState, expected: ReadonlyMap<string, ReadonlySet<string>>): Proof {
	const differences: string[] = [];
	const unseen = new Set(expected.keys());
	let members = 0;
	for (const { userId, callCenterId, members: live } of state.supervisedAgents) {
		const key = teamKey(userId, callCenterId ?? '');
		const wanted = expected.get(key) ?? new Set<string>();
		unseen.delete(key);
		members += live.length;
		const missing = [...wanted].filter((member) => !live.includes(member));
		const extra = live.filter((member) => !wanted.has(member));
		if (missing.length > 0) differences.push(`${key}: ${missing.join(', ')} missing`);
		if (extra.length > 0) differences.push(`${key}: ${extra.join(', ')} too many`);
	}
	for (const key of unseen) differences.push(`${key}: not on the platform`);
	return { teams: state.supervisedAgents.length, members, differences };
}
