/** The engine's face. Nothing here throws for anything the outside can cause: whatever happens is in the result. */

export { applyPlanRun, prepareApplyPlan } from './apply-run';
export { decideAll, type Prepared } from './execution';
export * from './limits';
export { removalsToApprove } from './approval';
export { breachLine, gravestFirst } from './guard-words';
export { hiddenScopes, hiddenScopeText, scopeName } from './not-shown';
export { planRun, preparePlan } from './plan-run';
export { planRollBack, prepareRollBack, rollBackRun } from './roll-back-run';
export { prepareSync, syncRun } from './sync-run';
export type { Approval, LastRun, Progress, RunResult, RunStatus, Settings, Source, Surroundings } from './run';
export type { Plan } from './plan-document';
export type { Journal, ListOutcome, MemberOutcome } from './journal-document';
