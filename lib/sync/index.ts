/** The engine's face. Nothing here throws for anything the outside can cause: whatever happens is in the result. */

export { applyPlanRun, prepareApplyPlan } from './apply-run';
export { decideAll, type Prepared } from './execution';
export * from './model/limits';
export { removalsToApprove } from './apply/approval';
export { breachLine, gravestFirst } from './plan/guard-messages';
export { hiddenScopes, hiddenScopeText, scopeName } from './plan/lists-not-shown';
export { planRun, preparePlan } from './plan-run';
export { planRollBack, prepareRollBack, rollBackRun } from './roll-back-run';
export { prepareSync, syncRun } from './sync-run';
export type { RunContext } from './platform/run-context';
export type { Approval, LastRun, Progress, RunResult, RunStatus, Settings, Source } from './result';
export type { Plan } from './documents/plan';
export type { Journal, ListOutcome, MemberOutcome } from './documents/journal';
