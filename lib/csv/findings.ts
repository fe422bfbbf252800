/**
 * Every code that the room can utter, and the log that keeps findings without filling the memory. docs/csv.md explains
 * each.
 */

import { FINDINGS_PER_CODE } from './limits';
import type { Finding, FindingLevel } from '../sync';

/** Findings about rows, columns and the file as a whole. An error rejects the row. */
export const FINDING_LEVELS = {
	blankCell: 'error',
	conflictingRows: 'error',
	invalidId: 'error',
	mangledId: 'error',
	raggedRow: 'error',
	severalValues: 'error',
	tooLongId: 'error',
	unclosedQuote: 'error',
	unknownAction: 'error',
	wrongDelimiter: 'error',
	encodingAssumed: 'warning',
	footerRow: 'warning',
	mixedEncoding: 'warning',
	noRows: 'warning',
	wrongSepLine: 'warning',
	blankRow: 'info',
	defaultUsed: 'info',
	duplicateRow: 'info',
	repeatedHeader: 'info',
	titleRow: 'info',
	trimmedValue: 'info',
	unknownColumn: 'info',
} as const satisfies Record<string, FindingLevel>;

export type FindingCode = keyof typeof FINDING_LEVELS;

/** Why a source is refused as a whole. */
export const FAILURE_CODES = [
	'ambiguousColumn',
	'binaryFile',
	'emptyFile',
	'headerTooLong',
	'invalidOption',
	'missingColumn',
	'notCsv',
	'rowsAboveHeader',
	'suspectColumn',
	'tooManyRejected',
	'unclosedQuote',
	'wrongDelimiter',
] as const;

export type FailureCode = (typeof FAILURE_CODES)[number];

/** Keeps the first findings of each code and counts the others. */
export class FindingLog {
	readonly #kept: Finding[] = [];
	readonly #counts = new Map<FindingCode, number>();
	readonly #lastLines = new Map<FindingCode, number | null>();

	/** `message` is a function where building it costs, because most repeated findings are only counted. */
	add(code: FindingCode, line: number | null, column: string | null, message: string | (() => string)): void {
		const count = (this.#counts.get(code) ?? 0) + 1;
		this.#counts.set(code, count);
		this.#lastLines.set(code, line);
		if (count > FINDINGS_PER_CODE) return;
		const text = typeof message === 'string' ? message : message();
		this.#kept.push({ level: FINDING_LEVELS[code], code, line, column, message: text });
	}

	/** How often each code occurred, the ones that were only counted included. */
	count(code: FindingCode): number {
		return this.#counts.get(code) ?? 0;
	}

	/** In order of lines, the ones about the whole file first, with one finding for those that were only counted. */
	all(unit: string): Finding[] {
		const findings = [...this.#kept];
		for (const [code, count] of this.#counts) {
			if (count <= FINDINGS_PER_CODE) continue;
			const more = (count - FINDINGS_PER_CODE).toLocaleString('en-US');
			const last = this.#lastLines.get(code);
			const where = last === null || last === undefined ? '' : `; the last is in ${unit} ${last}`;
			const message = `and ${more} more of ${code}${where}`;
			findings.push({ level: FINDING_LEVELS[code], code, line: null, column: null, message });
		}
		return findings.sort((a, b) => (a.line ?? 0) - (b.line ?? 0));
	}
}
