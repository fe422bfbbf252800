/** The parts of the page, each a function of the run; a part with nothing to tell is empty. */

import { grouped, type Occurrence } from '../grouped';
import { findingsOf, heldOf, rejectedRowsOf, sign, troublesOf } from '../troubles';
import { memberNoun, partlyDone, type ListView, type RunView } from '../view';
import { STANDINGS, counted, duration, figure, moment, type Standing } from '../words';
import { NOTHING, html, type Markup } from './escape';

/** Thousands of lists stay readable, and the file small enough to mail: what is cut is said, and stands in the plan. */
export const MOST = { lists: 500, membersPerList: 25, groups: 50, places: 8, rows: 200 } as const;

const TONES: Readonly<Record<Standing, string>> = {
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

export function guards({ breaches, result }: RunView): Markup {
	if (breaches.length === 0) return NOTHING;
	const verdict = result.plan?.guards.verdict === 'hold' ? 'Removals were held back' : 'The run was stopped before the first write';
	return html`<section class="notice bad"><h2>Guards</h2><p>${verdict}, because:</p>
<ul>${breaches.slice(0, MOST.groups).map((breach) => html`<li>${breach.message}</li>`)}</ul>${more(breaches.length - MOST.groups, 'breach', 'breaches')}</section>`;
}

export function stopped({ result }: RunView): Markup {
	if (result.reason === null || (result.status !== 'stopped' && result.status !== 'refused')) return NOTHING;
	const title = result.status === 'stopped' ? 'Why the run ended early' : 'Why nothing was written';
	return html`<section class="notice"><h2>${title}</h2><p>${result.reason.message}</p></section>`;
}

export function tiles(view: RunView): Markup {
	const { adds, removes, lists } = view.changes;
	const [, members] = memberNoun(view.kind);
	const of = (done: number, planned: number) => (view.written ? done : planned);
	const tile = (value: number, label: string, kind = '') => html`<div class="tile"><b class="${kind}">${figure(value)}</b><span>${label}</span></div>`;
	const trouble = view.membersBy.failed + view.membersBy.conflict + view.membersBy.rejected;
	return html`<div class="tiles">${tile(of(lists.done, lists.planned), view.written ? 'lists changed' : 'lists to change')}${tile(of(adds.done, adds.planned), `${members} ${view.written ? 'added' : 'to add'}`, 'add')}${tile(of(removes.done, removes.planned), `${members} ${view.written ? 'removed' : 'to remove'}`, 'remove')}${tile(view.unchanged, 'lists unchanged')}${view.heldChanges > 0 ? tile(view.heldChanges, 'changes held') : null}${trouble > 0 ? tile(trouble, 'changes not done') : null}${view.written && view.membersBy.notAttempted > 0 ? tile(view.membersBy.notAttempted, 'not attempted') : null}${view.rejected.length > 0 ? tile(view.rejected.length, 'rows rejected') : null}</div>`;
}

export function forecast(view: RunView): Markup {
	if (view.forecast === null) return NOTHING;
	const happened = view.written
		? html`<tr><th scope="row">Happened</th><td class="n">${figure(view.happened.requests)}</td><td class="n">${duration(view.happened.seconds)}</td></tr>`
		: NOTHING;
	return html`<section><h2>${view.written ? 'Forecast and what happened' : 'Forecast'}</h2><table><thead><tr><th></th><th class="n">Requests</th><th class="n">Time</th></tr></thead>
<tbody><tr><th scope="row">Forecast</th><td class="n">${figure(view.forecast.requests)}</td><td class="n">about ${duration(view.forecast.seconds)}</td></tr>${happened}</tbody></table></section>`;
}

export function lists(view: RunView): Markup {
	if (view.lists.length === 0) return html`<section><h2>Lists</h2><p>Nothing to change: ${counted(view.unchanged, 'list')} already as wanted.</p></section>`;
	const shown = view.lists.slice(0, MOST.lists);
	return html`<section><h2>Lists</h2><table class="stack lists" data-sortable><thead><tr><th data-by="text">List</th><th data-by="number">Outcome</th><th class="n" data-by="number">+</th><th class="n" data-by="number">−</th><th>How, and what came of it</th></tr></thead>
<tbody>${shown.map(listRow)}</tbody></table>${more(view.lists.length - shown.length, 'list', 'lists')}
<p class="soft">${counted(view.unchanged, 'list')} unchanged.</p></section>`;
}

function listRow(list: ListView): Markup {
	const adds = list.members.filter((member) => member.change === 'add').length;
	const removes = list.members.length - adds;
	const { label, severity } = STANDINGS[list.standing];
	const part = partlyDone(list);
	return html`<tr><td data-sort="${list.title}"><strong>${list.ref.userId}</strong>${list.ref.callCenterId === null ? null : html`<br><span class="soft">${list.ref.callCenterId}</span>`}</td><td data-sort="${severity}">${badge(label, TONES[list.standing])}${part === '' ? null : html`<br><span class="soft">${part}</span>`}</td><td class="n add" data-sort="${adds}" data-name="to add">${figure(adds)}</td><td class="n remove" data-sort="${removes}" data-name="to remove">${figure(removes)}</td><td>${how(list)}${members(list)}</td></tr>`;
}

function how(list: ListView): Markup {
	return html`${list.message === null ? null : html`<div>${list.message}</div>`}${list.reason === null ? null : html`<div class="soft">${list.reason}</div>`}`;
}

function members(list: ListView): Markup {
	if (list.members.length === 0) return NOTHING;
	const shown = list.members.slice(0, MOST.membersPerList);
	const odd = (standing: Standing) => standing !== 'applied' && standing !== 'planned';
	return html`<details><summary>${counted(list.members.length, 'change')}</summary><ul>${shown.map(
		(member) => html`<li><span class="${member.change}">${sign(member.change)}</span> <code>${member.member}</code>${member.lines.length > 0 ? html` <span class="soft">line ${member.lines.slice(0, MOST.places).join(', ')}</span>` : null}${odd(member.standing) ? html` ${badge(STANDINGS[member.standing].label, TONES[member.standing])}` : null}${member.message === null || member.message === list.message ? null : html` ${member.message}`}</li>`,
	)}</ul>${more(list.members.length - shown.length, 'change', 'changes')}</details>`;
}

export function troubles(view: RunView): Markup {
	return html`${groups('Could not be done', 'bad', troublesOf(view, ['failed', 'rejected']))}${groups('Conflicts', 'bad', troublesOf(view, ['conflict']))}${foreign(view)}${groups('Held back', '', heldOf(view))}`;
}

function foreign(view: RunView): Markup {
	const touched = view.lists.filter((list) => list.foreign.added.length + list.foreign.removed.length > 0);
	if (touched.length === 0) return NOTHING;
	const names = (change: string, ids: readonly string[]) =>
		ids.length === 0 ? NOTHING : html` ${change} ${ids.slice(0, MOST.places).map((id) => html`<code>${id}</code> `)}${ids.length > MOST.places ? `and ${figure(ids.length - MOST.places)} more` : null}`;
	return html`<section class="notice"><h2>Changed by somebody else meanwhile</h2><ul>${touched.slice(0, MOST.groups).map(
		(list) => html`<li>${list.title}:${names('added', list.foreign.added)}${names('removed', list.foreign.removed)}</li>`,
	)}</ul>${more(touched.length - MOST.groups, 'list', 'lists')}</section>`;
}

/** Told twice on purpose: grouped for the overview, row by row for the one who corrects them. */
export function rejectedRows(view: RunView): Markup {
	if (view.rejected.length === 0) return NOTHING;
	const shown = view.rejected.slice(0, MOST.rows);
	const whatToDo = html`<p>Correct them in the CSV of rejected rows and feed it back in. A rejected row holds back the removals of every list it touches.</p>`;
	return html`<section class="notice"><h2>Rejected rows</h2>${whatToDo}${groupList(grouped(rejectedRowsOf(view)))}
<details><summary>Row by row</summary><table class="stack" data-sortable><thead><tr><th class="n" data-by="number">Line</th><th>What happened and what to do</th><th>Row</th></tr></thead><tbody>${shown.map(
		(row) => html`<tr><td class="n" data-sort="${row.line}" data-name="line">${row.line}</td><td>${row.message}</td><td class="soft">${Object.values(row.cells).filter((cell) => cell !== '').join(' · ')}</td></tr>`,
	)}</tbody></table>${more(view.rejected.length - shown.length, 'row', 'rows', 'the CSV of rejected rows')}</details></section>`;
}

export function sourceNotes(view: RunView): Markup {
	return groups('About the source', '', findingsOf(view), false);
}

export function particulars({ result, plan, kind }: RunView): Markup {
	const { journal } = result;
	const entries: Array<[string, string]> = [
		['Lists', kind === 'supervisedAgents' ? 'Agents that a supervisor supervises in a call center' : 'Call centers of an agent'],
		...(plan === null ? [] : planParticulars(plan)),
		...(journal === null ? [] : ([['Run', `${moment(journal.startedAt)} to ${moment(journal.finishedAt)}`]] as Array<[string, string]>)),
	];
	return html`<section><h2>Particulars</h2><dl>${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
}

const MODES = { mirror: 'Mirror', addOnly: 'Add only', removeOnly: 'Remove only', actionColumn: 'As the action column says' } as const;

function planParticulars(plan: NonNullable<RunView['plan']>): Array<[string, string]> {
	return [
		['Platform', withoutSecrets(plan.platform)],
		['Mode', plan.origin === 'journal' ? 'Roll back' : MODES[plan.mode]],
		['Source', plan.origin === 'journal' ? 'Journal of an earlier run' : `${counted(plan.source.rows, 'row')} naming ${counted(plan.source.lists, 'list')}`],
		['Planned', `${moment(plan.createdAt)}, valid until ${moment(plan.validUntil)}`],
		['Plan hash', plan.hash],
		['To approve', plan.totals.removes === 0 ? 'the plan hash' : `the plan hash and ${counted(plan.totals.removes, 'removal')}`],
	];
}

/** A base URL may have been typed with user and password in it. */
function withoutSecrets(url: string): string {
	return url.replace(/\/\/[^/@\s]*@/, '//').replace(/[?#].*$/, '');
}

function groups(title: string, tone: string, occurrences: readonly Occurrence[], notice = true): Markup {
	if (occurrences.length === 0) return NOTHING;
	return html`<section class="${notice ? `notice ${tone}` : ''}"><h2>${title}</h2>${groupList(grouped(occurrences))}</section>`;
}

function groupList(all: ReturnType<typeof grouped>): Markup {
	const shown = all.slice(0, MOST.groups);
	return html`<ul>${shown.map(
		({ code, message, places }) => html`<li>${message === '' ? code : message}${places.length > 1 ? html` <strong>${figure(places.length)} times:</strong>` : null} <span class="soft">${places.slice(0, MOST.places).join(', ')}${places.length > MOST.places ? ` and ${figure(places.length - MOST.places)} more` : ''}</span></li>`,
	)}</ul>${more(all.length - shown.length, 'message', 'messages')}`;
}

export function badge(label: string, tone: string): Markup {
	return html`<span class="badge ${tone}">${label}</span>`;
}

function more(count: number, singular: string, plural: string, where = 'the plan'): Markup {
	return count > 0 ? html`<p class="more">${figure(count)} more ${count === 1 ? singular : plural} in ${where}.</p>` : NOTHING;
}
