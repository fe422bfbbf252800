/** One run of the execution: prepared first, finished when all others are prepared as well. */

import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { DEFAULT_OPTIONS, type OperationName, type Options } from '../../../lib/options';
import { ended, type Prepared, type Step, type Progress, type RunResult } from '../../../lib/sync';
import { n8nClock } from '../../shared/clock';
import { OPERATIONS } from '../actions';
import { isCalledByAgent } from './called-by-ai-agent';
import { connectRun } from './connection';
import {
	endedRun,
	refused,
	reportedSource,
	type CompletedRun,
	type OperationContext,
	type PreparedRun,
	type ReportedSource,
} from './operation';
import { engineSettings, readOptionIds, readOptions } from './options';
import { reportProgress } from './progress-lines';
import { logStatus, logAndStoreStatus } from './status-line';

export class Run {
	/** Item whose parameters and files count. */
	readonly item: number;
	options: Options = DEFAULT_OPTIONS;
	#operation: OperationName = 'sync';
	#run: Omit<PreparedRun, 'source' | 'prepared'> = { mode: null, pace: () => null };
	#source: ReportedSource | null = null;
	#onProgress: (progress: Progress) => void = () => undefined;
	#writeStatus = logAndStoreStatus;

	constructor(
		private readonly execute: IExecuteFunctions,
		readonly items: readonly number[],
		/** What its status lines begin with, where there are other runs. */
		readonly title: string,
		private readonly signal: AbortSignal,
	) {
		this.item = items[0];
	}

	writeStatus(line: string): void {
		this.#writeStatus(this.execute, this.title + line);
	}

	/** Reads parameters, source and platform, and writes nothing. */
	async prepare(): Promise<Prepared> {
		return await this.withProgress(async () => {
			try {
				this.#operation = this.execute.getNodeParameter('operation', this.item) as OperationName;
				this.options = readOptions(this.execute, this.item);
				const { source, prepared, ...run } = await this.prepareOperation();
				this.#run = run;
				this.#source = source === null ? null : reportedSource(source, this.items.length);
				return prepared;
			} catch (error) {
				return ended(this.notRun(error));
			}
		});
	}

	async finish(step: Step): Promise<CompletedRun> {
		if (step.over) return this.completed(step.result);
		const result = await this.withProgress(
			async () => await step.write().catch((error: unknown) => this.notRun(error)),
		);
		this.#run.remember?.(result);
		return this.completed(result);
	}

	completed(result: RunResult): CompletedRun {
		const { mode, pace } = this.#run;
		return {
			operation: this.#operation,
			result,
			source: this.#source,
			mode: mode ?? result.plan?.mode ?? 'mirror',
			pace: pace(),
		};
	}

	private async prepareOperation(): Promise<PreparedRun> {
		const { execute, item, options, signal } = this;
		const operation = OPERATIONS[this.#operation];
		if (operation === undefined)
			throw new NodeOperationError(execute.getNode(), `There is no operation '${String(this.#operation)}'`, {
				itemIndex: item,
			});
		const optionIds = readOptionIds(options);
		if (!optionIds.ok) return endedRun(refused(optionIds.issue));
		const context: OperationContext = {
			execute,
			item,
			options,
			signal,
			asTool: isCalledByAgent(execute),
			connect: async () => await connectRun(execute, options, signal, (progress) => this.#onProgress(progress)),
			settings: (operationSettings) => engineSettings(options, optionIds.ids, operationSettings),
		};
		return await operation.prepare(context);
	}

	private async withProgress<Result>(work: () => Promise<Result>): Promise<Result> {
		// After a stop nothing more is stored: the status of the run that was stopped must not be written over.
		this.#writeStatus = this.signal.aborted ? logStatus : logAndStoreStatus;
		const progress = reportProgress(this.execute, n8nClock);
		this.#onProgress = progress.update;
		// At once, and not when the answers under way have come: n8n keeps nothing that is stored later.
		const onStop = () => this.writeStatus(progress.stop());
		this.signal.addEventListener('abort', onStop, { once: true });
		return await work().finally(() => {
			progress.end();
			this.signal.removeEventListener('abort', onStop);
		});
	}

	/** Under Continue On Fail nothing may be thrown: n8n would hand on the input items as if they were results. */
	private notRun(error: unknown): RunResult {
		const known = asNodeError(this.execute, error, this.item);
		if (!this.execute.continueOnFail()) throw known;
		const message = [known.message, known.description]
			.filter((part) => typeof part === 'string' && part !== '')
			.join(' ');
		return refused({ code: 'notRun', facts: { said: message } });
	}
}

function asNodeError(execute: IExecuteFunctions, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	return new NodeOperationError(execute.getNode(), error instanceof Error ? error : String(error), { itemIndex });
}
