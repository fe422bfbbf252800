/** What to do about a change that was not made, and after the whole run. The message beside it says what happened. */

import { counted, formatNumber } from '../../number-format';
import type { OperationName } from '../../options';
import type { GuardCode } from '../../sync';
import { CHANGE_STATUSES, type ChangeStatus } from '../status';
import { guardAdvice } from './guards';

export function whatToDo(what: ChangeStatus | 'row' | 'leaver' | 'notice'): string {
	switch (what) {
		case 'leaver':
			return 'Correct the row in the source, and run this again with it.';
		case 'notice':
			return 'Remove the cause that the message names, then run again.';
		case 'conflict':
			return 'The list is not in the expected state. Plan or sync again.';
		case 'failed':
			return 'Remove the cause on the platform or correct the IDs, then run again. Completed changes are not repeated.';
		case 'row':
			return "Correct the row in the CSV of rejected rows, and sync that file with the mode 'Use Action Column'.";
		case 'rejected':
			return 'Correct the IDs in the source, or the cause on the platform, then run again.';
		default:
			return 'Run again to continue.';
	}
}

/** One sentence for each step that may be necessary. */
export const STEPS = {
	none: () => 'Nothing: no list needs a change.',
	runAgain: (written: boolean, notAttempted: number) => {
		if (!written) return 'Run it again: nothing was written.';
		const left = notAttempted > 0 ? `, and ${counted(notAttempted, 'change is', 'changes are')} left` : '';
		return `Run it again: completed changes are not repeated${left}.`;
	},
	approve: (removals: number, isRollBack: boolean) =>
		`Read the changes. If they are right, apply ${isRollBack ? 'the plan of this roll back' : 'the plan'} with the ` +
		"operation 'Apply Plan': enter its hash in 'Approved Plan Hash'" +
		`${removals === 0 ? '' : ` and ${removals} in 'Approved Removals'`}.`,
	notDone: (status: ChangeStatus, count: number) =>
		`${CHANGE_STATUSES[status].label} (${formatNumber(count)}): ${whatToDo(status)}`,
	notLookedAt: (count: number) => `Incomplete reads (${formatNumber(count)}): ${whatToDo('notice')}`,
	rejectedRows: (count: number, operation: OperationName) => {
		const [what, it] = count === 1 ? ['rejected row', 'it'] : [`${formatNumber(count)} rejected rows`, 'them'];
		if (operation === 'removeEverywhere') return `Correct the ${what} in the source, and run this again with ${it}.`;
		return (
			`Correct the ${what} in the source, or correct ${it} in the CSV of rejected rows and sync that file ` +
			"with the mode 'Use Action Column'."
		);
	},
	heldByGuards: (count: number, guards: readonly GuardCode[]) =>
		`Held by guards (${formatNumber(count)}): ${guardAdvice(guards, false).join(' ')}`,
	held: (count: number) =>
		`Held (${formatNumber(count)}): correct the causes under 'Held back'. The next run then makes ` +
		`${count === 1 ? 'this change' : 'these changes'}.`,
};
