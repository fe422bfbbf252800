import type { OptionTable } from './option';

/** How lists are written, and how long a plan is valid. */
export const WRITING = {
	maxEntries: {
		label: 'Members per Request',
		description: 'How many members one write request may have. 0 means no limit.',
		type: 'number',
		default: 100,
		minimum: 0,
		decimals: 0,
		unit: 'members',
		reason: 'APIO documents no maximum; Genesys, the nearest peer with one, takes 100.',
		shownFor: { operation: ['plan', 'sync', 'rollBack', 'removeEverywhere'] },
	},
	soleWriter: {
		label: 'Sole Writer',
		description:
			'Whether nobody else changes these lists during the run. A whole list may then be written up to 60 seconds ' +
			'after it was read, which can save requests. Otherwise the limit is 5 seconds, because such a write overwrites ' +
			'changes made since the read.',
		type: 'boolean',
		default: false,
		reason: 'Administrators change lists at the portal at any time, and a lost change costs more than a few requests.',
	},
	planOnly: {
		label: 'Plan Only',
		description: "Whether to only plan the changes. The plan can be reviewed, approved and applied with 'Apply Plan'.",
		type: 'boolean',
		default: false,
		reason: 'The operation is meant to write, and checks the guards like a sync.',
		shownFor: { operation: ['rollBack', 'removeEverywhere'] },
	},
	planValidMinutes: {
		label: 'Plan Valid for (Minutes)',
		description: 'How long the plan can be approved and applied',
		type: 'number',
		default: 60,
		minimum: 1,
		decimals: 0,
		unit: 'minutes',
		reason: 'Long enough to read and approve it. Every list is compared again before it is written.',
		shownFor: { operation: ['plan', 'rollBack', 'removeEverywhere'] },
	},
} as const satisfies OptionTable;
