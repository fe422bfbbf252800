/** Resources and their operations, as the user picks them. */

import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

function operations(resource: string, options: INodePropertyOptions[], byDefault: string): INodeProperties {
	return {
		displayName: 'Operation',
		name: 'operation',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: { resource: [resource] } },
		options,
		default: byDefault,
	};
}

export const resourcesAndOperations: INodeProperties[] = [
	{
		displayName: 'Resource',
		name: 'resource',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Agent Profile', value: 'agentProfile' },
			{ name: 'Call Center', value: 'callCenter' },
			{ name: 'DNIS Number', value: 'dnis' },
			{ name: 'Supervised Agent', value: 'supervisedAgent' },
		],
		default: 'agentProfile',
	},
	operations(
		'agentProfile',
		[
			{
				name: 'Get',
				value: 'get',
				action: 'Get agent profile',
				description: "Retrieve an agent's call-center settings and the call centers the agent is in",
			},
			{
				name: 'Update',
				value: 'update',
				action: 'Update agent profile',
				description: "Change an agent's settings and the call centers in which the agent takes calls",
			},
		],
		'get',
	),
	operations(
		'callCenter',
		[
			{
				name: 'Assign to Agent',
				value: 'assign',
				action: 'Assign call centers to agent',
				description: 'Set the complete list of call centers of an agent',
			},
			{
				name: 'Get Many Available',
				value: 'getAvailable',
				action: 'Get many available call centers',
				description: 'Retrieve a list of the call centers that an agent may join',
			},
		],
		'getAvailable',
	),
	operations(
		'dnis',
		[
			{
				name: 'Get Many Available',
				value: 'getAvailable',
				action: 'Get many available DNIS',
				description: 'Retrieve a list of the numbers that an agent may show on outgoing calls',
			},
		],
		'getAvailable',
	),
	operations(
		'supervisedAgent',
		[
			{
				name: 'Add',
				value: 'add',
				action: 'Add supervised agents',
				description: "Add agents to a supervisor's list and keep the others",
			},
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many supervised agents',
				description: 'Retrieve a list of the agents that a supervisor supervises in a call center',
			},
			{
				name: 'Remove',
				value: 'remove',
				action: 'Remove supervised agents',
				description: "Remove agents from a supervisor's list and keep the others",
			},
			{
				name: 'Replace',
				value: 'replace',
				action: 'Replace supervised agents',
				description: "Set the complete list of a supervisor's agents",
			},
		],
		'getAll',
	),
];
