/**
 * The lists of a group. APIO has no request for them: they follow from the call centers of the group, and from the
 * supervisors and agents of each. If the platform does not list the supervisors of a call center, the lists are those
 * of the supervisors that the user named, looked for in each call center.
 */

import {
	distinctIds,
	type Issue,
	foldId,
	type KindName,
	type ListRef,
	type Members,
	membersOf,
	sortedByKey,
} from '../model';
import {
	type Failure,
	type Listing,
	mapConcurrently,
	readList,
	type RequestLog,
	type UserInfo,
	type View,
} from '../platform';
import { notShown, type Unplanned, unplanned } from './draft';
import { groupNotShown, type Scope } from './nothing-planned';
import type { Planning } from './planning';

/** What is known of a group before its lists are looked for. */
export interface Group {
	readonly scope: Scope;
	/** Null where they could not be read: then nobody is known to be of another group. */
	readonly users: Members | null;
	/** Ids, in the platform's order; null where they could not be read. */
	readonly callCenters: readonly string[] | null;
	/** Why the call centers could not be read. */
	readonly obstacle: Issue | null;
	readonly notices: readonly Issue[];
}

/** Whose lists are looked for, and where; empty stands for all. */
export interface Search {
	readonly callCenters: readonly string[];
	/** Supervisors, or agents. */
	readonly owners: readonly string[];
	/** Supervisors to look for, beside the owners, where the platform lists none. */
	readonly named?: readonly string[];
}

/** A list to read. */
export interface CandidateList {
	readonly ref: ListRef;
	/** The owner was named, and nobody says whether the list exists: a refusal to show it means that it does not. */
	readonly isGuess: boolean;
	/** Lines of the source that name it. */
	readonly lines: readonly number[];
}

export interface Found {
	/** Why nothing could be looked for; null where it could. */
	readonly obstacle: Issue | null;
	readonly candidates: readonly CandidateList[];
	/** Lists that are known and not to be read here. */
	readonly notShown: readonly Unplanned[];
	readonly notices: readonly Issue[];
	/** The platform's reason for not listing supervisors; empty where it lacks the request, null where it lists them. */
	readonly supervisorsNotListed: string | null;
}

/** Two requests: the users and the call centers of the group. */
export async function readGroup(scope: Scope, planning: Planning): Promise<Group> {
	const { listings, settings, spellings } = planning;
	const [callCenters, users] = await Promise.all([listings.callCenters(scope), listings.users(scope)]);
	const notices = [nameNotice(scope, 'users', users), nameNotice(scope, 'callCenters', callCenters)];
	const userIds = users.ok ? membersOf(users.entries.map(({ userId }) => userId)) : null;
	const callCenterIds = callCenters.ok ? callCenters.entries.map(({ serviceUserId }) => serviceUserId) : null;
	spellings.learn(userIds ?? new Map());
	spellings.learn(membersOf(callCenterIds ?? []));
	return {
		scope,
		users: userIds,
		callCenters: callCenterIds,
		obstacle: callCenters.ok ? null : groupNotShown(scope, callCenters.failure, settings.platformUrl),
		notices: notices.filter((notice) => notice !== null),
	};
}

function nameNotice(scope: Scope, what: 'users' | 'callCenters', listing: Listing<unknown>): Issue | null {
	return listing.ok ? null : { code: 'namesNotShown', facts: { ...scope, what, said: listing.failure.message } };
}

/** The lists of the kind that the group has, or those of them that are searched for. */
export async function findLists(kind: KindName, group: Group, search: Search, planning: Planning): Promise<Found> {
	const callCenters = search.callCenters.length > 0 ? distinctIds(search.callCenters) : group.callCenters;
	if (callCenters === null) return { ...NOTHING_FOUND, obstacle: group.obstacle };
	return kind === 'supervisedAgents'
		? await findSupervised(group, callCenters, search, planning)
		: await findAgents(group, callCenters, search.owners, planning);
}

const NOTHING_FOUND: Found = {
	obstacle: null,
	candidates: [],
	notShown: [],
	notices: [],
	supervisorsNotListed: null,
};

async function findSupervised(
	group: Group,
	callCenters: readonly string[],
	{ owners, named = [] }: Search,
	planning: Planning,
): Promise<Found> {
	const { scope } = group;
	const answers = await askSupervisors(group, callCenters, planning);
	if (answers.said !== null) {
		const facts = { ...scope, said: answers.said };
		const all = distinctIds([...owners, ...named]);
		if (all.length === 0)
			return { ...NOTHING_FOUND, obstacle: { code: 'supervisorsNotListed', facts }, supervisorsNotListed: facts.said };
		const refs = callCenters.flatMap((callCenterId) =>
			all.map((userId): ListRef => ({ kind: 'supervisedAgents', ...scope, userId, callCenterId })),
		);
		return {
			...NOTHING_FOUND,
			candidates: refs.map((ref) => ({ ref, isGuess: true, lines: [] })),
			supervisorsNotListed: facts.said,
		};
	}
	const wanted = membersOf(owners);
	const refs: ListRef[] = [];
	const notices: Issue[] = [];
	for (const [callCenterId, reply] of answers.listed) {
		if (!reply.ok) {
			notices.push(callCenterNotShown(scope, callCenterId, 'supervisors', reply.failure));
			continue;
		}
		planning.listings.learnNames(reply.entries);
		for (const { userId } of reply.entries) {
			if (wanted.size === 0 || wanted.has(foldId(userId)))
				refs.push({ kind: 'supervisedAgents', ...scope, userId, callCenterId });
		}
	}
	return { ...NOTHING_FOUND, ...ofTheGroup(refs, group), notices };
}

async function findAgents(
	group: Group,
	callCenters: readonly string[],
	owners: readonly string[],
	planning: Planning,
): Promise<Found> {
	const { scope } = group;
	const { platform } = planning;
	const { tenantId, groupId } = scope;
	const replies = await askAll(callCenters, planning, async (id) => await platform.agents(tenantId, groupId, id));
	const wanted = membersOf(owners);
	const agents = new Map<string, string>();
	const notices: Issue[] = [];
	for (const [callCenterId, reply] of replies) {
		if (!reply.ok) {
			notices.push(callCenterNotShown(scope, callCenterId, 'agents', reply.failure));
			continue;
		}
		planning.listings.learnNames(reply.entries);
		for (const { userId } of reply.entries) {
			const folded = foldId(userId);
			if (!agents.has(folded) && (wanted.size === 0 || wanted.has(folded))) agents.set(folded, userId);
		}
	}
	const refs = [...agents.values()].map((userId) => ownList(scope, userId));
	return { ...NOTHING_FOUND, ...ofTheGroup(refs, group), notices };
}

/** The list of an agent's call centers. */
export function ownList(scope: Scope, userId: string): ListRef {
	return { kind: 'agentCallCenters', ...scope, userId, callCenterId: null };
}

/** The path of a list names the group of its owner: those of another group are reported, and not read. */
function ofTheGroup(refs: readonly ListRef[], { users }: Group): Pick<Found, 'candidates' | 'notShown'> {
	const isHere = ({ userId }: ListRef) => users === null || users.has(foldId(userId));
	return {
		candidates: refs.filter(isHere).map((ref) => ({ ref, isGuess: false, lines: [] })),
		notShown: refs
			.filter((ref) => !isHere(ref))
			.map((list) => unplanned(list, 'rejected', { code: 'otherGroup', facts: { list } })),
	};
}

function callCenterNotShown(
	scope: Scope,
	callCenter: string,
	what: 'supervisors' | 'agents',
	{ message: said }: Failure,
): Issue {
	return { code: 'callCenterNotShown', facts: { ...scope, callCenter, what, said } };
}

type Answers = ReadonlyArray<readonly [callCenterId: string, reply: Listing<UserInfo>]>;

/** Call centers that are asked one after the other until one lists its supervisors: one alone may have just gone. */
const MAX_PROBES = 2;

/** `said`: what the platform answers where it does not list supervisors; null where it does. */
async function askSupervisors(
	{ scope: { tenantId, groupId } }: Group,
	callCenters: readonly string[],
	planning: Planning,
): Promise<{ readonly listed: Answers; readonly said: string | null }> {
	const ask = async (id: string) => await planning.platform.supervisors(tenantId, groupId, id);
	const probed: Array<readonly [string, Listing<UserInfo>]> = [];
	const refusals: Failure[] = [];
	for (const id of callCenters) {
		const reply = await ask(id);
		probed.push([id, reply]);
		if (reply.ok || reply.failure.kind === 'unavailable' || reply.failure.kind === 'stopped') break;
		if (isAnswered(reply.failure)) refusals.push(reply.failure);
		if (refusals.length === MAX_PROBES) break;
	}
	const isListed = probed.some(([, reply]) => reply.ok);
	const isDecided = refusals.length === MAX_PROBES || probed.length === callCenters.length;
	if (!isListed && isDecided && refusals.length > 0)
		return { listed: [], said: refusals[0].kind === 'missing' ? '' : refusals[0].message };
	const others = await askAll(callCenters.slice(probed.length), planning, ask);
	return { listed: [...probed, ...others], said: null };
}

/** An id that no request can carry is refused before it is sent, and says nothing of the platform. */
function isAnswered({ kind, status }: Failure): boolean {
	return kind !== 'refused' || status !== null;
}

async function askAll(
	callCenters: readonly string[],
	{ platform, settings }: Planning,
	ask: (callCenterId: string) => Promise<Listing<UserInfo>>,
): Promise<Answers> {
	const total = callCenters.length;
	let done = 0;
	const report = () => platform.progress({ phase: 'finding', done, total, members: null });
	report();
	return await mapConcurrently(callCenters, settings.concurrency, async (id) => {
		const reply = await ask(id);
		done += 1;
		report();
		return [id, reply] as const;
	});
}

/** A list as it was read. */
export interface ShownList {
	readonly ref: ListRef;
	readonly view: View;
	readonly log: RequestLog;
}

export interface ReadLists {
	/** Sorted by key. */
	readonly shown: readonly ShownList[];
	readonly notShown: readonly Unplanned[];
	/** Not read, because the run stopped. */
	readonly unread: ListRef[];
}

/** One request for each list. Whoever named it may have typed its ids in another case than the platform shows. */
export async function readCandidates(candidates: readonly CandidateList[], planning: Planning): Promise<ReadLists> {
	const { platform, settings, spellings } = planning;
	const total = candidates.length;
	let done = 0;
	const report = () => platform.progress({ phase: 'reading', done, total, members: null });
	report();
	const shown: ShownList[] = [];
	const missing: Unplanned[] = [];
	const unread: ListRef[] = [];
	await mapConcurrently(candidates, settings.concurrency, async ({ ref: named, isGuess, lines }) => {
		const { userId, callCenterId } = named;
		const callCenter = callCenterId === null ? null : spellings.of(callCenterId);
		const ref = { ...named, userId: spellings.of(userId), callCenterId: callCenter };
		const log: RequestLog = [];
		const read = await readList(ref, platform, log);
		done += 1;
		report();
		if (read.ok) shown.push({ ref, view: read.view, log });
		else if (read.failure.kind === 'stopped') unread.push(ref);
		else if (!isGuess || !saysNoList(read.failure)) missing.push(notShown(ref, read.failure, log, lines));
	});
	return { shown: sortedByKey(shown), notShown: sortedByKey(missing), unread };
}

/** What a platform answers of a supervisor who has no list in a call center. */
function saysNoList(failure: Failure): boolean {
	return failure.kind === 'missing' || (failure.kind === 'refused' && isAnswered(failure));
}

/** Owners who were named and of whom there is no list, whether it can be read or not. */
export function ownersWithoutList(
	owners: readonly string[],
	kind: KindName,
	scope: Scope,
	lists: ReadonlyArray<{ readonly ref: ListRef }>,
): Issue[] {
	const found = new Set(lists.map(({ ref }) => foldId(ref.userId)));
	return distinctIds(owners)
		.filter((owner) => !found.has(foldId(owner)))
		.map((owner): Issue => ({ code: 'noListOf', facts: { ...scope, kind, owner } }));
}
