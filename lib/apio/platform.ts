/**
 * The `Platform` of the sync engine over this client. It classifies failures by what was
 * applied.
 */

import {
	type CallCenterInfo,
	foldId,
	type Failure,
	type FailureKind,
	type Listing,
	type ListRef,
	type Platform,
	type ReadResult,
	type UserInfo,
	type WriteResult,
} from '../sync';
import { containsWholeWord } from '../whole-words';
import { agentCallCenters } from './agent-profile';
import type { CallCenterEntry, UserEntry } from './answers';
import { assignCallCenters, availableCallCenters } from './call-centers';
import type { Apio } from './client';
import { callCenterAgents, callCenterSupervisors, groupCallCenters, groupUsers } from './listings';
import type { ApioFailure, Result } from './result';
import {
	addSupervisedAgents,
	removeSupervisedAgents,
	replaceSupervisedAgents,
	supervisedAgents,
} from './supervised-agents';
import type { SupervisorRef } from './paths';
import { isTransientFailure, type Transport } from './transport';

/** APIO Core's `error_code` 1, as `decodeError` gives it. */
const PASSWORD_CHANGE = 'apio-1';

interface Attempt {
	readonly list: ListRef | null;
	/** The members that a write names; null for a read. */
	readonly members: readonly string[] | null;
}

export function apioPlatform(transport: Transport): Platform {
	// The engine reads whole lists without criteria, so this setting has no effect.
	const apio: Apio = { transport, criteriaIn: 'body' };
	const toRead = (result: Result<unknown[]>, idOf: string, attempt: Attempt): ReadResult => {
		if (!result.ok) return { ok: false, failure: toFailure(result.failure, attempt) };
		const members = idsOf(result.value, idOf);
		return members ? { ok: true, members } : { ok: false, failure: missingIdFailure(idOf) };
	};
	const toWrite = (result: Result<unknown[] | null>, attempt: Attempt): WriteResult => {
		if (!result.ok) return { ok: false, failure: toFailure(result.failure, attempt) };
		// An answer that lists somebody without an id proves nothing: the list is read back.
		return { ok: true, members: result.value && idsOf(result.value, 'userId') };
	};

	const readList = async (timed: Apio, list: ListRef): Promise<ReadResult> => {
		const attempt = { list, members: null };
		if (list.kind === 'supervisedAgents')
			return toRead(await supervisedAgents(timed, supervisorOf(list)), 'userId', attempt);
		return toRead(await agentCallCenters(timed, list), 'serviceUserId', attempt);
	};

	return {
		async read(list) {
			let askedAt: number | undefined;
			const onSend = (at: number) => {
				askedAt = at;
			};
			const timed: Apio = { ...apio, transport: async (request) => await transport({ ...request, onSend }) };
			const read = await readList(timed, list);
			return read.ok && askedAt !== undefined ? { ...read, askedAt } : read;
		},
		async replace(list, members, notAfter) {
			const attempt = { list, members };
			const inTime: Apio = { ...apio, transport: async (request) => await transport({ ...request, notAfter }) };
			if (list.kind === 'supervisedAgents')
				return toWrite(await replaceSupervisedAgents(inTime, supervisorOf(list), members), attempt);
			const assigned = await assignCallCenters(inTime, list, members);
			return toWrite(assigned.ok ? { ok: true, value: null } : assigned, attempt);
		},
		async add(list, members) {
			return toWrite(await addSupervisedAgents(apio, supervisorOf(list), members), { list, members });
		},
		async remove(list, members) {
			return toWrite(await removeSupervisedAgents(apio, supervisorOf(list), members), { list, members });
		},
		async joinable(list) {
			return toRead(await availableCallCenters(apio, list), 'serviceUserId', { list, members: null });
		},
		async users(tenantId, groupId) {
			return toListing(await groupUsers(apio, { tenantId, groupId }), 'userId', userInfo);
		},
		async callCenters(tenantId, groupId) {
			return toListing(await groupCallCenters(apio, { tenantId, groupId }), 'serviceUserId', callCenterInfo);
		},
		async supervisors(tenantId, groupId, callCenterId) {
			return toListing(await callCenterSupervisors(apio, { tenantId, groupId, callCenterId }), 'userId', userInfo);
		},
		async agents(tenantId, groupId, callCenterId) {
			return toListing(await callCenterAgents(apio, { tenantId, groupId, callCenterId }), 'userId', userInfo);
		},
	};
}

function toListing<Entry, Info>(
	result: Result<Entry[]>,
	idOf: string,
	infoOf: (entry: Entry, id: string) => Info,
): Listing<Info> {
	if (!result.ok) return { ok: false, failure: toFailure(result.failure, { list: null, members: null }) };
	const ids = idsOf(result.value, idOf);
	if (ids === null) return { ok: false, failure: missingIdFailure(idOf) };
	return { ok: true, entries: result.value.map((entry, index) => infoOf(entry, ids[index])) };
}

export function userInfo(entry: UserEntry, userId: string): UserInfo {
	const { firstName = '', lastName = '', phoneNumber = '', extension = '', emailAddress = '' } = entry;
	return { userId, firstName, lastName, phoneNumber, extension, emailAddress };
}

export function callCenterInfo({ name = '' }: CallCenterEntry, serviceUserId: string): CallCenterInfo {
	return { serviceUserId, name };
}

/** An agent's own list has no call center. The empty id makes the client refuse the request before it is sent. */
function supervisorOf({ tenantId, groupId, userId, callCenterId }: ListRef): SupervisorRef {
	return { tenantId, groupId, userId, callCenterId: callCenterId ?? '' };
}

function idsOf(entries: readonly unknown[], idOf: string): string[] | null {
	const ids = entries.map((entry) => (entry as Record<string, unknown>)[idOf]);
	return ids.every((id): id is string => typeof id === 'string' && id !== '') ? ids : null;
}

function missingIdFailure(idOf: string): Failure {
	const message = `The platform's list has an entry without ${idOf}, so it is not known who is on it`;
	return { kind: 'unavailable', code: 'malformedAnswer', status: 200, message };
}

function toFailure(failure: ApioFailure, attempt: Attempt): Failure {
	const { code, status, message, advice, stop, answeredBy } = failure;
	return {
		kind: kindOf(failure, attempt),
		code,
		status,
		message: advice === null ? message : `${message}. ${advice}`,
		...(stop === null ? {} : { stop }),
		...(answeredBy === null ? {} : { answeredBy }),
	};
}

/** What a failed read says about what was to be read. */
export function readFailureKind(failure: ApioFailure): FailureKind {
	return kindOf(failure, { list: null, members: null });
}

function kindOf(failure: ApioFailure, attempt: Attempt): FailureKind {
	const isWrite = attempt.members !== null;
	switch (failure.kind) {
		case 'invalid':
			return 'refused';
		case 'partial':
		case 'unreadable':
			return isWrite ? 'doubt' : 'unavailable';
		case 'unanswered':
			if (failure.cause === 'stopped' || failure.cause === 'signIn') return 'stopped';
			return isWrite && failure.maybeApplied ? 'doubt' : 'unavailable';
		case 'refused':
			return kindOfStatus(failure, attempt, isWrite);
	}
}

function kindOfStatus(failure: ApioFailure, attempt: Attempt, isWrite: boolean): FailureKind {
	const { status } = failure;
	if (status === 401 || asksForNewPassword(failure)) return 'stopped';
	if (status === 403) return 'forbidden';
	if (status === 404) return namesMember(failure, attempt) ? 'refused' : 'missing';
	if (status === 429) return 'unavailable';
	// "See other" may stand for a write that is done.
	if (isWrite && status !== null && status >= 300 && status <= 399) return 'doubt';
	if (status !== null && isTransientFailure(status)) return isWrite ? 'doubt' : 'unavailable';
	return 'refused';
}

/** APIO Core turns every request down until then, so this is a matter of the sign-in and not of rights. */
export function asksForNewPassword({ status, code, answeredBy }: ApioFailure): boolean {
	return status === 403 && code === PASSWORD_CHANGE && answeredBy === 'core';
}

/** Whether "not found" is about a member of the request rather than of the list's owner or call center. */
function namesMember(failure: ApioFailure, { list, members }: Attempt): boolean {
	const said = foldId(
		[failure.said, ...failure.details.map((detail) => `${detail.summary} ${detail.detail}`)].join(' '),
	);
	const owners = [list?.userId, list?.callCenterId].filter((id): id is string => typeof id === 'string');
	if (owners.some((id) => containsWholeWord(said, foldId(id)))) return false;
	return members?.some((id) => containsWholeWord(said, foldId(id))) ?? false;
}
