/** How a run ended, in a few words that claim no more than the counts show. */

import type { OperationName } from '../options';
import type { RunStatus } from '../sync';
import { counted } from './format';
import { seriousNotices, type RunView } from './view';

/** Facts in a headline besides the outcome; the line of figures below has all of them. */
const MAX_ASIDES = 3;

const NOTHING_DONE: Readonly<Record<OperationName, string>> = {
	plan: 'nothing planned',
	applyPlan: 'nothing written',
	sync: 'nothing written',
	rollBack: 'nothing written',
	export: 'nothing exported',
	removeEverywhere: 'nothing written',
};

type EndedEarly = Extract<RunStatus, 'aborted' | 'refused' | 'failed' | 'stopped'>;

const ENDED_EARLY: Readonly<Record<EndedEarly, string>> = {
	aborted: 'Stopped by a guard',
	refused: 'Refused',
	failed: 'Failed',
	stopped: 'Stopped early',
};

export function isEndedEarly(status: RunStatus): status is EndedEarly {
	return Object.hasOwn(ENDED_EARLY, status);
}

/** `Applied`, `Partly applied, 3 changes failed`, `Nothing to change, 4 rows rejected`. */
export function headline(view: RunView): string {
	const { status, plan } = view.result;
	const shown = asides(view).slice(0, MAX_ASIDES);
	if (isEndedEarly(status)) {
		const ended = endedEarly(view, status);
		return status === 'stopped' && view.written ? [ended, ...shown].join(', ') : ended;
	}
	const word = wordFor(view);
	if (word === PLANNED && shown.length === 0) return `${PLANNED}, nothing written`;
	// A run of leavers is about people; its lists follow from them.
	const isNobody = word === NOTHING_TO_CHANGE && plan?.origin === 'leavers';
	return [isNobody ? 'Nobody to remove' : word, ...shown].join(', ');
}

/**
 * Of a run that ended before its work was done, for where the figures stand beside it.
 *
 * @param why in brackets behind the first words
 */
export function endedEarly({ operation, written }: RunView, status: EndedEarly, why = ''): string {
	if (status === 'aborted' && operation === 'plan') return 'A guard would stop this run';
	const wroteSome = status === 'stopped' && written;
	return `${ENDED_EARLY[status]}${why}${wroteSome ? '' : `, ${NOTHING_DONE[operation]}`}`;
}

const PLANNED = 'Planned';
const NOTHING_TO_CHANGE = 'Nothing to change';

function wordFor(view: RunView): string {
	const { membersBy, notDone, heldChanges, written, result, operation } = view;
	if (result.exported !== undefined) return result.exported.lists.length > 0 ? 'Exported' : 'No lists exported';
	if (membersBy.planned > 0) return PLANNED;
	const left = notDone.changes + notDone.lists + (written ? membersBy.notAttempted : 0);
	if (membersBy.applied > 0) return left > 0 ? 'Partly applied' : 'Applied';
	// Something was wanted, so it would be wrong to say that there is nothing to change.
	if (left + heldChanges > 0) return operation === 'plan' ? 'Nothing planned' : 'Nothing applied';
	return membersBy.alreadyInPlace > 0 ? 'Already in place' : NOTHING_TO_CHANGE;
}

/** Worst first. */
function asides(view: RunView): string[] {
	const { membersBy, notDone, written, lists, heldChanges, rejected, operation } = view;
	const areRemovals = lists.every(({ held }) => held.every(({ change }) => change === 'remove'));
	const all: ReadonlyArray<readonly [count: number, noun: string, what: string]> = [
		[membersBy.failed, 'change', 'failed'],
		[membersBy.conflict, 'change', 'in conflict'],
		[membersBy.rejected, 'change', 'rejected'],
		[notDone.lists, 'list', operation === 'export' ? 'not exported' : 'not planned'],
		[seriousNotices(view).length, 'read', 'incomplete'],
		[heldChanges, areRemovals ? 'removal' : 'change', 'held'],
		[written ? membersBy.notAttempted : 0, 'change', 'not attempted'],
		[rejected.length, 'row', 'rejected'],
	];
	return all.filter(([count]) => count > 0).map(([count, noun, what]) => `${counted(count, noun)} ${what}`);
}
