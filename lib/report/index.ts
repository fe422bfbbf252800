/** Messages and pages about a run: pure functions from a run's result, no I/O. */

export { exportCsv, exportRows } from './export-rows';
export { viewRun, memberNoun, seriousNotices } from './view';
export {
	breachLine,
	FAILURE_HEADINGS,
	HINTS,
	mostSevereFirst,
	heldMessage,
	hiddenScopeText,
	messageOf,
	problemsText,
	shownCode,
	STOP_LABELS,
	strategyMessage,
	whatToDo,
} from './messages';
export type { ListView, ReportInput, RunView } from './view';
export { summaryLine } from './summary-line';
export { htmlReport } from './html/page';
export { markdownReport, MARKDOWN_CHARACTERS } from './markdown';
export { correctionCsv, rowsNotAttempted, rowsToCorrect } from './rows-to-correct';
export type { SourceShape } from './rows-to-correct';
export { counted, duration, formatNumber } from './format';
export { isCorrectable } from './status';
