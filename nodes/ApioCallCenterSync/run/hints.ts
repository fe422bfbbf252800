/** The hints above the output at the end of a run: few and short, because the editor shows only four or five. */

import type { INode, NodeExecutionHint } from 'n8n-workflow';
import {
	breachLine,
	heldMessage,
	HINTS,
	isCorrectable,
	mostSevereFirst,
	hiddenScopeText,
	messageOf,
	problemsText,
	seriousNotices,
	summaryLine,
	type NotMade,
	type RunView,
} from '../../../lib/report';
import type { Options } from '../../../lib/options';
import type { RunStatus } from '../../../lib/sync';
import { isTooLargeToKeep } from './memory-store';
import type { CompletedRun } from './operation';

/** Of an execution, however many runs it has. */
const MAX_HINTS = 3;

type HintType = 'danger' | 'warning' | 'info';

const SEVERITY: Readonly<Record<HintType, number>> = { danger: 0, warning: 1, info: 2 };

export interface Hint {
	readonly type: HintType;
	readonly message: string;
}

/** The worst hints of all runs, in the order in which the editor shows them. */
export function worstHints(all: readonly Hint[]): NodeExecutionHint[] {
	const worstFirst = [...all].sort((a, b) => SEVERITY[a.type] - SEVERITY[b.type]);
	return worstFirst
		.slice(0, MAX_HINTS)
		.map(({ type, message }) => ({ type, message: asHtml(message), location: 'outputPane' }));
}

/** @param title of the run; empty where it is the only one */
export function hintsFor(
	run: CompletedRun,
	view: RunView,
	options: Options,
	node: Pick<INode, 'retryOnFail'>,
	title: string,
): Hint[] {
	const others = [
		...outcomeHints(view),
		...sourceHints(view),
		...paceHints(run),
		...memoryHints(run, options),
		...when(node.retryOnFail === true, 'info', HINTS.retryOnFail),
	];
	return [...lineHint(view, others), ...others].map(({ type, message }) => ({ type, message: title + message }));
}

const ENDED_BADLY: ReadonlySet<RunStatus> = new Set<RunStatus>(['stopped', 'refused', 'failed']);

/**
 * The summary line as a hint, because the editor opens the summary at its files. It has the severity of the worst other
 * hint, so that it comes first.
 */
function lineHint(view: RunView, others: readonly Hint[]): Hint[] {
	const { status } = view.result;
	const worst = (['danger', 'warning'] as const).find((type) => others.some((other) => other.type === type));
	return when(status !== 'aborted', ENDED_BADLY.has(status) ? 'danger' : (worst ?? 'info'), summaryLine(view));
}

function outcomeHints(view: RunView): Hint[] {
	const { result, operation, hidden, heldChanges, breaches } = view;
	const { status, reason } = result;
	return [
		...when(status === 'aborted', 'danger', HINTS.guards(reason === null ? '' : messageOf(reason), operation)),
		...when(hidden.length > 0, 'warning', hidden.map(hiddenScopeText).join('\n')),
		...(status === 'failed' || operation === 'export' ? [] : notMadeHints(view)),
		...noticeHints(view),
		...when(status !== 'aborted' && (heldChanges > 0 || breaches.length > 0), 'warning', heldBack(view)),
	];
}

function notMadeHints(view: RunView): Hint[] {
	const members = view.lists.flatMap((list) => list.members).filter(({ status }) => isCorrectable(status));
	const lists = view.lists.filter((list) => list.members.length === 0 && isCorrectable(list.status));
	const notMade: NotMade = {
		changes: { count: view.notDone.changes, lines: members.flatMap(({ lines }) => lines) },
		lists: { count: view.notDone.lists, lines: lists.flatMap(({ lines }) => lines) },
		rows: { count: view.rejected.length, lines: view.rejected.map(({ line }) => line) },
	};
	const total = members.length + lists.length + view.rejected.length;
	const issue = [...members, ...lists][0]?.issue ?? null;
	const only = total > 1 ? null : view.rejected.length === 1 ? problemsText(view.rejected[0]) : issueText(issue);
	return when(total > 0, 'warning', HINTS.notMade(notMade, only, view.operation));
}

function issueText(issue: RunView['lists'][number]['issue']): string | null {
	return issue === null ? null : messageOf(issue);
}

function noticeHints(view: RunView): Hint[] {
	const serious = seriousNotices(view);
	const shown = serious.length > 0 ? serious : view.notices;
	return when(
		shown.length > 0,
		serious.length > 0 ? 'warning' : 'info',
		HINTS.notices(shown.map((one) => messageOf(one))),
	);
}

function heldBack({ heldChanges, breaches, lists }: RunView): string {
	const [gravest] = mostSevereFirst(breaches);
	const first = lists.flatMap(({ held }) => held)[0];
	return HINTS.held(
		heldChanges,
		first === undefined ? null : heldMessage(first),
		gravest === undefined ? null : breachLine(gravest),
		breaches.length,
	);
}

function sourceHints(view: RunView): Hint[] {
	const assumed = view.findings.find((finding) => finding.code === 'encodingAssumed');
	return assumed === undefined ? [] : when(true, 'info', HINTS.atLine(assumed.line, messageOf(assumed)));
}

function paceHints({ pace, result }: CompletedRun): Hint[] {
	if (pace === null) return [];
	const { blockedMs, throttled, perSecond, boundByRate, maxPerSecond, slow } = pace;
	const held = throttled > 0 && blockedMs > result.happened.milliseconds / 2;
	// At a low limit the rate limiter gets few refusals, so their number alone does not show the limit.
	const limited = throttled > 0 && boundByRate && perSecond < maxPerSecond / 2;
	const said = [
		...(held ? [HINTS.paused(blockedMs / 1000)] : limited ? [HINTS.limited(perSecond, maxPerSecond)] : []),
		...(slow > 0 ? [HINTS.slow(slow)] : []),
	];
	return when(said.length > 0, 'info', said.join(' '));
}

function memoryHints({ result: { memory } }: CompletedRun, { memoryField }: Options): Hint[] {
	if (memory == null || memoryField.trim() !== '' || !isTooLargeToKeep(memory)) return [];
	return when(true, 'warning', HINTS.memoryTooLarge(Object.keys(memory.lists).length));
}

function when(applies: boolean, type: HintType, message: string): Hint[] {
	return applies ? [{ type, message: message.trim() }] : [];
}

/** The editor shows hints as HTML, and an id may contain markup. */
function asHtml(text: string): string {
	return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/\n/g, '<br>');
}
