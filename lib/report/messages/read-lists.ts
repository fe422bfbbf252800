/** The sentence about lists that a run did not read (`readLists: changed`). */

import { counted } from '../../number-format';
import type { Plan } from '../../sync';

type ReadLists = NonNullable<Plan['readLists']>;

/** Null if the run has no memory to read by. */
export function readListsText(plan: Plan | null): string | null {
	return plan?.readLists === undefined ? null : sentence(plan.readLists);
}

function sentence({ notRead, lookEvery, memory }: ReadLists): string {
	switch (memory) {
		case 'used':
			return (
				`${counted(notRead.length, 'list was', 'lists were')} not read, because an earlier run left them as the ` +
				`source asks. Each list is read within ${counted(lookEvery, 'run')}, so changes by others are found by then.`
			);
		case 'missing':
			return 'All lists were read, because there is no memory of an earlier run.';
		case 'damaged':
			return 'All lists were read, because the memory of the last run is damaged, or of another release.';
		case 'old':
			return 'All lists were read, because the memory of the last run is older than two days.';
		case 'other':
			return 'All lists were read, because the memory is of another platform, kind of list or mode.';
	}
}
