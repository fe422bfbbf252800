/** Words and pages about a run: pure functions from a run's result, no I/O. */

export { viewRun, listTitle, memberNoun } from './view';
export type { ListView, MemberView, ReportInput, ReportedOperation, RunView } from './view';
export { summaryLine } from './summary-line';
export { htmlReport } from './html/page';
export { markdownReport, MARKDOWN_CHARACTERS } from './markdown';
export { correctionCsv, rowsNotAttempted, rowsToCorrect } from './rows-to-correct';
export type { RowToCorrect, SourceShape } from './rows-to-correct';
export { STANDINGS, STATUS_LABELS, counted, duration, figure } from './words';
export type { Standing } from './words';
export { isCorrectable, whatToDo } from './advice';
