/** Plan and journal: their schemas, hash and seal, and the checks of a document that is read. */

export { checkJournal, checkPlan } from './check';
export { documentFile } from './file';
export {
	type Journal,
	JOURNAL_FORMAT,
	JOURNAL_VERSION,
	type JournalRequest,
	type ListOutcome,
	type MemberOutcome,
	NO_ISSUE,
	type OutcomeWord,
} from './journal';
export {
	checkMemory,
	type ListMemory,
	type Memory,
	memoryOf,
	type MemoryState,
	sourceInMemory,
	type Refused,
	shortHash,
} from './memory';
export {
	type Breach,
	type Change,
	type HeldChange,
	type Plan,
	PLAN_FORMAT,
	PLAN_VERSION,
	type PlannedList,
} from './plan';
export { isChange, planHash } from './plan-hash';
