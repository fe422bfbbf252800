/** The interface through which the engine reads and writes lists. The engine does no I/O of its own. */

import type { Stop } from '../../stop';
import type { ListRef } from '../model';

/**
 * - `refused`: understood and rejected; nothing was applied.
 * - `missing`: the list's owner or call center does not exist; nothing was applied.
 * - `unavailable`: could not be done within the transient budget; nothing was applied.
 * - `doubt`: may or may not have been applied: read the list before deciding.
 * - `forbidden`: the account may not do this; nothing was applied. It says nothing of other lists.
 * - `stopped`: the run has to end (cancelled, throttled too long, signed out); nothing was applied.
 */
export type FailureKind = 'refused' | 'missing' | 'forbidden' | 'unavailable' | 'doubt' | 'stopped';

export interface Failure {
	readonly kind: FailureKind;
	/** A short machine word, e.g. `apio-2`, `http-503`, `timeout`, `cancelled`. */
	readonly code: string;
	/** HTTP status, or null without an answer. */
	readonly status: number | null;
	/** The message of the platform, for people; without secrets. Empty where `stop` says why. */
	readonly message: string;
	/** Why the run has to end, where it was not sent for that. */
	readonly stop?: Stop;
	/** The system that answered, detected by the form of the answer; absent without an answer or if unknown. */
	readonly answeredBy?: AnsweredBy;
}

/** The API's gateway, APIO Core before it, or neither (a web page, text, an empty answer). */
export type AnsweredBy = 'gateway' | 'core' | 'other';

/**
 * Member ids in the platform's spelling and order. `askedAt`: when the request was sent, in milliseconds since the
 * epoch. If absent, it was sent without waiting.
 */
export type ReadResult = { ok: true; members: string[]; askedAt?: number } | { ok: false; failure: Failure };

/** `members` is the list after the write if the answer contains it; null if it has to be read back. */
export type WriteResult = { ok: true; members: string[] | null } | { ok: false; failure: Failure };

/** A user, as a listing of the platform shows it. A text that it does not show is empty. */
export interface UserInfo {
	readonly userId: string;
	readonly firstName: string;
	readonly lastName: string;
	/** As the platform writes it, e.g. `+3225126778`. */
	readonly phoneNumber: string;
	readonly extension: string;
	readonly emailAddress: string;
}

/** `name` is empty if the platform does not show it. */
export interface CallCenterInfo {
	readonly serviceUserId: string;
	readonly name: string;
}

export type Listing<Entry> = { ok: true; entries: Entry[] } | { ok: false; failure: Failure };

/** Code of a replace that was not sent, because its turn came after its `notAfter`. */
export const TOO_LATE = 'tooLate';

export interface Platform {
	read(list: ListRef): Promise<ReadResult>;
	/**
	 * Makes the list exactly `members`. Not sent after `notAfter` (milliseconds since the epoch), because it overwrites
	 * what nobody has seen since: then it is `unavailable` with the code `tooLate`.
	 */
	replace(list: ListRef, members: readonly string[], notAfter?: number): Promise<WriteResult>;
	/** Only for kinds that know incremental writes. */
	add(list: ListRef, members: readonly string[]): Promise<WriteResult>;
	/** Only for kinds that know incremental writes. */
	remove(list: ListRef, members: readonly string[]): Promise<WriteResult>;
	/**
	 * The members that the owner may add to the list (an agent's joinable call centers); only for kinds with
	 * `asksJoinable`.
	 */
	joinable(list: ListRef): Promise<ReadResult>;
	/** All users of a group. */
	users(tenantId: string, groupId: string): Promise<Listing<UserInfo>>;
	/** All call centers of a group. */
	callCenters(tenantId: string, groupId: string): Promise<Listing<CallCenterInfo>>;
	/**
	 * The supervisors of a call center. APIO's documentation has no such request: a platform that does not offer it
	 * answers `missing` for every call center.
	 */
	supervisors(tenantId: string, groupId: string, callCenterId: string): Promise<Listing<UserInfo>>;
	/** The agents of a call center. */
	agents(tenantId: string, groupId: string, callCenterId: string): Promise<Listing<UserInfo>>;
}
