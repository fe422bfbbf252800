/** One run of the execution: planned first, finished when all others are planned as well. */

import { NodeApiError, NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';
import { ended, type Prepared, type Progress, type RunResult, type Step } from '../../../lib/sync';
import { n8nClock } from '../../shared/clock';
import { performers } from '../operations';
import type { Begun } from '../operations/context';
import type { Operation } from '../properties/operation';
import { announce, mention } from './announce';
import { connectRun } from './connection';
import { NOT_RUN } from './failure';
import { refused, type Finished } from './finished';
import { DEFAULT_OPTIONS, readOptions, wrongIdsIn, type SyncOptions } from './options';
import { progressTeller } from './progress';
import { isCalledByAgent } from './tool';

export class Run {
	/** Item whose parameters and files count. */
	readonly item: number;
	options: SyncOptions = DEFAULT_OPTIONS;
	#begun: Begun;
	#note: (progress: Progress) => void = () => undefined;
	#say = announce;

	constructor(
		private readonly execute: IExecuteFunctions,
		readonly items: readonly number[],
		/** What its lines begin with, where there are other runs. */
		readonly which: string,
		private readonly signal: AbortSignal,
	) {
		this.item = items[0];
		this.#begun = over(refused(NOT_RUN, 'The run was not begun.'), 'sync');
	}

	get prepared(): Prepared {
		return this.#begun.prepared;
	}

	tell(line: string): void {
		this.#say(this.execute, this.which + line);
	}

	/**
	 * Reads parameters, source and platform, and writes nothing. Hands back how the run ended, where it is over by then.
	 */
	async prepare(): Promise<Finished | null> {
		let operation: Operation = 'sync';
		await this.attended(async () => {
			try {
				operation = this.execute.getNodeParameter('operation', this.item) as Operation;
				this.options = readOptions(this.execute, this.item);
				this.#begun = await this.begin(operation);
			} catch (error) {
				this.#begun = over(this.notRun(error), operation);
			}
		});
		if (this.prepared.guarded !== null) return null;
		const step = this.prepared.decide([]);
		return step.over ? this.finished(step.result) : null;
	}

	async finish(step: Step): Promise<Finished> {
		if (step.over) return this.finished(step.result);
		const result = await this.attended(async () => await step.write().catch((error: unknown) => this.notRun(error)));
		this.#begun.remember?.(result);
		return this.finished(result);
	}

	finished(result: RunResult): Finished {
		const { operation, source, mode, pace } = this.#begun;
		return { operation, result, source, mode: mode ?? result.plan?.mode ?? 'mirror', pace: pace() };
	}

	private async begin(operation: Operation): Promise<Begun> {
		const { execute, item, options, signal } = this;
		const perform = performers[operation];
		if (perform === undefined)
			throw new NodeOperationError(execute.getNode(), `There is no operation '${String(operation)}'`, {
				itemIndex: item,
			});
		const wrongIds = wrongIdsIn(options);
		if (wrongIds !== null) return over(refused('invalidOption', wrongIds), operation);
		const connect = async () => await connectRun(execute, options, signal, (progress) => this.#note(progress));
		return await perform({ execute, item, options, signal, asTool: isCalledByAgent(execute), connect });
	}

	/** With progress told while it goes on. */
	private async attended<Result>(work: () => Promise<Result>): Promise<Result> {
		// What the run that was stopped had done is worth more than that the ones after it did nothing.
		this.#say = this.signal.aborted ? mention : announce;
		const progress = progressTeller(this.execute, n8nClock);
		this.#note = progress.note;
		// At once, and not when the answers under way have come: what is said later is not kept (see `announce`).
		const onStop = () => this.tell(progress.stopping());
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
		return refused(NOT_RUN, message);
	}
}

function over(result: RunResult, operation: Operation): Begun {
	return { operation, source: null, mode: 'mirror', pace: () => null, prepared: ended(result) };
}

function asNodeError(execute: IExecuteFunctions, error: unknown, itemIndex: number): NodeApiError | NodeOperationError {
	if (error instanceof NodeApiError || error instanceof NodeOperationError) return error;
	return new NodeOperationError(execute.getNode(), error instanceof Error ? error : String(error), { itemIndex });
}
