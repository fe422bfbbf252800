/** What a reader is told, and what it hands back. */

import type { KindName, Source } from '../sync';
import type { FailureCode } from './findings';

/** What a column can mean. */
export type Field = 'supervisor' | 'agent' | 'callCenter' | 'tenant' | 'group' | 'action';

export interface ReadOptions {
	readonly kind: KindName;
	/** Taken where the source has no such column, or a blank cell in it. */
	readonly tenantId?: string;
	readonly groupId?: string;
	/** Likewise; for kind `supervisedAgents` only. */
	readonly callCenterId?: string;
	/** Appended, after an `@`, to user and call center ids that have no `@`. */
	readonly defaultDomain?: string;
	/** Column name by field, where the names cannot be guessed; wins over the aliases. */
	readonly columns?: Readonly<Partial<Record<Field, string>>>;
}

export interface CsvOptions extends ReadOptions {
	/** One character; found by looking where absent. */
	readonly delimiter?: string;
	/** Index of the input item that carries the file; 0 by default. */
	readonly item?: number;
	/** Called now and then (some ten times a second), so that a large file leaves the process time for others. */
	readonly breathe?: () => Promise<void>;
}

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';

export interface CsvSource extends Source {
	/** Records below the header, blank ones aside; or input items. */
	readonly records: number;
	/** Every column, named as in the source (blank and repeated names made unique), in order. */
	readonly columns: readonly string[];
	/** Which column was taken for what; null where there is none. */
	readonly mapping: Readonly<Record<Field, string | null>>;
	/** Null where the source is input items. */
	readonly format: CsvFormat | null;
}

export interface CsvFormat {
	readonly encoding: Encoding;
	readonly delimiter: string;
	/** As an editor shows it, from 1. */
	readonly headerLine: number;
}

/** Why nothing of a source can be used. */
export interface ReadFailure {
	readonly code: FailureCode;
	/** What happened and how to go on. */
	readonly message: string;
	/** As an editor shows it; null where it concerns the whole file. */
	readonly line: number | null;
}

export type ReadResult =
	| { readonly ok: true; readonly source: CsvSource }
	| { readonly ok: false; readonly failure: ReadFailure };
