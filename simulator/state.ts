/** The world's lists as plain data: what a run is checked against. */

import type { CallCenter, User, World } from './world';

export interface ListState {
	kind: 'supervisedAgents' | 'agentCallCenters';
	tenantId: string;
	groupId: string;
	/** The supervisor, or the agent. */
	userId: string;
	callCenterId: string | null;
	members: string[];
}

export interface WorldState {
	tenants: number;
	groups: number;
	users: number;
	callCenters: number;
	/** One for each supervisor of each call center, empty lists included. */
	supervisedAgents: ListState[];
	/** One for each user, users without call centers included. */
	agentCallCenters: ListState[];
}

export function readState(world: World): WorldState {
	const users = [...world.allUsers()];
	const callCenters = [...world.allCallCenters()];
	return {
		tenants: world.tenants.size,
		groups: [...world.tenants.values()].reduce((sum, tenant) => sum + tenant.groups.size, 0),
		users: users.length,
		callCenters: callCenters.length,
		supervisedAgents: callCenters.flatMap((callCenter) =>
			Array.from(callCenter.supervisors, ([supervisor, agents]) => supervisedState(supervisor, callCenter, agents)),
		),
		agentCallCenters: users.map((user) => ({
			kind: 'agentCallCenters',
			...placeOf(user),
			callCenterId: null,
			members: Array.from(user.seats.keys(), (callCenter) => callCenter.serviceUserId),
		})),
	};
}

function supervisedState(supervisor: User, callCenter: CallCenter, agents: Iterable<User>): ListState {
	const members = Array.from(agents, (agent) => agent.userId);
	return { kind: 'supervisedAgents', ...placeOf(supervisor), callCenterId: callCenter.serviceUserId, members };
}

function placeOf(user: User): { tenantId: string; groupId: string; userId: string } {
	return { tenantId: user.group.tenant.tenantId, groupId: user.group.groupId, userId: user.userId };
}
