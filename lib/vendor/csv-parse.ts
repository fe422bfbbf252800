/**
 * The only module that imports csv-parse. The build bundles it, because n8n verifies only packages that need no others
 * at run time.
 *
 * It is csv-parse's incremental core and not one of its faces, because those need Node's streams. The core is not part
 * of csv-parse's public API: the version is pinned, and test/csv/csv-parse-contract.test.ts holds what is relied on.
 */

// By path, because csv-parse's export map does not show the core.
import { transform, type Core, type CoreOptions } from '../../node_modules/csv-parse/lib/api/index.js';

/** The core looks at a byte when so many follow, or the end: a delimiter or a space of its own may begin there. */
export const HELD_BACK = 4;

export interface Tokenizer {
	/** Feeds bytes (UTF-8). */
	feed(chunk: Uint8Array): void;
	/**
	 * Says that there is no more, which hands over the last record. False if the quotation mark that opened a cell never
	 * closed.
	 */
	end(): boolean;
	/** Whether as many records as were asked for are handed over. */
	readonly isOver: boolean;
	/** How many of the bytes that were fed stand behind those records; 0 until `isOver`. */
	readonly surplus: number;
	/** The cells of the record in progress that are complete. */
	readonly cells: readonly string[];
	/** Bytes fed that belong to no record yet; the last `HELD_BACK` of them may be of the one behind it. */
	readonly pending: number;
}

/** How a record stands in the file. */
export interface RecordForm {
	/** Number of lines. */
	readonly lines: number;
	/** False for the last record of a file if no line end follows it: the file may be truncated there. */
	readonly ended: boolean;
	/**
	 * A quotation mark that opened one of its cells was closed by one with something other than a delimiter or a line end
	 * behind it.
	 */
	readonly quoteClosedInText: boolean;
}

/** @param bytes of the record, without its line end */
export type OnCells = (cells: string[], form: RecordForm, bytes: number) => void;

/**
 * Cuts CSV bytes, with LF as the only line end, into records of cells: untrimmed text, blank lines included (one empty
 * cell). A stray quotation mark is taken as it stands; a cell that was closed amiss begins with the quotation mark that
 * opened it.
 *
 * @param delimiter one character
 * @param maxRecords from 1; Infinity for all
 */
export function tokenizer(delimiter: string, maxRecords: number, onRecord: OnCells): Tokenizer {
	const core = coreOf({
		delimiter,
		// Said, because the core decides on the first line end that it meets otherwise, and looks for it more slowly.
		record_delimiter: ['\n'],
		relax_column_count: true,
		relax_quotes: true,
		to: Number.isFinite(maxRecords) ? maxRecords : -1,
	});
	const { field } = core.state;
	const prepend = field.prepend.bind(field);
	let quoteClosedInText = false;
	field.prepend = (quote) => {
		quoteClosedInText = true;
		prepend(quote);
	};
	let fed = 0;
	let handed = 0;
	let lastLine = 0;
	let lastEnd = 0;
	let isOver = false;
	const push = (record: string[]) => {
		handed++;
		// Else the core makes an error, with its stack, for every record that is not as wide as the first, only to drop it.
		core.info.records = handed === maxRecords ? handed : 0;
		const { lines, bytes } = core.info;
		const form = { lines: lines - lastLine, ended: core.state.wasRowDelimiter, quoteClosedInText };
		const length = bytes - lastEnd - (form.ended ? 1 : 0);
		lastLine = lines;
		lastEnd = bytes;
		quoteClosedInText = false;
		onRecord(record, form, length);
	};
	const close = () => {
		isOver = true;
	};
	return {
		feed(chunk) {
			fed += chunk.length;
			core.parse(chunk, false, push, close);
		},
		end: () => core.parse(undefined, true, push, close) === undefined,
		get isOver() {
			return isOver;
		},
		get surplus() {
			return isOver ? fed - core.info.bytes : 0;
		},
		get cells() {
			return core.state.record;
		},
		get pending() {
			return fed - lastEnd;
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
