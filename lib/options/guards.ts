import type { OptionTable } from './option';

const PERCENT = { type: 'number', minimum: 0, maximum: 100, unit: '%' } as const;
const COUNT = { type: 'number', minimum: 0, decimals: 0, unit: 'members' } as const;

/**
 * The limits of the guards. Every operation checks them. An approved plan is checked again when it is applied, with the
 * limits of the node that applies it.
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
		reason: 'Applies beside the percentage, whichever is stricter: 30 % of a list of 500 would be 150.',
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
		reason: 'Applies beside the percentage, whichever is stricter. Adobe User Sync: `max_adobe_only_users: 200`.',
	},
	leaverCount: {
		label: 'Maximum Leavers',
		description: 'How many people may leave all their lists in one execution',
		...COUNT,
		unit: 'people',
		default: 10,
		reason:
			'More people than usually leave a company of some hundreds in two weeks: a longer list is often the wrong ' +
			'file. The limits in total count people here, so that a leaver on many lists passes. The limits per list do ' +
			"not apply, because a leaver's own list loses everything.",
		shownFor: { operation: ['applyPlan', 'removeEverywhere'] },
	},
	additionCountTotal: {
		label: 'Maximum Additions in Total',
		description: 'How many members a run may add in total. 0 means no limit.',
		...COUNT,
		default: 0,
		reason: 'Additions remove nobody.',
	},
	shrinkPercent: {
		label: 'Maximum Shrinkage of Source (%)',
		description: 'How much smaller the source may be than at the last applied run of this node, in percent',
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
		reason: 'The same as for a source that shrank: a list that is not shown is a lost part of the source.',
		shownFor: { operation: ['plan', 'applyPlan', 'sync'] },
	},
} as const satisfies OptionTable;

/** What to do when a limit is exceeded, and the members that are never removed. */
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
		reason: 'A breach is a sign of a broken source, whose additions may be wrong as well.',
		shownFor: { operation: ['plan', 'sync', 'rollBack'] },
	},
	protectedMembers: {
		label: 'Protected Members',
		description:
			'IDs that are never removed from any list, separated by commas or line breaks. The node reads them like the ' +
			'IDs of the source. A value that cannot be an ID stops the run.',
		type: 'text',
		default: '',
		example: 'duty.manager@example.com, reception@example.com',
		reason: 'The limits protect all members; only the user knows who needs more protection.',
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
				description: "The execution continues with the report, and the field 'status' is 'aborted'",
			},
		],
		reason: 'Nightly runs are unattended, and a failed execution is noticed.',
		shownFor: { operation: ['applyPlan', 'sync', 'rollBack', 'removeEverywhere'] },
	},
} as const satisfies OptionTable;
