import {
	NodeConnectionTypes,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	type IPollFunctions,
} from 'n8n-workflow';

import {
	searchCallCenters,
	searchGroups,
	searchSupervisors,
	searchTenants,
	searchUsers,
} from '../ApioCallCenter/methods/list-search';
import { poll } from './poll';
import { watchedParameters } from './watched';

/** Programmatic, because APIO sends no notifications: a poll reads lists and compares them with stored state. */
export class ApioCallCenterTrigger implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'APIO Call Center Trigger',
		name: 'apioCallCenterTrigger',
		icon: { light: 'file:../../icons/apio.svg', dark: 'file:../../icons/apio.dark.svg' },
		group: ['trigger'],
		version: 1,
		subtitle:
			'={{ { callCenterAgents: "agents of a call center", supervisedAgents: "agents of supervisors", callCenter: ' +
			'"all lists of a call center", availability: "availability of agents", callCenterAvailability: ' +
			'"availability in a call center", agentCallCenters: "call centers of agents" }[$parameter["watch"]] }}',
		description:
			'Starts the workflow when a call-center list of Netaxis APIO, or the availability of an agent, changes',
		defaults: { name: 'APIO Call Center Trigger' },
		polling: true,
		inputs: [],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apioApi', required: true }],
		properties: watchedParameters,
	};

	methods = { listSearch: { searchTenants, searchGroups, searchUsers, searchSupervisors, searchCallCenters } };

	async poll(this: IPollFunctions): Promise<INodeExecutionData[][] | null> {
		return await poll.call(this);
	}
}
