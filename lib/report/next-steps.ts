/**
 * What the reader should do now, the most pressing first: one sentence each, and said once however often it applies.
 */

import { hiddenScopeText, removalsToApprove, waysOut } from '../sync';
import { whatToDo } from './advice';
import { isHeldByGuard, troublesOf } from './troubles';
import type { RunView } from './view';
import { STANDINGS, counted, figure } from './words';

/** Empty where the reason of the run says it all. */
export function nextSteps(view: RunView): string[] {
	const { status } = view.result;
	if (status === 'refused' || status === 'failed') return [];
	const steps = [
		// An approved plan is applied whole or not at all, so holding is no way out of that.
		...(status === 'aborted'
			? waysOut(
					view.breaches.map(({ guard }) => guard),
					view.operation !== 'applyPlan',
				)
			: []),
		...(status === 'stopped' ? [goOn(view)] : []),
		...(status === 'planned' ? approve(view) : []),
		...view.hidden.map(hiddenScopeText),
		...notDone(view),
		...rejectedRows(view),
		...(status === 'aborted' ? [] : held(view)),
	];
	return steps.length > 0 ? steps : ['Nothing: every list is as wanted.'];
}

function goOn({ membersBy, written }: RunView): string {
	if (!written) return 'Run it again: nothing was written.';
	const left =
		membersBy.notAttempted > 0
			? `, and ${counted(membersBy.notAttempted, 'change is', 'changes are')} still to be made`
			: '';
	return `Run it again: what is done is not repeated${left}.`;
}

function approve({ plan, operation }: RunView): string[] {
	if (plan === null || plan.totals.adds + plan.totals.removes + (plan.totals.prerequisites ?? 0) === 0) return [];
	const removals = removalsToApprove(plan);
	const what = removals === 0 ? 'its hash' : `its hash and the ${counted(removals, 'removal')}`;
	const undoing = operation === 'rollBack' ? ' of this roll back' : '';
	return [
		`Read what would change. If it is right, approve the plan${undoing} with ${what}, and hand it to the ` +
			"operation 'Apply Plan'.",
	];
}

function notDone(view: RunView): string[] {
	return (['failed', 'conflict', 'rejected'] as const).flatMap((standing) => {
		const { length } = troublesOf(view, [standing]);
		return length === 0 ? [] : [`${STANDINGS[standing].label} (${figure(length)}): ${whatToDo(standing)}`];
	});
}

function rejectedRows({ rejected }: RunView): string[] {
	if (rejected.length === 0) return [];
	const [what, it] =
		rejected.length === 1 ? ['rejected row', 'it'] : [`${figure(rejected.length)} rejected rows`, 'them'];
	return [
		`Correct the ${what} in the source; or correct ${it} in the CSV of rejected rows, and feed that back ` +
			"in with the mode 'As the Action Column Says'.",
	];
}

function held({ lists, breaches }: RunView): string[] {
	const all = lists.flatMap((list) => list.held);
	const byGuards = all.filter(({ code }) => isHeldByGuard(code));
	const others = all.length - byGuards.length;
	const guards = breaches.map(({ guard }) => guard);
	return [
		...(byGuards.length > 0
			? [`Held by guards (${figure(byGuards.length)}): ${waysOut(guards, false).join(' ')}`]
			: []),
		...(others > 0
			? [
					`Held (${figure(others)}): the next run makes ${others === 1 ? 'it' : 'them'} once what is named ` +
						"under 'Held back' is corrected.",
				]
			: []),
	];
}
