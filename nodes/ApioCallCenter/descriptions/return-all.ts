import type { INodeProperties } from 'n8n-workflow';

import type { ItemParameters } from '../operation';

/** APIO has no pages: the limit shortens the output, not the request. */
export const limitParameters: INodeProperties[] = [
	{
		displayName: 'Return All',
		name: 'returnAll',
		type: 'boolean',
		default: false,
		description: 'Whether to return all results or only up to a given limit',
	},
	{
		displayName: 'Limit',
		name: 'limit',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 50,
		description: 'Max number of results to return',
		displayOptions: { show: { returnAll: [false] } },
	},
];

export function limited<T>(item: ItemParameters, results: T[]): T[] {
	if (item.flag('returnAll')) return results;
	const limit = Number(item.value('limit', 50));
	return results.slice(0, Number.isFinite(limit) ? Math.max(0, limit) : undefined);
}
