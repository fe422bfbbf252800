/**
 * What a person should know at the end of a run, shown above the output: few and short, because only four or five are
 * in sight.
 */

import type { INode, NodeExecutionHint } from 'n8n-workflow';
import {
	breachLine,
	counted,
	duration,
	mostSevereFirst,
	hiddenScopeText,
	messageOf,
	summaryLine,
	type RunView,
} from '../../../lib/report';
import type { RunStatus } from '../../../lib/sync';
import type { CompletedRun } from './operation';

export function hintsFor(run: CompletedRun, view: RunView, node: Pick<INode, 'retryOnFail'>): NodeExecutionHint[] {
	return [
		...outcomeHints(view),
		...sourceHints(view),
		...paceHints(run),
		...when(node.retryOnFail === true, 'info', RETRY_ON_FAIL),
	];
}

const RETRY_ON_FAIL =
	"'Retry On Fail' would run the whole operation again. The node repeats by itself what can be repeated " +
	'without harm, so leave it off.';

const ENDED_BADLY: ReadonlySet<RunStatus> = new Set<RunStatus>(['stopped', 'refused', 'failed']);

function outcomeHints(view: RunView): NodeExecutionHint[] {
	const { status, reason } = view.result;
	return [
		// The editor opens the summary at its files, where this line is not to be seen.
		...when(status !== 'aborted', ENDED_BADLY.has(status) ? 'danger' : 'info', summaryLine(view)),
		...when(
			status === 'aborted',
			'danger',
			`Guards stopped the run before the first write.\n${reason === null ? '' : messageOf(reason)}`,
		),
		...when(view.hidden.length > 0, 'warning', view.hidden.map(hiddenScopeText).join('\n')),
		...when(
			status !== 'failed' && whatWasNotMade(view).length > 0,
			'warning',
			`${whatWasNotMade(view).join(', ')}: see the output 'Rejected'. ${CORRECT_AND_FEED_BACK}`,
		),
		...when(status !== 'aborted' && (view.heldChanges > 0 || view.breaches.length > 0), 'warning', heldBack(view)),
	];
}

const CORRECT_AND_FEED_BACK = "The file 'rejectedRows' can be corrected and fed back in.";

function whatWasNotMade({ notDone, rejected }: RunView): string[] {
	return [
		...(notDone.changes > 0 ? [`${counted(notDone.changes, 'change')} could not be made`] : []),
		...(notDone.lists > 0 ? [`${counted(notDone.lists, 'list')} could not be planned`] : []),
		...(rejected.length > 0 ? [`${counted(rejected.length, 'row')} rejected`] : []),
	];
}

function heldBack({ heldChanges, breaches }: RunView): string {
	const held = `${counted(heldChanges, 'change')} held back for safety`;
	if (breaches.length === 0) return `${held}; the report says why.`;
	const more =
		breaches.length > 1
			? ` ${counted(breaches.length - 1, 'more limit is', 'more limits are')} exceeded; see the report.`
			: '';
	return `${heldChanges > 0 ? held : 'A limit is exceeded'}. ${breachLine(mostSevereFirst(breaches)[0])}${more}`;
}

function sourceHints(view: RunView): NodeExecutionHint[] {
	const assumed = view.findings.find((finding) => finding.code === 'encodingAssumed');
	return when(assumed !== undefined, 'info', assumed === undefined ? '' : messageOf(assumed));
}

function paceHints({ pace, result }: CompletedRun): NodeExecutionHint[] {
	if (pace === null) return [];
	const { blockedMs, throttled, perSecond, boundByRate, maxPerSecond, slow } = pace;
	const held = throttled > 0 && blockedMs > result.happened.milliseconds / 2;
	// The rate limiter keeps to a low limit without being refused again and again, so refusals alone would not tell.
	const limited = throttled > 0 && boundByRate && perSecond < maxPerSecond / 2;
	const faster = 'Fewer runs at once, or a higher request limit on the platform, would make it faster.';
	const pacedBy = held
		? [`The platform held the run back for ${duration(blockedMs / 1000)}, most of its time. ${faster}`]
		: limited
			? [
					`The platform's request limit set the pace: about ${rounded(perSecond)} a second, of ` +
						`${rounded(maxPerSecond)} allowed here. ${faster}`,
				]
			: [];
	const slowly = slow > 0 ? [`${counted(slow, 'answer')} of the platform took longer than five seconds.`] : [];
	const said = [...pacedBy, ...slowly];
	return when(said.length > 0, 'info', said.join(' '));
}

function rounded(rate: number): string {
	return String(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate));
}

function when(applies: boolean, type: 'info' | 'warning' | 'danger', message: string): NodeExecutionHint[] {
	return applies ? [{ type, message: asHtml(message.trim()), location: 'outputPane' }] : [];
}

/** The editor takes hints for HTML, and ids may have anything in them. */
function asHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>');
}
