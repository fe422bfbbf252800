/** The engine's face. Nothing here throws for anything the outside can cause: whatever happens is in the result. */

export { applyPlanRun } from './apply-run';
export * from './limits';
export { removalsToApprove } from './approval';
export { breachLine, gravestFirst } from './guard-words';
export { planRun } from './plan-run';
export { planRollBack, rollBackRun } from './roll-back-run';
export { syncRun } from './sync-run';
export type { Approval, LastRun, Progress, RunResult, RunStatus, Settings, Source, Surroundings } from './run';
export type { Plan } from './plan-document';
export type { Journal, ListOutcome, MemberOutcome } from './journal-document';
