/** Told twice on purpose: grouped for the overview, row by row for the one who corrects them. */

import { rejectedRowsOf } from '../troubles';
import type { RunView } from '../view';
import { NOTHING, html, type Markup } from './escape';
import { MOST } from './most';
import { groupList, more } from './pieces';

const WHERE = 'the CSV of rejected rows';

export function rejectedRows(view: RunView): Markup {
	if (view.rejected.length === 0) return NOTHING;
	const shown = view.rejected.slice(0, MOST.rows);
	return html`<section class="notice"><h2>Rejected rows</h2><p>A rejected row holds back the removals of every list it touches: it may mean somebody who is on the list.</p>${groupList(rejectedRowsOf(view), WHERE)}
<details><summary>Row by row</summary><table class="stack" data-sortable><thead><tr><th class="n" data-by="number">Line</th><th>What is wrong</th><th>Row</th></tr></thead><tbody>${shown.map(
		(row) =>
			html`<tr><td class="n" data-sort="${row.line}" data-name="line">${row.line}</td><td>${row.message}</td><td class="soft">${Object.values(
				row.cells,
			)
				.filter((cell) => cell !== '')
				.join(' · ')}</td></tr>`,
	)}</tbody></table>${more(view.rejected.length - shown.length, 'row', WHERE)}</details></section>`;
}
