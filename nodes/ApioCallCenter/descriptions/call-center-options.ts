/** Options that the reads of an agent's call centers share. */

import type { INodeProperties } from 'n8n-workflow';

import type { CallCenterQuery } from '../../../lib/apio';
import { CALL_CENTER, locator } from './locators';
import { idOf, type ItemParameters } from '../operation';

export const callCenterOptions: INodeProperties = {
	displayName: 'Options',
	name: 'options',
	type: 'collection',
	placeholder: 'Add option',
	default: {},
	options: [
		locator({
			displayName: 'Call Center',
			name: 'callCenterIdEquals',
			description: 'Return only this call center. Its ID is case-sensitive.',
			listMethod: 'searchCallCenters',
			example: 'sales_cc@example.com',
			named: CALL_CENTER,
			required: false,
		}),
		{
			displayName: 'Include Call Center Names',
			name: 'includeNames',
			type: 'boolean',
			default: true,
			description: 'Whether to return the names of the call centers as well, which takes the platform some time',
		},
	],
};

export function callCenterQuery(item: ItemParameters): CallCenterQuery {
	const { callCenterIdEquals, includeNames } = item.collection('options');
	const query: CallCenterQuery = {};
	if (includeNames !== undefined) query.enrichCcInfo = includeNames === true;
	const wanted = idOf(callCenterIdEquals);
	if (wanted) query.sensitiveServiceUserIdEquals = wanted;
	item.fills('sensitiveServiceUserIdEquals', [wanted]);
	return query;
}
