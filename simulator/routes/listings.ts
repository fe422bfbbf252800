/** Tenants, groups and users: what list pickers and id checks read. Keys as Netaxis's own client reads them. */

import { filterUsers, SEARCH_CRITERIA } from '../criteria';
import { invalidParameters } from '../errors';
import { readParameters } from '../parameters';
import type { Group, Tenant } from '../world';
import { groupOf, ok, ordered, tenantOf, userOf, type Context, type Route } from './context';
import { agentListJson, agentObject } from './user-objects';

export const listingRoutes: Route[] = [
	{ method: 'GET', pattern: 'tenants', level: 16, handle: tenants },
	{ method: 'GET', pattern: 'tenants/:tenant', level: 12, handle: (context) => ok(tenantObject(tenantOf(context))) },
	{ method: 'GET', pattern: 'tenants/:tenant/groups', level: 12, handle: groups },
	{
		method: 'GET',
		pattern: 'tenants/:tenant/groups/:group',
		level: 8,
		handle: (context) => ok(groupObject(groupOf(context))),
	},
	{ method: 'GET', pattern: 'tenants/:tenant/groups/:group/users', level: 8, handle: users },
	{ method: 'GET', pattern: 'tenants/:tenant/groups/:group/users/:user', level: 0, handle: user },
];

export function tenantObject({ tenantId, name, type, defaultDomain }: Tenant): object {
	return { tenantId, name, type, defaultDomain };
}

export function groupObject({ groupId, groupName, tenant, users: members }: Group): object {
	return { groupId, groupName, tenantId: tenant.tenantId, userCount: members.size };
}

function tenants(context: Context) {
	const { type, sizeLimit } = readParameters(
		context.request,
		{ type: 'string', sizeLimit: 'integer' },
		context.settings,
	);
	if (type !== undefined && type !== 'ServiceProvider' && type !== 'Enterprise') {
		throw invalidParameters("'type' must be ServiceProvider or Enterprise.");
	}
	const found = [...context.world.tenants.values()].filter((tenant) => type === undefined || tenant.type === type);
	if (sizeLimit !== undefined && found.length > (sizeLimit as number))
		throw invalidParameters("More tenants than 'sizeLimit'.");
	return ok({ tenants: ordered(context, found).map(tenantObject) });
}

function groups(context: Context) {
	const tenant = tenantOf(context);
	readParameters(context.request, {}, context.settings);
	return ok({ groups: ordered(context, [...tenant.groups.values()]).map(groupObject) });
}

function users(context: Context) {
	const group = groupOf(context);
	const parameters = readParameters(context.request, SEARCH_CRITERIA, context.settings);
	const found = filterUsers(group.users, parameters, context.settings);
	return { status: 200, body: agentListJson('users', ordered(context, found)) };
}

function user(context: Context) {
	const found = userOf(context);
	return ok({ ...agentObject(found), tenantId: found.group.tenant.tenantId, groupId: found.group.groupId });
}
