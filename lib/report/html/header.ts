/** What a reader sees first: how the run ended, and why where that is not told below. */

import type { RunStatus } from '../../sync';
import { costLine } from '../summary-line';
import { ending, type ReportedOperation, type RunView } from '../view';
import { moment } from '../words';
import { html, type Markup } from './escape';
import { time } from './pieces';

export const TITLES: Readonly<Record<ReportedOperation, string>> = {
	plan: 'Call center sync: plan',
	applyPlan: 'Call center sync: apply plan',
	sync: 'Call center sync',
	rollBack: 'Call center sync: roll back',
};

const TONES: Readonly<Record<RunStatus, string>> = {
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

export function header(view: RunView): Markup {
	const { status, reason, journal, plan } = view.result;
	const why =
		(status === 'stopped' || status === 'refused' || status === 'failed') && reason !== null
			? html`<p>${reason.message}</p>`
			: null;
	// What is not going to happen costs nothing.
	const cost =
		status === 'aborted' || status === 'refused' || status === 'failed'
			? null
			: html`<p class="soft">${costLine(view)}</p>`;
	const when = journal?.finishedAt ?? plan?.createdAt ?? null;
	return html`<header class="${TONES[status]}"><p class="soft">${TITLES[view.operation]}${when === null ? null : html` · ${time(when, moment(when))}`}</p>
<h1>${ending(view)}</h1>${why}${cost}</header>`;
}
