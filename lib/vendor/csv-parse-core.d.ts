/**
 * csv-parse publishes no types for its incremental core (`lib/api/index.js`); these are the parts that this package
 * uses.
 */
declare module '*/csv-parse/lib/api/index.js' {
	export interface CoreOptions {
		readonly delimiter: string;
		readonly record_delimiter: readonly string[];
		readonly relax_column_count: boolean;
		readonly relax_quotes: boolean;
		/** Stops after so many records; -1 for all. */
		readonly to: number;
	}

	/** What differs from core to core is in these three; the methods keep nothing to themselves. */
	export interface Core {
		readonly options: object;
		readonly state: {
			/** Cells read so far of the record in progress. */
			readonly record: readonly string[];
			/** The byte in hand is a line end. */
			readonly wasRowDelimiter: boolean;
			/** The cell in hand; `prepend` gives it back the quotation mark that opened it, where that was closed amiss. */
			readonly field: { prepend(quote: Uint8Array): void };
		};
		/**
		 * `records` so far: the first is the measure of those that follow, and `to` counts them. `lines`: number of the
		 * line in hand, from 1; right where every line end is one character. `bytes` of the records so far, that
		 * which is handed over and its line end included.
		 */
		readonly info: { records: number; readonly lines: number; readonly bytes: number };
		/** Returns an error instead of throwing it. `push` is called synchronously, once per record. */
		parse(
			chunk: Uint8Array | undefined,
			end: boolean,
			push: (record: string[]) => void,
			close: () => void,
		): (Error & { readonly code: string }) | undefined;
	}

	export function transform(options: Partial<CoreOptions>): Core;
}
