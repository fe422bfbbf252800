/**
 * The one door through which csv-parse comes in, so that the build can bundle it (design.md section 4).
 *
 * It is csv-parse's incremental core and not one of its faces, because those need Node's streams. The core is not part of
 * csv-parse's public API: the version is pinned, and test/csv/csv-parse-contract.test.ts holds what is relied on.
 */

// By path, because csv-parse's export map does not show the core.
import { transform } from '../../node_modules/csv-parse/lib/api/index.js';

export interface Tokenizer {
	/** Feeds bytes (UTF-8). Returns what stopped the tokenizer for good, or null. */
	feed(chunk: Uint8Array): TokenizerStop | null;
	/** Says that there is no more, which hands over the last record. */
	end(): TokenizerStop | null;
}

export interface TokenizerStop {
	/** The quotation mark that opened a cell never closed; or one record is larger than allowed. */
	readonly reason: 'quoteNotClosed' | 'recordTooLarge';
	/** The cells of the record in progress that were complete. */
	readonly cellsBefore: readonly string[];
	/** Whether it stopped inside a quoted cell. */
	readonly insideQuotes: boolean;
}

export interface TokenizerOptions {
	/** One character. */
	readonly delimiter: string;
	/** Bytes of one record, beyond which the tokenizer stops. */
	readonly maxRecordBytes: number;
	/** Stop quietly after so many records; all of them by default. */
	readonly maxRecords?: number;
}

/**
 * Cuts CSV bytes into records of cells: untrimmed text, blank lines included (one empty cell). Line breaks are CR LF, LF
 * and CR, mixed as they come. A stray quotation mark is taken as it stands; a cell that was closed by anything but
 * a delimiter begins with the quotation mark that opened it.
 */
export function tokenizer(options: TokenizerOptions, onRecord: (cells: string[]) => void): Tokenizer {
	const core = transform({
		delimiter: options.delimiter,
		record_delimiter: ['\r\n', '\n', '\r'],
		relax_column_count: true,
		relax_quotes: true,
		max_record_size: options.maxRecordBytes,
		to: options.maxRecords ?? -1,
	});
	let closed = false;
	const close = () => {
		closed = true;
	};
	const parse = (chunk: Uint8Array | undefined, end: boolean): TokenizerStop | null => {
		if (closed) return null;
		const error = core.parse(chunk, end, onRecord, close);
		if (error === undefined) return null;
		closed = true;
		return {
			reason: error.code === 'CSV_MAX_RECORD_SIZE' ? 'recordTooLarge' : 'quoteNotClosed',
			cellsBefore: core.state.record,
			insideQuotes: core.state.quoting,
		};
	};
	return { feed: (chunk) => parse(chunk, false), end: () => parse(undefined, true) };
}
