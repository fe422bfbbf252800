import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { getAgentProfile, succeeded, type AgentProfile } from '../../../../lib/apio';
import { agentAddress } from '../../descriptions/locators';
import { callCenterOptions, callCenterQuery } from '../../descriptions/call-center-options';
import { showFor, type Operation } from '../../operation';

const properties: INodeProperties[] = [
	...agentAddress,
	{
		displayName: 'Simplify',
		name: 'simplify',
		type: 'boolean',
		default: true,
		description: 'Whether to return a simplified version of the response instead of the raw data',
	},
	callCenterOptions,
];

export const get: Operation = {
	description: showFor('agentProfile', 'get', properties),
	names: { sensitiveServiceUserIdEquals: 'Call Center' },
	async execute(apio, item) {
		const agent = item.agent();
		const answer = await getAgentProfile(apio, agent, callCenterQuery(item));
		if (!answer.ok) return answer;
		return succeeded([item.flag('simplify') ? simplified(agent.userId, answer.value) : (answer.value as IDataObject)]);
	},
};

/** What a workflow asks for most often, flat. */
function simplified(userId: string, profile: AgentProfile): IDataObject {
	const callCenters = profile.call_centers ?? [];
	const idsOf = (entries: typeof callCenters) => entries.map(({ serviceUserId }) => serviceUserId ?? null);
	const dnis = profile.outgoingCallDNIS as IDataObject | null | undefined;
	return {
		userId,
		agentACDState: profile.agentACDState,
		agentUnavailableCode: profile.agentUnavailableCode,
		agentThresholdProfileName: profile.agentThresholdProfileName,
		enableGuardTimer: profile.enableGuardTimer,
		guardTimerSeconds: profile.guardTimerSeconds,
		makeOutgoingCallsAsCallCenter: profile.makeOutgoingCallsAsCallCenter,
		outgoingCallDNIS: dnis?.name ?? null,
		callCenters: idsOf(callCenters),
		availableIn: idsOf(callCenters.filter(({ available }) => available === true)),
	} as IDataObject;
}
