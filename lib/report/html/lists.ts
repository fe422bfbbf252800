/** Every list that is more than unchanged: who comes, who goes, and what became of it. */

import { withoutList } from '../troubles';
import { changesOf, hasNews, partlyDone, type ListView, type MemberView, type RunView } from '../view';
import { STANDINGS, counted, figure, sign, type Standing } from '../words';
import { NOTHING, html, type Markup } from './escape';
import { MOST } from './most';
import { TONES, badge, groupList, id, more, whole } from './pieces';

export function lists(view: RunView): Markup {
	// A run that ended while it read has nothing to tell of the lists that it did not come to.
	const told = view.lists.filter((list) => list.standing !== 'notAttempted' || hasNews(list));
	const untold = view.lists.length - told.length;
	if (view.lists.length === 0) return NOTHING;
	const shown = told.slice(0, MOST.lists);
	const left = told.length - shown.length;
	const note =
		left > 0
			? html`<p class="more">The first ${figure(shown.length)} of ${counted(told.length, 'list')}, the worst on top; the other ${figure(left)} ${left === 1 ? 'is' : 'are'} in ${whole(view)} and in the output Changes.</p>`
			: NOTHING;
	const rest = untold > 0 ? html`<p>The run did not come to ${counted(untold, 'list')}.</p>` : NOTHING;
	if (told.length === 0) return html`<section><h2>Lists</h2>${rest}</section>`;
	return html`<section><h2>${view.plan === null || view.written ? 'Lists' : 'Lists to change'}</h2>${rest}${note}<table class="stack lists" data-sortable><thead><tr><th data-by="text">List</th><th data-by="number">Outcome</th><th class="n" data-by="number">+</th><th class="n" data-by="number">−</th><th>Changes</th></tr></thead>
<tbody>${shown.map((list) => row(list, view))}</tbody></table></section>`;
}

function row(list: ListView, view: RunView): Markup {
	const { adds, removes } = changesOf(list, view.written);
	const { label, severity } = STANDINGS[list.standing];
	const part = partlyDone(list);
	// What ended the run stands on top of the page, and would stand here once for each list.
	const message =
		list.message === null || list.message === view.result.reason?.message ? null : withoutList(list.message, list);
	return html`<tr><td data-sort="${list.title}"><strong>${id(list.ref.userId)}</strong>${list.ref.callCenterId === null ? null : html`<br>${id(list.ref.callCenterId, 'soft')}`}</td><td data-sort="${severity}">${badge(label, TONES[list.standing])}${part === '' ? null : html`<br><span class="soft">${part}</span>`}</td><td class="n add" data-sort="${adds}" data-name="+">${count(adds)}</td><td class="n remove" data-sort="${removes}" data-name="−">${count(removes)}</td><td>${message === null ? null : html`<div>${message}</div>`}${members(list, whole(view))}</td></tr>`;
}

function count(value: number): Markup {
	return value === 0 ? html`<span class="soft">0</span>` : html`${figure(value)}`;
}

function members(list: ListView, where: string): Markup {
	const held = list.held.map(
		({ member, change, lines = [] }): MemberView => ({
			member,
			change,
			standing: 'held',
			code: null,
			message: null,
			lines,
		}),
	);
	const all = [...list.members, ...held].sort(
		(a, b) => STANDINGS[a.standing].severity - STANDINGS[b.standing].severity,
	);
	const item = (entry: MemberView) => member(entry, list.message);
	const folded = all.slice(MOST.membersInSight, MOST.membersPerList);
	const rest = all.length - MOST.membersInSight;
	return html`${items(all.slice(0, MOST.membersInSight).map(item))}${rest > 0 ? html`<details><summary>${counted(rest, 'more change')}</summary>${items(folded.map(item))}${more(rest - folded.length, 'change', where)}</details>` : null}`;
}

function items(all: readonly Markup[]): Markup {
	return all.length === 0 ? NOTHING : html`<ul class="changes">${all}</ul>`;
}

const EXPECTED: ReadonlySet<Standing> = new Set<Standing>(['applied', 'planned', 'notAttempted']);

function member({ member: name, change, lines, standing, message }: MemberView, said: string | null): Markup {
	return html`<li><span class="${change}">${sign(change)}</span> ${id(name)}${lines.length > 0 ? html` <span class="soft">line ${lines.slice(0, MOST.places).join(', ')}</span>` : null}${EXPECTED.has(standing) ? null : html` ${badge(STANDINGS[standing].label, TONES[standing])}`}${message === null || message === said ? null : html` ${message}`}</li>`;
}

/** The reasons of the strategies, which are the same for most lists. */
export function strategies(view: RunView): Markup {
	const reasons = view.lists.flatMap(({ reason, title, ref }) =>
		reason === null
			? []
			: [{ code: reason, message: reason, where: title, what: null, ids: [ref.userId, ref.callCenterId ?? ''] }],
	);
	if (reasons.length === 0) return NOTHING;
	return html`<section><h2>How the lists ${view.written ? 'were' : 'would be'} written</h2><details><summary>The way with the fewest requests that is safe, and why</summary>${groupList(reasons, whole(view))}</details></section>`;
}
