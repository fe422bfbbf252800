/**
 * Neighbouring lists that pickers and id checks need: tenants, groups, users, call centers of a group,
 * their agents and supervisors.
 */

import {
	agentsAnswer,
	callCentersAnswer,
	groupsAnswer,
	supervisorsAnswer,
	tenantsAnswer,
	usersAnswer,
	type CallCenterEntry,
	type GroupEntry,
	type TenantEntry,
	type UserEntry,
} from './answers';
import { callCenterRef, check, groupRef, tenantRef } from './arguments';
import { wholeList, read, type Apio } from './client';
import {
	callCenterAgentsPath,
	callCenterSupervisorsPath,
	groupCallCentersPath,
	groupsPath,
	groupUsersPath,
	tenantsPath,
	type CallCenterRef,
	type GroupRef,
} from './paths';
import type { Result } from './result';

/** For accounts of the system or of a reseller; others are refused with 403. */
export async function tenants(apio: Apio): Promise<Result<TenantEntry[]>> {
	const answer = await read(apio, tenantsPath(), tenantsAnswer);
	return answer.ok ? wholeList(answer.value, 'tenants') : answer;
}

export async function groups(apio: Apio, tenantId: string): Promise<Result<GroupEntry[]>> {
	const checked = check(tenantRef, { tenantId });
	if (!checked.ok) return checked;
	const answer = await read(apio, groupsPath(tenantId), groupsAnswer);
	return answer.ok ? wholeList(answer.value, 'groups') : answer;
}

export async function groupUsers(apio: Apio, group: GroupRef): Promise<Result<UserEntry[]>> {
	const checked = check(groupRef, group);
	if (!checked.ok) return checked;
	const answer = await read(apio, groupUsersPath(checked.value), usersAnswer);
	return answer.ok ? wholeList(answer.value, 'users') : answer;
}

export async function groupCallCenters(apio: Apio, group: GroupRef): Promise<Result<CallCenterEntry[]>> {
	const checked = check(groupRef, group);
	if (!checked.ok) return checked;
	const answer = await read(apio, groupCallCentersPath(checked.value), callCentersAnswer);
	return answer.ok ? wholeList(answer.value, 'call_centers') : answer;
}

export async function callCenterAgents(apio: Apio, callCenter: CallCenterRef): Promise<Result<UserEntry[]>> {
	const checked = check(callCenterRef, callCenter);
	if (!checked.ok) return checked;
	const answer = await read(apio, callCenterAgentsPath(checked.value), agentsAnswer);
	return answer.ok ? wholeList(answer.value, 'agents') : answer;
}

/** A platform that does not offer it answers 404 or another refusal, whatever the call center. */
export async function callCenterSupervisors(apio: Apio, callCenter: CallCenterRef): Promise<Result<UserEntry[]>> {
	const checked = check(callCenterRef, callCenter);
	if (!checked.ok) return checked;
	const answer = await read(apio, callCenterSupervisorsPath(checked.value), supervisorsAnswer);
	return answer.ok ? wholeList(answer.value, 'supervisors') : answer;
}
