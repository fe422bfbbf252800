/** The run in figures, what needs somebody's attention in color. */

import { memberNoun, type RunView } from '../view';
import { figure } from '../words';
import { NOTHING, html, type Markup } from './escape';

export function tiles(view: RunView): Markup {
	const { plan, status } = view.result;
	// Without a plan there are no figures, only noughts.
	if (plan === null || status === 'refused' || status === 'failed') return NOTHING;
	const { adds, removes, lists, prerequisites } = view.changes;
	const { written, notDone } = view;
	const noun = memberNoun(view.kind);
	const of = (tally: typeof lists) => (written ? tally.done : tally.planned);
	return html`<div class="tiles">${[
		tile(of(lists), ['list', 'lists'], written ? 'changed' : 'to change'),
		tile(of(adds), noun, written ? 'added' : 'to add', 'add'),
		tile(of(removes), noun, written ? 'removed' : 'to remove', 'remove'),
		...some(of(prerequisites), ['agent', 'agents'], written ? 'assigned first' : 'to assign first', 'add'),
		...some(notDone.changes, ['change', 'changes'], 'not done', 'bad'),
		...some(notDone.lists, ['list', 'lists'], 'not planned', 'bad'),
		...some(view.heldChanges, ['change', 'changes'], 'held back', 'warn'),
		...some(written ? view.membersBy.notAttempted : 0, ['change', 'changes'], 'not attempted', 'warn'),
		...some(view.rejected.length, ['row', 'rows'], 'rejected', 'bad'),
		tile(view.unchanged, ['list', 'lists'], 'unchanged'),
	]}</div>`;
}

function some(value: number, noun: readonly [string, string], what: string, tone: string): Markup[] {
	return value > 0 ? [tile(value, noun, what, tone)] : [];
}

function tile(value: number, [singular, plural]: readonly [string, string], what: string, tone = ''): Markup {
	return html`<div class="tile"><b class="${value === 0 ? 'soft' : tone}">${figure(value)}</b><span>${value === 1 ? singular : plural} ${what}</span></div>`;
}
