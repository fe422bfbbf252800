/** From input items to the items of the three outputs: one run after the other, each told whatever became of it. */

import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { summaryLine, viewRun, type RunView } from '../../lib/report';
import { performers } from './operations';
import type { Operation } from './properties/operation';
import { connectRun } from './run/connection';
import { failureError, failureOf, type RunFailure } from './run/failure';
import { refused, type Finished } from './run/finished';
import { hintsFor } from './run/hints';
import { readOptions, type SyncOptions } from './run/options';
import { isCalledByAgent } from './run/tool';
import { changeItems, pairingOf, rejectedItems, summaryItem } from './run/outputs';

/** Somebody at the portal needs about this long to put one person on one list. */
const MINUTES_SAVED_PER_CHANGE = 0.5;

/** Summary, Changes, Rejected. */
export type Outputs = [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]];

export async function performRuns(execute: IExecuteFunctions): Promise<Outputs> {
	const outputs: Outputs = [[], [], []];
	let changes = 0;
	for (const items of runsOf(execute)) {
		const options = readOptions(execute, items[0]);
		const finished = await performOne(execute, items[0], options);
		const view = viewRun({ ...finished, source: finished.source });
		const failure = failureOf(view, options);
		if (failure !== null && !execute.continueOnFail()) throw failureError(execute.getNode(), failure, items[0]);
		await deliver(execute, outputs, finished, view, failure, items, options);
		changes += view.changes.adds.done + view.changes.removes.done;
	}
	if (changes > 0) execute.setMetadata({ timeSaved: { minutes: Math.ceil(changes * MINUTES_SAVED_PER_CHANGE) } });
	return outputs;
}

/** All input items are one source; everything else is one run for each item, which carries its file or document. */
function runsOf(execute: IExecuteFunctions): number[][] {
	const items = execute.getInputData().map((_, index) => index);
	if (items.length === 0) return [];
	const operation = execute.getNodeParameter('operation', 0) as Operation;
	const together = (operation === 'plan' || operation === 'sync') && execute.getNodeParameter('source', 0) === 'items';
	return together ? [items] : items.map((item) => [item]);
}

/** Under Continue On Fail nothing may be thrown: n8n would hand on the input items as if they were results. */
async function performOne(execute: IExecuteFunctions, item: number, options: SyncOptions): Promise<Finished> {
	const operation = execute.getNodeParameter('operation', item) as Operation;
	const asTool = isCalledByAgent(execute);
	const work = performers[operation]({ execute, item, options, asTool, connect: async () => await connectRun(execute, options) });
	const finished = await work.catch((error: unknown) => ({ error }));
	if (!('error' in finished)) return finished;
	const known = asNodeError(execute, finished.error, item);
	if (!execute.continueOnFail()) throw known;
	const message = [known.message, known.description].filter((part) => typeof part === 'string' && part !== '').join(' ');
	return { operation, result: refused('notRun', message), source: null, mode: 'mirror', pace: null };
}

function asNodeError(execute: IExecuteFunctions, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	return new NodeOperationError(execute.getNode(), error instanceof Error ? error : String(error), { itemIndex });
}

async function deliver(
	execute: IExecuteFunctions,
	[summaries, changes, rejected]: Outputs,
	finished: Finished,
	view: RunView,
	failure: RunFailure | null,
	items: number[],
	options: SyncOptions,
): Promise<void> {
	const pairing = pairingOf(finished, items);
	const summary = await summaryItem(execute, finished, view, options, pairing);
	const toErrorOutput = failure !== null && execute.getNode().onError === 'continueErrorOutput';
	summaries.push(toErrorOutput ? asErrorItem(summary, failure) : summary);
	for (const item of changeItems(view, options, pairing)) changes.push(item);
	for (const item of rejectedItems(view, pairing)) rejected.push(item);
	const hints = hintsFor(finished, view, execute.getNode());
	if (hints.length > 0) execute.addExecutionHints(...hints);
	execute.logger.info(`APIO call center sync: ${summaryLine(view)}`);
}

/** These three keys and no other: it is how n8n knows an item that belongs to the error output. */
function asErrorItem(summary: INodeExecutionData, { message, description }: RunFailure): INodeExecutionData {
	return { ...summary, json: { error: message, message: description, details: summary.json } };
}
