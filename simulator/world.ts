/**
 * The data that both entry points serve: tenants, groups, users and call centers, with who is agent and who is
 * supervisor of what. Plain objects linked to each other, so that a membership test is one look in a Set or Map.
 */

import type { AgentProfileSettings, CallCenterType, DepartmentSpec, Dnis, WorldSpec } from './world-spec';
import { DEFAULT_PROFILE } from './world-spec';

export interface Tenant {
	readonly tenantId: string;
	readonly name: string;
	readonly type: 'ServiceProvider' | 'Enterprise';
	readonly defaultDomain: string;
	readonly groups: Map<string, Group>;
}

export interface Group {
	readonly groupId: string;
	readonly groupName: string;
	readonly tenant: Tenant;
	readonly users: Set<User>;
	readonly callCenters: Set<CallCenter>;
}

/** One agent's place in one call center; the same object hangs on the user and on the call center. */
export interface Seat {
	available: boolean;
	priority: string;
	skillLevel: number;
	weight: number;
}

export interface User {
	readonly userId: string;
	readonly group: Group;
	readonly lastName: string;
	readonly firstName: string;
	readonly phoneNumber: string;
	readonly extension: string;
	readonly department: Required<DepartmentSpec> | null;
	readonly emailAddress: string;
	readonly impId: string;
	readonly locationCode: string;
	/** Call centers that the user is an agent of, in the order of assignment. */
	readonly seats: Map<CallCenter, Seat>;
	profile: AgentProfileSettings;
	/** The user as a "Supervised Agent" object in JSON, made when first asked for. */
	json: string | null;
}

export interface CallCenter {
	readonly serviceUserId: string;
	readonly group: Group;
	readonly name: string;
	readonly type: CallCenterType;
	readonly skillBased: boolean;
	readonly phoneNumber: string;
	readonly extension: string;
	readonly allowJoin: boolean;
	readonly logOffAllowed: boolean;
	readonly dnis: readonly Dnis[];
	readonly agents: Map<User, Seat>;
	/** Supervisors of the call center, each with the agents that he or she supervises in it. */
	readonly supervisors: Map<User, Set<User>>;
}

/** Ids are unique on a platform whatever their case, so they are indexed without it. */
const fold = (id: string): string => id.toLowerCase();

export class World {
	readonly tenants = new Map<string, Tenant>();
	private readonly users = new Map<string, User>();
	private readonly callCenters = new Map<string, CallCenter>();

	/** Throws a plain Error that names the mistake when the spec contradicts itself. */
	constructor(readonly spec: WorldSpec) {
		for (const tenantSpec of spec.tenants) {
			const tenant: Tenant = {
				tenantId: tenantSpec.tenantId,
				name: tenantSpec.name ?? tenantSpec.tenantId,
				type: tenantSpec.type ?? 'Enterprise',
				defaultDomain: tenantSpec.defaultDomain ?? 'example.com',
				groups: new Map(),
			};
			this.tenants.set(tenant.tenantId, tenant);
			for (const groupSpec of tenantSpec.groups) {
				const group: Group = {
					groupId: groupSpec.groupId,
					groupName: groupSpec.groupName ?? groupSpec.groupId,
					tenant,
					users: new Set(),
					callCenters: new Set(),
				};
				tenant.groups.set(group.groupId, group);
				for (const userSpec of groupSpec.users) this.addUser(group, userSpec);
			}
		}
		// Call centers come after all users: an enterprise's call center may have agents of any of its groups.
		for (const tenantSpec of spec.tenants) {
			const tenant = this.tenants.get(tenantSpec.tenantId);
			for (const groupSpec of tenantSpec.groups) {
				const group = tenant?.groups.get(groupSpec.groupId);
				if (!group) throw new Error(`Group ${groupSpec.groupId} is given twice`);
				for (const callCenterSpec of groupSpec.callCenters) this.addCallCenter(group, callCenterSpec);
			}
		}
	}

	/** `ignoreCase` decides whether another spelling of the id is the same id. */
	findUser(userId: string, ignoreCase: boolean): User | undefined {
		const user = this.users.get(fold(userId));
		return user && (ignoreCase || user.userId === userId) ? user : undefined;
	}

	findCallCenter(serviceUserId: string, ignoreCase: boolean): CallCenter | undefined {
		const callCenter = this.callCenters.get(fold(serviceUserId));
		return callCenter && (ignoreCase || callCenter.serviceUserId === serviceUserId) ? callCenter : undefined;
	}

	allUsers(): IterableIterator<User> {
		return this.users.values();
	}

	allCallCenters(): IterableIterator<CallCenter> {
		return this.callCenters.values();
	}

	private addUser(group: Group, spec: WorldSpec['tenants'][number]['groups'][number]['users'][number]): void {
		const key = fold(spec.userId);
		if (this.users.has(key)) throw new Error(`User ${spec.userId} is given twice`);
		const user: User = {
			userId: spec.userId,
			group,
			lastName: spec.lastName ?? spec.userId,
			firstName: spec.firstName ?? '',
			phoneNumber: spec.phoneNumber ?? '',
			extension: spec.extension ?? '',
			department: spec.department
				? {
						tenantId: spec.department.tenantId ?? group.tenant.tenantId,
						groupId: spec.department.groupId ?? group.groupId,
						departmentName: spec.department.departmentName,
						fullPathName: spec.department.fullPathName ?? spec.department.departmentName,
					}
				: null,
			emailAddress: spec.emailAddress ?? '',
			impId: spec.impId ?? '',
			locationCode: spec.locationCode ?? '',
			seats: new Map(),
			profile: { ...DEFAULT_PROFILE, ...spec.profile },
			json: null,
		};
		this.users.set(key, user);
		group.users.add(user);
	}

	private addCallCenter(
		group: Group,
		spec: WorldSpec['tenants'][number]['groups'][number]['callCenters'][number],
	): void {
		const key = fold(spec.serviceUserId);
		if (this.callCenters.has(key)) throw new Error(`Call center ${spec.serviceUserId} is given twice`);
		const callCenter: CallCenter = {
			serviceUserId: spec.serviceUserId,
			group,
			name: spec.name ?? spec.serviceUserId,
			type: spec.type ?? 'Basic',
			skillBased: spec.skillBased ?? false,
			phoneNumber: spec.phoneNumber ?? '',
			extension: spec.extension ?? '',
			allowJoin: spec.allowJoin ?? true,
			logOffAllowed: spec.logOffAllowed ?? true,
			dnis: (spec.dnis ?? []).map((name) => ({ serviceUserId: spec.serviceUserId, name })),
			agents: new Map(),
			supervisors: new Map(),
		};
		this.callCenters.set(key, callCenter);
		group.callCenters.add(callCenter);
		const need = (userId: string): User => {
			const user = this.findUser(userId, false);
			if (!user) throw new Error(`Call center ${spec.serviceUserId} names user ${userId}, who does not exist`);
			return user;
		};
		for (const agent of spec.agents ?? []) {
			const user = need(typeof agent === 'string' ? agent : agent.userId);
			const seat = newSeat(typeof agent === 'string' ? {} : agent);
			callCenter.agents.set(user, seat);
			user.seats.set(callCenter, seat);
		}
		for (const [supervisorId, agentIds] of Object.entries(spec.supervisors ?? {})) {
			const supervised = new Set<User>();
			for (const agentId of agentIds) {
				const agent = need(agentId);
				if (!callCenter.agents.has(agent))
					throw new Error(`${agentId} is supervised in ${spec.serviceUserId} but no agent of it`);
				supervised.add(agent);
			}
			callCenter.supervisors.set(need(supervisorId), supervised);
		}
	}
}

/** A new seat, as in the documentation's examples (priority "5.0", not yet available). */
export function newSeat(given: Partial<Seat> = {}): Seat {
	return {
		available: given.available ?? false,
		priority: given.priority ?? '5.0',
		skillLevel: given.skillLevel ?? 1,
		weight: given.weight ?? 0,
	};
}

/**
 * Whether a call center can have dealings with users of `group`: an enterprise shares its call centers among its
 * groups.
 */
export function reaches(callCenter: CallCenter, group: Group): boolean {
	if (callCenter.group === group) return true;
	return callCenter.group.tenant === group.tenant && group.tenant.type === 'Enterprise';
}
