/** What was stopped, held or not done, and why; each message once. */

import { breachGroups, guardsHeading, problemsText, REJECTED_ROWS_HOLD, type BreachGroup } from '../messages';
import { listed } from '../format';
import type { Occurrence } from '../group-by-kind';
import { findingsOf, foreignOf, heldOf, noticesOf, problemsOf, rejectedRowsOf } from '../problems';
import type { RunView } from '../view';
import { LIMITS, NOTHING, fullRecord, groupList, html, more, type Markup } from './markup';

/** Which limits were exceeded, each guard once. */
export function guards(view: RunView): Markup {
	if (view.breaches.length === 0) return NOTHING;
	const aborted = view.result.status === 'aborted';
	return html`
		<section class="notice ${aborted ? 'bad' : ''}">
			<h2>Guards</h2>
			<p>${guardsHeading(aborted, view.operation)}</p>
			<ul>${breachGroups(view.breaches).map((group) => guardItem(group, fullRecord(view)))}</ul>
		</section>
	`;
}

function guardItem({ heading, lines }: BreachGroup, where: string): Markup {
	const visible = lines.slice(0, LIMITS.breachesVisible);
	const folded = lines.slice(LIMITS.breachesVisible, LIMITS.groups);
	const rest = lines.length - visible.length;
	const details = html`
		<details>
			<summary>${rest} more</summary>
			${items(folded)}
			${more(rest - folded.length, 'list', where)}
		</details>
	`;
	return html`<li>${heading}${items(visible)}${rest > 0 ? details : null}</li>`;
}

function items(lines: readonly string[]): Markup {
	return lines.length === 0 ? NOTHING : html`<ul>${lines.map((line) => html`<li>${line}</li>`)}</ul>`;
}

export function problems(view: RunView): Markup {
	return html`
		${section(view, 'Could not be done', 'notice bad', problemsOf(view, ['failed', 'rejected']))}
		${section(view, 'Incomplete reads', 'notice bad', noticesOf(view, 'error'))}
		${section(view, 'Conflicts', 'notice bad', problemsOf(view, ['conflict']))}
		${foreignChanges(view)}
		${section(view, 'Held back', 'notice', heldOf(view))}
		${section(view, 'Notes', 'notice', noticesOf(view, 'info'))}
	`;
}

export function sourceNotes(view: RunView): Markup {
	return section(view, 'About the source', '', findingsOf(view));
}

function section(view: RunView, title: string, tone: string, occurrences: readonly Occurrence[]): Markup {
	if (occurrences.length === 0) return NOTHING;
	return html`<section class="${tone}"><h2>${title}</h2>${groupList(occurrences, fullRecord(view))}</section>`;
}

function foreignChanges(view: RunView): Markup {
	const lists = foreignOf(view);
	if (lists.length === 0) return NOTHING;
	const names = (change: string, ids: readonly string[]) =>
		ids.length === 0 ? [] : [`${change} ${listed(ids, LIMITS.locations)}`];
	const lines = lists.slice(0, LIMITS.groups).map(({ title, foreign: { added, removed } }) => {
		const changes = [...names('added', added), ...names('removed', removed)];
		return `${title}: ${changes.join('; ')}`;
	});
	return html`
		<section class="notice">
			<h2>Changed by others in the meantime</h2>
			${items(lines)}
			${more(lists.length - LIMITS.groups, 'list', fullRecord(view))}
		</section>
	`;
}

const REJECTED_ROWS_FILE = 'the CSV of rejected rows';

/** Grouped as an overview, and row by row for corrections. */
export function rejectedRows(view: RunView): Markup {
	if (view.rejected.length === 0) return NOTHING;
	const shown = view.rejected.slice(0, LIMITS.rows);
	return html`
		<section class="notice">
			<h2>Rejected rows</h2>
			<p>${REJECTED_ROWS_HOLD}</p>
			${groupList(rejectedRowsOf(view), REJECTED_ROWS_FILE)}
			<details>
				<summary>Row by row</summary>
				<table class="stack" data-sortable>
					<thead><tr><th class="n" data-by="number">Line</th><th>What is wrong</th><th>Row</th></tr></thead>
					<tbody>${shown.map(tableRow)}</tbody>
				</table>
				${more(view.rejected.length - shown.length, 'row', REJECTED_ROWS_FILE)}
			</details>
		</section>
	`;
}

function tableRow(row: RunView['rejected'][number]): Markup {
	const cells = Object.values(row.cells).filter((cell) => cell !== '');
	return html`
		<tr>
			<td class="n" data-sort="${row.line}" data-name="line">${row.line}</td>
			<td>${problemsText(row)}</td>
			<td class="soft">${cells.join(' · ')}</td>
		</tr>
	`;
}
