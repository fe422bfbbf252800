/** The engine's face. Nothing here throws for anything the outside can cause: whatever happens is in the result. */

export { applyPlanRun, prepareApplyPlan } from './apply-run';
export { removalsToApprove } from './apply/approval';
export type { Journal, JournalRequest, ListOutcome, MemberOutcome, OutcomeWord } from './documents/journal';
export type { Breach, HeldChange, Mode, Plan, PlannedList, Strategy } from './documents/plan';
export { decideAll, ended, type Prepared, type Step } from './execution';
export * from './model/limits';
export { foldId, KINDS, listKey, type KindName, type ListRef } from './model/list';
export type { Action, Finding, FindingLevel, RejectedRow, SourceRow } from './model/row';
export { planRun, preparePlan } from './plan-run';
export { breachLine, gravestFirst, waysOut } from './plan/guard-messages';
export { hiddenScopes, hiddenScopeText, scopeName, type HiddenScope } from './plan/lists-not-shown';
export type { AnsweredBy, Failure, FailureKind, Platform, ReadResult, WriteResult } from './platform/platform';
export type { Approval, LastRun, Progress, RunResult, RunStatus, Settings, Source, Surroundings } from './result';
export { planRollBack, prepareRollBack, rollBackRun } from './roll-back-run';
export { prepareSync, syncRun } from './sync-run';
export { listName } from './words';
