/** One HTML page that needs nothing else: no request leaves it, and it may be mailed, printed or opened on a phone. */

import { createHash } from 'node:crypto';
import type { RunStatus } from '../../sync/run';
import { summaryLine } from '../summary-line';
import type { ReportedOperation, RunView } from '../view';
import { STATUS_LABELS, moment } from '../words';
import { chart } from './chart';
import { Markup, html } from './escape';
import { SCRIPT } from './script';
import { badge, forecast, guards, lists, particulars, rejectedRows, sourceNotes, stopped, tiles, troubles } from './sections';
import { STYLE } from './style';

const TITLES: Readonly<Record<ReportedOperation, string>> = {
	plan: 'Call center sync: plan',
	applyPlan: 'Call center sync: plan applied',
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
	stopped: 'warn',
};

/** Only this very script may run: markup that got in by a mistake of ours could still do nothing. */
const POLICY = `default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-${createHash('sha256').update(SCRIPT).digest('base64')}'; base-uri 'none'; form-action 'none'`;

export function htmlReport(view: RunView): string {
	const { status, journal, plan } = view.result;
	const when = journal?.finishedAt ?? plan?.createdAt ?? null;
	const page = html`<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex">
<title>${TITLES[view.operation]}: ${STATUS_LABELS[status]}</title><style>${new Markup(STYLE)}</style></head>
<body><main><header><h1>${TITLES[view.operation]}</h1><p>${badge(STATUS_LABELS[status], TONES[status])} ${when === null ? null : html`<span class="soft">${moment(when)}</span>`}</p><p class="line">${summaryLine(view)}</p></header>
${guards(view)}${stopped(view)}${tiles(view)}${troubles(view)}${rejectedRows(view)}${chart(view)}${forecast(view)}${lists(view)}${sourceNotes(view)}${particulars(view)}
<footer>Made by n8n-nodes-apio. The plan and the journal hold every detail.</footer></main><script>${new Markup(SCRIPT)}</script></body></html>
`;
	return page.text;
}
