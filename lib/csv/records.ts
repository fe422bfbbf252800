/** UTF-8 bytes -> records with the line each begins in, as an editor counts: line ends inside quotes as well. */

import { tokenizer, type Tokenizer, type TokenizerStop } from '../vendor/csv-parse';
import { MAX_RECORD_BYTES } from './limits';

/** `line` is the first line of the record, from 1; `lines` how many it fills. */
export type OnRecord = (cells: string[], line: number, lines: number) => void;

export interface UnclosedQuote {
	/** Where the quotation mark stands. */
	readonly line: number;
	readonly reason: TokenizerStop['reason'];
}

export class RecordReader {
	readonly #tokenizer: Tokenizer;
	/** Where the record in progress begins. */
	#line = 1;

	constructor(delimiter: string, onRecord: OnRecord) {
		this.#tokenizer = tokenizer({ delimiter, maxRecordBytes: MAX_RECORD_BYTES }, (cells, lastLine) => {
			const line = this.#line;
			this.#line = lastLine + 1;
			onRecord(cells, line, lastLine - line + 1);
		});
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
		return { line: this.#line + stop.cellsBefore.reduce((sum, cell) => sum + countLineBreaks(cell), 0), reason: stop.reason };
	}
}

/** Every line end is an LF by now. */
function countLineBreaks(text: string): number {
	let count = 0;
	for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
	return count;
}

/**
 * Whether a record that fills several lines has most likely swallowed rows, because a quotation mark was left open: a cell
 * begins with a quotation mark that nothing closed, or each of the lines would be a row as wide as the header if
 * there were no quotation marks.
 */
export function hasSwallowedRows(cells: readonly string[], delimiter: string, width: number): boolean {
	return cells.some((cell, column) => {
		const lines = cell.split('\n');
		if (lines.length === 1) return false;
		if (cell.startsWith('"')) return true;
		return lines.every((line, i) => {
			const before = i === 0 ? column : 0;
			const behind = i === lines.length - 1 ? width - 1 - column : 0;
			return width > 1 && before + line.split(delimiter).length - 1 + behind === width - 1;
		});
	});
}
