import type { OptionTable } from './option';

/** What the node hands back. */
export const OUTPUT = {
	includeDocuments: {
		label: 'Include Documents in Summary',
		description:
			'Whether to put the plan and the journal into the summary as JSON as well, for workflows that keep ' +
			'them in a database or pass an approval step that drops files',
		type: 'boolean',
		default: false,
		reason: 'The files carry them, and as JSON they make the item large.',
	},
	nameHandOver: {
		label: 'Name Lists to Hand Over',
		description:
			'Whether to name the lists that a leaver supervises, and who is on them. Where the platform does not list ' +
			'supervisors, each leaver is looked for in each call center, which costs a request for each.',
		type: 'boolean',
		default: true,
		reason: 'Agents without a supervisor are noticed late; naming the lists changes none of them.',
		shownFor: { operation: ['removeEverywhere'] },
	},
	includeUnchanged: {
		label: 'Include Unchanged Lists',
		description: "Whether the output 'Changes' has an item for lists that are as wanted, too",
		type: 'boolean',
		default: false,
		reason: 'On most nights nearly all lists are unchanged.',
	},
} as const satisfies OptionTable;
