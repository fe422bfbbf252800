/** A small platform with two call centers, two supervisors and eight agents, and what it knows of its lists. */

import type { Simulator, WorldSpec } from '../../../simulator';

export const SUPPORT = 'support@acme.example';
export const SALES = 'sales@acme.example';
export const ANNA = 'anna.supervisor@acme.example';
export const BRAM = 'bram.supervisor@acme.example';

export function agent(number: number): string {
	return `agent${number}@acme.example`;
}

const AGENTS = [1, 2, 3, 4, 5, 6, 7, 8].map(agent);

/** Agents 1-8 are agents of both call centers but for agent 8, who is in none. */
export function smallWorld(): WorldSpec {
	const seated = AGENTS.slice(0, 7);
	return {
		tenants: [
			{
				tenantId: 'acme',
				groups: [
					{
						groupId: 'brussels',
						users: [ANNA, BRAM, ...AGENTS].map((userId) => ({ userId })),
						callCenters: [
							{
								serviceUserId: SUPPORT,
								name: 'Support',
								agents: seated,
								supervisors: { [ANNA]: [agent(1), agent(2), agent(3), agent(4)], [BRAM]: [agent(5)] },
							},
							{ serviceUserId: SALES, name: 'Sales', agents: seated, supervisors: { [ANNA]: [agent(6)] } },
						],
					},
				],
			},
		],
	};
}

export function supervised(simulator: Simulator, userId: string, callCenterId: string): string[] {
	const list = simulator
		.state()
		.supervisedAgents.find((one) => one.userId === userId && one.callCenterId === callCenterId);
	return [...(list?.members ?? [])].sort();
}

export function callCentersOf(simulator: Simulator, userId: string): string[] {
	const list = simulator.state().agentCallCenters.find((one) => one.userId === userId);
	return [...(list?.members ?? [])].sort();
}

/** Requests that change something. */
export function writes(simulator: Simulator): Array<{ method: string; path: string; body: string }> {
	return simulator
		.requests()
		.filter(({ method, path }) => method !== 'GET' && path.includes('/tenants/'))
		.map(({ method, path, body }) => ({ method, path, body }));
}

export function csv(rows: ReadonlyArray<readonly string[]>, header = ['supervisor', 'call center', 'agent']): string {
	return [header, ...rows].map((cells) => cells.join(';')).join('\n');
}

/** A file row for each agent of one list. */
export function listRows(supervisor: string, callCenter: string, agents: readonly number[]): string[][] {
	return agents.map((number) => [supervisor, callCenter, agent(number)]);
}
