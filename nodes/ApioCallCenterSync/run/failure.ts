/** The runs after which the node fails, and its error. */

import { NodeOperationError, type INode } from 'n8n-workflow';
import type { Options } from '../../../lib/options';
import {
	FAILURE_HEADINGS,
	firstRejectedRows,
	messageOf,
	shownCode,
	summaryLine,
	type RunView,
} from '../../../lib/report';

export interface RunFailure {
	/** Constant words only. */
	readonly message: string;
	/** What, where, and how to go on. */
	readonly description: string;
}

/**
 * The node fails for refused input, and for a guard's stop unless the user chose a summary instead. It also fails for a
 * run that could not begin, unless it was cancelled. A run that wrote anything never fails: its record would be lost.
 */
export function failureOf(view: RunView, options: Options): RunFailure | null {
	const { status, reason } = view.result;
	const because = reason === null ? '' : messageOf(reason);
	if (reason?.code === 'approvalMissing') return { message: FAILURE_HEADINGS.approvalMissing, description: because };
	if (reason?.code === 'notRun') return { message: FAILURE_HEADINGS.notRun, description: because };
	if (status === 'refused') {
		const description = [because, firstRejectedRows(view.rejected)].filter(Boolean).join(' ');
		return { message: FAILURE_HEADINGS.refused[view.operation], description };
	}
	if (view.operation === 'export' && status === 'failed')
		return { message: FAILURE_HEADINGS.nothingExported, description: because };
	if (status === 'failed') {
		const shown = view.operation === 'plan' ? 'nothingShownToPlan' : 'nothingShown';
		return { message: FAILURE_HEADINGS[view.written ? 'nothingAllowed' : shown], description: because };
	}
	if (status === 'aborted' && view.operation !== 'plan' && options.whenStopped === 'fail') {
		const more = view.operation === 'removeEverywhere' ? 'wholeReportOfLeavers' : 'wholeReport';
		const description = `${because.replace(/\n/g, ' ')} ${FAILURE_HEADINGS[more]}`;
		return { message: FAILURE_HEADINGS.guards, description };
	}
	if (status === 'stopped' && !view.written && (reason === null || shownCode(reason) !== 'cancelled')) {
		const { operation } = view;
		const stopped = operation === 'export' ? 'exportStopped' : operation === 'plan' ? 'planStopped' : 'stopped';
		return { message: FAILURE_HEADINGS[stopped], description: because || summaryLine(view) };
	}
	return null;
}

/** @param asTool for an AI agent, which gets only the message */
export function failureError(
	node: INode,
	{ message, description }: RunFailure,
	itemIndex: number,
	asTool: boolean,
): NodeOperationError {
	const error = new NodeOperationError(node, message, { description, itemIndex });
	// Not by the constructor, which replaces a message that has some error code in it, as ids may.
	if (asTool && description !== '') error.message = `${message}: ${description}`;
	return error;
}
