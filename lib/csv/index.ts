/**
 * The CSV room: bytes or items in, rows with line numbers and findings out. See docs/csv.md for what users may send.
 */

export { addedActionColumn, addedColumns, addedColumnsIn, mayBeCorrectionFile } from './correction-columns';
export { guarded } from './formula-guard';
export { FAILURE_CODES, FINDING_LEVELS, type FailureCode, type FindingCode } from './findings';
export { readIdList, readRenamedIds, type ReadIds } from './id-options';
export { isBlank, readId, shown, type IdRule } from './ids';
export type { CsvOptions, CsvSource, Field, ReadFailure, ReadOptions, ReadResult } from './options';
export { readCsv, readCsvBuffer } from './read-csv';
export { readItems, type InputItem } from './read-items';
