import type { INodeProperties } from 'n8n-workflow';

import { assignCallCenters, succeeded } from '../../../../lib/apio';
import { allowEmptyParameter, completeMemberIds, memberParameters } from '../../descriptions/members';
import { agentAddress, CALL_CENTER } from '../../descriptions/locators';
import { showFor, type Operation } from '../../operation';

const properties: INodeProperties[] = [
	...agentAddress,
	{
		displayName:
			'The agent will be in exactly these call centers and leave all others. Each must allow its agents to join ' +
			'by themselves.',
		name: 'completeListNotice',
		type: 'notice',
		default: '',
	},
	...memberParameters({
		noun: 'Call Center',
		plural: 'Call Centers',
		listMethod: 'searchJoinableCallCenters',
		example: 'sales_cc@example.com, support_cc@example.com',
		named: CALL_CENTER,
	}),
	allowEmptyParameter('Call Centers'),
];

export const assign: Operation = {
	description: showFor('callCenter', 'assign', properties),
	names: { call_centers: 'Call Centers' },
	async execute(apio, item) {
		const agent = item.agent();
		const ids = completeMemberIds(
			item,
			'call_centers',
			'names no call center, which would remove the agent from all of them',
		);
		if (!ids.ok) return ids;
		const done = await assignCallCenters(apio, agent, ids.value);
		return done.ok ? succeeded([{ userId: agent.userId, success: true, callCenters: done.value }]) : done;
	},
};
