/** UTF-8 bytes to records with their line numbers. Line ends inside quotes count, as in an editor. */

import { tokenizer, type Tokenizer, type TokenizerStop } from '../vendor/csv-parse';
import { MAX_RECORD_BYTES } from './limits';

/** The form of a record in the file. */
export interface Form {
	/** Number of lines. */
	readonly lines: number;
	/** False for the last record of a file if no line end follows it: the file may be truncated there. */
	readonly ended: boolean;
	/**
	 * Whether text follows the closing quotation mark of a cell where a delimiter should.
	 */
	readonly quoteClosedInText: boolean;
}

/** The form of nearly all records. One shared object, because files have millions of them. */
export const ONE_LINE: Form = { lines: 1, ended: true, quoteClosedInText: false };

/** `line` is the first line of the record, from 1. */
export type OnRecord = (cells: string[], line: number, form: Form) => void;

export interface UnclosedQuote {
	/** Line of the quotation mark. */
	readonly line: number;
	readonly reason: TokenizerStop['reason'];
}

export class RecordReader {
	readonly #tokenizer: Tokenizer;
	/** First line of the current record. */
	#line = 1;

	/** @param maxRecords reads no more than these; all by default */
	constructor(delimiter: string, onRecord: OnRecord, maxRecords?: number) {
		this.#tokenizer = tokenizer(
			{ delimiter, maxRecordBytes: MAX_RECORD_BYTES, maxRecords },
			(cells, { lastLine, ended, quoteClosedInText }) => {
				const line = this.#line;
				this.#line = lastLine + 1;
				const usual = line === lastLine && ended && !quoteClosedInText;
				onRecord(cells, line, usual ? ONE_LINE : { lines: lastLine - line + 1, ended, quoteClosedInText });
			},
		);
	}

	/** The reason why reading stops; null if it goes on. */
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

/** All line ends are already LF. */
function countLineBreaks(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
	return count;
}

/**
 * Whether a record of several lines has probably swallowed rows although it is as wide as a row. This happens if a
 * quotation mark is left open in one row and the next one is in the same column of a later row. Then the first line of
 * the cell holds the rest of a row, and the last line holds the beginning of one. The lines between do not matter.
 *
 * If the second mark opened a cell that begins with a delimiter, the rest of that cell follows with its closing mark.
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
