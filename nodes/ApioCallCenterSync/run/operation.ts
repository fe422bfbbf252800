/** The interface of an operation: its parameters, its input, and its results for the report. */

import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import type { CsvSource } from '../../../lib/csv';
import type { OperationName, Options } from '../../../lib/options';
import { stopIn } from '../../../lib/stop';
import {
	type Issue,
	type Prepared,
	type Mode,
	ended,
	type RunResult,
	type Settings,
	type SourceRow,
} from '../../../lib/sync';
import type { Pace, RunConnection } from './connection';
import type { OperationSettings } from './options';

export interface Operation {
	/** Beside the options, which all operations share. An object that several operations name is one parameter. */
	readonly parameters: readonly INodeProperties[];
	/**
	 * Reads parameters, source and platform, and writes nothing. Never rejects for what the platform or the input does:
	 * that is a result.
	 */
	readonly prepare: (context: OperationContext) => Promise<PreparedRun>;
}

export interface OperationContext {
	readonly execute: IExecuteFunctions;
	/** Item whose parameters and files count. */
	readonly item: number;
	readonly options: Options;
	/** Aborts when the run has to end before its work is done. */
	readonly signal: AbortSignal;
	/** Called by an AI agent rather than by a workflow: nobody has looked at what it is about to do. */
	readonly asTool: boolean;
	/** Opened only if a request will be sent. */
	readonly connect: () => Promise<RunConnection>;
	/** The engine's settings: the options, and the values of the operation. */
	readonly settings: (operation: OperationSettings) => Settings;
}

/** A run of which everything is read and nothing written. */
export interface PreparedRun {
	/** Null where the operation reads no source, or could not. */
	readonly source: CsvSource | null;
	/** Null where it is that of the plan. */
	readonly mode: Mode | null;
	/** Null where no request was sent. */
	readonly pace: () => Pace | null;
	readonly prepared: Prepared;
	/** Keeps of the result what later executions compare with. */
	readonly remember?: (result: RunResult) => void;
}

/** The reported part of a source. Its rows and their cells would stay in memory while lists are written. */
export interface ReportedSource extends Omit<CsvSource, 'rows'> {
	readonly rowCount: number;
	/** What lists and items the rows are of; empty where all are of one item. */
	readonly origins: ReadonlyArray<Pick<SourceRow, 'list' | 'item'>>;
}

/** @param items how many items the rows are of */
export function reportedSource({ rows, ...source }: CsvSource, items: number): ReportedSource {
	return { ...source, cellsOf: undefined, rowCount: rows.length, origins: items > 1 ? rows : [] };
}

/** The reported part of a run, however it ended. */
export interface CompletedRun {
	readonly operation: OperationName;
	readonly result: RunResult;
	readonly source: ReportedSource | null;
	readonly mode: Mode;
	readonly pace: Pace | null;
}

/** A run that was over before a request was sent. */
export function endedRun(result: RunResult, mode: Mode | null = null): PreparedRun {
	return { source: null, mode, pace: () => null, prepared: ended(result) };
}

/** The result of a run that was refused before the engine started. */
export function refused(issue: Issue): RunResult {
	return resultWithoutPlan('refused', issue);
}

/** The result of a run that had to end before the engine started. */
export function stoppedEarly(signal: AbortSignal): RunResult {
	return resultWithoutPlan('stopped', { code: 'stopped', facts: stopIn(signal) });
}

function resultWithoutPlan(status: 'refused' | 'stopped', reason: Issue): RunResult {
	return {
		status,
		reason,
		plan: null,
		journal: null,
		lists: [],
		happened: { reads: 0, writes: 0, milliseconds: 0 },
	};
}
