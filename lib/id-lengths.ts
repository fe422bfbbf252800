/** The longest ids that BroadWorks takes, in characters: counted as code points, and at least one. */

/** Users and services, so agents, supervisors and call centers (OCI schema `UserId`). */
export const MAX_USER_ID = 161;

/** Service providers (APIO: tenants) and groups (OCI schema `ServiceProviderId`, `GroupId`). */
export const MAX_SCOPE_ID = 30;
