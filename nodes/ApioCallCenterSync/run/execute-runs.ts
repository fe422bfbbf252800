/**
 * All runs of an execution, from its input items to the items of the three outputs. All of them are prepared before the
 * first one writes, because the guards count over the whole execution, and because a failing run would discard the
 * output of the runs before it.
 */

import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import type { OperationName } from '../../../lib/options';
import { shownCode, summaryLine, viewRun, type RunView } from '../../../lib/report';
import { decideAll, type Prepared, type Step } from '../../../lib/sync';
import { n8nClock } from '../../shared/clock';
import { stopSignals, type StopSignals } from './stop-signals';
import { isCalledByAgent } from './called-by-ai-agent';
import { exportItems, exportSummaryItem } from './export-outputs';
import { failureError, failureOf, type RunFailure } from './failure';
import { hintsFor, worstHints, type Hint } from './hints';
import type { CompletedRun } from './operation';
import { changeItems, pairingOf, rejectedItems, summaryItem } from './outputs';
import { Run } from './run';

/** About the time that a person needs at the portal to put one agent on one list. */
const MINUTES_SAVED_PER_CHANGE = 0.5;

/** Summary, Changes, Rejected. */
export type Outputs = [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]];

export async function executeRuns(execute: IExecuteFunctions): Promise<Outputs> {
	const signals = stopSignals(execute, n8nClock);
	return await executeAll(execute, signals).finally(signals.release);
}

async function executeAll(execute: IExecuteFunctions, signals: StopSignals): Promise<Outputs> {
	const outputs: Outputs = [[], [], []];
	const written: string[] = [];
	const hints: Hint[] = [];
	let changes = 0;
	const runs = runsOf(execute).map(
		(items, index, { length }) =>
			new Run(execute, items, length === 1 ? '' : `Item ${index + 1} of ${length}: `, signals.next()),
	);

	/** Throws if the node has to fail because of how a run ended. */
	const failFor = (run: Run, completed: CompletedRun, view = viewRun(completed)): RunFailure | null => {
		const failure = failureOf(view, run.options);
		if (failure === null || execute.continueOnFail() || isAfterTime(completed, outputs)) return failure;
		run.writeStatus(summaryLine(view));
		const error = failureError(execute.getNode(), failure, run.item, isCalledByAgent(execute));
		throw withEarlierRuns(error, written);
	};

	const steps = await decidedSteps(runs, failFor);
	for (const [index, run] of runs.entries()) {
		const completed = await run.finish(steps[index]);
		const view = viewRun(completed);
		const failure = failFor(run, completed, view);
		const line = summaryLine(view);
		run.writeStatus(line);
		if (view.written) written.push(run.title + line);
		await addOutputs(execute, outputs, completed, view, failure, run);
		hints.push(...hintsFor(completed, view, run.options, execute.getNode(), run.title));
		changes += view.changes.adds.done + view.changes.removes.done;
	}
	if (hints.length > 0) execute.addExecutionHints(...worstHints(hints));
	if (changes > 0) execute.setMetadata({ timeSaved: { minutes: Math.ceil(changes * MINUTES_SAVED_PER_CHANGE) } });
	return outputs;
}

/**
 * The step of each run, once all are prepared. What the guards count has the changes of all lists: nothing holds it
 * while lists are written.
 */
async function decidedSteps(
	runs: readonly Run[],
	failFor: (run: Run, completed: CompletedRun) => void,
): Promise<Step[]> {
	const failIfOver = (run: Run, step: Step) => {
		if (step.over) failFor(run, run.completed(step.result));
	};
	const all: Prepared[] = [];
	for (const run of runs) {
		const prepared = await run.prepare();
		if (prepared.guarded === null) failIfOver(run, prepared.decide([]));
		all.push(prepared);
	}
	const steps = decideAll(all);
	for (const [index, run] of runs.entries()) failIfOver(run, steps[index]);
	return steps;
}

/** All input items are one source; everything else is one run for each item, which carries its file or document. */
function runsOf(execute: IExecuteFunctions): number[][] {
	const items = execute.getInputData().map((_, index) => index);
	if (items.length === 0) return [];
	return areItemsOneSource(execute) ? [items] : items.map((item) => [item]);
}

function areItemsOneSource(execute: IExecuteFunctions): boolean {
	try {
		const operation = execute.getNodeParameter('operation', 0) as OperationName;
		return readsSource(execute, operation) && execute.getNodeParameter('source', 0) === 'items';
	} catch {
		// Each run has the same problem, and reports it for its own item.
		return false;
	}
}

function readsSource(execute: IExecuteFunctions, operation: OperationName): boolean {
	if (operation === 'export') return execute.getNodeParameter('exportScope', 0) === 'source';
	return operation === 'plan' || operation === 'sync' || operation === 'removeEverywhere';
}

/** If time ran out between the runs, failing would discard the output of the earlier runs. */
function isAfterTime({ result }: CompletedRun, [summaries]: Outputs): boolean {
	return result.reason !== null && shownCode(result.reason) === 'timeLimit' && summaries.length > 0;
}

/** n8n discards the output of the earlier runs, so the failure says what they wrote. */
function withEarlierRuns(error: NodeOperationError, written: readonly string[]): NodeApiError | NodeOperationError {
	if (written.length > 0)
		error.description = [error.description, 'What the runs before it wrote stays:', ...written]
			.filter(Boolean)
			.join(' ');
	return error;
}

async function addOutputs(
	execute: IExecuteFunctions,
	[summaries, changes, rejected]: Outputs,
	completed: CompletedRun,
	view: RunView,
	failure: RunFailure | null,
	{ items, options }: Run,
): Promise<void> {
	const pairing = pairingOf(completed, items);
	const { exported } = completed.result;
	const summary = await (exported === undefined
		? summaryItem(execute, completed, view, options, pairing)
		: exportSummaryItem(execute, view, exported, pairing));
	const toErrorOutput = failure !== null && execute.getNode().onError === 'continueErrorOutput';
	summaries.push(toErrorOutput ? asErrorItem(summary, failure) : summary);
	const listItems = exported === undefined ? changeItems(view, options, pairing) : exportItems(exported, pairing);
	for (const item of listItems) changes.push(item);
	for (const item of rejectedItems(view, pairing)) rejected.push(item);
}

/** Exactly these three keys, by which n8n recognizes an item of the error output. */
function asErrorItem(summary: INodeExecutionData, { message, description }: RunFailure): INodeExecutionData {
	return { ...summary, json: { error: message, message: description, details: summary.json } };
}
