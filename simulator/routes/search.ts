/**
 * Searches across groups and tenants, and the audit record of one request (search and audit pages of the
 * documentation).
 */

import { filterUsers, SEARCH_CRITERIA } from '../criteria';
import { forbidden, invalidParameters, notFound } from '../errors';
import { readParameters } from '../parameters';
import type { User } from '../world';
import { findCallCenter, findUser, ok, ordered, tenantOf, type Context, type Route } from './context';
import { groupObject, tenantObject } from './listings';
import { agentObject } from './user-objects';

export const searchRoutes: Route[] = [
	{
		method: 'GET',
		pattern: 'search/users',
		level: 16,
		handle: (context) => searchUsers(context, context.world.allUsers()),
	},
	{ method: 'GET', pattern: 'tenants/:tenant/search/users', level: 12, handle: searchTenant },
	{ method: 'GET', pattern: 'search/objects', level: 0, handle: resolve },
	{ method: 'GET', pattern: 'local/audit_records/:record', level: 16, handle: auditRecord },
];

function searchTenant(context: Context) {
	const tenant = tenantOf(context);
	return searchUsers(
		context,
		[...tenant.groups.values()].flatMap((group) => [...group.users]),
	);
}

function searchUsers(context: Context, users: Iterable<User>) {
	const found = filterUsers(
		users,
		readParameters(context.request, SEARCH_CRITERIA, context.settings),
		context.settings,
	);
	return ok({ users: ordered(context, found).map(placedUser) });
}

function placedUser(user: User): object {
	return { ...agentObject(user), tenantId: user.group.tenant.tenantId, groupId: user.group.groupId };
}

const CALL_CENTER_TYPES = ['call queue', 'call center', 'premium call center'];
const OBJECT_TYPES = ['user', ...CALL_CENTER_TYPES, 'ivr', 'hunt group', 'route point'];

/** Ids to objects. A `user_id` without a domain gets the tenant's default domain. */
function resolve(context: Context) {
	const types = { tenant_id: 'string', group_id: 'string', user_id: 'string', type: 'string' } as const;
	const {
		tenant_id,
		group_id,
		user_id,
		type = 'user',
	} = readParameters(context.request, types, context.settings) as Record<string, string | undefined>;
	if (tenant_id === undefined) throw invalidParameters("'tenant_id' is required.");
	if (!OBJECT_TYPES.includes(type)) throw invalidParameters(`'type' must be one of ${OBJECT_TYPES.join(', ')}.`);
	const { account, world } = context;
	if (account.userLevel < 16 && account.tenantId !== tenant_id)
		throw forbidden('The resource lies outside your part of the platform.');
	const tenant = world.tenants.get(tenant_id);
	if (!tenant) throw notFound(`Tenant not found: ${tenant_id}`);
	const answer: Record<string, object> = { tenant: tenantObject(tenant) };
	if (group_id !== undefined) {
		const group = tenant.groups.get(group_id);
		if (!group) throw notFound(`Group not found: ${group_id}`);
		answer.group = groupObject(group);
	}
	if (user_id !== undefined) {
		const id = user_id.includes('@') ? [user_id] : [user_id, `${user_id}@${tenant.defaultDomain}`];
		answer[type === 'user' ? 'user' : 'service'] =
			id.map((each) => find(context, each, type, tenant_id, group_id)).find(Boolean) ?? missing(user_id);
	}
	return ok(answer);
}

function find(
	context: Context,
	id: string,
	type: string,
	tenantId: string,
	groupId: string | undefined,
): object | undefined {
	const found =
		type === 'user'
			? findUser(context, id)
			: CALL_CENTER_TYPES.includes(type)
				? findCallCenter(context, id)
				: undefined;
	if (!found || found.group.tenant.tenantId !== tenantId || (groupId !== undefined && found.group.groupId !== groupId))
		return undefined;
	if ('userId' in found) return placedUser(found);
	if (type === 'premium call center' && found.type !== 'Premium') return undefined;
	return { serviceUserId: found.serviceUserId, name: found.name, type: found.type, groupId: found.group.groupId };
}

function missing(id: string): never {
	throw notFound(`Object not found: ${id}`);
}

function auditRecord(context: Context) {
	const record = context.audit.get(context.params.record);
	if (!record) throw notFound(`Audit record not found: ${context.params.record}`);
	return ok(record);
}
