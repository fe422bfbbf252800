/** Comparing what the platform shows with what was remembered of it: pure functions, no I/O. */

export {
	comparePoll,
	type AbsenceReason,
	type Change,
	type Comparison,
	type Observation,
	type Observed,
} from './compare';
export { MAX_REMEMBERED, MAX_WATCHED } from './limits';
export {
	byKey,
	emptyPollState,
	namesIn,
	readPollState,
	rememberedCount,
	type Entry,
	type Remembered,
	type PollState,
} from './poll-state';
export { ACD_STATE, subjectKey, type Subject, type SubjectKind } from './subject';
