/** Search criteria for supervised agents, one row each, and their translation into the documented names. */

import type { INodeProperties } from 'n8n-workflow';

import { CRITERIA, invalid, succeeded, type AgentSearch, type Result } from '../../../lib/apio';
import type { ItemParameters } from '../operation';

/** Fields that the platform always compares without regard to case. */
const NEVER_CASE_SENSITIVE = ['Dn', 'Extension'];
/** The one field that is compared as a whole, and always with regard to case. */
const DEPARTMENT = 'UserDepartment';

export const searchFilters: INodeProperties[] = [
	{
		displayName: 'Filters',
		name: 'filters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		default: {},
		placeholder: 'Add Filter',
		description:
			'Which agents to return; without a filter, all. Use each combination of field, condition and case once.',
		options: [
			{
				displayName: 'Filter',
				name: 'filter',
				values: [
					{
						displayName: 'Field',
						name: 'field',
						type: 'options',
						options: [
							{ name: 'Department', value: DEPARTMENT },
							{ name: 'Extension', value: 'Extension' },
							{ name: 'First Name', value: 'UserFirstName' },
							{ name: 'Last Name', value: 'UserLastName' },
							{ name: 'Phone Number', value: 'Dn' },
							{ name: 'User ID', value: 'UserId' },
						],
						default: 'UserLastName',
					},
					{
						displayName: 'Condition',
						name: 'mode',
						type: 'options',
						options: [
							{ name: 'Contains', value: 'Contains' },
							{ name: 'Equals', value: 'Equals' },
							{ name: 'Starts With', value: 'Starts' },
						],
						default: 'Starts',
						displayOptions: { hide: { field: [DEPARTMENT] } },
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. Peeters',
						description: 'What the field is compared with',
					},
					{
						displayName: 'Match Case',
						name: 'matchCase',
						type: 'boolean',
						default: false,
						description: 'Whether upper and lower case must match as well',
						displayOptions: { hide: { field: [DEPARTMENT, ...NEVER_CASE_SENSITIVE] } },
					},
				],
			},
		],
	},
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [
			{
				displayName: 'Combine Filters With Or',
				name: 'combineWithOr',
				type: 'boolean',
				default: true,
				description: 'Whether an agent is returned if any filter matches, instead of only if all of them match',
			},
			{
				displayName: 'Response Size Limit',
				name: 'responseSizeLimit',
				type: 'number',
				typeOptions: { minValue: 1 },
				default: 1000,
				description:
					'The maximum number of matches. If there are more, the platform refuses the request instead of ' +
					"returning a part. Unlike 'Limit', this never shortens the list.",
			},
		],
	},
];

export function agentSearch(item: ItemParameters): Result<AgentSearch> {
	const { combineWithOr, responseSizeLimit } = item.collection('options');
	const search: AgentSearch = {};
	for (const { field, mode, value, matchCase } of item.rows('filters', 'filter')) {
		const name = criterionName(String(field), String(mode ?? 'Starts'), matchCase === true);
		if (!CRITERIA.has(name)) return invalidFilter(`cannot search for '${String(field)}' with this condition`);
		if (name in search) return invalidFilter('has the same field, condition and case twice');
		const text = typeof value === 'number' ? String(value) : value;
		search[name] = text;
		if (typeof text === 'string') item.fills(name, [text]);
	}
	// The platform refuses "or" without anything to combine; the setting's absence means "and".
	if (combineWithOr !== undefined) search.combineWithOr = combineWithOr as boolean;
	if (responseSizeLimit !== undefined) search.responseSizeLimit = responseSizeLimit as number;
	return succeeded(search);
}

function criterionName(field: string, mode: string, matchCase: boolean): string {
	if (field === DEPARTMENT) return `sensitive${field}Equals`;
	return `${matchCase && !NEVER_CASE_SENSITIVE.includes(field) ? 'sensitive' : 'insensitive'}${field}${mode}`;
}

function invalidFilter(problem: string): Result<never> {
	return invalid('filters', problem);
}
