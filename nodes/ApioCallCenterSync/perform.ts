/** From input items to the items of the three outputs: one run after the other, each told whatever became of it. */

import { NodeApiError, NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';
import { summaryLine, viewRun, type RunView } from '../../lib/report';
import { performers } from './operations';
import { n8nClock } from '../shared/clock';
import type { Operation } from './properties/operation';
import { announce, mention } from './run/announce';
import { connectRun } from './run/connection';
import { endingOf, type Ending } from './run/ending';
import { failureError, failureOf, type RunFailure } from './run/failure';
import { refused, type Finished } from './run/finished';
import { hintsFor } from './run/hints';
import { readOptions, wrongIdsIn, type SyncOptions } from './run/options';
import { progressTeller } from './run/progress';
import { isCalledByAgent } from './run/tool';
import { changeItems, pairingOf, rejectedItems, summaryItem } from './run/outputs';

/** Somebody at the portal needs about this long to put one person on one list. */
const MINUTES_SAVED_PER_CHANGE = 0.5;

/** Summary, Changes, Rejected. */
export type Outputs = [INodeExecutionData[], INodeExecutionData[], INodeExecutionData[]];

export async function performRuns(execute: IExecuteFunctions): Promise<Outputs> {
	const outputs: Outputs = [[], [], []];
	let changes = 0;
	const written: string[] = [];
	const runs = runsOf(execute);
	for (const [index, items] of runs.entries()) {
		const options = readOptions(execute, items[0]);
		const ending = endingOf(execute, n8nClock);
		// What the run that was stopped had done is worth more than that the ones after it did nothing.
		const say = ending.signal.aborted ? mention : announce;
		const which = runs.length === 1 ? '' : `Item ${index + 1} of ${runs.length}: `;
		const tell = (line: string) => say(execute, which + line);
		const fail = (error: unknown): never => {
			throw withEarlierRuns(error, written);
		};
		const finished = await performOne(execute, items[0], options, ending, tell).catch(fail).finally(ending.release);
		const view = viewRun({ ...finished, source: finished.source });
		const line = summaryLine(view);
		tell(line);
		const failure = failureOf(view, options);
		if (failure !== null && !execute.continueOnFail() && !isAfterTime(finished, outputs)) fail(failureError(execute.getNode(), failure, items[0]));
		if (view.written) written.push(which + line);
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

/** Time ran out between the runs: failing for it would throw away what the runs before this one hand back. */
function isAfterTime({ result }: Finished, [summaries]: Outputs): boolean {
	return result.reason?.code === 'timeLimit' && summaries.length > 0;
}

/** n8n throws away what the runs before handed back; what they wrote is told with the failure. */
function withEarlierRuns(error: unknown, written: readonly string[]): unknown {
	if (written.length === 0 || !(error instanceof NodeApiError || error instanceof NodeOperationError)) return error;
	error.description = [error.description, 'What the runs before it wrote stays:', ...written].filter(Boolean).join(' ');
	return error;
}

/** Under Continue On Fail nothing may be thrown: n8n would hand on the input items as if they were results. */
async function performOne(
	execute: IExecuteFunctions,
	item: number,
	options: SyncOptions,
	{ signal }: Ending,
	tell: (line: string) => void,
): Promise<Finished> {
	const operation = execute.getNodeParameter('operation', item) as Operation;
	const wrongIds = wrongIdsIn(options);
	if (wrongIds !== null) return { operation, result: refused('invalidOption', wrongIds), source: null, mode: 'mirror', pace: null };
	const asTool = isCalledByAgent(execute);
	const progress = progressTeller(execute, n8nClock);
	// At once, and not when the answers under way have come: what is said later is not kept (see `announce`).
	const onStop = () => tell(progress.stopping());
	signal.addEventListener('abort', onStop, { once: true });
	const connect = async () => await connectRun(execute, options, signal, progress.note);
	const work = performers[operation]({ execute, item, options, signal, asTool, connect });
	const finished = await work.catch((error: unknown) => ({ error })).finally(progress.end);
	signal.removeEventListener('abort', onStop);
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
}

/** These three keys and no other: it is how n8n knows an item that belongs to the error output. */
function asErrorItem(summary: INodeExecutionData, { message, description }: RunFailure): INodeExecutionData {
	return { ...summary, json: { error: message, message: description, details: summary.json } };
}
