/** What did not come about, and why; each message once. */

import type { Occurrence } from '../grouped';
import { findingsOf, foreignOf, heldOf, troublesOf } from '../troubles';
import type { RunView } from '../view';
import { listed } from '../words';
import { NOTHING, html, type Markup } from './escape';
import { MOST } from './most';
import { groupList, more, whole } from './pieces';

export function troubles(view: RunView): Markup {
	return html`${groups(view, 'Could not be done', 'notice bad', troublesOf(view, ['failed', 'rejected']))}${groups(view, 'Conflicts', 'notice bad', troublesOf(view, ['conflict']))}${foreign(view)}${groups(view, 'Held back', 'notice', heldOf(view))}`;
}

export function sourceNotes(view: RunView): Markup {
	return groups(view, 'About the source', '', findingsOf(view));
}

function foreign(view: RunView): Markup {
	const touched = foreignOf(view);
	if (touched.length === 0) return NOTHING;
	const names = (change: string, ids: readonly string[]) =>
		ids.length === 0 ? [] : [`${change} ${listed(ids, MOST.places)}`];
	return html`<section class="notice"><h2>Changed by somebody else meanwhile</h2><ul>${touched
		.slice(0, MOST.groups)
		.map(
			({ title, foreign: { added, removed } }) =>
				html`<li>${title}: ${[...names('added', added), ...names('removed', removed)].join('; ')}</li>`,
		)}</ul>${more(touched.length - MOST.groups, 'list', whole(view))}</section>`;
}

function groups(view: RunView, title: string, tone: string, occurrences: readonly Occurrence[]): Markup {
	if (occurrences.length === 0) return NOTHING;
	return html`<section class="${tone}"><h2>${title}</h2>${groupList(occurrences, whole(view))}</section>`;
}
