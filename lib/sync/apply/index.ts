/** From a plan to outcomes: writes each list and verifies the result. */

export { executePlan } from './apply';
export { approvalProblem, removalsToApprove } from './approval';
export { notAttempted, statusOf, unchangedOutcome, unplannedOutcome, unreadOutcome } from './outcome';
export { allForbidden } from './permissions';
