import type { INodeProperties } from 'n8n-workflow';

import { assignCallCenters, failed, succeeded } from '../../../../lib/apio';
import { allowEmptyParameter, memberIds, memberParameters } from '../../descriptions/members';
import { agentAddress } from '../../descriptions/locators';
import { showFor, type Operation } from '../../operation';

const properties: INodeProperties[] = [
	...agentAddress,
	{
		displayName:
			'The agent will be in exactly these call centers and in no others. Each must allow its agents to join by themselves.',
		name: 'completeListNotice',
		type: 'notice',
		default: '',
	},
	...memberParameters({
		noun: 'Call Center',
		plural: 'Call Centers',
		listMethod: 'searchJoinableCallCenters',
		example: 'sales_cc@example.com, support_cc@example.com',
	}),
	allowEmptyParameter('Call Centers'),
];

export const assign: Operation = {
	description: showFor('callCenter', 'assign', properties),
	names: { call_centers: 'Call Centers' },
	async execute(apio, item) {
		const agent = item.agent();
		const ids = memberIds(item);
		item.fills('call_centers', ids);
		if (ids.length === 0 && !item.flag('allowEmpty')) {
			const message = "call_centers names no call center, which would take the agent out of all of them; turn on 'Allow Empty List' if that is meant";
			return failed({ kind: 'invalid', code: 'emptyList', argument: 'call_centers', message });
		}
		const done = await assignCallCenters(apio, agent, ids);
		return done.ok ? succeeded([{ userId: agent.userId, success: true, callCenters: ids }]) : done;
	},
};
