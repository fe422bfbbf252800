/** HTML that no text can break out of, and the small pieces that all parts of the page share. */

import { counted, formatNumber, moment, withoutControls } from '../format';
import {
	firstMessages,
	groupByKind,
	locationsText,
	type Message,
	type Occurrence,
	type ProblemGroup,
} from '../group-by-kind';
import type { ChangeStatus } from '../status';
import type { RunView } from '../view';

/**
 * Thousands of lists stay readable, and the file small enough to mail. The page says what it leaves out, and where it
 * is.
 */
export const LIMITS = {
	lists: 500,
	/** Visible below each list; the others are folded away. */
	membersVisible: 5,
	membersPerList: 25,
	groups: 50,
	/** Messages of one kind in full. */
	messages: 3,
	/** Lists of one guard that are visible; the others are folded away. */
	breachesVisible: 5,
	locations: 8,
	rows: 200,
	/** With more bars the chart is harder to read. */
	bars: 15,
} as const;

const ENTITIES: Readonly<Record<string, string>> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
	'`': '&#96;',
};

/** Markup that is safe: made by `html`, or a constant of this package. */
export class Markup {
	constructor(readonly text: string) {}
}

type Value = Markup | string | number | null;

/** Safe as text and inside a quoted attribute. */
export function escapeHtml(text: string): string {
	return withoutControls(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character]);
}

/** Escapes the values. Drops the template's own line breaks with their indentation: they are for who reads the code. */
export function html(strings: TemplateStringsArray, ...values: Array<Value | readonly Value[]>): Markup {
	const parts = strings.map((string) => string.replace(/\n\t*/g, ''));
	return new Markup(parts.reduce((text, part, index) => text + render(values[index - 1]) + part));
}

export const NOTHING = new Markup('');

function render(value: Value | readonly Value[]): string {
	if (value === null) return '';
	if (value instanceof Markup) return value.text;
	if (typeof value === 'object') return value.map(render).join('');
	return escapeHtml(String(value));
}

export const STATUS_TONES: Readonly<Record<ChangeStatus, string>> = {
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

/** Left to right, as an id is written, whatever its script. */
export function id(text: string, tone = ''): Markup {
	return html`<bdi dir="ltr" class="${tone}">${text}</bdi>`;
}

/** `Jan Peeters (j.peeters@acme)`; the id alone without a name. */
export function namedId(text: string, name: string, tone = ''): Markup {
	return name === '' || name === text ? id(text, tone) : html`<span class="${tone}">${name} (${id(text)})</span>`;
}

/** A point in time, which the page's script turns into the reader's own. */
export function time(iso: string): Markup {
	return html`<time datetime="${iso}">${moment(iso)}</time>`;
}

/** How many entries are left out, and where they are; empty if none is. */
export function more(count: number, singular: string, where: string): Markup {
	return count > 0 ? html`<p class="more">${counted(count, `more ${singular}`)} in ${where}.</p>` : NOTHING;
}

/** The document with all details: the journal after a run, the plan before. */
export function fullRecord({ written }: RunView): string {
	return written ? 'the journal' : 'the plan';
}

export function groupList(occurrences: readonly Occurrence[], where: string): Markup {
	const all = groupByKind(occurrences);
	const rest = more(all.length - LIMITS.groups, 'message', where);
	return html`<ul>${all.slice(0, LIMITS.groups).flatMap(groupItems)}</ul>${rest}`;
}

function groupItems(group: ProblemGroup): Markup[] {
	const { first, others } = firstMessages(group, LIMITS.messages);
	return [
		...first.map((message) => groupItem(message, message.count > 1 ? `${formatNumber(message.count)} times` : null)),
		...(others === null ? [] : [groupItem(others, `${formatNumber(others.count)} more of the same kind`)]),
	];
}

function groupItem(message: Message, count: string | null): Markup {
	const locations = locationsText(message, LIMITS.locations);
	return html`
		<li>
			${message.text}${count === null ? null : html` <strong>${count}</strong>`}
			${locations === '' ? null : html`<div class="soft">${locations}</div>`}
		</li>
	`;
}
