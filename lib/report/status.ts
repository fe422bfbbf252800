/** What became of a list and a change: the label of each status, and which of them ask for a correction. */

import type { OutcomeWord } from '../sync';

/** What a list or a member is shown as: an outcome, or `planned` where nothing was tried yet. */
export type ChangeStatus = OutcomeWord | 'planned';

/** Worst first: what a person has to look at stands on top of every table. */
export const CHANGE_STATUSES: Readonly<Record<ChangeStatus, { readonly label: string; readonly severity: number }>> = {
	failed: { label: 'Failed', severity: 0 },
	conflict: { label: 'Conflict', severity: 1 },
	rejected: { label: 'Rejected', severity: 2 },
	held: { label: 'Held', severity: 3 },
	notAttempted: { label: 'Not attempted', severity: 4 },
	planned: { label: 'Planned', severity: 5 },
	applied: { label: 'Applied', severity: 6 },
	alreadyInPlace: { label: 'Already in place', severity: 7 },
	unchanged: { label: 'Unchanged', severity: 8 },
};

const CORRECTABLE: ReadonlySet<ChangeStatus> = new Set<ChangeStatus>(['failed', 'conflict', 'rejected']);

/** Whether somebody has to act before it can be done: it stands in the CSV to correct and in the output Rejected. */
export function isCorrectable(status: ChangeStatus): boolean {
	return CORRECTABLE.has(status);
}
