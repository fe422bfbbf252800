/** What the three operations that write a list of supervised agents share. */

import type { IDataObject } from 'n8n-workflow';

import type { SupervisorRef, UserEntry } from '../../../lib/apio';
import { PERSON } from './locators';
import { memberParameters } from './members';

export const agentMembers = memberParameters({
	noun: 'Agent',
	plural: 'Agents',
	listMethod: 'searchCallCenterAgents',
	example: 'jan.peeters@example.com, an.claes@example.com',
	named: PERSON,
});

export const AGENTS_ARGUMENT = { supervised_agents: 'Agents' };

/** The list after the write, if the platform's answer has it. */
export function listItem({ userId, callCenterId }: SupervisorRef, agents: UserEntry[] | null): IDataObject {
	const known = agents === null ? {} : { agentCount: agents.length, supervised_agents: agents as IDataObject[] };
	return { supervisorId: userId, callCenterId, success: true, ...known };
}
