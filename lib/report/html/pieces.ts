/** Small pieces that several parts of the page are made of. */

import { grouped, placesText, told, type Group, type Occurrence, type Said } from '../grouped';
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
	return count > 0
		? html`<p class="more">${counted(count, `more ${singular}`, plural && `more ${plural}`)} in ${where}.</p>`
		: NOTHING;
}

/** Where everything stands that a page leaves out: what was done in the journal, what was only planned in the plan. */
export function whole({ written }: RunView): string {
	return written ? 'the journal' : 'the plan';
}

export function groupList(occurrences: readonly Occurrence[], where: string): Markup {
	const all = grouped(occurrences);
	return html`<ul>${all.slice(0, MOST.groups).flatMap(groupItems)}</ul>${more(all.length - MOST.groups, 'message', where)}`;
}

function groupItems(group: Group): Markup[] {
	const { first, others } = told(group, MOST.sentences);
	return [
		...first.map((said) =>
			item(
				said.message === '' ? group.code : said.message,
				said.count > 1 ? `${figure(said.count)} times` : null,
				said,
			),
		),
		...(others === null ? [] : [item('', `${figure(others.count)} more of the same kind`, others)]),
	];
}

function item(text: string, count: string | null, said: Said): Markup {
	const places = placesText(said, MOST.places);
	return html`<li>${text}${count === null ? null : html` <strong>${count}</strong>`}${places === '' ? null : html`<div class="soft">${places}</div>`}</li>`;
}
