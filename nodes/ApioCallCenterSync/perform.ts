/**
 * From input items to the items of the three outputs. All runs are planned before the first one writes, because the
 * guards count over the whole execution and a failure must not throw away what an earlier run did; each is told
 * whatever became of it.
 */

import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { summaryLine, viewRun, type RunView } from '../../lib/report';
import { decideAll, type Step } from '../../lib/sync';
import { n8nClock } from '../shared/clock';
import type { Operation } from './properties/operation';
import { endingOf, type Ending } from './run/ending';
import { failureError, failureOf, type RunFailure } from './run/failure';
import type { Finished } from './run/finished';
import { hintsFor } from './run/hints';
import { changeItems, pairingOf, rejectedItems, summaryItem } from './run/outputs';
import { Run } from './run/run';

/** Somebody at the portal needs about this long to put one person on one list. */
const MINUTES_SAVED_PER_CHANGE = 0.5;

/** Summary, Changes, Rejected. */
export type Outputs = [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]];

export async function performRuns(execute: IExecuteFunctions): Promise<Outputs> {
	const ending = endingOf(execute, n8nClock);
	return await performAll(execute, ending).finally(ending.release);
}

async function performAll(execute: IExecuteFunctions, ending: Ending): Promise<Outputs> {
	const outputs: Outputs = [[], [], []];
	const written: string[] = [];
	let changes = 0;
	const runs = runsOf(execute).map(
		(items, index, { length }) =>
			new Run(execute, items, length === 1 ? '' : `Item ${index + 1} of ${length}: `, ending.signal()),
	);

	/** Throws where the node has to fail for how a run ended. */
	const failFor = (run: Run, finished: Finished, view = viewRun(finished)): RunFailure | null => {
		const failure = failureOf(view, run.options);
		if (failure === null || execute.continueOnFail() || isAfterTime(finished, outputs)) return failure;
		run.tell(summaryLine(view));
		throw withEarlierRuns(failureError(execute.getNode(), failure, run.item), written);
	};

	for (const run of runs) {
		const over = await run.prepare();
		if (over !== null) failFor(run, over);
	}
	const steps = decideAll(runs.map(({ prepared }) => prepared));
	for (const [index, run] of runs.entries()) {
		const step: Step = steps[index];
		if (step.over) failFor(run, run.finished(step.result));
	}
	for (const [index, run] of runs.entries()) {
		const finished = await run.finish(steps[index]);
		const view = viewRun(finished);
		const failure = failFor(run, finished, view);
		const line = summaryLine(view);
		run.tell(line);
		if (view.written) written.push(run.which + line);
		await deliver(execute, outputs, finished, view, failure, run);
		changes += view.changes.adds.done + view.changes.removes.done;
	}
	if (changes > 0) execute.setMetadata({ timeSaved: { minutes: Math.ceil(changes * MINUTES_SAVED_PER_CHANGE) } });
	return outputs;
}

/** All input items are one source; everything else is one run for each item, which carries its file or document. */
function runsOf(execute: IExecuteFunctions): number[][] {
	const items = execute.getInputData().map((_, index) => index);
	if (items.length === 0) return [];
	return readTogether(execute) ? [items] : items.map((item) => [item]);
}

function readTogether(execute: IExecuteFunctions): boolean {
	try {
		const operation = execute.getNodeParameter('operation', 0) as Operation;
		return (operation === 'plan' || operation === 'sync') && execute.getNodeParameter('source', 0) === 'items';
	} catch {
		// Each run meets the same problem, and tells it for its own item.
		return false;
	}
}

/** Time ran out between the runs: failing for it would throw away what the runs before this one hand back. */
function isAfterTime({ result }: Finished, [summaries]: Outputs): boolean {
	return result.reason?.code === 'timeLimit' && summaries.length > 0;
}

/** n8n throws away what the runs before handed back; what they wrote is told with the failure. */
function withEarlierRuns(error: NodeOperationError, written: readonly string[]): NodeApiError | NodeOperationError {
	if (written.length > 0)
		error.description = [error.description, 'What the runs before it wrote stays:', ...written]
			.filter(Boolean)
			.join(' ');
	return error;
}

async function deliver(
	execute: IExecuteFunctions,
	[summaries, changes, rejected]: Outputs,
	finished: Finished,
	view: RunView,
	failure: RunFailure | null,
	{ items, options }: Run,
): Promise<void> {
	const pairing = pairingOf(finished, items);
	const summary = await summaryItem(execute, finished, view, options, pairing);
	const toErrorOutput = failure !== null && execute.getNode().onError === 'continueErrorOutput';
	summaries.push(toErrorOutput ? asErrorItem(summary, failure) : summary);
	for (const item of changeItems(view, options, pairing)) changes.push(item);
	for (const item of rejectedItems(view, pairing)) rejected.push(item);
	const hints = hintsFor(finished, view, execute.getNode());
	if (hints.length > 0) execute.addExecutionHints(...hints);
}

/** These three keys and no other: it is how n8n knows an item that belongs to the error output. */
function asErrorItem(summary: INodeExecutionData, { message, description }: RunFailure): INodeExecutionData {
	return { ...summary, json: { error: message, message: description, details: summary.json } };
}
