/** Reads the watched lists, and reports for each whether it was read, is absent, or could not be read. */

import {
	agentCallCenters,
	callCenterAgents,
	callCenterSupervisors,
	failed,
	getAgentProfile,
	readFailureKind,
	succeeded,
	supervisedAgents,
	type Apio,
	type ApioFailure,
	type CallCenterEntry,
	type Result,
	type UserEntry,
} from '../../lib/apio';
import { foldId, fullName } from '../../lib/sync';
import {
	ACD_STATE,
	byKey,
	subjectKey,
	type AbsenceReason,
	type Entry,
	type Observed,
	type Remembered,
	type Subject,
	type SubjectKind,
	type PollState,
} from '../../lib/watch';
import type { Watched } from './watched';

export interface Unread {
	readonly subject: Subject;
	readonly failure: ApioFailure;
}

export interface Observations {
	readonly observed: readonly Observed[];
	/** The failures: of lists that could not be read, and of lists that are absent. */
	readonly failures: readonly Unread[];
	/** The platform does not offer the list of a call center's supervisors. */
	readonly listsNoSupervisors: boolean;
}

type Read = Observed & { readonly failure: ApioFailure | null };

/**
 * @param state what was found in earlier polls is read again where the platform cannot tell now whether it is there
 * @param checkCount called with the number of lists and agents, before they are read; throws where too many
 */
export async function observe(
	apio: Apio,
	watched: Watched,
	state: PollState,
	checkCount: (count: number) => void,
): Promise<Observations> {
	const reader = new Reader(apio, watched, state, checkCount);
	switch (watched.what) {
		case 'supervisedAgents':
			return reader.all(watched.supervisorIds.map((id) => reader.supervised(id)));
		case 'agentCallCenters':
			return reader.all(watched.agentIds.map((userId) => reader.subject('agentCallCenters', { userId })));
		case 'availability':
			return reader.all(
				watched.agentIds.map((userId) => reader.subject('availability', { userId, callCenterId: null })),
			);
		case 'callCenterAgents':
			return reader.all([reader.subject('callCenterAgents')]);
		case 'callCenter':
			return await reader.callCenter(watched.supervisorIds);
		case 'callCenterAvailability':
			return await reader.callCenterAvailability();
	}
}

class Reader {
	readonly #remembered: Map<string, Remembered>;

	constructor(
		private readonly apio: Apio,
		private readonly watched: Watched,
		state: PollState,
		private readonly checkCount: (count: number) => void,
	) {
		this.#remembered = byKey(state);
	}

	subject(kind: SubjectKind, named: Partial<Pick<Subject, 'userId' | 'callCenterId'>> = {}): Subject {
		const { tenantId, groupId } = this.watched;
		const callCenterId = 'callCenterId' in this.watched ? this.watched.callCenterId : null;
		return { kind, tenantId, groupId, userId: null, callCenterId, ...named };
	}

	supervised(userId: string | null): Subject {
		return this.subject('supervisedAgents', { userId });
	}

	async all(subjects: readonly Subject[]): Promise<Observations> {
		return observations(await this.#readAll(distinct(subjects), true));
	}

	async callCenter(named: readonly string[]): Promise<Observations> {
		const [agents, supervisors] = await Promise.all([
			this.#read(this.subject('callCenterAgents'), true),
			this.#read(this.subject('callCenterSupervisors'), false),
		]);
		const known = this.#remembered.get(subjectKey(supervisors.subject));
		// Only this list is refused, and the call center exists: the platform has no such request.
		const isOffered = supervisors.failure === null || known !== undefined || !isRefusal(supervisors.failure);
		const isKnown = supervisors.observation.kind === 'read';
		const chosen = distinct(named.map((id) => this.supervised(id)));
		const found = minus(distinct(idsOf(supervisors).map((id) => this.supervised(id))), chosen);
		const earlier = isOffered ? minus(this.#supervisedBefore(), [...chosen, ...found]) : [];
		this.checkCount(2 + chosen.length + found.length + (isKnown ? 0 : earlier.length));
		const lists = [
			...(await this.#readAll(chosen, true)).map((read) => withReason(read, supervisors)),
			...(await this.#readAll(isKnown ? found : earlier, false)).map((read) => withNewSince(read, known)),
			...(isKnown ? earlier.map(notListed) : []),
		];
		return {
			...observations([agents, ...(isOffered ? [supervisors] : []), ...lists]),
			listsNoSupervisors: !isOffered && agents.failure === null,
		};
	}

	async callCenterAvailability(): Promise<Observations> {
		const agents = await this.#read(this.subject('callCenterAgents'), true);
		const ids =
			agents.observation.kind === 'read'
				? idsOf(agents)
				: (this.#remembered.get(subjectKey(agents.subject))?.entries ?? []).map(([id]) => id);
		const subjects = distinct(ids.map((userId) => this.subject('availability', { userId })));
		return observations([agents, ...(await this.#readAll(subjects, false))]);
	}

	/** The longest unread first: the next poll begins with the lists that this one does not reach in time. */
	async #readAll(subjects: readonly Subject[], chosen: boolean): Promise<Read[]> {
		this.checkCount(subjects.length);
		const readAt = (subject: Subject) => this.#remembered.get(subjectKey(subject))?.readAt ?? 0;
		const inTurn = [...subjects].sort((a, b) => readAt(a) - readAt(b));
		return await Promise.all(inTurn.map(async (subject) => await this.#read(subject, chosen)));
	}

	async #read(subject: Subject, chosen: boolean): Promise<Read> {
		const result = await entriesOf(this.apio, subject);
		if (result.ok) return { subject, chosen, observation: { kind: 'read', entries: result.value }, failure: null };
		const { failure } = result;
		const reason = absenceOf(subject, failure);
		const observation = reason === null ? ({ kind: 'unread' } as const) : ({ kind: 'absent', reason } as const);
		return { subject, chosen, observation, failure };
	}

	/** The lists of this call center's supervisors that an earlier poll found. */
	#supervisedBefore(): Subject[] {
		const subjects = [...this.#remembered.values()].map(({ subject }) => subject);
		return subjects.filter((subject) => subjectKey({ ...subject, userId: null }) === subjectKey(this.supervised(null)));
	}
}

function observations(reads: readonly Read[]): Observations {
	const failures = reads.flatMap(({ subject, failure }) => (failure === null ? [] : [{ subject, failure }]));
	return { observed: reads, failures, listsNoSupervisors: false };
}

/** Whether the platform itself answered: a proxy's page says nothing about the platform's data. */
function isRefusal({ kind, status, answeredBy }: ApioFailure): boolean {
	return (
		kind === 'refused' &&
		status !== null &&
		status >= 400 &&
		status < 500 &&
		answeredBy !== 'other' &&
		status !== 401 &&
		status !== 408 &&
		status !== 429
	);
}

/**
 * BroadWorks refuses the list of a user who is not, or no longer, a supervisor of the call center. Its codes are not
 * documented, so such a list is missing whatever the error that APIO passes on from it.
 */
function absenceOf({ kind: list }: Subject, failure: ApioFailure): AbsenceReason | null {
	if (!isRefusal(failure)) return null;
	const kind = readFailureKind(failure);
	if (kind === 'missing' || kind === 'forbidden') return kind;
	return kind === 'refused' && list === 'supervisedAgents' && failure.details.length > 0 ? 'missing' : null;
}

/** The call center's supervisors show why the list of a chosen supervisor is refused. */
function withReason(read: Read, supervisors: Read): Read {
	if (read.failure === null || !isRefusal(read.failure) || supervisors.observation.kind !== 'read') return read;
	const isListed = names(supervisors.observation.entries, read.subject);
	return isListed ? read : { ...read, observation: { kind: 'absent', reason: 'notListed' } };
}

function names(supervisors: readonly Entry[], { userId }: Subject): boolean {
	return supervisors.some(([id]) => foldId(id) === foldId(userId ?? ''));
}

/** A supervisor whom the remembered list of supervisors does not name is new since that list was read. */
function withNewSince(read: Read, supervisors: Remembered | undefined): Read {
	if (!supervisors?.entries) return read;
	return names(supervisors.entries, read.subject) ? read : { ...read, newSince: supervisors.readAt };
}

function notListed(subject: Subject): Read {
	return { subject, chosen: false, observation: { kind: 'absent', reason: 'notListed' }, failure: null };
}

function idsOf({ observation }: Observed): string[] {
	return observation.kind === 'read' ? observation.entries.map(([id]) => id) : [];
}

function distinct(subjects: readonly Subject[]): Subject[] {
	return [...new Map(subjects.map((subject) => [subjectKey(subject), subject])).values()];
}

function minus(subjects: readonly Subject[], others: readonly Subject[]): Subject[] {
	const keys = new Set(others.map(subjectKey));
	return subjects.filter((subject) => !keys.has(subjectKey(subject)));
}

async function entriesOf(apio: Apio, subject: Subject): Promise<Result<Entry[]>> {
	const user = { ...subject, userId: subject.userId ?? '' };
	const callCenter = { ...user, callCenterId: subject.callCenterId ?? '' };
	switch (subject.kind) {
		case 'supervisedAgents':
			return people(await supervisedAgents(apio, callCenter));
		case 'callCenterAgents':
			return people(await callCenterAgents(apio, callCenter));
		case 'callCenterSupervisors':
			return people(await callCenterSupervisors(apio, callCenter));
		case 'agentCallCenters':
			return callCenters(await agentCallCenters(apio, user, { enrichCcInfo: true }));
		case 'availability':
			return await availability(apio, subject, user);
	}
}

function people(result: Result<UserEntry[]>): Result<Entry[]> {
	return entries(result, ({ userId, firstName = '', lastName = '' }) => [userId, fullName({ firstName, lastName })]);
}

function callCenters(result: Result<CallCenterEntry[]>): Result<Entry[]> {
	return entries(result, ({ serviceUserId, name }) => [serviceUserId, name ?? '']);
}

async function availability(apio: Apio, { callCenterId }: Subject, agent: Parameters<typeof getAgentProfile>[1]) {
	const profile = await getAgentProfile(apio, agent);
	if (!profile.ok) return profile;
	const { agentACDState, call_centers: all = [] } = profile.value;
	const own = callCenterId === null ? null : foldId(callCenterId);
	const states = entries(
		succeeded(all.filter((one) => own === null || foldId(one.serviceUserId ?? '') === own)),
		({ serviceUserId, available }) => [serviceUserId, available === true ? 'available' : 'unavailable'],
	);
	if (!states.ok || typeof agentACDState !== 'string' || agentACDState === '') return states;
	return succeeded<Entry[]>([[ACD_STATE, agentACDState], ...states.value]);
}

/** A list with an entry without an id counts as unread, because the member is unknown. */
function entries<T>(
	result: Result<T[]>,
	toEntry: (one: T) => [id: string | undefined, value: string],
): Result<Entry[]> {
	if (!result.ok) return result;
	const all = result.value.map(toEntry);
	const isWhole = all.every((entry): entry is [string, string] => typeof entry[0] === 'string' && entry[0] !== '');
	if (isWhole) return succeeded(all);
	const message = "The platform's list has an entry without an ID, so it is not known who is on it";
	return failed({ kind: 'unreadable', status: 200, code: 'malformedAnswer', message });
}
