/** What the engine asks of the platform: lists read and written, nothing else. The engine does no I/O of its own. */

import type { ListRef } from '../model/list';

/**
 * - `refused`: understood and turned down; nothing was applied.
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
	/** HTTP status, or null where none came. */
	readonly status: number | null;
	/** What the platform said, for people; never holds a secret. */
	readonly message: string;
	/** Whose answer it was, by its form; absent where none came or nobody looked. */
	readonly answeredBy?: AnsweredBy;
}

/** Who answers errors in this form: the API's gateway, APIO Core before it, or neither (a web page, text, nothing). */
export type AnsweredBy = 'gateway' | 'core' | 'other';

/**
 * Member ids in the platform's spelling and order. `askedAt`: when the request left, in milliseconds since the epoch,
 * where it had to wait for its turn; otherwise it is taken to have left at once.
 */
export type ReadResult = { ok: true; members: string[]; askedAt?: number } | { ok: false; failure: Failure };

/** `members` is the list as it now is, where the platform's answer carries it; null where it has to be read back. */
export type WriteResult = { ok: true; members: string[] | null } | { ok: false; failure: Failure };

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
	/** What may be added to the list by its owner (an agent's joinable call centers); only for kinds that ask first. */
	joinable(list: ListRef): Promise<ReadResult>;
	/** All user ids of a group, for telling a typing mistake from a person. */
	users(tenantId: string, groupId: string): Promise<ReadResult>;
}
