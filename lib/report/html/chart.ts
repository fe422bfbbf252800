/** Adds and removes per call center as bars: inline SVG in percent, so that it fits any width without shrinking text. */

import { callCenterOf, type RunView } from '../view';
import { figure } from '../words';
import { NOTHING, html, type Markup } from './escape';

/** More bars than this tell less, not more. */
const MOST_BARS = 15;

/** The longest bar leaves room for its figure. */
const LONGEST_PERCENT = 86;

const ROW_HEIGHT = 52;
const BAR_HEIGHT = 10;

interface Bars {
	readonly name: string;
	readonly adds: number;
	readonly removes: number;
}

export function changesPerCallCenter(view: RunView): Bars[] {
	const byName = new Map<string, { name: string; adds: number; removes: number }>();
	for (const list of view.lists) {
		if (list.ref.kind !== view.kind) continue;
		for (const { member, change } of list.members) {
			const name = callCenterOf(list.ref, member);
			const bars = byName.get(name) ?? { name, adds: 0, removes: 0 };
			if (change === 'add') bars.adds += 1;
			else bars.removes += 1;
			byName.set(name, bars);
		}
	}
	return [...byName.values()].sort((a, b) => b.adds + b.removes - (a.adds + a.removes) || (a.name < b.name ? -1 : 1));
}

export function chart(view: RunView): Markup {
	const all = changesPerCallCenter(view);
	if (all.length === 0) return NOTHING;
	const shown = all.slice(0, MOST_BARS);
	const rest = all.length - shown.length;
	const longest = Math.max(...shown.flatMap((bars) => [bars.adds, bars.removes]));
	return html`<section><h2>Changes per call center</h2>
<p class="legend"><span class="swatch add"></span>${view.written ? 'additions' : 'to add'} <span class="swatch remove"></span>${view.written ? 'removals' : 'to remove'}</p>
<svg class="chart" width="100%" height="${shown.length * ROW_HEIGHT}" role="img" aria-label="Additions and removals per call center">${shown.map((bars, index) => row(bars, index, longest))}</svg>
${rest > 0 ? html`<p class="more">${figure(rest)} more call centers in the plan.</p>` : null}</section>`;
}

function row(bars: Bars, index: number, longest: number): Markup {
	const top = index * ROW_HEIGHT;
	return html`<text x="0" y="${top + 15}">${bars.name}</text>${bar('add', bars.adds, top + 21, longest)}${bar('remove', bars.removes, top + 34, longest)}`;
}

function bar(kind: 'add' | 'remove', value: number, top: number, longest: number): Markup {
	const width = Math.round((value / longest) * LONGEST_PERCENT * 10) / 10;
	const label = `${kind === 'add' ? '+' : '−'}${figure(value)}`;
	return html`<rect class="${kind}" x="0" y="${top}" width="${width}%" height="${BAR_HEIGHT}" rx="2"></rect><text class="value" x="${width}%" dx="6" y="${top + BAR_HEIGHT - 1}">${label}</text>`;
}
