/** How to go on after something was not done, in one sentence; the message beside it says what happened. */

import type { Standing } from './words';

const CORRECTABLE: ReadonlySet<Standing> = new Set<Standing>(['failed', 'conflict', 'rejected']);

/** Whether somebody has to act before it can be done: it stands in the CSV to correct and in the output Rejected. */
export function isCorrectable(standing: Standing): boolean {
	return CORRECTABLE.has(standing);
}

export function whatToDo(what: Standing | 'row'): string {
	switch (what) {
		case 'conflict':
			return 'Somebody else changed the list meanwhile. Plan or sync again: the list is read and compared anew.';
		case 'failed':
			return (
				'Remove the cause on the platform or correct the ids, then run again: what is done already is not ' +
				'repeated.'
			);
		case 'row':
			return (
				"Correct the row in the CSV of rejected rows and feed it back in with the mode 'As the Action Column " +
				"Says'."
			);
		case 'rejected':
			return 'Correct the ids in the source, or what the message names on the platform, then run again.';
		default:
			return 'Run again to go on.';
	}
}
