/** The only place where the world changes; every change is recorded with the lists before and after it. */

import type { AgentProfileSettings } from './world-spec';
import type { CallCenter, Seat, User } from './world';
import { newSeat } from './world';

/** The author of a change: a client's request, or a third party. */
export type Author = 'client' | 'thirdParty';

/**
 * One list as it was and as it is. `supervisedAgents`: userIds that `userId` supervises in `callCenterId`.
 * `agentCallCenters`: serviceUserIds of the call centers of agent `userId`. `callCenterAgents`: userIds of the agents
 * of `callCenterId`. `agentProfile`: settings of `userId`, in `settings` instead of the lists.
 */
export interface AppliedChange {
	readonly seq: number;
	/** Milliseconds since the epoch, by the server's clock. */
	readonly at: number;
	readonly by: Author;
	/** Number of the request in the request log; null for a third party. */
	readonly request: number | null;
	/** The method that did it; null for a third party. */
	readonly method: string | null;
	/** A consequence of another change, e.g. no longer supervised because no longer an agent. */
	readonly cascade: boolean;
	readonly kind: 'supervisedAgents' | 'agentCallCenters' | 'callCenterAgents' | 'agentProfile';
	readonly tenantId: string;
	readonly groupId: string;
	readonly userId: string | null;
	readonly callCenterId: string | null;
	readonly before: readonly string[];
	readonly after: readonly string[];
	readonly added: readonly string[];
	readonly removed: readonly string[];
	readonly settings: { before: object; after: object } | null;
}

/** The author of the current change. */
export interface Actor {
	by: Author;
	at: number;
	request: number | null;
	method: string | null;
}

export class Store {
	readonly changes: AppliedChange[] = [];
	private seq = 0;

	constructor(private readonly limit: number) {}

	/** Makes the supervised list exactly `agents`, which must be agents of the call center. */
	setSupervised(
		actor: Actor,
		supervisor: User,
		callCenter: CallCenter,
		agents: ReadonlySet<User>,
		cascade = false,
	): void {
		const list = callCenter.supervisors.get(supervisor);
		if (!list) return;
		const before = ids(list);
		list.clear();
		for (const agent of agents) list.add(agent);
		this.record(actor, {
			kind: 'supervisedAgents',
			user: supervisor,
			callCenter,
			before,
			after: ids(list),
			cascade,
		});
	}

	/** Makes the agent's call centers exactly `callCenters`; seats that stay keep their settings. */
	setCallCenters(actor: Actor, agent: User, callCenters: ReadonlySet<CallCenter>): void {
		const before = names(agent.seats.keys());
		for (const callCenter of [...agent.seats.keys()]) {
			if (!callCenters.has(callCenter)) this.unseat(actor, agent, callCenter);
		}
		for (const callCenter of callCenters) {
			if (!agent.seats.has(callCenter)) this.seat(agent, callCenter, newSeat());
		}
		const after = names(agent.seats.keys());
		this.record(actor, { kind: 'agentCallCenters', user: agent, callCenter: null, before, after, cascade: false });
	}

	/** Makes the call center's agents exactly `agents`, with these seats. */
	setAgents(actor: Actor, callCenter: CallCenter, agents: ReadonlyMap<User, Seat>): void {
		const before = ids(callCenter.agents.keys());
		for (const agent of [...callCenter.agents.keys()]) {
			if (!agents.has(agent)) this.unseat(actor, agent, callCenter);
		}
		for (const [agent, seat] of agents) this.seat(agent, callCenter, seat);
		const after = ids(callCenter.agents.keys());
		this.record(actor, { kind: 'callCenterAgents', user: null, callCenter, before, after, cascade: false });
	}

	setProfile(
		actor: Actor,
		agent: User,
		profile: AgentProfileSettings,
		availability: ReadonlyMap<CallCenter, boolean>,
	): void {
		const before = snapshot(agent);
		agent.profile = profile;
		for (const [callCenter, available] of availability) {
			const seat = agent.seats.get(callCenter);
			if (seat) seat.available = available;
		}
		this.push(actor, {
			kind: 'agentProfile',
			tenantId: agent.group.tenant.tenantId,
			groupId: agent.group.groupId,
			userId: agent.userId,
			callCenterId: null,
			cascade: false,
			before: [],
			after: [],
			added: [],
			removed: [],
			settings: { before, after: snapshot(agent) },
		});
	}

	private seat(agent: User, callCenter: CallCenter, seat: Seat): void {
		agent.seats.set(callCenter, seat);
		callCenter.agents.set(agent, seat);
	}

	/** A user who is no longer an agent of a call center is no longer supervised there. */
	private unseat(actor: Actor, agent: User, callCenter: CallCenter): void {
		agent.seats.delete(callCenter);
		callCenter.agents.delete(agent);
		for (const [supervisor, supervised] of callCenter.supervisors) {
			if (!supervised.has(agent)) continue;
			const rest = new Set(supervised);
			rest.delete(agent);
			this.setSupervised(actor, supervisor, callCenter, rest, true);
		}
	}

	private record(
		actor: Actor,
		change: {
			kind: AppliedChange['kind'];
			user: User | null;
			callCenter: CallCenter | null;
			before: string[];
			after: string[];
			cascade: boolean;
		},
	): void {
		const { kind, user, callCenter, before, after, cascade } = change;
		const group = user?.group ?? callCenter?.group;
		const was = new Set(before);
		const is = new Set(after);
		this.push(actor, {
			kind,
			tenantId: group?.tenant.tenantId ?? '',
			groupId: group?.groupId ?? '',
			userId: user?.userId ?? null,
			callCenterId: callCenter?.serviceUserId ?? null,
			cascade,
			before,
			after,
			added: after.filter((id) => !was.has(id)),
			removed: before.filter((id) => !is.has(id)),
			settings: null,
		});
	}

	private push(actor: Actor, change: Omit<AppliedChange, 'seq' | 'at' | 'by' | 'request' | 'method'>): void {
		const { by, at, request, method } = actor;
		this.changes.push({ seq: ++this.seq, at, by, request, method, ...change });
		// Forget in bulk: shifting a long array for every change would cost more than the change.
		if (this.changes.length > this.limit * 1.1) this.changes.splice(0, this.changes.length - this.limit);
	}
}

function ids(users: Iterable<User>): string[] {
	return Array.from(users, (user) => user.userId);
}

function names(callCenters: Iterable<CallCenter>): string[] {
	return Array.from(callCenters, (callCenter) => callCenter.serviceUserId);
}

function snapshot(agent: User): object {
	return {
		...agent.profile,
		call_centers: Array.from(agent.seats, ([callCenter, seat]) => ({
			serviceUserId: callCenter.serviceUserId,
			available: seat.available,
		})),
	};
}
