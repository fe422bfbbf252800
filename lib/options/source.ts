import type { OptionTable } from './option';

/** How the source is read, and which changes it may cause. */
export const SOURCE = {
	allowClear: {
		label: 'Allow Clearing Lists',
		description:
			'Whether to empty a list that the source names without members. If this is off, such a row is rejected.',
		type: 'boolean',
		default: false,
		reason: 'A list without members is more often a broken export than intended.',
		shownFor: { operation: ['plan', 'sync', 'rollBack'] },
	},
	assignFirst: {
		label: 'Assign to Call Center First',
		description:
			'Whether to assign an agent to the call center before putting the agent under a supervisor there. This never ' +
			'unassigns an agent.',
		type: 'boolean',
		default: false,
		reason: 'It writes lists that the source does not name: the call centers of the agents.',
		shownFor: { operation: ['plan', 'sync'], kind: ['supervisedAgents'] },
	},
	checkUsers: {
		label: 'Check IDs Against Group',
		description:
			'Whether to look up all IDs among the users of the group before anything is planned (a few requests per group)',
		type: 'boolean',
		default: false,
		reason: 'The platform refuses unknown IDs by itself; looking them up costs requests.',
		shownFor: { operation: ['plan', 'sync'] },
	},
	columns: {
		label: 'Column Mapping',
		description: 'The contents of columns whose names the node does not recognize',
		type: 'rows',
		default: {},
		addLabel: 'Add Column',
		rowName: 'column',
		rowLabel: 'Columns',
		fields: {
			name: {
				label: 'Column Name',
				description: 'The name of the column as written in the source',
				type: 'text',
				default: '',
				example: 'Team Manager Login',
			},
			field: {
				label: 'Contains',
				description: 'What the column contains. First and last names count where people are matched by full name.',
				type: 'choice',
				default: 'agent',
				choices: [
					{ value: 'action', label: 'Action' },
					{ value: 'agent', label: 'Agent' },
					{ value: 'agentFirstName', label: 'Agent First Name' },
					{ value: 'agentLastName', label: 'Agent Last Name' },
					{ value: 'agentNamePrefix', label: 'Agent Name Prefix' },
					{ value: 'callCenter', label: 'Call Center' },
					{ value: 'group', label: 'Group' },
					{ value: 'supervisor', label: 'Supervisor' },
					{ value: 'supervisorFirstName', label: 'Supervisor First Name' },
					{ value: 'supervisorLastName', label: 'Supervisor Last Name' },
					{ value: 'supervisorNamePrefix', label: 'Supervisor Name Prefix' },
					{ value: 'tenant', label: 'Tenant' },
				],
			},
		},
		reason: 'Names in English, Dutch, French and German are recognized.',
		shownFor: { operation: ['plan', 'sync', 'export', 'removeEverywhere'] },
	},
	defaultDomain: {
		label: 'Default Domain',
		description:
			'The domain to add to IDs of users and call centers that have no @, in the source and in these options',
		type: 'text',
		default: '',
		example: 'example.com',
		reason: 'Only the user knows which domain the source leaves out.',
	},
	delimiter: {
		label: 'Delimiter',
		description: 'The character between the columns of the CSV file',
		type: 'choice',
		default: '',
		choices: [
			{ value: ',', label: 'Comma' },
			{ value: '', label: 'Detect Automatically' },
			{ value: '|', label: 'Pipe' },
			{ value: ';', label: 'Semicolon' },
			{ value: '\t', label: 'Tab' },
		],
		others: true,
		reason: 'It depends on the program and the country that the file comes from.',
		shownFor: { operation: ['plan', 'sync', 'export', 'removeEverywhere'], source: ['csv'] },
	},
	readLists: {
		label: 'Read Lists',
		description: 'Which lists to read and compare. If little changes, most requests of a run are reads.',
		type: 'choice',
		default: 'all',
		choices: [
			{ value: 'all', label: 'All', description: 'Every list that the source names, in every run' },
			{
				value: 'changed',
				label: 'Changed',
				description:
					'Lists whose rows changed, lists that the last run did not leave as the source asks, and a share of the ' +
					'others in turn',
			},
		],
		reason: 'Reading all lists finds changes by others at once.',
		shownFor: { operation: ['plan', 'sync'] },
	},
	lookEvery: {
		label: 'Read Unchanged Lists Every (Runs)',
		description:
			"Within how many runs each list is read again, even if its rows did not change. Applies if 'Read Lists' is " +
			"'Changed'.",
		type: 'number',
		default: 24,
		minimum: 1,
		maximum: 1_000,
		decimals: 0,
		unit: 'runs',
		reason: 'With a run every quarter of an hour, this is six hours; with a run every hour, a day.',
		shownFor: { operation: ['plan', 'sync'] },
	},
	memoryField: {
		label: 'Memory Field',
		description:
			"The input field with the file 'memory' of the last run's summary. If empty, the workflow keeps the memory; " +
			'n8n supports this for active workflows and up to some thousand lists.',
		type: 'text',
		default: '',
		example: 'memory',
		reason: 'Most workflows need no separate store.',
		shownFor: { operation: ['plan', 'sync'] },
	},
	aliases: {
		label: 'Renamed IDs',
		description:
			'People who have another ID on the platform than in the source. List each ID once; the new ID is not renamed ' +
			'again.',
		type: 'rows',
		default: {},
		addLabel: 'Add ID',
		rowName: 'alias',
		rowLabel: 'Renamed IDs',
		fields: {
			from: { label: 'ID in the Source', type: 'text', default: '', example: 'a.peeters@example.com' },
			to: { label: 'ID on the Platform', type: 'text', default: '', example: 'a.janssens@example.com' },
		},
		reason: 'The node never guesses a new ID.',
		shownFor: { operation: ['plan', 'sync', 'removeEverywhere'] },
	},
} as const satisfies OptionTable;
