/** One line for readers: before a run what it would do, after it what was done, compared with the forecast. */

import { counted, duration, formatNumber, listed } from './format';
import { endedEarly, isEndedEarly } from './headline';
import { messageOf, scopeName, stopLabel } from './messages';
import { KINDS, leaversIn, type Exported } from '../sync';
import { memberNoun, seriousNotices, type RunView } from './view';

/** Tenants and groups named in the line; the rest is counted. */
const MAX_SCOPES = 3;

export function summaryLine(view: RunView): string {
	const { status, reason } = view.result;
	const line = figuresLine(view);
	if (!isEndedEarly(status)) return line;
	const why = reason?.code === 'stopped' ? ` (${stopLabel(reason.facts)})` : '';
	return `${endedEarly(view, status, why)}: ${line}`;
}

/** Requests and time, for where the figures stand beside it. */
export function costLine(view: RunView): string {
	// Without changes there is no forecast, only the cost of reading.
	if (view.result.status === 'unchanged') return whatItTook({ ...view, forecast: null });
	return view.written || view.plan === null ? whatItTook(view) : whatItTakes(view);
}

/** The line without the outcome, for places that show the outcome themselves; for a refused run, the reason. */
export function figuresLine(view: RunView): string {
	const { result } = view;
	const { status, reason } = result;
	if (status === 'refused' || status === 'failed')
		return reason === null ? 'the input was not valid' : messageOf(reason);
	if (result.exported !== undefined) return exportLine(view, result.exported);
	// Without a plan, the changes are not known.
	if (status === 'stopped' && view.plan === null) return costLine(view);
	return `${view.written ? whatWasDone(view) : whatIsPlanned(view)}: ${costLine(view)}`;
}

/** `42 lists exported with 380 agents, 3 of them empty, 2 not exported: 64 requests, 7 s`. */
function exportLine(view: RunView, { kind, lists }: Exported): string {
	const members = lists.reduce((sum, list) => sum + list.members.length, 0);
	const left = commas([
		lists.length === 0
			? 'no lists'
			: `${counted(lists.length, 'list')} exported with ${counted(members, ...memberNoun(kind))}`,
		...some(lists.filter((list) => list.members.length === 0).length, (n) => `${formatNumber(n)} of them empty`),
		...some(view.notDone.lists, (n) => `${counted(n, 'list')} not exported`),
		...notLookedAt(view),
		...some(view.rejected.length, (n) => `${counted(n, 'row')} rejected`),
	]);
	return `${left}: ${whatItTook(view)}`;
}

function whatIsPlanned(view: RunView): string {
	if (view.plan?.origin === 'leavers') return commas([leaving(view, 'to leave'), ...aside(view)]);
	const { lists, adds, removes } = view.changes;
	return commas([
		lists.planned === 0 ? 'nothing to change' : `${counted(lists.planned, 'list')} to change`,
		...changed(view, adds.planned, 'to add', removes.planned, 'to remove'),
		...some(view.changes.prerequisites.planned, (n) => `${counted(n, 'agent')} to assign first`),
		...aside(view),
	]);
}

function whatWasDone(view: RunView): string {
	if (view.plan?.origin === 'leavers') return commas([leaving(view, 'left'), ...notDone(view), ...aside(view)]);
	const { lists, adds, removes } = view.changes;
	return commas([
		lists.done === 0 ? 'nothing changed' : `${counted(lists.done, 'list')} changed`,
		...changed(view, adds.done, 'added', removes.done, 'removed'),
		...some(view.changes.prerequisites.done, (n) => `${counted(n, 'agent')} assigned first`),
		...notDone(view),
		...aside(view),
	]);
}

function notDone({ membersBy }: RunView): string[] {
	return [
		...some(membersBy.alreadyInPlace, (n) => `${formatNumber(n)} already in place`),
		...some(membersBy.failed, (n) => `${formatNumber(n)} failed`),
		...some(membersBy.conflict, (n) => `${formatNumber(n)} in conflict`),
		...some(membersBy.notAttempted, (n) => `${formatNumber(n)} not attempted`),
	];
}

/** `1 person to leave 12 lists of supervisors and 3 call centers`. */
function leaving(view: RunView, verb: string): string {
	const losing = view.lists
		.map(({ ref, members }) => ({
			ref,
			removes: members.filter(({ status }) => !view.written || status === 'applied'),
		}))
		.filter(({ removes }) => removes.length > 0);
	const people = leaversIn(losing).size;
	if (people === 0) return 'nobody to remove';
	const [supervised, own] = [true, false].map((keyed) =>
		losing.filter(({ ref }) => KINDS[ref.kind].keyedByCallCenter === keyed),
	);
	const callCenters = own.reduce((sum, { removes }) => sum + removes.length, 0);
	const places = [
		...some(supervised.length, (n) => counted(n, 'list of a supervisor', 'lists of supervisors')),
		...some(callCenters, (n) => counted(n, 'call center')),
	];
	return `${counted(people, 'person', 'people')} ${verb} ${places.join(' and ')}`;
}

/** With the noun only once: `40 agents to add, 3 to remove`. */
function changed(view: RunView, adds: number, added: string, removes: number, removed: string): string[] {
	const [singular, plural] = memberNoun(view.kind);
	return [
		...some(adds, (n) => `${counted(n, singular, plural)} ${added}`),
		...some(removes, (n) =>
			adds > 0 ? `${formatNumber(n)} ${removed}` : `${counted(n, singular, plural)} ${removed}`,
		),
	];
}

function aside(view: RunView): string[] {
	const unusable = view.plan?.unplanned.length ?? 0;
	return [
		...some(view.unchanged, (n) => `${formatNumber(n)} unchanged`),
		...some(view.notRead, (n) => `${formatNumber(n)} not read`),
		...some(view.heldChanges, (n) => `${counted(n, 'change')} held`),
		...some(unusable, (n) => `${counted(n, 'list')} not planned${ofHidden(view)}`),
		...some(view.membersBy.rejected, (n) => `${counted(n, 'change')} rejected`),
		...some(view.rejected.length, (n) => `${counted(n, 'row')} rejected`),
		...notLookedAt(view),
	];
}

function notLookedAt(view: RunView): string[] {
	return some(seriousNotices(view).length, (n) => `${counted(n, 'read')} incomplete`);
}

/** If one cause explains many lists: ` (all of tenant nope)`. */
function ofHidden({ hidden }: RunView): string {
	return hidden.length === 0 ? '' : ` (all of ${listed(hidden.map(scopeName), MAX_SCOPES)})`;
}

function whatItTakes({ forecast, happened }: RunView): string {
	if (forecast === null) return `${counted(happened.requests, 'request')}, ${duration(happened.seconds)}`;
	return `${counted(forecast.requests, 'request')}, about ${duration(forecast.seconds)}`;
}

function whatItTook({ forecast, happened }: RunView): string {
	const requests = counted(happened.requests, 'request');
	const time = duration(happened.seconds);
	if (forecast === null) return `${requests}, ${time}`;
	const requestsForecast = forecast.requests === happened.requests ? 'as' : formatNumber(forecast.requests);
	const timeForecast = duration(forecast.seconds) === time ? 'as' : `about ${duration(forecast.seconds)}`;
	return `${requests} (${requestsForecast} forecast), ${time} (${timeForecast} forecast)`;
}

function some(value: number, say: (value: number) => string): string[] {
	return value > 0 ? [say(value)] : [];
}

function commas(parts: readonly string[]): string {
	return parts.join(', ');
}
