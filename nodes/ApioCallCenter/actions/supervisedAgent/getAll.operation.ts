import type { IDataObject, INodeProperties } from 'n8n-workflow';

import { CRITERIA, succeeded, supervisedAgents } from '../../../../lib/apio';
import { limited, limitParameters } from '../../descriptions/return-all';
import { supervisorAddress } from '../../descriptions/locators';
import { agentSearch, searchFilters } from '../../descriptions/search-filters';
import { showFor, type Operation } from '../../operation';

const properties: INodeProperties[] = [...supervisorAddress, ...limitParameters, ...searchFilters];

export const getAll: Operation = {
	description: showFor('supervisedAgent', 'getAll', properties),
	names: {
		...Object.fromEntries([...CRITERIA.keys()].map((name) => [name, 'Filters'])),
		filters: 'Filters',
		combineWithOr: 'Combine Filters With Or',
		responseSizeLimit: 'Response Size Limit',
	},
	async execute(apio, item) {
		const list = item.supervisor();
		const search = agentSearch(item);
		if (!search.ok) return search;
		const found = await supervisedAgents(apio, list, search.value);
		return found.ok ? succeeded(limited(item, found.value) as IDataObject[]) : found;
	},
};
