import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { OPERATIONS } from './actions';
import { resourcesAndOperations } from './descriptions/resources';
import {
	searchAssignedCallCenters,
	searchCallCenterAgents,
	searchCallCenters,
	searchDnis,
	searchGroups,
	searchJoinableCallCenters,
	searchSupervisors,
	searchTenants,
	searchUsers,
} from './methods/list-search';
import { route } from './router';

/**
 * One operation, one endpoint of APIO's call-center API. Programmatic rather than declarative: criteria travel in the
 * body of a GET, values are checked before anything is sent, filters are applied again, and all requests keep the
 * platform's pace.
 */
export class ApioCallCenter implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'APIO Call Center',
		name: 'apioCallCenter',
		icon: { light: 'file:../../icons/apio.svg', dark: 'file:../../icons/apio.dark.svg' },
		group: ['transform'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read and change call-center agents and supervisors in Netaxis APIO (Cisco BroadWorks)',
		defaults: { name: 'APIO Call Center' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'apioApi', required: true }],
		properties: [
			...resourcesAndOperations,
			...Object.values(OPERATIONS).flatMap((operations) =>
				Object.values(operations).flatMap(({ description }) => description),
			),
		],
	};

	methods = {
		listSearch: {
			searchTenants,
			searchGroups,
			searchUsers,
			searchSupervisors,
			searchCallCenters,
			searchCallCenterAgents,
			searchAssignedCallCenters,
			searchJoinableCallCenters,
			searchDnis,
		},
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return [await route.call(this)];
	}
}
