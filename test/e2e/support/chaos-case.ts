/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   writes HR's file to where n8n may read it, and watches the platform while time passes */
/** A sync of many small writes, so that there is always something to interrupt, and what has to come of it. */

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createWorld, type Simulator, type WorldSpec } from '../../../simulator';
import { SeededRandom } from '../../../tools/seeded-random';
import type { N8nHome, WorkflowData } from '../../../tools/n8n';
import { byId } from './credentials';
import { apioNode, chain, readFileNode } from './workflows';

const TENANT = 'tenant1';
const GROUP = 'group1';
export const SYNC = 'APIO Sync';

/** Members by `supervisor in call center`. */
export type Lists = ReadonlyMap<string, ReadonlySet<string>>;

export interface ChaosCase {
	readonly world: WorldSpec;
	readonly csv: string;
	/** What the file asks for. */
	readonly wanted: Lists;
}

export function chaosCase(seed: number): ChaosCase {
	const world = createWorld({ seed, supervisors: 12, agents: 120, callCenters: 4, supervisedShare: 0.6 });
	const random = new SeededRandom(seed);
	const wanted = new Map<string, ReadonlySet<string>>();
	for (const { serviceUserId, agents = [], supervisors = {} } of world.tenants[0].groups[0].callCenters) {
		const ids = agents.map((agent) => (typeof agent === 'string' ? agent : agent.userId));
		for (const [supervisor, members] of Object.entries(supervisors)) {
			const others = random.shuffle(ids.filter((id) => !members.includes(id)));
			const stay = random.shuffle(members).slice(Math.min(2, members.length - 1));
			wanted.set(listOf(supervisor, serviceUserId), new Set([...stay, ...others.slice(0, 2)]));
		}
	}
	const rows = [...wanted].flatMap(([list, members]) =>
		[...members].map((agent) => [...list.split(' in '), agent].join(';')),
	);
	return { world, wanted, csv: ['Supervisor;Call Center;Agent', ...rows].join('\r\n') };
}

/** The name of a list in `Lists`. */
export function listOf(supervisor: string, callCenter: string): string {
	return `${supervisor} in ${callCenter}`;
}

export function listsOn(simulator: Simulator): Lists {
	return new Map(
		simulator
			.state()
			.supervisedAgents.map(({ userId, callCenterId, members }) => [
				listOf(userId, callCenterId ?? ''),
				new Set(members),
			]),
	);
}

/** Members to be put on or taken off until the platform is as wanted: as many requests, where each names one. */
export function missing(wanted: Lists, live: Lists): number {
	let count = 0;
	for (const [list, members] of wanted) {
		const now = live.get(list) ?? new Set();
		count += [...members].filter((id) => !now.has(id)).length + [...now].filter((id) => !members.has(id)).length;
	}
	return count;
}

/** `Start` -> `HR file` -> `APIO Sync`, one member a request. */
export function chaosWorkflow(
	home: N8nHome,
	{ csv }: ChaosCase,
	credential: { id: string; name: string },
	options: object = {},
): WorkflowData {
	const file = join(home.folders.files, 'chaos.csv');
	writeFileSync(file, csv);
	const parameters = {
		operation: 'sync',
		kind: 'supervisedAgents',
		source: 'csv',
		mode: 'mirror',
		tenantId: byId(TENANT),
		groupId: byId(GROUP),
		options: { startRate: 500, maxRate: 500, maxEntries: 1, ...WIDE_OPEN, ...options },
	};
	return chain('chaos', readFileNode('HR file', file), apioNode(SYNC, 'apioCallCenterSync', parameters, credential));
}

/** Options under which no guard stops a sync. */
export const WIDE_OPEN = {
	removalPercentPerList: 100,
	removalCountPerList: 1_000,
	removalPercentTotal: 100,
	removalCountTotal: 10_000,
};

/** Resolves as soon as the platform has received so many requests. */
export async function requestsReach(simulator: Simulator, count: number): Promise<void> {
	while (simulator.stats().requests < count) await new Promise((resolve) => setTimeout(resolve, 2));
}

/** Lets what was sent come to its end: nobody sends any more. */
export async function silence(milliseconds: number): Promise<void> {
	await new Promise((resolve) => setTimeout(resolve, milliseconds));
}
