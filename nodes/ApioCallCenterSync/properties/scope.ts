import type { INodeProperties } from 'n8n-workflow';
import { locator } from '../../ApioCallCenter/descriptions/locators';
import { FROM_SOURCE } from './operation';

const show = { operation: FROM_SOURCE };

/** Where the lists are, as far as the source does not say so row by row. */
export const scopeProperties: INodeProperties[] = [
	{
		...locator({
			displayName: 'Tenant',
			name: 'tenantId',
			description: 'The tenant of rows that name none. Leave it empty where the source has a column for it.',
			listMethod: 'searchTenants',
			example: 'acme',
			required: false,
		}),
		displayOptions: { show },
	},
	{
		...locator({
			displayName: 'Group',
			name: 'groupId',
			description: 'The group of rows that name none. Leave it empty where the source has a column for it.',
			listMethod: 'searchGroups',
			example: 'acme_brussels',
			required: false,
		}),
		displayOptions: { show },
	},
	{
		...locator({
			displayName: 'Call Center',
			name: 'callCenterId',
			description:
				"The call center of rows that name none; its ID is its 'serviceUserId'. Leave it empty where the " +
				'source has a column for it.',
			listMethod: 'searchCallCenters',
			example: 'sales_cc@example.com',
			required: false,
		}),
		displayOptions: { show: { ...show, kind: ['supervisedAgents'] } },
	},
];
