/** The engine's interface to a platform, and one run's access to it. */

export {
	type AnsweredBy,
	type CallCenterInfo,
	type Failure,
	type FailureKind,
	type Listing,
	type Platform,
	type ReadResult,
	TOO_LATE,
	type UserInfo,
	type WriteResult,
} from './platform';
export { type ListRead, mapConcurrently, readList, type View, viewOf } from './read';
export type { RunContext } from './run-context';
export { type RequestLog, RunPlatform, type Write } from './run-platform';
