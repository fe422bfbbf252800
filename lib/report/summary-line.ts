/** One line for people (design.md 6.10): before a run what it would do, after it what was done beside the forecast. */

import { counted, duration, figure } from './words';
import { memberNoun, type RunView } from './view';

export function summaryLine(view: RunView): string {
	const { status, reason } = view.result;
	if (status === 'refused') return `Refused, nothing written: ${reason?.message ?? 'the input was not acceptable'}`;
	const line = view.written ? `${whatWasDone(view)}: ${whatItTook(view)}` : `${whatIsPlanned(view)}: ${whatItTakes(view)}`;
	if (status === 'aborted') return `Stopped by a guard, nothing written: ${line}`;
	if (status === 'stopped') {
		const why = reason === null ? '' : ` (${withoutPeriod(reason.message)})`;
		// Without a plan nobody knows what there was to change.
		return view.plan === null ? `Stopped early${why}, nothing written: ${whatItTook(view)}` : `Stopped early${why}: ${line}`;
	}
	return line;
}

function whatIsPlanned(view: RunView): string {
	const { lists, adds, removes } = view.changes;
	return commas([
		lists.planned === 0 ? 'nothing to change' : `${counted(lists.planned, 'list')} to change`,
		...changed(view, adds.planned, 'to add', removes.planned, 'to remove'),
		...some(view.changes.prerequisites.planned, (n) => `${counted(n, 'agent')} to assign first`),
		...aside(view),
	]);
}

function whatWasDone(view: RunView): string {
	const { lists, adds, removes } = view.changes;
	return commas([
		lists.done === 0 ? 'nothing changed' : `${counted(lists.done, 'list')} changed`,
		...changed(view, adds.done, 'added', removes.done, 'removed'),
		...some(view.changes.prerequisites.done, (n) => `${counted(n, 'agent')} assigned first`),
		...some(view.membersBy.alreadyInPlace, (n) => `${figure(n)} already in place`),
		...some(view.membersBy.failed, (n) => `${figure(n)} failed`),
		...some(view.membersBy.conflict, (n) => `${figure(n)} in conflict`),
		...some(view.membersBy.notAttempted, (n) => `${figure(n)} not attempted`),
		...aside(view),
	]);
}

/** The noun is said once: `40 agents to add, 3 to remove`. */
function changed(view: RunView, adds: number, added: string, removes: number, removed: string): string[] {
	const [singular, plural] = memberNoun(view.kind);
	return [
		...some(adds, (n) => `${counted(n, singular, plural)} ${added}`),
		...some(removes, (n) => (adds > 0 ? `${figure(n)} ${removed}` : `${counted(n, singular, plural)} ${removed}`)),
	];
}

function aside(view: RunView): string[] {
	const unusable = view.plan?.unplanned.length ?? 0;
	return [
		...some(view.unchanged, (n) => `${figure(n)} unchanged`),
		...some(view.heldChanges, (n) => `${counted(n, 'change')} held`),
		...some(unusable, (n) => `${counted(n, 'list')} not planned`),
		...some(view.membersBy.rejected, (n) => `${counted(n, 'change')} rejected`),
		...some(view.rejected.length, (n) => `${counted(n, 'row')} rejected`),
	];
}

function whatItTakes({ forecast, happened }: RunView): string {
	if (forecast === null) return `${counted(happened.requests, 'request')}, ${duration(happened.seconds)}`;
	return `${counted(forecast.requests, 'request')}, about ${duration(forecast.seconds)}`;
}

function whatItTook({ forecast, happened }: RunView): string {
	const requests = counted(happened.requests, 'request');
	const time = duration(happened.seconds);
	if (forecast === null) return `${requests}, ${time}`;
	const asForecast = forecast.requests === happened.requests;
	return `${requests} (${asForecast ? 'as' : figure(forecast.requests)} forecast), ${time} (about ${duration(forecast.seconds)} forecast)`;
}

function some(value: number, say: (value: number) => string): string[] {
	return value > 0 ? [say(value)] : [];
}

function commas(parts: readonly string[]): string {
	return parts.join(', ');
}

function withoutPeriod(sentence: string): string {
	return sentence.replace(/\.\s*$/, '');
}
