import type { INodeProperties } from 'n8n-workflow';
import { FROM_SOURCE } from './operation';

interface Picked {
	readonly displayName: string;
	readonly name: string;
	readonly placeholder: string;
	readonly description: string;
	readonly more?: { readonly kind: string[] };
}

function picker({ displayName, name, placeholder, description, more }: Picked): INodeProperties {
	return {
		displayName,
		name,
		type: 'resourceLocator',
		default: { mode: 'id', value: '' },
		displayOptions: { show: { operation: FROM_SOURCE, ...more } },
		description,
		modes: [
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	};
}

/** Where the lists are, as far as the source does not say so row by row. */
export const scopeProperties: INodeProperties[] = [
	picker({
		displayName: 'Tenant',
		name: 'tenant',
		placeholder: 'e.g. acme',
		description: 'The tenant of all lists. Leave it empty where the source has a column for it.',
	}),
	picker({
		displayName: 'Group',
		name: 'group',
		placeholder: 'e.g. brussels',
		description: 'The group of all lists. Leave it empty where the source has a column for it.',
	}),
	picker({
		displayName: 'Call Center',
		name: 'callCenter',
		placeholder: 'e.g. support@example.com',
		description: 'The call center of all lists. Leave it empty where the source has a column for it.',
		more: { kind: ['supervisedAgents'] },
	}),
];
