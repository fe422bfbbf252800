/** What a route of the gateway works with: the request, who asks, the world, and the ways to name things in a path. */

import { forbidden, notFound } from '../errors';
import type { SimulatorRequest } from '../exchange';
import type { SeededRandom } from '../../tools/seeded-random';
import type { SimulatorSettings } from '../settings';
import type { Actor, Store } from '../store';
import { reaches, type CallCenter, type Group, type Tenant, type User, type World } from '../world';
import type { AccountSpec } from '../world-spec';

export interface Context {
	readonly request: SimulatorRequest;
	readonly params: Readonly<Record<string, string>>;
	readonly account: AccountSpec;
	readonly world: World;
	readonly store: Store;
	readonly actor: Actor;
	readonly settings: SimulatorSettings;
	readonly random: SeededRandom;
	/** Audit records by `_record_internal_id`. */
	readonly audit: ReadonlyMap<string, object>;
}

/** Body as JSON text. */
export interface RouteAnswer {
	status: number;
	body: string;
}

export interface Route {
	method: string;
	/** Below the entry point's prefix, e.g. `tenants/:tenant/groups`. */
	pattern: string;
	/** Least user level that may ask; see `AccountSpec.userLevel`. */
	level: number;
	handle: (context: Context) => RouteAnswer;
}

export const ok = (value: object): RouteAnswer => ({ status: 200, body: JSON.stringify(value) });

/** 403 unless the account's level is high enough and the path lies in its part of the platform. */
export function authorize(account: AccountSpec, level: number, params: Readonly<Record<string, string>>): void {
	if (account.userLevel < level) throw forbidden(`User level ${level} is needed.`);
	const outside =
		(account.userLevel < 16 && params.tenant !== undefined && params.tenant !== account.tenantId) ||
		(account.userLevel < 12 && params.group !== undefined && params.group !== account.groupId) ||
		(account.userLevel < 4 && params.user !== undefined && params.user !== account.userId);
	if (outside) throw forbidden('The resource lies outside your part of the platform.');
}

export function tenantOf({ world, params }: Context): Tenant {
	const tenant = world.tenants.get(params.tenant);
	if (!tenant) throw notFound(`Tenant not found: ${params.tenant}`);
	return tenant;
}

export function groupOf(context: Context): Group {
	const group = tenantOf(context).groups.get(context.params.group);
	if (!group) throw notFound(`Group not found: ${context.params.group}`);
	return group;
}

export function userOf(context: Context): User {
	const group = groupOf(context);
	const user = findUser(context, context.params.user);
	if (user?.group !== group) throw notFound(`User not found: ${context.params.user}`);
	return user;
}

/** The call center named in the path, which must lie in the group of the path or be shared with it. */
export function callCenterOf(context: Context): CallCenter {
	const group = groupOf(context);
	const callCenter = findCallCenter(context, context.params.callCenter);
	if (!callCenter || !reaches(callCenter, group)) throw notFound(`Call center not found: ${context.params.callCenter}`);
	return callCenter;
}

export function findUser({ world, settings }: Context, userId: string): User | undefined {
	return world.findUser(userId, settings.idCase === 'insensitive');
}

export function findCallCenter({ world, settings }: Context, serviceUserId: string): CallCenter | undefined {
	return world.findCallCenter(serviceUserId, settings.idCase === 'insensitive');
}

/** Call centers of the group, and those shared with it, in the platform's order. */
export function callCentersWithin({ world }: Context, group: Group): CallCenter[] {
	return group.tenant.type === 'ServiceProvider'
		? [...group.callCenters]
		: [...world.allCallCenters()].filter((c) => reaches(c, group));
}

/** A list in the order in which it is answered: as it is, or in another one each time. */
export function ordered<T>({ settings, random }: Context, values: readonly T[]): readonly T[] {
	return settings.unstableOrder ? random.shuffle(values) : values;
}
