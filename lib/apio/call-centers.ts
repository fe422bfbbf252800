/**
 * The call centers and DNIS of an agent (API page "Call Center", sections Assign, Available Call Centers, Available
 * DNIS).
 */

import { onlyWanted } from './agent-profile';
import { anyObject, callCentersAnswer, dnisAnswer, type CallCenterEntry, type Dnis } from './answers';
import { callCenterIds, callCenterQuery, check, userRef, type CallCenterQuery } from './arguments';
import { wholeList, read, write, type Apio } from './client';
import { availableCallCentersPath, dnisPath, profilePath, type UserRef } from './paths';
import { succeeded, type Result } from './result';
import { withoutRepeats } from './unique';

/** The call centers that the agent may join. */
export async function availableCallCenters(
	apio: Apio,
	agent: UserRef,
	query: CallCenterQuery = {},
): Promise<Result<CallCenterEntry[]>> {
	const checked = check(userRef, agent);
	if (!checked.ok) return checked;
	const criteria = check(callCenterQuery, query);
	if (!criteria.ok) return criteria;
	const answer = await read(apio, availableCallCentersPath(checked.value), callCentersAnswer, criteria.value);
	if (!answer.ok) return answer;
	const found = wholeList(answer.value, 'call_centers');
	return found.ok ? succeeded(onlyWanted(found.value, criteria.value)) : found;
}

/**
 * Makes the agent's call centers exactly these; an empty list takes the agent out of all of them. Each must allow the
 * agent to join. `list: true` is what tells this request from an update of settings, so it is sent here and nowhere
 * else.
 *
 * @returns the ids as sent, each once
 */
export async function assignCallCenters(
	apio: Apio,
	agent: UserRef,
	serviceUserIds: readonly string[],
): Promise<Result<string[]>> {
	const checked = check(userRef, agent);
	if (!checked.ok) return checked;
	const ids = check(callCenterIds, serviceUserIds, 'call_centers');
	if (!ids.ok) return ids;
	const assigned = withoutRepeats(ids.value);
	const body = { list: true, call_centers: assigned.map((serviceUserId) => ({ serviceUserId })) };
	const answer = await write(apio, 'PUT', profilePath(checked.value), body, anyObject);
	return answer.ok ? succeeded(assigned) : answer;
}

/** The numbers that the agent may show on outgoing calls. */
export async function availableDnis(apio: Apio, agent: UserRef): Promise<Result<Dnis[]>> {
	const checked = check(userRef, agent);
	if (!checked.ok) return checked;
	const answer = await read(apio, dnisPath(checked.value), dnisAnswer);
	return answer.ok ? wholeList(answer.value, 'call_centers_dnis') : answer;
}
