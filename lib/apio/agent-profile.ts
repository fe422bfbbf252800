/** An agent's call-center settings (API page "Call Center", section Profile). */

import { agentProfile, type AgentProfile, type CallCenterEntry } from './answers';
import {
	callCenterQuery,
	check,
	profileSettings,
	userRef,
	type CallCenterQuery,
	type ProfileSettings,
} from './arguments';
import { read, wholeList, write, type Apio } from './client';
import { profilePath, type UserRef } from './paths';
import { succeeded, type Result } from './result';

type WithCallCenters = AgentProfile & { readonly call_centers: CallCenterEntry[] };

/**
 * The agent's settings and call centers. Without a filter every call center of the agent is in `call_centers`; an
 * answer that does not have all of them is refused.
 */
export async function getAgentProfile(
	apio: Apio,
	agent: UserRef,
	query: CallCenterQuery = {},
): Promise<Result<WithCallCenters>> {
	const checked = check(userRef, agent);
	if (!checked.ok) return checked;
	const criteria = check(callCenterQuery, query);
	if (!criteria.ok) return criteria;
	const answer = await read(apio, profilePath(checked.value), agentProfile, criteria.value);
	if (!answer.ok) return answer;
	const callCenters = wholeList(answer.value, 'call_centers');
	if (!callCenters.ok) return callCenters;
	return succeeded({ ...answer.value, call_centers: onlyWanted(callCenters.value, criteria.value) });
}

/** The call centers that the agent is in. */
export async function agentCallCenters(
	apio: Apio,
	agent: UserRef,
	query: CallCenterQuery = {},
): Promise<Result<CallCenterEntry[]>> {
	const profile = await getAgentProfile(apio, agent, query);
	return profile.ok ? succeeded(profile.value.call_centers) : profile;
}

/**
 * Changes the settings given and no others; fields left out keep their value. Never changes which call centers the
 * agent is in: `call_centers` says only whether the agent is available in some of them.
 *
 * @returns the profile as it now is, where the platform returns it
 */
export async function updateAgentProfile(
	apio: Apio,
	agent: UserRef,
	settings: ProfileSettings,
): Promise<Result<AgentProfile>> {
	const checked = check(userRef, agent);
	if (!checked.ok) return checked;
	const body = check(profileSettings, settings);
	if (!body.ok) return body;
	return await write(apio, 'PUT', profilePath(checked.value), defined(body.value), agentProfile);
}

/** The documented filter once more, for proxies that drop it. */
export function onlyWanted(callCenters: readonly CallCenterEntry[], query: CallCenterQuery): CallCenterEntry[] {
	const wanted = query.sensitiveServiceUserIdEquals;
	return wanted === undefined
		? [...callCenters]
		: callCenters.filter((callCenter) => callCenter.serviceUserId === wanted);
}

function defined(settings: ProfileSettings) {
	return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}
