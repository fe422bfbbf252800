/** Which limits were exceeded, each guard once. */

import { breachGroups, type BreachGroup } from '../breach-groups';
import type { RunView } from '../view';
import { NOTHING, html, type Markup } from './escape';
import { MOST } from './most';
import { more, whole } from './pieces';

export function guards(view: RunView): Markup {
	const { breaches, result } = view;
	if (breaches.length === 0) return NOTHING;
	const aborted = result.status === 'aborted';
	const verdict = aborted
		? 'The run was stopped before the first write, because:'
		: 'Removals were held back, because:';
	return html`<section class="notice ${aborted ? 'bad' : ''}"><h2>Guards</h2><p>${verdict}</p><ul>${breachGroups(breaches).map((group) => one(group, whole(view)))}</ul></section>`;
}

function one({ heading, lines }: BreachGroup, where: string): Markup {
	const inSight = lines.slice(0, MOST.breachesInSight);
	const folded = lines.slice(MOST.breachesInSight, MOST.groups);
	const rest = lines.length - inSight.length;
	return html`<li>${heading}${items(inSight)}${rest > 0 ? html`<details><summary>${rest} more</summary>${items(folded)}${more(rest - folded.length, 'list', where)}</details>` : null}</li>`;
}

function items(lines: readonly string[]): Markup {
	return lines.length === 0 ? NOTHING : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}
