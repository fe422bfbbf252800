/** Small pieces that several parts of the page are made of. */

import { grouped, placesText, type Occurrence } from '../grouped';
import type { RunView } from '../view';
import { counted, figure, type Standing } from '../words';
import { NOTHING, html, type Markup } from './escape';
import { MOST } from './most';

export const TONES: Readonly<Record<Standing, string>> = {
	failed: 'bad',
	conflict: 'bad',
	rejected: 'bad',
	held: 'warn',
	notAttempted: 'warn',
	planned: '',
	applied: 'good',
	alreadyInPlace: 'good',
	unchanged: '',
};

export function badge(label: string, tone: string): Markup {
	return html`<span class="badge ${tone}">${label}</span>`;
}

/** Of any script, and yet read as an id is written: from left to right. */
export function id(text: string, tone = ''): Markup {
	return html`<bdi dir="ltr" class="${tone}">${text}</bdi>`;
}

/** A point in time, which the page's script turns into the reader's own. */
export function time(iso: string, text: string): Markup {
	return html`<time datetime="${iso}">${text}</time>`;
}

export function more(count: number, singular: string, where: string, plural?: string): Markup {
	return count > 0 ? html`<p class="more">${counted(count, `more ${singular}`, plural && `more ${plural}`)} in ${where}.</p>` : NOTHING;
}

/** Where everything stands that a page leaves out: what was done in the journal, what was only planned in the plan. */
export function whole({ written }: RunView): string {
	return written ? 'the journal' : 'the plan';
}

export function groupList(occurrences: readonly Occurrence[], where: string): Markup {
	const all = grouped(occurrences);
	return html`<ul>${all.slice(0, MOST.groups).map((group) => {
		const { code, message, count } = group;
		const places = placesText(group, MOST.places);
		return html`<li>${message === '' ? code : message}${count > 1 ? html` <strong>${figure(count)} times</strong>` : null}${places === '' ? null : html`<div class="soft">${places}</div>`}</li>`;
	})}</ul>${more(all.length - MOST.groups, 'message', where)}`;
}
