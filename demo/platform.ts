/* eslint-disable @n8n/community-nodes/no-restricted-imports -- keeps the platform's state in a file */
/** The demo's platform: a simulated APIO that is next time as it was left, as a real one would be. */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorld, type WorldSpec, type WorldState } from '../simulator';
import { startSimulatorProcess, type SimulatorProcess } from '../tools/n8n';

/** Requests a second that the platform allows: enough for a short demo, little enough to be met. */
export const QUOTA = 30;
/** What a near server takes to answer. */
const LATENCY_MS = 10;
const SIZE = { seed: 2026, callCenters: 40, supervisors: 200, agents: 4600 };

export interface DemoPlatform {
	readonly simulator: SimulatorProcess;
	/** The world before any demo: what HR's file is made from. */
	readonly original: WorldSpec;
	/** It was left by an earlier demo. */
	readonly usedBefore: boolean;
	/** Writes its state down for the next demo. */
	keep(): Promise<void>;
}

export const { tenantId, groupId } = { tenantId: 'tenant1', groupId: 'group1' };

function withTeamsOf(world: WorldSpec, state: WorldState): WorldSpec {
	const teams = new Map<string | null, Record<string, string[]>>();
	for (const { callCenterId, userId, members } of state.supervisedAgents) {
		teams.set(callCenterId, { ...teams.get(callCenterId), [userId]: members });
	}
	const tenants = world.tenants.map((tenant) => ({
		...tenant,
		groups: tenant.groups.map((group) => ({
			...group,
			callCenters: group.callCenters.map((center) => ({
				...center,
				supervisors: teams.get(center.serviceUserId) ?? {},
			})),
		})),
	}));
	return { ...world, tenants };
}

/** `folder` holds the state between demos; `fresh` forgets it. */
export async function startPlatform(folder: string, fresh: boolean): Promise<DemoPlatform> {
	const file = join(folder, 'platform.json');
	if (fresh) rmSync(file, { force: true });
	const original = createWorld(SIZE);
	const usedBefore = existsSync(file);
	const now = usedBefore ? (JSON.parse(readFileSync(file, 'utf8')) as WorldSpec) : original;
	const startsFrom = join(folder, 'world.json');
	writeFileSync(startsFrom, JSON.stringify(now));
	const simulator = await startSimulatorProcess({
		args: ['--world', startsFrom, '--rate', String(QUOTA), '--latency', String(LATENCY_MS)],
		logFile: join(folder, 'simulator.log'),
	});
	return {
		simulator,
		original,
		usedBefore,
		keep: async () => writeFileSync(file, JSON.stringify(withTeamsOf(now, await simulator.state()))),
	};
}
