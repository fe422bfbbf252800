/** A third party's change of a list between two requests of the client: a given edit, or a random one. */

import type { SeededRandom } from '../tools/seeded-random';
import type { Actor, Store } from './store';
import { reaches, type CallCenter, type User, type World } from './world';

export interface ListEdit {
	kind: 'supervisedAgents' | 'agentCallCenters';
	/** The supervisor, or the agent whose call centers change. */
	userId: string;
	/** Only for supervised agents. */
	callCenterId?: string;
	add?: string[];
	remove?: string[];
}

/** Carries the edit out. Throws a plain Error that names what does not exist. */
export function applyEdit(world: World, store: Store, actor: Actor, edit: ListEdit): void {
	const user = needUser(world, edit.userId);
	if (edit.kind === 'agentCallCenters') {
		const callCenters = new Set(user.seats.keys());
		for (const id of edit.remove ?? []) callCenters.delete(needCallCenter(world, id));
		for (const id of edit.add ?? []) callCenters.add(needCallCenter(world, id));
		store.setCallCenters(actor, user, callCenters);
		return;
	}
	const callCenter = needCallCenter(world, edit.callCenterId ?? '');
	const list = callCenter.supervisors.get(user);
	if (!list) throw new Error(`${edit.userId} is not a supervisor of ${edit.callCenterId}`);
	const agents = new Set(list);
	for (const id of edit.remove ?? []) agents.delete(needUser(world, id));
	for (const id of edit.add ?? []) {
		const agent = needUser(world, id);
		if (!callCenter.agents.has(agent)) throw new Error(`${id} is not an agent of ${edit.callCenterId}`);
		agents.add(agent);
	}
	store.setSupervised(actor, user, callCenter, agents);
}

/**
 * One member more or less on the list of a request; undefined if the request has no list, or nothing can change.
 */
export function randomEdit(world: World, random: SeededRandom, path: readonly string[]): ListEdit | undefined {
	// tenants/t/groups/g/users/u/services/call_centers[/c/supervised_agents]
	if (path[4] !== 'users' || path[7] !== 'call_centers') return undefined;
	const user = world.findUser(path[5], true);
	if (!user) return undefined;
	if (path[9] === 'supervised_agents') {
		const callCenter = world.findCallCenter(path[8], true);
		const list = callCenter?.supervisors.get(user);
		if (!callCenter || !list) return undefined;
		const others = [...callCenter.agents.keys()].filter((agent) => !list.has(agent));
		const change = oneMore(random, [...list].map(idOf), others.map(idOf));
		return (
			change && {
				kind: 'supervisedAgents',
				userId: user.userId,
				callCenterId: callCenter.serviceUserId,
				...change,
			}
		);
	}
	if (path.length !== 8) return undefined;
	const mine = [...user.seats.keys()];
	const others = [...world.allCallCenters()].filter((c) => c.allowJoin && reaches(c, user.group) && !user.seats.has(c));
	const change = oneMore(random, mine.map(nameOf), others.map(nameOf));
	return change && { kind: 'agentCallCenters', userId: user.userId, ...change };
}

function oneMore(
	random: SeededRandom,
	there: string[],
	others: string[],
): { add: string[] } | { remove: string[] } | undefined {
	if (there.length === 0 && others.length === 0) return undefined;
	const add = there.length === 0 || (others.length > 0 && random.next() < 0.5);
	return add ? { add: [random.pick(others)] } : { remove: [random.pick(there)] };
}

const idOf = (user: User): string => user.userId;
const nameOf = (callCenter: CallCenter): string => callCenter.serviceUserId;

function needUser(world: World, userId: string): User {
	const user = world.findUser(userId, false);
	if (!user) throw new Error(`User not found: ${userId}`);
	return user;
}

function needCallCenter(world: World, id: string): CallCenter {
	const callCenter = world.findCallCenter(id, false);
	if (!callCenter) throw new Error(`Call center not found: ${id}`);
	return callCenter;
}
