/** What the reader should do now, the most urgent first: one sentence for each step, however often it applies. */

import { removalsToApprove } from '../sync';
import { STEPS, hiddenScopeText, isGuard, guardAdvice } from './messages';
import { problemsOf } from './problems';
import { seriousNotices, type RunView } from './view';

/** Empty if the reason of the run already says what to do. */
export function nextSteps(view: RunView): string[] {
	const { status } = view.result;
	if (status === 'refused' || status === 'failed') return [];
	const steps = [
		...(status === 'aborted' ? guardAdvice(guardsOf(view), canHold(view)) : []),
		...(status === 'stopped' ? [STEPS.runAgain(view.written, view.membersBy.notAttempted)] : []),
		...(status === 'planned' ? approve(view) : []),
		...view.hidden.map(hiddenScopeText),
		...notDone(view),
		...(seriousNotices(view).length > 0 ? [STEPS.notLookedAt(seriousNotices(view).length)] : []),
		...(view.rejected.length > 0 ? [STEPS.rejectedRows(view.rejected.length, view.operation)] : []),
		...(status === 'aborted' ? [] : held(view)),
	];
	return steps.length > 0 ? steps : [STEPS.none()];
}

function guardsOf({ breaches }: RunView) {
	return breaches.map(({ code }) => code);
}

/** An approved plan is applied completely or not at all, and a run of leavers has only removals. */
function canHold({ operation }: RunView): boolean {
	return operation !== 'applyPlan' && operation !== 'removeEverywhere';
}

function approve({ plan, operation }: RunView): string[] {
	if (plan === null || plan.totals.adds + plan.totals.removes + (plan.totals.prerequisites ?? 0) === 0) return [];
	return [STEPS.approve(removalsToApprove(plan), operation === 'rollBack')];
}

function notDone(view: RunView): string[] {
	return (['failed', 'conflict', 'rejected'] as const).flatMap((status) => {
		const { length } = problemsOf(view, [status]);
		return length === 0 ? [] : [STEPS.notDone(status, length)];
	});
}

function held(view: RunView): string[] {
	const all = view.lists.flatMap((list) => list.held);
	const byGuards = all.filter(({ code }) => isGuard(code)).length;
	const others = all.length - byGuards;
	return [
		...(byGuards > 0 ? [STEPS.heldByGuards(byGuards, guardsOf(view))] : []),
		...(others > 0 ? [STEPS.held(others)] : []),
	];
}
