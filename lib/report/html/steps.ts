/** What to do now, above everything that explains why. */

import { nextSteps } from '../next-steps';
import type { RunView } from '../view';
import { NOTHING, html, type Markup } from './escape';

export function steps(view: RunView): Markup {
	const all = nextSteps(view);
	if (all.length === 0) return NOTHING;
	const said = all.length === 1 ? html`<p>${all[0]}</p>` : html`<ul>${all.map((step) => html`<li>${step}</li>`)}</ul>`;
	return html`<section><h2>What to do</h2>${said}</section>`;
}
