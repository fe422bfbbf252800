/** The run at a glance: how it ended, its figures, what to do, the changes per call center, and the details. */

import type { OperationName } from '../../options';
import { type Plan, type RunStatus, removalsToApprove } from '../../sync';
import { counted, duration, formatNumber } from '../format';
import { headline } from '../headline';
import { KIND_LABELS, matchLines, messageOf, readListsText } from '../messages';
import { nextSteps } from '../next-steps';
import { costLine } from '../summary-line';
import { callCenterOf, memberNoun, seriousNotices, type RunView } from '../view';
import { LIMITS, NOTHING, html, id, time, type Markup } from './markup';

export const TITLES: Readonly<Record<OperationName, string>> = {
	plan: 'Call center sync: plan',
	applyPlan: 'Call center sync: apply plan',
	sync: 'Call center sync',
	rollBack: 'Call center sync: roll back',
	export: 'Call center lists: export',
	removeEverywhere: 'Call centers: remove everywhere',
};

const TONES: Readonly<Record<RunStatus, string>> = {
	exported: 'good',
	planned: '',
	unchanged: 'good',
	applied: 'good',
	partial: 'warn',
	held: 'warn',
	aborted: 'bad',
	refused: 'bad',
	failed: 'bad',
	stopped: 'warn',
};

/** A run with rejected rows or incomplete reads is never shown as good. */
function toneOf(view: RunView): string {
	const { status } = view.result;
	const isIncomplete = view.rejected.length + seriousNotices(view).length > 0;
	return isIncomplete && TONES[status] !== 'bad' ? 'warn' : TONES[status];
}

/** The outcome of the run, with the reason if no section below has it. */
export function header(view: RunView): Markup {
	const { status, reason, journal, plan } = view.result;
	const failed = status === 'refused' || status === 'failed';
	const readLists = readListsText(view.plan);
	const when = journal?.finishedAt ?? plan?.createdAt ?? null;
	return html`
		<header class="${toneOf(view)}">
			<p class="soft">
				${TITLES[view.operation]}${when === null ? null : html` · ${time(when)}`}
			</p>
			<h1>${headline(view)}</h1>
			${(failed || status === 'stopped') && reason !== null ? html`<p>${messageOf(reason)}</p>` : null}
			${failed || status === 'aborted' ? null : html`<p class="soft">${costLine(view)}</p>`}
			${readLists === null ? null : html`<p class="soft">${readLists}</p>`}
			${view.matched === null ? null : matchLines(view.matched).map((line) => html`<p class="soft">${line}</p>`)}
		</header>
	`;
}

/** The figures of the run; those that need attention are in color. */
export function tiles(view: RunView): Markup {
	const { plan, status } = view.result;
	// Without a plan all figures are 0.
	if (plan === null || status === 'refused' || status === 'failed') return NOTHING;
	const { adds, removes, lists, prerequisites } = view.changes;
	const { written, notDone } = view;
	const noun = memberNoun(view.kind);
	const of = (tally: typeof lists) => (written ? tally.done : tally.planned);
	const all = [
		tile(of(lists), ['list', 'lists'], written ? 'changed' : 'to change'),
		tile(of(adds), noun, written ? 'added' : 'to add', 'add'),
		tile(of(removes), noun, written ? 'removed' : 'to remove', 'remove'),
		...tileUnlessZero(of(prerequisites), ['agent', 'agents'], ...ofOthers(plan.origin, written)),
		...tileUnlessZero(seriousNotices(view).length, ['read', 'reads'], 'incomplete', 'bad'),
		...tileUnlessZero(notDone.changes, ['change', 'changes'], 'not done', 'bad'),
		...tileUnlessZero(notDone.lists, ['list', 'lists'], 'not planned', 'bad'),
		...tileUnlessZero(view.heldChanges, ['change', 'changes'], 'held back', 'warn'),
		...tileUnlessZero(written ? view.membersBy.notAttempted : 0, ['change', 'changes'], 'not attempted', 'warn'),
		...tileUnlessZero(view.rejected.length, ['row', 'rows'], 'rejected', 'bad'),
		tile(view.unchanged, ['list', 'lists'], 'unchanged'),
		...tileUnlessZero(view.notRead, ['list', 'lists'], 'not read', ''),
	];
	return html`<div class="tiles">${all}</div>`;
}

/** Label and tone of changes to lists of the other kind. */
function ofOthers(origin: Plan['origin'], written: boolean): [what: string, tone: string] {
	if (origin === 'leavers') return [`${written ? 'out' : 'to go out'} of all call centers`, 'remove'];
	return [written ? 'assigned first' : 'to assign first', 'add'];
}

function tileUnlessZero(value: number, noun: readonly [string, string], what: string, tone: string): Markup[] {
	return value > 0 ? [tile(value, noun, what, tone)] : [];
}

function tile(value: number, [singular, plural]: readonly [string, string], what: string, tone = ''): Markup {
	return html`
		<div class="tile">
			<b class="${value === 0 ? 'soft' : tone}">${formatNumber(value)}</b>
			<span>${value === 1 ? singular : plural} ${what}</span>
		</div>
	`;
}

export function steps(view: RunView): Markup {
	const all = nextSteps(view);
	if (all.length === 0) return NOTHING;
	const text = all.length === 1 ? html`<p>${all[0]}</p>` : html`<ul>${all.map((step) => html`<li>${step}</li>`)}</ul>`;
	return html`<section><h2>What to do</h2>${text}</section>`;
}

interface Bars {
	readonly name: string;
	readonly adds: number;
	readonly removes: number;
}

/** After a run the completed changes, before it the planned ones. */
function changesPerCallCenter(view: RunView): Bars[] {
	const byName = new Map<string, { name: string; adds: number; removes: number }>();
	for (const list of view.lists) {
		if (list.ref.kind !== view.kind) continue;
		for (const { member, change, status } of list.members) {
			if (view.written && status !== 'applied') continue;
			const name = callCenterOf(list.ref, member);
			const bars = byName.get(name) ?? { name, adds: 0, removes: 0 };
			if (change === 'add') bars.adds += 1;
			else bars.removes += 1;
			byName.set(name, bars);
		}
	}
	return [...byName.values()].sort((a, b) => b.adds + b.removes - (a.adds + a.removes) || (a.name < b.name ? -1 : 1));
}

/** Bars in a table: it fits any width, wraps long names and can be read aloud. */
export function callCenters(view: RunView): Markup {
	const all = changesPerCallCenter(view);
	// A single bar would repeat the tiles.
	if (all.length < 2) return NOTHING;
	const shown = all.slice(0, LIMITS.bars);
	const rest = all.length - shown.length;
	const longest = Math.max(...shown.flatMap((bars) => [bars.adds, bars.removes]));
	return html`
		<section>
			<h2>Changes per call center</h2>
			<table class="bars">
				<thead class="aside"><tr><th>Call center</th><th></th><th>Changes</th></tr></thead>
				<tbody>${shown.map((bars) => barsRow(bars, longest))}</tbody>
			</table>
			${rest > 0 ? html`<p class="more">And ${counted(rest, 'more call center')} with fewer changes.</p>` : null}
		</section>
	`;
}

function barsRow({ name, adds, removes }: Bars, longest: number): Markup {
	return html`
		<tr>
			<td>${id(name)}</td>
			<td class="track">${bar('add', adds, longest)}${bar('remove', removes, longest)}</td>
			<td class="n">
				${adds > 0 ? html`<span class="add">+${formatNumber(adds)}</span>` : null}
				${adds > 0 && removes > 0 ? ' ' : null}
				${removes > 0 ? html`<span class="remove">−${formatNumber(removes)}</span>` : null}
			</td>
		</tr>
	`;
}

function bar(change: 'add' | 'remove', value: number, longest: number): Markup {
	if (value === 0) return NOTHING;
	const percent = Math.max(0.5, Math.round((value / longest) * 1000) / 10);
	return html`<i class="${change}" style="width:${percent}%"></i>`;
}

type Entry = readonly [string, Markup | string];

const MODES = {
	mirror: 'Mirror',
	addOnly: 'Add only',
	removeOnly: 'Remove only',
	actionColumn: 'Use action column',
} as const;

/** Details for an audit: time, platform, amount, and what was approved. */
export function details(view: RunView): Markup {
	const ofPlan = view.plan === null ? [] : planEntries(view.plan, view);
	const entries = [...ofPlan, ...costEntries(view)].map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`);
	return entries.length === 0 ? NOTHING : html`<section><h2>Details</h2><dl>${entries}</dl></section>`;
}

function planEntries(plan: NonNullable<RunView['plan']>, { kind, result, operation }: RunView): Entry[] {
	const { rows, lists } = plan.source;
	const fromJournal = plan.origin === 'journal';
	const removals = removalsToApprove(plan);
	const approved = `the plan hash${removals === 0 ? '' : ` and ${counted(removals, 'removal')}`}`;
	const entries: Array<Entry | null> = [
		['Lists', KIND_LABELS[kind]],
		['Platform', withoutSecrets(plan.platform)],
		['Mode', fromJournal ? 'Roll back' : MODES[plan.mode]],
		['Source', fromJournal ? 'Journal of an earlier run' : `${counted(rows, 'row')} for ${counted(lists, 'list')}`],
		operation === 'sync' ? null : ['Planned', time(plan.createdAt)],
		['Plan hash', html`<code>${plan.hash}</code>`],
		// Only a plan that waits for approval can be approved.
		result.status === 'planned' ? ['To approve', html`${approved}, until ${time(plan.validUntil)}`] : null,
	];
	return entries.filter((entry) => entry !== null);
}

function costEntries({ result: { journal }, forecast, happened, written }: RunView): Entry[] {
	const cost = ({ requests, seconds }: typeof happened) => `${counted(requests, 'request')}, ${duration(seconds)}`;
	const entries: Array<Entry | null> = [
		forecast === null ? null : ['Forecast', `about ${cost(forecast)}`],
		written || (forecast === null && happened.requests > 0) ? ['Actual', cost(happened)] : null,
		journal === null ? null : ['Run', html`from ${time(journal.startedAt)} to ${time(journal.finishedAt)}`],
	];
	return entries.filter((entry) => entry !== null);
}

/** A base URL may have been typed with user and password in it. */
function withoutSecrets(url: string): string {
	return url.split(/[?#]/, 1)[0].replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
}
