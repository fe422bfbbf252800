/** Parameters that name an entry of the platform: chosen from a list, if the account may see it, or entered. */

import type { INodeProperties } from 'n8n-workflow';

interface LocatorOptions {
	readonly displayName: string;
	readonly name: string;
	readonly description: string;
	/** A method of `methods/list-search.ts`. */
	readonly listMethod: string;
	readonly example: string;
	/** Offers 'By Name' as well. */
	readonly named?: Named;
	readonly hint?: string;
	readonly required?: boolean;
}

/** What has names, and an example. */
export interface Named {
	readonly mode: NameMode;
	readonly example: string;
}

/** The modes of 'By Name'. They differ, so that a value says by itself what it names (`../names.ts`). */
export const NAME_MODES = { person: 'personName', callCenter: 'callCenterName' } as const;
export type NameMode = (typeof NAME_MODES)[keyof typeof NAME_MODES];

export const PERSON: Named = { mode: NAME_MODES.person, example: 'Jan Peeters' };
export const CALL_CENTER: Named = { mode: NAME_MODES.callCenter, example: 'Sales' };

export function locator({
	displayName,
	name,
	description,
	listMethod,
	example,
	named,
	hint,
	required = true,
}: LocatorOptions): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'list', value: '' },
		...(required ? { required } : {}),
		description,
		...(hint === undefined ? {} : { hint }),
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod: listMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder: `e.g. ${example}` },
			...(named === undefined
				? []
				: [
						{
							displayName: 'By Name',
							name: named.mode,
							type: 'string' as const,
							placeholder: `e.g. ${named.example}`,
							hint: 'Looked up in the group when the node runs. The name must match exactly one.',
						},
					]),
		],
	};
}

const tenant = locator({
	displayName: 'Tenant',
	name: 'tenantId',
	description: 'The tenant (service provider or enterprise). If your account may not list tenants, enter the ID.',
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
	description: 'The user who is an agent',
	listMethod: 'searchUsers',
	example: 'jan.peeters@example.com',
	named: PERSON,
});

const supervisor = locator({
	displayName: 'Supervisor',
	name: 'supervisorId',
	description: 'The user who supervises the agents',
	listMethod: 'searchSupervisors',
	example: 'an.claes@example.com',
	named: PERSON,
});

const callCenter = locator({
	displayName: 'Call Center',
	name: 'callCenterId',
	description: "The call center in which the supervisor supervises; its ID is its 'serviceUserId'",
	listMethod: 'searchCallCenters',
	example: 'sales_cc@example.com',
	named: CALL_CENTER,
});

export const groupAddress = [tenant, group];
export const agentAddress = [...groupAddress, agent];
export const supervisorAddress = [...groupAddress, supervisor, callCenter];
