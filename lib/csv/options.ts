/** Options and results of the readers. */

import type { KindName, Matching, Source, FileIssue } from '../sync';

/** What a column can mean. */
export type Field = 'supervisor' | 'agent' | 'callCenter' | 'tenant' | 'group' | 'action';

/** Whom a row names. */
export const ROLES = ['supervisor', 'agent'] as const;
export type Role = (typeof ROLES)[number];

/** Parts of a name that have columns of their own. */
export const NAME_PARTS = ['FirstName', 'LastName', 'NamePrefix'] as const;
export type NamePart = (typeof NAME_PARTS)[number];
export type NameField = `${Role}${NamePart}`;

/** What a column holds: all of what a field means, or a part of a name. */
export type ColumnField = Field | NameField;

export interface ReadOptions {
	readonly kind: KindName;
	/** Default if the source has no such column, or for a blank cell in it. */
	readonly tenantId?: string;
	readonly groupId?: string;
	/** Likewise; for kind `supervisedAgents` only. */
	readonly callCenterId?: string;
	/** Appended, after an `@`, to user and call center ids that have no `@`. */
	readonly defaultDomain?: string;
	/** Absent if people and call centers are named by their ids. */
	readonly matching?: Matching;
	/** Only the keys of lists are read, each once: no column of members is needed, and one that is there says nothing. */
	readonly keysOnly?: boolean;
	/** Column name by field, for names that the aliases do not have; wins over the aliases. */
	readonly columns?: Readonly<Partial<Record<ColumnField, string>>>;
}

export interface CsvOptions extends ReadOptions {
	/** One character; detected if absent. */
	readonly delimiter?: string;
	/** Index of the input item that carries the file; 0 by default. */
	readonly item?: number;
	/** Called some ten times a second, to yield to the event loop while a large file is read. */
	readonly yieldToOthers?: () => Promise<void>;
}

export type Encoding = 'UTF-8' | 'UTF-16LE' | 'UTF-16BE' | 'Windows-1252';

export interface CsvSource extends Source {
	/** Records below the header, blank ones aside; or input items. */
	readonly records: number;
	/** Every column, named as in the source (blank and repeated names made unique), in order. */
	readonly columns: readonly string[];
	/** Name of the column of each field; null if there is none, absent if there is none for a part of a name. */
	readonly mapping: Readonly<Record<Field, string | null> & Partial<Record<NameField, string>>>;
	/** Null for input items. */
	readonly format: CsvFormat | null;
}

export interface CsvFormat {
	readonly encoding: Encoding;
	readonly delimiter: string;
	/** As an editor shows it, from 1. */
	readonly headerLine: number;
}

/** Why nothing of a source can be used. */
export type ReadFailure = FileIssue & {
	/** As an editor shows it; null where it concerns the whole file. */
	readonly line: number | null;
};

export type ReadResult =
	| { readonly ok: true; readonly source: CsvSource }
	| { readonly ok: false; readonly failure: ReadFailure };
