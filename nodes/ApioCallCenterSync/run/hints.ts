/**
 * What a person should know at the end of a run, shown above the output: few and short, because only four or five are
 * in sight.
 */

import type { INode, NodeExecutionHint } from 'n8n-workflow';
import {
	breachLine,
	HINTS,
	mostSevereFirst,
	hiddenScopeText,
	messageOf,
	seriousNotices,
	summaryLine,
	type RunView,
} from '../../../lib/report';
import type { Options } from '../../../lib/options';
import type { RunStatus } from '../../../lib/sync';
import { isTooLargeToKeep } from './memory';
import type { CompletedRun } from './operation';

export function hintsFor(
	run: CompletedRun,
	view: RunView,
	options: Options,
	node: Pick<INode, 'retryOnFail'>,
): NodeExecutionHint[] {
	return [
		...outcomeHints(view),
		...sourceHints(view),
		...paceHints(run),
		...memoryHints(run, options),
		...when(node.retryOnFail === true, 'info', HINTS.retryOnFail),
	];
}

const ENDED_BADLY: ReadonlySet<RunStatus> = new Set<RunStatus>(['stopped', 'refused', 'failed']);

function outcomeHints(view: RunView): NodeExecutionHint[] {
	const { status, reason } = view.result;
	const notMade = [view.notDone.changes, view.notDone.lists, view.rejected.length] as const;
	return [
		// The editor opens the summary at its files, where this line is not to be seen.
		...when(status !== 'aborted', ENDED_BADLY.has(status) ? 'danger' : 'info', summaryLine(view)),
		...when(status === 'aborted', 'danger', HINTS.guards(reason === null ? '' : messageOf(reason))),
		...when(view.hidden.length > 0, 'warning', view.hidden.map(hiddenScopeText).join('\n')),
		...when(
			status !== 'failed' && view.operation !== 'export' && notMade.some((count) => count > 0),
			'warning',
			HINTS.notMade(...notMade),
		),
		...noticeHints(view),
		...when(status !== 'aborted' && (view.heldChanges > 0 || view.breaches.length > 0), 'warning', heldBack(view)),
	];
}

function noticeHints(view: RunView): NodeExecutionHint[] {
	const serious = seriousNotices(view);
	const told = serious.length > 0 ? serious : view.notices;
	return when(
		told.length > 0,
		serious.length > 0 ? 'warning' : 'info',
		HINTS.notices(told.map((one) => messageOf(one))),
	);
}

function heldBack({ heldChanges, breaches }: RunView): string {
	const [gravest] = mostSevereFirst(breaches);
	return HINTS.held(heldChanges, gravest === undefined ? null : breachLine(gravest), breaches.length);
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
	const said = [
		...(held ? [HINTS.paused(blockedMs / 1000)] : limited ? [HINTS.limited(perSecond, maxPerSecond)] : []),
		...(slow > 0 ? [HINTS.slow(slow)] : []),
	];
	return when(said.length > 0, 'info', said.join(' '));
}

function memoryHints({ result: { memory } }: CompletedRun, { memoryField }: Options): NodeExecutionHint[] {
	if (memory == null || memoryField.trim() !== '' || !isTooLargeToKeep(memory)) return [];
	return when(true, 'warning', HINTS.memoryTooLarge(Object.keys(memory.lists).length));
}

function when(applies: boolean, type: 'info' | 'warning' | 'danger', message: string): NodeExecutionHint[] {
	return applies ? [{ type, message: asHtml(message.trim()), location: 'outputPane' }] : [];
}

/** The editor takes hints for HTML, and ids may have anything in them. */
function asHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>');
}
