/** The data types of the engine: lists, members, rows, settings and issues. */

export { canonicalHash, sealed, sealHolds } from './canonical-json';
export {
	type BlockedBy,
	type Facts,
	fewForeign,
	fewOf,
	type FileIssue,
	type GuardCode,
	type GuardIssue,
	guardIssueSchema,
	type HoldIssue,
	type IdIssue,
	isListIssue,
	isRefusal,
	type Issue,
	type IssueCode,
	issueOf,
	ISSUES,
	issueSchema,
	type ListIssue,
	listIssueSchema,
	type LookupIssue,
	refusalSchema,
	type RowIssue,
	type RunIssue,
	severityOf,
	type SourceIssue,
} from './issue';
export {
	ASKED_AGAIN_AFTER_MS,
	FORBIDDEN_LISTS,
	FRESH_READ_MILLISECONDS,
	MAX_DOUBT_READS,
	MAX_GROUP_PROBES,
	MAX_REPLANS,
	MAX_RESENDS,
	NAMED_IN_AN_ISSUE,
	NOT_SHOWN_FLOOR,
	PARTIAL_SUCCESS,
	SET_APART_AFTER,
	SMALL_LIST,
	SOLE_WRITER_READ_MILLISECONDS,
	TOTAL_REMOVALS_FLOOR,
} from './limits';
export {
	foldId,
	type KindName,
	kindNameSchema,
	KINDS,
	listKey,
	type ListRef,
	listRefSchema,
	sortedByKey,
} from './list';
export {
	type CallCenterAttribute,
	type Candidate,
	candidateSchema,
	type MatchCounts,
	matchedSchema,
	type Matching,
	type MatchSummary,
	type PersonAttribute,
} from './matching';
export { chunksOf, distinctIds, type Members, membersHash, membersOf, missingFrom, sameMembers } from './members';
export type { ChangeProgress, Progress } from './progress';
export {
	type Action,
	ANY_LIST,
	type Finding,
	mergedPartialRows,
	type PartialKey,
	type PartialRow,
	type RejectedRow,
	type RowProblem,
	shownProblems,
	type Source,
	type SourceRow,
	withoutDefaults,
} from './row';
export type { RunStatus } from './run-status';
export {
	type Approval,
	type LastRun,
	type Mode,
	modeSchema,
	type Settings,
	type Strategy,
	strategySchema,
} from './settings';
export { type Fallback, fallbackSchema, type StrategyReason, strategyReasonSchema } from './strategy-reason';
