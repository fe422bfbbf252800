/**
 * The job of all contenders: many short lists, and one member missing on each. Every list costs one read and one write.
 */

import type { CallCenterSpec, LoggedRequest, UserSpec, WorldSpec, WorldState } from '../../simulator';

export const PLACE = { tenantId: 'tenant1', groupId: 'group1' } as const;

/** In one call center, if lists are short; its agents are all of theirs. */
const LISTS_PER_CALL_CENTER = 100;
const AGENTS_PER_CALL_CENTER = 10_000;

export interface Job {
	readonly lists: number;
	readonly world: WorldSpec;
	/** What HR wants: all members of all lists. */
	readonly csv: string;
	/** Lists of that world which are not as wanted. */
	wrongLists(state: WorldState): number;
}

/** One request as n8n's own nodes send it again; `body` is absent where it had none. */
export interface RecordedRequest {
	readonly method: string;
	readonly url: string;
	readonly body?: unknown;
}

export function makeJob(lists: number, members = 5): Job {
	const listsEach = Math.max(1, Math.min(LISTS_PER_CALL_CENTER, Math.floor(AGENTS_PER_CALL_CENTER / members)));
	const agents = Array.from({ length: listsEach * members }, (_, n) => user('agent', n));
	const supervisors = Array.from({ length: lists }, (_, n) => user('supervisor', n));
	const teamOf = (list: number): string[] => {
		const first = (list % listsEach) * members;
		return agents.slice(first, first + members).map(({ userId }) => userId);
	};
	const callCenterOf = (list: number): string => `cc${Math.floor(list / listsEach) + 1}@voice.example.com`;

	const callCenters = new Map<string, CallCenterSpec>();
	const lines = ['supervisor,call center,agent'];
	const wanted = new Map<string, string>();
	supervisors.forEach(({ userId }, list) => {
		const serviceUserId = callCenterOf(list);
		const callCenter = callCenters.get(serviceUserId) ?? newCallCenter(serviceUserId, agents);
		callCenters.set(serviceUserId, callCenter);
		const team = teamOf(list);
		callCenter.supervisors = { ...callCenter.supervisors, [userId]: team.slice(1) };
		lines.push(...team.map((agent) => `${userId},${serviceUserId},${agent}`));
		wanted.set(userId, [...team].sort().join());
	});
	const group = { groupId: PLACE.groupId, users: [...supervisors, ...agents], callCenters: [...callCenters.values()] };
	return {
		lists,
		world: { tenants: [{ tenantId: PLACE.tenantId, type: 'Enterprise', groups: [group] }] },
		csv: `${lines.join('\n')}\n`,
		wrongLists: (state) =>
			state.supervisedAgents.filter(({ userId, members }) => wanted.get(userId) !== [...members].sort().join()).length,
	};
}

function user(role: string, n: number): UserSpec {
	return { userId: `${role}.${n + 1}@voice.example.com`, firstName: role, lastName: `Number ${n + 1}` };
}

function newCallCenter(serviceUserId: string, agents: readonly UserSpec[]): CallCenterSpec {
	return { serviceUserId, name: serviceUserId, agents: agents.map(({ userId }) => userId), supervisors: {} };
}

/**
 * The requests that the platform received, as whoever sends them again needs them; who signed in for them signs in
 * again.
 */
export function recorded(log: readonly LoggedRequest[], platformUrl: string): RecordedRequest[] {
	const work = log.filter(({ path }) => !path.includes('/auth/'));
	return work.map(({ method, path, body }) => ({
		method,
		url: platformUrl + path,
		...(body === '' ? {} : { body: JSON.parse(body) as unknown }),
	}));
}
