/**
 * Paths below the base URL, as the API's documentation has them: every segment percent-encoded (RFC 3986, section 2.1),
 * and always with the trailing slash, because a redirect would lose the body of a write.
 */

export interface GroupRef {
	readonly tenantId: string;
	readonly groupId: string;
}

/** An agent or a supervisor. */
export interface UserRef extends GroupRef {
	readonly userId: string;
}

/** A supervisor's list in one call center. */
export interface SupervisorRef extends UserRef {
	/** The call center's `serviceUserId` (called `instance_name` in the documentation). */
	readonly callCenterId: string;
}

export interface CallCenterRef extends GroupRef {
	readonly callCenterId: string;
}

function path(...segments: string[]): string {
	return `/${segments.map(encodeURIComponent).join('/')}/`;
}

export function tenantsPath(): string {
	return path('tenants');
}

export function groupsPath(tenantId: string): string {
	return path('tenants', tenantId, 'groups');
}

export function groupUsersPath({ tenantId, groupId }: GroupRef): string {
	return path('tenants', tenantId, 'groups', groupId, 'users');
}

export function groupCallCentersPath({ tenantId, groupId }: GroupRef): string {
	return path('tenants', tenantId, 'groups', groupId, 'services', 'call_centers');
}

export function callCenterAgentsPath({ tenantId, groupId, callCenterId }: CallCenterRef): string {
	return path('tenants', tenantId, 'groups', groupId, 'services', 'call_centers', callCenterId, 'agents');
}

/** Not documented: named as BroadWorks' own request for it and the paths beside it suggest. */
export function callCenterSupervisorsPath({ tenantId, groupId, callCenterId }: CallCenterRef): string {
	return path('tenants', tenantId, 'groups', groupId, 'services', 'call_centers', callCenterId, 'supervisors');
}

/** The agent's profile; also the address to which call centers are assigned. */
export function profilePath({ tenantId, groupId, userId }: UserRef): string {
	return path('tenants', tenantId, 'groups', groupId, 'users', userId, 'services', 'call_centers');
}

export function availableCallCentersPath(user: UserRef): string {
	return `${profilePath(user)}available/`;
}

export function dnisPath(user: UserRef): string {
	return `${profilePath(user)}dnis/`;
}

export function supervisedAgentsPath(list: SupervisorRef): string {
	return `${profilePath(list)}${encodeURIComponent(list.callCenterId)}/supervised_agents/`;
}
