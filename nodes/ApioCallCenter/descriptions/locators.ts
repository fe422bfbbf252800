/** Parameters that name something on the platform: picked from a list where the account may see one, typed always. */

import type { INodeProperties } from 'n8n-workflow';

interface LocatorOptions {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	/** A method of `methods/list-search.ts`. */
	readonly listMethod: string;
	readonly example: string;
	readonly hint?: string;
	readonly required?: boolean;
}

export function locator({
	displayName,
	name,
	description,
	listMethod,
	example,
	hint,
	required = true,
}: LocatorOptions): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		required,
		description,
		hint,
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: listMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
		],
	};
}

const tenant = locator({
	displayName: 'Tenant',
	name: 'tenantId',
	description:
		'The tenant (service provider or enterprise). The list needs an account that may see tenants; others enter the ID.',
	listMethod: 'searchTenants',
	example: 'acme',
});

const group = locator({
	displayName: 'Group',
	name: 'groupId',
	description: 'The group that the user belongs to',
	listMethod: 'searchGroups',
	example: 'acme_brussels',
});

const agent = locator({
	displayName: 'Agent',
	name: 'agentId',
	description: 'The user whose call-center service is meant',
	listMethod: 'searchUsers',
	example: 'jan.peeters@example.com',
});

const supervisor = locator({
	displayName: 'Supervisor',
	name: 'supervisorId',
	description: 'The user who supervises',
	listMethod: 'searchUsers',
	example: 'an.claes@example.com',
});

const callCenter = locator({
	displayName: 'Call Center',
	name: 'callCenterId',
	description: "The call center in which the supervisor supervises; its ID is its 'serviceUserId'",
	listMethod: 'searchCallCenters',
	example: 'sales_cc@example.com',
});

export const groupAddress = [tenant, group];
export const agentAddress = [...groupAddress, agent];
export const supervisorAddress = [...groupAddress, supervisor, callCenter];
