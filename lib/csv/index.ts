/**
 * The CSV module: bytes or items in, rows with line numbers and findings out. See docs/csv.md for what users may send.
 */

export {
	addedActionColumn,
	addedColumns,
	addedColumnsIn,
	EXPORT_COLUMN,
	mayBeCorrectionFile,
} from './correction-columns';
export { escapeFormulas } from './formula-escape';
export { readIdList, readRenamedIds, type ReadIds } from './id-options';
export { excerpt, isBlank, readId, type IdRule } from './ids';
export type { ColumnField, CsvOptions, CsvSource, Field, ReadFailure, ReadOptions, ReadResult } from './options';
export { fieldMappedTwice } from './options-check';
export { readCsv, readCsvBuffer } from './read-csv';
export { readItems, type InputItem } from './read-items';
export { idNotRoundTripped } from './round-trip';
