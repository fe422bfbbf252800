import type { INodeProperties } from 'n8n-workflow';
import { FROM_SOURCE } from './operation';

export type SourceKind = 'csv' | 'items' | 'json';

const show = { operation: FROM_SOURCE };

/** What is synced, from where, and how far the source decides. */
export const sourceProperties: INodeProperties[] = [
	{
		displayName: 'What to Sync',
		name: 'kind',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show },
		options: [
			{
				name: 'Agents of Supervisors',
				value: 'supervisedAgents',
				description: 'Which agents each supervisor supervises in a call center',
			},
			{
				name: 'Call Centers of Agents',
				value: 'agentCallCenters',
				description: 'Which call centers each agent is assigned to',
			},
		],
		default: 'supervisedAgents',
		description: 'Which lists on the platform are brought in line with the source',
	},
	{
		displayName: 'Source',
		name: 'source',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show },
		options: [
			{
				name: 'CSV File',
				value: 'csv',
				description: 'A CSV file in a binary field of the input item. Each input item is a run of its own.',
			},
			{
				name: 'Input Items',
				value: 'items',
				description: 'All input items together, one row each: from Excel, Google Sheets, a database or a webhook',
			},
			{
				name: 'JSON',
				value: 'json',
				description: 'A list of rows as JSON, for AI agents and expressions. Each input item is a run of its own.',
			},
		],
		default: 'csv',
		description: 'Where the rows come from',
	},
	{
		displayName: 'Input Binary Field',
		name: 'binaryPropertyName',
		type: 'string',
		required: true,
		displayOptions: { show: { ...show, source: ['csv'] } },
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the input field containing the CSV file',
		description:
			'Field of the input item that holds the CSV file. Encoding, delimiter and columns are found by ' +
			'looking; columns are named like Supervisor, Call Center and Agent.',
	},
	{
		displayName: 'Rows',
		name: 'rowsJson',
		type: 'json',
		required: true,
		displayOptions: { show: { ...show, source: ['json'] } },
		default: '',
		placeholder:
			'e.g. [{ "supervisor": "an@example.com", "callCenter": "sales@example.com", "agent": "jan@example.com" }]',
		description: 'List of objects, one for each row, with the same columns as a CSV file would have',
	},
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show },
		options: [
			{
				name: 'Add Only',
				value: 'addOnly',
				description: 'Add what the source names, never remove anything',
			},
			{
				name: 'As the Action Column Says',
				value: 'actionColumn',
				description: "Add or remove row by row, as the source's column 'action' says",
			},
			{
				name: 'Mirror',
				value: 'mirror',
				description: 'Make each list that the source names exactly as the source says: add and remove',
			},
			{
				name: 'Remove Only',
				value: 'removeOnly',
				description: 'Remove what the source names, never add anything',
			},
		],
		default: 'mirror',
		description: 'How far the source decides. Lists that the source does not name are never touched.',
	},
];
