/** Adds and removes per call center as bars in a table, so that it fits any width, wraps long names and reads aloud. */

import { callCenterOf, type RunView } from '../view';
import { counted, figure } from '../words';
import { NOTHING, html, type Markup } from './escape';
import { MOST } from './most';
import { id } from './pieces';

interface Bars {
	readonly name: string;
	readonly adds: number;
	readonly removes: number;
}

/** After a run what was done, before it what is planned. */
export function changesPerCallCenter(view: RunView): Bars[] {
	const byName = new Map<string, { name: string; adds: number; removes: number }>();
	for (const list of view.lists) {
		if (list.ref.kind !== view.kind) continue;
		for (const { member, change, standing } of list.members) {
			if (view.written && standing !== 'applied') continue;
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
	// One bar beside no other shows nothing that the figures above do not say.
	if (all.length < 2) return NOTHING;
	const shown = all.slice(0, MOST.bars);
	const rest = all.length - shown.length;
	const longest = Math.max(...shown.flatMap((bars) => [bars.adds, bars.removes]));
	return html`<section><h2>Changes per call center</h2><table class="bars"><thead class="aside"><tr><th>Call center</th><th></th><th>Changes</th></tr></thead><tbody>${shown.map((bars) => row(bars, longest))}</tbody></table>
${rest > 0 ? html`<p class="more">And ${counted(rest, 'more call center')} with fewer changes.</p>` : null}</section>`;
}

function row({ name, adds, removes }: Bars, longest: number): Markup {
	const figures = [
		...(adds > 0 ? [html`<span class="add">+${figure(adds)}</span>`] : []),
		...(removes > 0 ? [html`<span class="remove">−${figure(removes)}</span>`] : []),
	];
	return html`<tr><td>${id(name)}</td><td class="track">${bar('add', adds, longest)}${bar('remove', removes, longest)}</td><td class="n">${figures.flatMap((part, index) => (index === 0 ? [part] : [' ', part]))}</td></tr>`;
}

function bar(kind: 'add' | 'remove', value: number, longest: number): Markup {
	return value === 0
		? NOTHING
		: html`<i class="${kind}" style="width:${Math.max(0.5, Math.round((value / longest) * 1000) / 10)}%"></i>`;
}
