/** What an auditor asks for: when, where, how much, and what was approved. */

import { removalsToApprove } from '../../sync';
import type { RunView } from '../view';
import { counted, duration, moment } from '../words';
import { NOTHING, html, type Markup } from './escape';
import { time } from './pieces';

type Entry = readonly [string, Markup | string];

const MODES = {
	mirror: 'Mirror',
	addOnly: 'Add only',
	removeOnly: 'Remove only',
	actionColumn: 'As the action column says',
} as const;

export function particulars(view: RunView): Markup {
	const { plan, kind } = view;
	const what =
		kind === 'supervisedAgents' ? 'Agents that a supervisor supervises in a call center' : 'Call centers of an agent';
	const entries: Entry[] = [
		...(plan === null ? [] : ([['Lists', what], ...ofPlan(plan, view)] as Entry[])),
		...ofTime(view),
	];
	if (entries.length === 0) return NOTHING;
	return html`<section><h2>Particulars</h2><dl>${entries.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl></section>`;
}

function ofPlan(plan: NonNullable<RunView['plan']>, { result, operation }: RunView): Entry[] {
	const fromJournal = plan.origin === 'journal';
	const removals = removalsToApprove(plan);
	const toApprove: Entry = [
		'To approve',
		`the plan hash${removals === 0 ? '' : ` and ${counted(removals, 'removal')}`}, until ${moment(plan.validUntil)}`,
	];
	return [
		['Platform', withoutSecrets(plan.platform)],
		['Mode', fromJournal ? 'Roll back' : MODES[plan.mode]],
		[
			'Source',
			fromJournal
				? 'Journal of an earlier run'
				: `${counted(plan.source.rows, 'row')} naming ${counted(plan.source.lists, 'list')}`,
		],
		...(operation === 'sync' ? [] : ([['Planned', time(plan.createdAt, moment(plan.createdAt))]] as Entry[])),
		['Plan hash', html`<code>${plan.hash}</code>`],
		// Only what is waiting to be approved can be.
		...(result.status === 'planned' ? [toApprove] : []),
	];
}

function ofTime({ result: { journal }, forecast, happened, written }: RunView): Entry[] {
	const took = (figures: { requests: number; seconds: number }) =>
		`${counted(figures.requests, 'request')}, ${duration(figures.seconds)}`;
	return [
		...(forecast === null ? [] : ([['Forecast', `about ${took(forecast)}`]] as Entry[])),
		...(written || (forecast === null && happened.requests > 0) ? ([['Happened', took(happened)]] as Entry[]) : []),
		...(journal === null
			? []
			: ([
					[
						'Run',
						html`from ${time(journal.startedAt, moment(journal.startedAt))} to ${time(journal.finishedAt, moment(journal.finishedAt))}`,
					],
				] as Entry[])),
	];
}

/** A base URL may have been typed with user and password in it. */
function withoutSecrets(url: string): string {
	return url.split(/[?#]/, 1)[0].replace(/^([a-z]+:\/\/)[^/]*@/i, '$1');
}
