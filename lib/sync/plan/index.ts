/** From a source or a journal and the live lists to a plan: changes, holds, guards, strategies. */

export { Desired } from './desired';
export { type Draft, hasChanges, type Unplanned, unplanned } from './draft';
export {
	findLists,
	type Found,
	ownersWithoutList,
	ownList,
	readCandidates,
	type ReadLists,
	readGroup,
	type Search,
	type ShownList,
} from './group-lists';
export { breachesOf, CURED_BY_HOLDING, type Guarded, type GuardedList, type People, verdictOf } from './guards';
export { draftLeavers, leaversIn, type LeaverWish } from './leavers';
export { groupKey, type HiddenScope, hiddenScopes, isNotShown } from './lists-not-shown';
export { Listings } from './listings';
export { makePlan, type PlanOrigin } from './make-plan';
export { type MatchedSource, matchSource } from './match-source';
export { Moves } from './moves';
export { nothingPlannedCause, nothingPlannedIssue, type Scope } from './nothing-planned';
export type { DraftedLists, Planning } from './planning';
export { Preparation } from './prerequisites';
export { draftRollBack } from './roll-back-drafts';
export { noRowProblem, sourceProblem } from './source-check';
export { draftFromSource } from './source-drafts';
export { Spellings } from './spellings';
export { freshMilliseconds, replacesOnPlannedRead } from './strategy';
