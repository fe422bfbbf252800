import type { IExecuteFunctions } from 'n8n-workflow';
import type { CsvSource } from '../../../lib/csv';
import { ended, type Mode, type Prepared, type RunResult } from '../../../lib/sync';
import type { Operation } from '../properties/operation';
import type { RunConnection } from '../run/connection';
import type { Pace } from '../run/finished';
import type { SyncOptions } from '../run/options';

/** What an operation works with. */
export interface Context {
	readonly execute: IExecuteFunctions;
	/** Item whose parameters and files count. */
	readonly item: number;
	readonly options: SyncOptions;
	/** Aborts when the run has to end before its work is done. */
	readonly signal: AbortSignal;
	/** Called by an AI agent rather than by a workflow: nobody has looked at what it is about to do. */
	readonly asTool: boolean;
	/** Opened only where a request will be sent. */
	readonly connect: () => Promise<RunConnection>;
}

/** A run of which everything is read and nothing written, with what is told of it when it is over. */
export interface Begun {
	readonly operation: Operation;
	/** Null where the operation reads no source, or could not. */
	readonly source: CsvSource | null;
	/** Null where it is that of the plan. */
	readonly mode: Mode | null;
	/** Null where no request was sent. */
	readonly pace: () => Pace | null;
	readonly prepared: Prepared;
	/** Told of the result, for the runs after this execution. */
	readonly remember?: (result: RunResult) => void;
}

/** Never rejects for what the platform or the input does: that is a result. */
export type Perform = (context: Context) => Promise<Begun>;

/** A run that was over before a request was sent. */
export function begunAndOver(operation: Operation, mode: Mode, result: RunResult): Begun {
	return { operation, source: null, mode, pace: () => null, prepared: ended(result) };
}
