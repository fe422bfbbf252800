/**
 * The only module that imports csv-parse. The build bundles it, because n8n verifies only packages that need no others
 * at run time.
 *
 * It is csv-parse's incremental core and not one of its faces, because those need Node's streams. The core is not part
 * of csv-parse's public API: the version is pinned, and test/csv/csv-parse-contract.test.ts holds what is relied on.
 */

// By path, because csv-parse's export map does not show the core.
import { transform, type Core, type CoreOptions } from '../../node_modules/csv-parse/lib/api/index.js';

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
}

/** How a record stands in the file. */
export interface RecordForm {
	/** The line in which it ends, from 1. */
	readonly lastLine: number;
	/** False for the last record of a file without a line end behind it. */
	readonly ended: boolean;
	/**
	 * A quotation mark that opened one of its cells was closed by one with something other than a delimiter or a line end
	 * behind it.
	 */
	readonly quoteClosedInText: boolean;
}

/** `form` is the tokenizer's own and changes with the next record. */
export type OnCells = (cells: string[], form: RecordForm) => void;

export interface TokenizerOptions {
	/** One character. */
	readonly delimiter: string;
	/** Stops when so many bytes (give or take what is fed at once) came without a record ending. */
	readonly maxRecordBytes: number;
	/** Stop quietly after so many records; all of them by default. */
	readonly maxRecords?: number;
}

/**
 * Cuts CSV bytes, with LF as the only line end, into records of cells: untrimmed text, blank lines included (one empty
 * cell). A stray quotation mark is taken as it stands; a cell that was closed amiss begins with
 * the quotation mark that opened it.
 */
export function tokenizer(options: TokenizerOptions, onRecord: OnCells): Tokenizer {
	const form = { lastLine: 0, ended: true, quoteClosedInText: false };
	let closed = false;
	let unended = 0;
	let handed = 0;
	const core = coreOf({
		delimiter: options.delimiter,
		// Said, because the core decides on the first line end that it meets otherwise, and looks for it more slowly.
		record_delimiter: ['\n'],
		relax_column_count: true,
		relax_quotes: true,
		to: options.maxRecords ?? -1,
	});
	const { field } = core.state;
	const prepend = field.prepend.bind(field);
	field.prepend = (quote) => {
		form.quoteClosedInText = true;
		prepend(quote);
	};
	const push = (record: string[]) => {
		unended = 0;
		// Else the core makes an error, with its stack, for every record that is not as wide as the first, only to drop it.
		core.info.records = ++handed === options.maxRecords ? handed : 0;
		form.lastLine = core.info.lines;
		form.ended = core.state.wasRowDelimiter;
		onRecord(record, form);
		form.quoteClosedInText = false;
	};
	const close = () => {
		closed = true;
	};
	const stop = (reason: TokenizerStop['reason']): TokenizerStop => {
		closed = true;
		return { reason, cellsBefore: core.state.record };
	};
	return {
		feed(chunk) {
			if (closed || chunk.length === 0) return null;
			unended += chunk.length;
			const error = core.parse(chunk, false, push, close);
			if (error !== undefined) return stop('quoteNotClosed');
			// The core's own limit costs a comparison for every byte.
			return unended > options.maxRecordBytes ? stop('recordTooLarge') : null;
		},
		end() {
			return !closed && core.parse(undefined, true, push, close) !== undefined ? stop('quoteNotClosed') : null;
		},
	};
}

/** Never fed: all cores run its methods. */
const METHODS = transform({});

/**
 * Each call of `transform` makes its methods anew, and V8 no longer trusts a call that has met several of them, which
 * costs a fifth of the time at every byte from the second file (or sample) on. So a core has its own state and no
 * methods of its own.
 */
function coreOf(options: CoreOptions): Core {
	const { info, options: normalized, state } = transform(options);
	return Object.assign(Object.create(METHODS) as Core, { info, options: normalized, state });
}
