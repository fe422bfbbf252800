import type { OptionTable } from './option';

/** What the node outputs. */
export const OUTPUT = {
	includeDocuments: {
		label: 'Include Documents in Summary',
		description:
			'Whether to include the plan and the journal in the summary as JSON, for workflows that keep them in a ' +
			'database or have an approval step that drops files',
		type: 'boolean',
		default: false,
		reason: 'The files have them, and as JSON they make the item large.',
	},
	nameHandOver: {
		label: 'Report Lists to Hand Over',
		description:
			'Whether to report the lists that a leaver supervises, with their members. If the platform does not list ' +
			'supervisors, this costs a request for each leaver and call center.',
		type: 'boolean',
		default: true,
		reason: 'Agents without a supervisor are noticed late; the report changes no list.',
		shownFor: { operation: ['removeEverywhere'] },
	},
	includeUnchanged: {
		label: 'Include Unchanged Lists',
		description: "Whether the output 'Changes' also has an item for each list that needs no change",
		type: 'boolean',
		default: false,
		reason: 'On most nights nearly all lists are unchanged.',
	},
} as const satisfies OptionTable;
