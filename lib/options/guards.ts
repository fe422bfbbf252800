import type { OptionTable } from './option';

const PERCENT = { type: 'number', minimum: 0, maximum: 100, unit: '%' } as const;
const COUNT = { type: 'number', minimum: 0, decimals: 0, unit: 'members' } as const;

/**
 * What the guards allow. Every operation checks them: an approved plan is checked again when it is applied, with the
 * limits as they are set then.
 */
export const LIMITS = {
	removalPercentPerList: {
		label: 'Maximum Removals per List (%)',
		description:
			'How much of any one list a run may remove, in percent of its members. Lists of fewer than five may lose half ' +
			'at most.',
		...PERCENT,
		default: 30,
		reason: 'octoDNS allows 30 % deletes per zone; GCDS limits members per group.',
	},
	removalCountPerList: {
		label: 'Maximum Removals per List',
		description: 'How many members a run may remove from any one list',
		...COUNT,
		default: 10,
		reason: 'Beside the percentage, whichever is stricter: 30 % of a list of 500 is no small slip.',
	},
	removalPercentTotal: {
		label: 'Maximum Removals in Total (%)',
		description:
			'How much a run may remove in total, in percent of all members of the lists that the source names. For Remove ' +
			'Everywhere, in percent of the people on the lists of the group.',
		...PERCENT,
		default: 10,
		reason:
			'GCDS began at 5 %, Peribolos allows 25 % of an organisation: a nightly HR file changes less than a tenth. ' +
			'Up to five removals are always allowed unless this is 0.',
	},
	removalCountTotal: {
		label: 'Maximum Removals in Total',
		description: 'How many members a run may remove in total. For Remove Everywhere, how many people.',
		...COUNT,
		default: 200,
		reason: 'Beside the percentage, whichever is stricter. Adobe User Sync: `max_adobe_only_users: 200`.',
	},
	leaverCount: {
		label: 'Maximum Leavers',
		description: 'How many people may leave all their lists in one execution',
		...COUNT,
		unit: 'people',
		default: 10,
		reason:
			'More people than leave a company of some hundreds in a fortnight: a longer list is the wrong file. The limits ' +
			'in total count people here as well, so that one leaver passes however many lists hold them; those per list ' +
			"do not apply, because a leaver's own list loses everything.",
		shownFor: { operation: ['applyPlan', 'removeEverywhere'] },
	},
	additionCountTotal: {
		label: 'Maximum Additions in Total',
		description: 'How many members a run may add in total. 0 means no limit.',
		...COUNT,
		default: 0,
		reason: 'Additions harm nobody, so they have no limit unless one is set.',
	},
	shrinkPercent: {
		label: 'Maximum Shrinkage of Source (%)',
		description:
			'How much smaller the source may be than at the last applied run of this node, in percent. A broken export ' +
			'shows here first.',
		...PERCENT,
		default: 20,
		reason: "Okta pauses an import that loses a fifth of its users; Keycloak's users ask for the same.",
		shownFor: { operation: ['plan', 'sync'] },
	},
	listsNotShownPercent: {
		label: 'Maximum Lists Not Shown (%)',
		description:
			'How many of the lists that the source names may be missing on the platform, forbidden or unreadable, in ' +
			'percent. Two are always allowed unless this is 0.',
		...PERCENT,
		default: 20,
		reason:
			'A list that is not shown is a part of the source that got lost on its way, so as much of it as a source ' +
			'may shrink.',
		shownFor: { operation: ['plan', 'applyPlan', 'sync'] },
	},
} as const satisfies OptionTable;

/** What happens when a limit is exceeded, and who is never removed. */
export const GUARDS = {
	onBreach: {
		label: 'When a Limit Is Exceeded',
		description: 'What to do when a run would remove or add more than the limits allow',
		type: 'choice',
		default: 'abort',
		choices: [
			{ value: 'abort', label: 'Stop the Run', description: 'Write nothing, and report what would have changed' },
			{
				value: 'hold',
				label: 'Hold Removals',
				description: 'Write the additions, hold back the removals, and report both',
			},
		],
		reason: 'A breach is the sign of a broken source, and what a broken source adds may be wrong as well.',
		shownFor: { operation: ['plan', 'sync', 'rollBack'] },
	},
	protectedMembers: {
		label: 'Protected Members',
		description:
			'IDs that are never removed from any list, separated by commas or line breaks. They are read like the IDs of ' +
			'the source, and a value that cannot be an ID stops the run.',
		type: 'text',
		default: '',
		example: 'duty.manager@example.com, reception@example.com',
		reason: 'The limits protect everybody; only the user knows who needs more.',
	},
	whenStopped: {
		label: 'When Guards Stop the Run',
		description: 'What to do when a guard stops the run before the first write',
		type: 'choice',
		default: 'fail',
		choices: [
			{
				value: 'fail',
				label: 'Fail the Node',
				description: 'The execution fails and its error workflow starts. The operation Plan shows the report.',
			},
			{
				value: 'summary',
				label: 'Return the Summary',
				description: "The execution goes on with the report, and the field 'status' is 'aborted'",
			},
		],
		reason: 'Nobody watches a nightly run: a failed execution is what gets noticed.',
		shownFor: { operation: ['applyPlan', 'sync', 'rollBack', 'removeEverywhere'] },
	},
} as const satisfies OptionTable;
