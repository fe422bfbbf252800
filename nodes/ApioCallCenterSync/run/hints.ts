/** What a person should know at the end of a run, shown above the output. */

import type { INode, NodeExecutionHint } from 'n8n-workflow';
import { counted, duration, type RunView } from '../../../lib/report';
import type { Finished } from './finished';

export function hintsFor(finished: Finished, view: RunView, node: Pick<INode, 'retryOnFail'>): NodeExecutionHint[] {
	return [...outcomeHints(view), ...sourceHints(view), ...paceHints(finished), ...when(node.retryOnFail === true, 'info', RETRY_ON_FAIL)];
}

const RETRY_ON_FAIL =
	"'Retry On Fail' would run the whole operation again. The node repeats by itself what can be repeated without harm, so leave it off.";

function outcomeHints(view: RunView): NodeExecutionHint[] {
	const { status, reason } = view.result;
	const failed = view.membersBy.failed + view.membersBy.conflict + view.membersBy.rejected;
	return [
		...when(status === 'aborted', 'danger', `Guards stopped the run before the first write. ${reason?.message ?? ''}`),
		...when(status === 'stopped', 'danger', `The run ended early: ${reason?.message ?? ''}`),
		...when(status !== 'aborted' && view.breaches.length > 0, 'warning', 'Removals exceed a limit; the report says which.'),
		...when(failed > 0, 'warning', `${counted(failed, 'change')} could not be made; see the output 'Rejected'.`),
		...when(view.heldChanges > 0, 'warning', `${counted(view.heldChanges, 'change')} held back for safety; the report says why.`),
	];
}

function sourceHints(view: RunView): NodeExecutionHint[] {
	const assumed = view.findings.find((finding) => finding.code === 'encodingAssumed');
	return [
		...when(view.rejected.length > 0, 'warning', `${counted(view.rejected.length, 'row')} rejected; correct the file 'rejectedRows' of the summary and feed it back in.`),
		...when(assumed !== undefined, 'info', assumed?.message ?? ''),
	];
}

function paceHints({ pace, result }: Finished): NodeExecutionHint[] {
	if (pace === null) return [];
	const mostly = pace.heldMs > result.happened.milliseconds / 2 && pace.throttled > 0;
	return [
		...when(mostly, 'info', `The platform held the run back for ${duration(pace.heldMs / 1000)}, most of its time. Fewer runs at once, or a higher request limit on the platform, would make it faster.`),
		...when(pace.slow > 0, 'info', `${counted(pace.slow, 'answer')} of the platform took longer than five seconds.`),
	];
}

function when(applies: boolean, type: 'info' | 'warning' | 'danger', message: string): NodeExecutionHint[] {
	return applies ? [{ type, message: message.trim(), location: 'outputPane' }] : [];
}
