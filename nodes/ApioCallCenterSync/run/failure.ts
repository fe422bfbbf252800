/** When a run ends in a way that the node has to fail for, and what it says then. */

import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Options } from '../../../lib/options';
import { messageOf, shownCode, summaryLine, type RunView } from '../../../lib/report';

export interface RunFailure {
	/** Constant words only: n8n replaces messages that happen to contain an error code, and ids may. */
	readonly message: string;
	/** What, where, and how to go on. */
	readonly description: string;
}

const FAILED = {
	planning: 'The platform shows nothing of what the run is about, nothing was written',
	writing: 'The platform forbids all changes, nothing was written',
} as const;

const REFUSED = {
	plan: 'The source cannot be used, nothing was planned',
	sync: 'The source cannot be used, nothing was written',
	applyPlan: 'The plan was refused, nothing was written',
	rollBack: 'The roll back was refused, nothing was written',
} as const;

/**
 * Refused input always fails; a guard's stop does where the user left it so; a run that could not begin, because the
 * platform let it do nothing, does unless it was cancelled. What ended half way is handed back, or its record were
 * lost.
 */
export function failureOf(view: RunView, options: Options): RunFailure | null {
	const { status, reason } = view.result;
	const because = reason === null ? '' : messageOf(reason);
	if (reason?.code === 'approvalMissing')
		return { message: 'A person has to approve this first, nothing was written', description: because };
	if (reason?.code === 'notRun')
		return { message: 'The run could not begin, nothing was written', description: because };
	if (status === 'refused') return { message: REFUSED[view.operation], description: because };
	if (status === 'failed') return { message: FAILED[view.written ? 'writing' : 'planning'], description: because };
	if (status === 'aborted' && view.operation !== 'plan' && options.whenStopped === 'fail') {
		const wayOut = "To see the whole report, run the operation 'Plan', or set the option 'When Guards Stop the Run'.";
		return {
			message: 'Guards stopped the run before the first write',
			description: `${because.replace(/\n/g, ' ')} ${wayOut}`,
		};
	}
	if (status === 'stopped' && !view.written && (reason === null || shownCode(reason) !== 'cancelled')) {
		return { message: 'The run ended before anything was written', description: because || summaryLine(view) };
	}
	return null;
}

export function failureError(node: INode, failure: RunFailure, itemIndex: number): NodeOperationError {
	return new NodeOperationError(node, failure.message, { description: failure.description, itemIndex });
}
