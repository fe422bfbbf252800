/** The public interface of the engine. Nothing here throws for an external cause: the result has every failure. */

export { removalsToApprove } from './apply';
export { documentFile, sourceInMemory, type Memory } from './documents';
export type { Journal, JournalRequest, ListOutcome, MemberOutcome, OutcomeWord } from './documents';
export type { Breach, HeldChange, Plan, PlannedList } from './documents';
export {
	applyPlanRun,
	planRun,
	prepareApplyPlan,
	preparePlan,
	prepareRemoveEverywhere,
	prepareRollBack,
	prepareSync,
	rollBackRun,
	syncRun,
} from './engine';
export { exportLists, type ExportSettings, type ExportWish } from './export-lists';
export { decideAll, ended, type Prepared, type Step } from './execution';
export { CallCenterIndex, fullName, isParticles, type Match, matchText, type TextRule, UserIndex } from './match';
export {
	type BlockedBy,
	type Facts,
	fewForeign,
	fewOf,
	type FileIssue,
	FRESH_READ_MILLISECONDS,
	type GuardCode,
	type GuardIssue,
	type HoldIssue,
	type IdIssue,
	type Issue,
	type IssueCode,
	issueOf,
	ISSUES,
	type ListIssue,
	type LookupIssue,
	MAX_REPLANS,
	MAX_RESENDS,
	NAMED_IN_AN_ISSUE,
	NOT_SHOWN_FLOOR,
	type RowIssue,
	type RunIssue,
	severityOf,
	SMALL_LIST,
	SOLE_WRITER_READ_MILLISECONDS,
	type SourceIssue,
	TOTAL_REMOVALS_FLOOR,
} from './model';
export { foldId, KINDS, listKey, type KindName, type ListRef } from './model';
export type { Progress } from './model';
export type { Action, Finding, PartialRow, RejectedRow, RowProblem, Source, SourceRow } from './model';
export { ANY_LIST, mergedPartialRows, shownProblems, withoutDefaults } from './model';
export type { RunStatus } from './model';
export type { Approval, LastRun, Mode, Settings, Strategy } from './model';
export type { CallCenterAttribute, Candidate, Matching, MatchSummary, PersonAttribute } from './model';
export type { Fallback, StrategyReason } from './model';
export { CURED_BY_HOLDING, hiddenScopes, type HiddenScope, leaversIn, type MatchedSource } from './plan';
export type { AnsweredBy, Failure, FailureKind, Platform, ReadResult, WriteResult } from './platform';
export type { CallCenterInfo, Listing, UserInfo } from './platform';
export type { RunContext } from './platform';
export { measuredSource, type Exported, type RunResult } from './result';
