/** Every list with a change or a problem: additions, removals, and the outcome of each. */

import type { Issue } from '../../sync';
import { counted, formatNumber, sign } from '../format';
import { messageOf, strategyMessage } from '../messages';
import { CHANGE_STATUSES, type ChangeStatus } from '../status';
import { changesOf, hasNews, partlyDone, type ListView, type MemberView, type RunView } from '../view';
import {
	LIMITS,
	NOTHING,
	STATUS_TONES,
	badge,
	fullRecord,
	groupList,
	html,
	more,
	namedId,
	type Markup,
} from './markup';

export function lists(view: RunView): Markup {
	if (view.lists.length === 0) return NOTHING;
	// Lists that a stopped run did not reach are only counted.
	const reached = view.lists.filter((list) => list.status !== 'notAttempted' || hasNews(list));
	const notReached = view.lists.length - reached.length;
	return html`
		<section>
			<h2>${reached.length === 0 || view.plan === null || view.written ? 'Lists' : 'Lists to change'}</h2>
			${notReached > 0 ? html`<p>The run did not reach ${counted(notReached, 'list')}.</p>` : null}
			${reached.length > 0 ? table(reached, view) : null}
		</section>
	`;
}

function table(all: readonly ListView[], view: RunView): Markup {
	const shown = all.slice(0, LIMITS.lists);
	const left = all.length - shown.length;
	const range = `The first ${formatNumber(shown.length)} of ${counted(all.length, 'list')}, the worst on top`;
	const are = left === 1 ? 'is' : 'are';
	const others = `the other ${formatNumber(left)} ${are} in ${fullRecord(view)} and in the output Changes`;
	return html`
		${left > 0 ? html`<p class="more">${range}; ${others}.</p>` : null}
		<table class="stack lists" data-sortable>
			<thead>
				<tr>
					<th data-by="text">List</th>
					<th data-by="number">Outcome</th>
					<th class="n" data-by="number">+</th>
					<th class="n" data-by="number">−</th>
					<th>Changes</th>
				</tr>
			</thead>
			<tbody>${shown.map((list) => row(list, view))}</tbody>
		</table>
	`;
}

function row(list: ListView, view: RunView): Markup {
	const { userId, callCenterId } = list.ref;
	const { adds, removes } = changesOf(list, view.written);
	const { label, severity } = CHANGE_STATUSES[list.status];
	const part = partlyDone(list);
	// The reason of the run is in the page's header, and would appear here once for each list.
	const { issue } = list;
	const message = issue === null || isSame(issue, view.result.reason) ? null : messageOf(issue, list.ref);
	return html`
		<tr>
			<td data-sort="${list.title}">
				<strong>${namedId(userId, view.nameOf(userId))}</strong>
				${callCenterId === null ? null : html`<br>${namedId(callCenterId, view.nameOf(callCenterId), 'soft')}`}
			</td>
			<td data-sort="${severity}">
				${badge(label, STATUS_TONES[list.status])}
				${part === '' ? null : html`<br><span class="soft">${part}</span>`}
			</td>
			<td class="n add" data-sort="${adds}" data-name="+">${count(adds)}</td>
			<td class="n remove" data-sort="${removes}" data-name="−">${count(removes)}</td>
			<td>
				${message === null ? null : html`<div>${message}</div>`}
				${members(list, view)}
			</td>
		</tr>
	`;
}

function count(value: number): Markup {
	return value === 0 ? html`<span class="soft">0</span>` : html`${formatNumber(value)}`;
}

function members(list: ListView, view: RunView): Markup {
	const held = list.held.map(
		({ member, change, lines = [] }): MemberView => ({ member, change, status: 'held', issue: null, lines }),
	);
	const severity = ({ status }: MemberView) => CHANGE_STATUSES[status].severity;
	const all = [...list.members, ...held].sort((a, b) => severity(a) - severity(b));
	const item = (entry: MemberView) => memberItem(entry, list, view);
	const folded = all.slice(LIMITS.membersVisible, LIMITS.membersPerList);
	const rest = all.length - LIMITS.membersVisible;
	const details = html`
		<details>
			<summary>${counted(rest, 'more change')}</summary>
			${items(folded.map(item))}
			${more(rest - folded.length, 'change', fullRecord(view))}
		</details>
	`;
	return html`${items(all.slice(0, LIMITS.membersVisible).map(item))}${rest > 0 ? details : null}`;
}

function items(all: readonly Markup[]): Markup {
	return all.length === 0 ? NOTHING : html`<ul class="changes">${all}</ul>`;
}

const EXPECTED: ReadonlySet<ChangeStatus> = new Set<ChangeStatus>(['applied', 'planned', 'notAttempted']);

function memberItem({ member, change, lines, status, issue }: MemberView, list: ListView, { nameOf }: RunView): Markup {
	const message = issue === null || isSame(issue, list.issue) ? null : messageOf(issue, list.ref);
	const locations = lines.slice(0, LIMITS.locations).join(', ');
	return html`
		<li>
			<span class="${change}">${sign(change)}</span> ${namedId(member, nameOf(member))}
			${lines.length > 0 ? html` <span class="soft">line ${locations}</span>` : null}
			${EXPECTED.has(status) ? null : html` ${badge(CHANGE_STATUSES[status].label, STATUS_TONES[status])}`}
			${message === null ? null : html` ${message}`}
		</li>
	`;
}

/** The reasons of the strategies, grouped, because most lists have the same one. */
export function strategies(view: RunView): Markup {
	const reasons = view.lists.flatMap(({ reason, fallback, title, ref }) => {
		if (reason === null) return [];
		const message = strategyMessage(reason, ref.kind, fallback);
		return [{ kind: `${reason.problem} ${fallback?.problem ?? ''}`, message, where: title, what: null }];
	});
	if (reasons.length === 0) return NOTHING;
	return html`
		<section>
			<h2>How the lists ${view.written ? 'were' : 'would be'} written</h2>
			<details>
				<summary>The strategy of each list, and why</summary>
				${groupList(reasons, fullRecord(view))}
			</details>
		</section>
	`;
}

/** Shown once already. */
function isSame(issue: Issue, other: Issue | null): boolean {
	return other !== null && issue.code === other.code && messageOf(issue) === messageOf(other);
}
