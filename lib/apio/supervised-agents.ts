/** The agents that a supervisor supervises in one call center (API page "Call Center", section Supervised Agents). */

import { supervisedAgentsAnswer, type UserEntry } from './answers';
import { agentIds, check, someAgentIds, supervisorRef } from './arguments';
import { wholeList, read, write, type Apio } from './client';
import { agentSearch, matching, type AgentSearch } from './criteria';
import { supervisedAgentsPath, type SupervisorRef } from './paths';
import { failed, succeeded, type Result } from './result';
import type { HttpMethod } from './transport';
import { withoutRepeats } from './unique';

/**
 * The list, or the part of it that matches. More matches than `responseSizeLimit` are a refusal, never a shorter list.
 */
export async function supervisedAgents(
	apio: Apio,
	list: SupervisorRef,
	search?: AgentSearch,
): Promise<Result<UserEntry[]>> {
	const checked = check(supervisorRef, list);
	if (!checked.ok) return checked;
	const criteria = search === undefined ? succeeded<AgentSearch>({}) : check(agentSearch, search);
	if (!criteria.ok) return criteria;
	const answer = await read(apio, supervisedAgentsPath(checked.value), supervisedAgentsAnswer, criteria.value);
	if (!answer.ok) return answer;
	const agents = wholeList(answer.value, 'supervised_agents');
	return agents.ok ? withinLimit(matching(agents.value, criteria.value), criteria.value.responseSizeLimit) : agents;
}

/** Makes the list exactly these agents; an empty one removes all of them. */
export async function replaceSupervisedAgents(
	apio: Apio,
	list: SupervisorRef,
	userIds: readonly string[],
): Promise<Result<UserEntry[] | null>> {
	return await change(apio, 'PUT', list, userIds);
}

/** Adds these agents and leaves the others. */
export async function addSupervisedAgents(
	apio: Apio,
	list: SupervisorRef,
	userIds: readonly string[],
): Promise<Result<UserEntry[] | null>> {
	return await change(apio, 'POST', list, userIds);
}

/** Removes these agents and leaves the others. */
export async function removeSupervisedAgents(
	apio: Apio,
	list: SupervisorRef,
	userIds: readonly string[],
): Promise<Result<UserEntry[] | null>> {
	return await change(apio, 'DELETE', list, userIds);
}

/** @returns the list as it now is, or null where the answer does not carry the whole of it */
async function change(
	apio: Apio,
	method: Exclude<HttpMethod, 'GET'>,
	list: SupervisorRef,
	userIds: readonly string[],
): Promise<Result<UserEntry[] | null>> {
	const checked = check(supervisorRef, list);
	if (!checked.ok) return checked;
	const ids = check(method === 'PUT' ? agentIds : someAgentIds, userIds, 'supervised_agents');
	if (!ids.ok) return ids;
	const body = { supervised_agents: withoutRepeats(ids.value).map((userId) => ({ userId })) };
	const answer = await write(apio, method, supervisedAgentsPath(checked.value), body, supervisedAgentsAnswer);
	if (!answer.ok) return answer;
	const agents = wholeList(answer.value, 'supervised_agents');
	return succeeded(agents.ok ? agents.value : null);
}

/** The platform's own rule (OCI), for proxies that drop the limit together with the criteria. */
function withinLimit(agents: UserEntry[], limit: number | undefined): Result<UserEntry[]> {
	if (limit === undefined || agents.length <= limit) return succeeded(agents);
	const message = `${agents.length} agents match, more than the responseSizeLimit of ${limit}`;
	return failed({ kind: 'refused', code: 'sizeLimitExceeded', message, argument: 'responseSizeLimit' });
}
