/** The statuses of lists and changes: the label of each, and which of them need a correction. */

import type { OutcomeWord } from '../sync';

/** The shown status of a list or a member: an outcome, or `planned` if nothing was tried yet. */
export type ChangeStatus = OutcomeWord | 'planned';

/** Worst first: lists that need attention are at the top of every table. */
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

/** Whether a correction is needed first: such changes are in the correction CSV and in the output Rejected. */
export function isCorrectable(status: ChangeStatus): boolean {
	return CORRECTABLE.has(status);
}
