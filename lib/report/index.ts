/** Messages and pages about a run: pure functions from a run's result, no I/O. */

export { exportCsv, exportRows } from './export-rows';
export { viewRun, memberNoun, seriousNotices } from './view';
export {
	breachLine,
	changeText,
	CREDENTIAL_TEST,
	failureAdvice,
	FAILURE_HEADINGS,
	failureText,
	HINTS,
	KIND_LABELS,
	mostSevereFirst,
	NAME_PROBLEMS,
	namesForbidden,
	heldMessage,
	hiddenScopeText,
	matchLines,
	messageOf,
	firstRejectedRows,
	PICKER_TEXTS,
	problemsText,
	shownCode,
	strategyMessage,
	WATCH_FAILURES,
	WATCH_NOTES,
	watchedName,
	whatToDo,
	type NamedKind,
	type Names,
	type NotMade,
} from './messages';
export type { ListView, ReportInput, RunView } from './view';
export { summaryLine } from './summary-line';
export { htmlReport } from './html/page';
export { markdownReport, MARKDOWN_CHARACTERS } from './markdown';
export { correctionCsv, rowsNotAttempted, rowsToCorrect } from './rows-to-correct';
export type { SourceShape } from './rows-to-correct';
export { counted, duration, formatNumber } from './format';
export { isCorrectable } from './status';
