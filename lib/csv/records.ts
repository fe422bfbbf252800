/** UTF-8 bytes -> records with the line each begins in, as an editor counts: line ends inside quotes as well. */

import { tokenizer, type Tokenizer, type TokenizerStop } from '../vendor/csv-parse';
import { MAX_RECORD_BYTES } from './limits';

/** How a record stands in the file. */
export interface Form {
	/** How many lines it fills. */
	readonly lines: number;
	/** False for the last record of a file without a line end behind it: the file may have been cut off there. */
	readonly ended: boolean;
	/**
	 * A quotation mark that opened one of its cells was closed amiss: with something other than a delimiter behind it.
	 */
	readonly closedAmiss: boolean;
}

/** As nearly all records stand. One object for all of them, because files have millions. */
export const ONE_LINE: Form = { lines: 1, ended: true, closedAmiss: false };

/** `line` is the first line of the record, from 1. */
export type OnRecord = (cells: string[], line: number, form: Form) => void;

export interface UnclosedQuote {
	/** Where the quotation mark stands. */
	readonly line: number;
	readonly reason: TokenizerStop['reason'];
}

export class RecordReader {
	readonly #tokenizer: Tokenizer;
	/** Where the record in progress begins. */
	#line = 1;

	/** Stops quietly after `maxRecords`; reads all records where that is not given. */
	constructor(delimiter: string, onRecord: OnRecord, maxRecords?: number) {
		this.#tokenizer = tokenizer(
			{ delimiter, maxRecordBytes: MAX_RECORD_BYTES, maxRecords },
			(cells, { lastLine, ended, closedAmiss }) => {
				const line = this.#line;
				this.#line = lastLine + 1;
				const usual = line === lastLine && ended && !closedAmiss;
				onRecord(cells, line, usual ? ONE_LINE : { lines: lastLine - line + 1, ended, closedAmiss });
			},
		);
	}

	/** Null, or why nothing more can be read. */
	feed(bytes: Uint8Array): UnclosedQuote | null {
		return this.#stopped(this.#tokenizer.feed(bytes));
	}

	end(): UnclosedQuote | null {
		return this.#stopped(this.#tokenizer.end());
	}

	#stopped(stop: TokenizerStop | null): UnclosedQuote | null {
		if (stop === null) return null;
		return {
			line: this.#line + stop.cellsBefore.reduce((sum, cell) => sum + countLineBreaks(cell), 0),
			reason: stop.reason,
		};
	}
}

/** Every line end is an LF by now. */
function countLineBreaks(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
	return count;
}

/**
 * Whether a record that fills several lines and is as wide as the file's rows has most likely swallowed rows, because a
 * quotation mark was left open in one row and met another one in the same column of a later row: what the first line of
 * the cell has behind that mark is the rest of a row, and what the last line has before the other mark is the beginning
 * of one. The lines between may be anything, blank or of another width.
 *
 * Where the other mark opened a cell that begins with a delimiter, what is left of that cell follows, with the mark that
 * closed it.
 */
export function hasSwallowedRows(cells: readonly string[], delimiter: string, width: number): boolean {
	const swallowing = cells.findIndex((cell) => cell.includes('\n'));
	if (cells.slice(swallowing + 1).some((cell) => cell.split('"').length % 2 === 0)) return true;
	return cells.some((cell, column) => {
		const firstEnd = cell.indexOf('\n');
		if (firstEnd === -1) return false;
		const behind = cell.slice(0, firstEnd).split(delimiter).length - 1;
		const before = cell.slice(cell.lastIndexOf('\n')).split(delimiter).length - 1;
		return width > 1 && behind === width - 1 - column && before === column;
	});
}
