import type { IExecuteFunctions } from 'n8n-workflow';
import type { RunConnection } from '../run/connection';
import type { Finished } from '../run/finished';
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

/** Never rejects for what the platform or the input does: that is a result. */
export type Perform = (context: Context) => Promise<Finished>;
