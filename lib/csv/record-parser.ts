/** UTF-8 bytes to records with their line numbers. Line ends inside quotes count, as in an editor. */

import { HELD_BACK, tokenizer, type RecordForm, type Tokenizer } from '../vendor/csv-parse';
import { MAX_RECORD_BYTES, TOKENIZER_RECORDS } from './limits';
import { PlainRecordCutter } from './plain-records';

export type Form = RecordForm;

/** The form of nearly all records. One shared object, because files have millions of them. */
export const ONE_LINE: Form = { lines: 1, ended: true, quoteClosedInText: false };

/** `line` is the first line of the record, from 1. */
export type OnRecord = (cells: string[], line: number, form: Form) => void;

/** Why reading stops before the end of the file. */
export interface UnreadableRest {
	/** Line of the quotation mark; of a record that is too large its first. */
	readonly line: number;
	/** The quotation mark that opened a cell never closed; or one record is larger than allowed. */
	readonly reason: 'quoteNotClosed' | 'recordTooLarge';
}

const LF = 10;

/**
 * Cuts plain records itself, several times as fast as the tokenizer, which gets all others. It would give the same for
 * both (`npm run records` compares them).
 */
export class RecordParser {
	readonly #delimiter: string;
	readonly #onRecord: OnRecord;
	readonly #plain: PlainRecordCutter;
	/** While it has a record in hand. */
	#tokenizer: Tokenizer | null = null;
	/** Records that the last tokenizer took, and plain ones since. */
	#tokenized = 0;
	#plainSince = 0;
	/** The beginning of a record of which nothing is known yet; or the last bytes that the tokenizer was fed. */
	readonly #rest: Uint8Array[] = [];
	#restLength = 0;
	/** How many bytes of them the tokenizer was fed. */
	#fed = 0;
	/** First line of the current record. */
	#line = 1;
	/** Records to be read yet. */
	#wanted: number;
	#stopped: UnreadableRest | null = null;

	/** @param maxRecords reads no more than these; all by default */
	constructor(delimiter: string, onRecord: OnRecord, maxRecords = Infinity) {
		this.#delimiter = delimiter;
		this.#onRecord = onRecord;
		this.#plain = new PlainRecordCutter(delimiter);
		this.#wanted = maxRecords;
	}

	/** The reason why reading stops; null if it goes on. */
	feed(bytes: Uint8Array): UnreadableRest | null {
		this.#keep(bytes);
		if (this.#tokenizer !== null || bytes.includes(LF)) this.#cut(Buffer.concat(this.#taken()));
		const pending = this.#tokenizer === null ? this.#restLength : this.#tokenizer.pending - HELD_BACK;
		if (pending > MAX_RECORD_BYTES) this.#stopAtRecord();
		return this.#stopped;
	}

	end(): UnreadableRest | null {
		const bytes = Buffer.concat(this.#taken());
		if (this.#wanted === 0 || bytes.length === 0) return this.#stopped;
		this.#tokenizer ??= this.#newTokenizer();
		this.#tokenizer.feed(bytes.subarray(this.#fed));
		if (!this.#tokenizer.end()) return this.#stopAtQuote();
		if (this.#stopped !== null || !this.#tokenizer.isOver) return this.#stopped;
		this.#keep(lastOf(bytes, this.#tokenizer.surplus));
		this.#fed = 0;
		this.#tokenizer = null;
		return this.end();
	}

	#cut(bytes: Buffer): void {
		const complete = bytes.lastIndexOf(LF) + 1;
		this.#plain.use(bytes);
		let at = this.#fed;
		this.#fed = 0;
		while (at < bytes.length && this.#wanted > 0) {
			if (this.#tokenizer === null) {
				if (at === complete) return this.#keep(bytes.subarray(at));
				const begin = at;
				const cells = this.#plain.cut(begin);
				if (cells !== null) {
					at = this.#plain.end;
					this.#plainSince++;
					this.#hand(cells, ONE_LINE, this.#plain.end - begin - 1);
					continue;
				}
				this.#tokenizer = this.#newTokenizer();
			}
			this.#tokenizer.feed(bytes.subarray(at));
			at = bytes.length - this.#tokenizer.surplus;
			if (this.#tokenizer.isOver) this.#tokenizer = null;
		}
		if (this.#tokenizer === null) return;
		const last = lastOf(bytes, HELD_BACK);
		this.#keep(last);
		this.#fed = last.length;
	}

	#keep(bytes: Uint8Array): void {
		this.#rest.push(bytes);
		this.#restLength += bytes.length;
	}

	#taken(): Uint8Array[] {
		this.#restLength = 0;
		return this.#rest.splice(0);
	}

	#newTokenizer(): Tokenizer {
		const { least, most } = TOKENIZER_RECORDS;
		this.#tokenized = this.#plainSince < this.#tokenized ? Math.min(this.#tokenized * 2, most) : least;
		this.#plainSince = 0;
		return tokenizer(this.#delimiter, Math.min(this.#tokenized, this.#wanted), (cells, form, bytes) =>
			this.#hand(cells, form, bytes),
		);
	}

	#hand(cells: string[], form: Form, bytes: number): void {
		// The tokenizer takes all that it is fed at once.
		if (this.#stopped !== null) return;
		if (bytes > MAX_RECORD_BYTES) return this.#stopAtRecord();
		const line = this.#line;
		this.#line += form.lines;
		this.#wanted--;
		this.#onRecord(cells, line, form);
	}

	#stopAtRecord(): void {
		this.#wanted = 0;
		this.#stopped ??= { line: this.#line, reason: 'recordTooLarge' };
	}

	#stopAtQuote(): UnreadableRest {
		this.#wanted = 0;
		const before = this.#tokenizer?.cells ?? [];
		const line = this.#line + before.reduce((sum, cell) => sum + countLineBreaks(cell), 0);
		return (this.#stopped ??= { line, reason: 'quoteNotClosed' });
	}
}

function lastOf(bytes: Buffer, count: number): Buffer {
	return bytes.subarray(Math.max(0, bytes.length - count));
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
