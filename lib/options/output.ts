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
	includeUnchanged: {
		label: 'Include Unchanged Lists',
		description: "Whether the output 'Changes' has an item for lists that are as wanted, too",
		type: 'boolean',
		default: false,
		reason: 'On most nights nearly all lists are unchanged.',
	},
} as const satisfies OptionTable;
