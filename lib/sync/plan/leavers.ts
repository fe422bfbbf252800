/**
 * The drafts that remove people from every list of their group: first from supervised lists, then from their own call
 * centers. All lists of the group are read, because a person who is no longer an agent of a call center may still be
 * supervised there. Lists that could not be read are reported, so that nobody is reported as gone by mistake.
 */

import { emptyDraft, type Draft, holdRemovals, type Unplanned, unplanned } from './draft';
import {
	type Action,
	fewOf,
	foldId,
	type Issue,
	KINDS,
	listKey,
	type ListIssue,
	type ListRef,
	type Source,
	type SourceRow,
} from '../model';
import {
	findLists,
	type Found,
	type Group,
	ownersWithoutList,
	ownList,
	readCandidates,
	type ReadLists,
	readGroup,
	type ShownList,
} from './group-lists';
import { groupKey } from './lists-not-shown';
import { groupNotShown, type Scope } from './nothing-planned';
import type { DraftedLists, Planning, UnchangedList } from './planning';
import { stillSupervised } from './prerequisites';

export interface LeaverWish {
	/** The supervisors to look at where the platform lists none. */
	readonly supervisors: readonly string[];
	/** Whether the lists that leavers supervise are reported, for somebody else to take over. */
	readonly handOver: boolean;
}

/** Somebody whom the source names. */
interface Leaver {
	readonly id: string;
	readonly folded: string;
	readonly lines: readonly number[];
	/** Why this person stays: a row that wants to add, or one that names the person and cannot be carried out. */
	readonly staysBecause: ListIssue | null;
}

/** What became of one group. */
type GroupDrafts = Pick<DraftedLists, 'drafts' | 'unplanned' | 'unchanged' | 'unread'> & {
	readonly notices: readonly Issue[];
	/** Folded ids of everybody on the lists. */
	readonly people: ReadonlySet<string>;
};

export type LeaverDrafts =
	| { readonly ok: true; readonly drafted: DraftedLists }
	/** A group that is not shown, or whose lists cannot be found. */
	| { readonly ok: false; readonly obstacle: Issue };

/** @param renamed the id on the platform of an id in the source */
export async function draftLeavers(
	source: Pick<Source, 'rows' | 'rejected' | 'unendedLine'>,
	renamed: (id: string) => string,
	wish: LeaverWish,
	planning: Planning,
): Promise<LeaverDrafts> {
	const groups: GroupDrafts[] = [];
	const kept = keptByRejectedRows(source, renamed);
	for (const { scope, leavers } of byGroup(source.rows, renamed, kept)) {
		const drafts = await draftGroup(scope, leavers, wish, planning);
		if ('code' in drafts) {
			if (planning.platform.stop === null) return { ok: false, obstacle: drafts };
			break;
		}
		groups.push(drafts);
	}
	const drafts = groups.flatMap((group) => group.drafts);
	const unchanged = groups.flatMap((group) => group.unchanged);
	const people = new Set(groups.flatMap((group) => [...group.people]));
	const supervised = [...drafts.map(({ ref, view }) => ({ ref, size: view.members.size }))];
	for (const { ref, ids } of unchanged) supervised.push({ ref, size: ids.length });
	return {
		ok: true,
		drafted: {
			drafts,
			unchanged,
			unplanned: groups.flatMap((group) => group.unplanned),
			unread: groups.flatMap((group) => group.unread),
			notRead: [],
			remembered: null,
			liveMembers: supervised.reduce((sum, { ref, size }) => sum + (KINDS[ref.kind].keyedByCallCenter ? size : 0), 0),
			source: {
				rows: source.rows.length,
				rejectedRows: source.rejected.length,
				lists: drafts.length + unchanged.length,
				members: people.size,
			},
			notices: groups.flatMap((group) => group.notices),
		},
	};
}

/**
 * The line of a rejected row that names somebody, by folded id; null where there is none. Where the file may be cut off
 * within a rejected row, the rows after it may have meant anybody.
 */
function keptByRejectedRows(
	{ rejected, unendedLine }: Pick<Source, 'rejected' | 'unendedLine'>,
	renamed: (id: string) => string,
): (folded: string) => number | null {
	const lines = new Map<string, number>();
	for (const { line, userId, memberIds, idsInCells = [] } of rejected) {
		for (const id of [userId ?? [], memberIds, idsInCells].flat()) lines.set(foldId(renamed(id)), line);
	}
	const cutOff = rejected.find(({ line }) => line === unendedLine)?.line ?? null;
	return (folded) => lines.get(folded) ?? cutOff;
}

function byGroup(
	rows: readonly SourceRow[],
	renamed: (id: string) => string,
	kept: (folded: string) => number | null,
): Array<{ readonly scope: Scope; readonly leavers: Leaver[] }> {
	interface Named {
		readonly id: string;
		readonly lines: number[];
		staysBecause: ListIssue | null;
	}
	const groups = new Map<string, { scope: Scope; people: Map<string, Named> }>();
	const isAddition = (action: Action | null) => action === 'add';
	for (const { list, line, action } of rows) {
		const { tenantId, groupId } = list;
		const group = groups.get(groupKey(list)) ?? { scope: { tenantId, groupId }, people: new Map<string, Named>() };
		groups.set(groupKey(list), group);
		const id = renamed(list.userId);
		const person = group.people.get(foldId(id)) ?? { id, lines: [], staysBecause: null };
		group.people.set(foldId(id), person);
		person.lines.push(line);
		if (isAddition(action)) person.staysBecause ??= { code: 'actionNotInMode', facts: { line, action: 'add' } };
	}
	for (const { people } of groups.values()) {
		for (const [folded, person] of people) {
			const line = kept(folded);
			if (line === null) continue;
			const lines = [...person.lines, line];
			person.staysBecause ??= { code: 'conflictingRows', facts: { problem: 'sameList', member: person.id, lines } };
		}
	}
	return [...groups.values()].map(({ scope, people }) => ({
		scope,
		leavers: [...people].map(([folded, person]) => ({ folded, ...person })),
	}));
}

async function draftGroup(
	scope: Scope,
	named: readonly Leaver[],
	wish: LeaverWish,
	planning: Planning,
): Promise<GroupDrafts | Issue> {
	const group = await readGroup(scope, planning);
	if (group.obstacle !== null) return group.obstacle;
	// Then the rows still have the words of the source, which may be the id of somebody else.
	const hidden = planning.settings.matching === undefined ? null : planning.listings.failureOf(scope);
	if (hidden !== null) return groupNotShown(scope, hidden, planning.settings.platformUrl);
	const leavers = named.filter(({ staysBecause }) => staysBecause === null);
	const isUser = ({ folded }: Leaver) => group.users === null || group.users.has(folded);
	const own = await readCandidates(
		leavers.filter(isUser).map(({ id, lines }) => ({ ref: ownList(scope, id), isGuess: false, lines })),
		planning,
	);
	// An agent may be in call centers of another group of the enterprise.
	const theirs = own.shown.flatMap(({ view }) => [...view.members.values()]);
	const found = await findLists(
		'supervisedAgents',
		group,
		{
			callCenters: [...(group.callCenters ?? []), ...theirs],
			owners: [],
			named: wish.supervisors.length === 0 ? [] : [...wish.supervisors, ...(wish.handOver ? idsOf(leavers) : [])],
		},
		planning,
	);
	if (found.obstacle !== null) return found.obstacle;
	const lists = await readCandidates(found.candidates, planning);
	return draftsOf({ scope, group, named, leavers, own, found, lists }, wish);
}

interface Read {
	readonly scope: Scope;
	readonly group: Group;
	readonly named: readonly Leaver[];
	readonly leavers: readonly Leaver[];
	/** Their own lists. */
	readonly own: ReadLists;
	readonly found: Found;
	/** The supervised lists of the group. */
	readonly lists: ReadLists;
}

function draftsOf({ scope, group, named, leavers, own, found, lists }: Read, wish: LeaverWish): GroupDrafts {
	const byFolded = new Map(leavers.map((leaver) => [leaver.folded, leaver]));
	const drafts: Draft[] = [];
	const unchanged: UnchangedList[] = [];
	const keep = (list: ShownList, draft: Draft) => {
		if (draft.removes.size > 0 || draft.held.length > 0) drafts.push(draft);
		else unchanged.push({ ref: list.ref, ids: [...list.view.members.values()], log: list.log });
	};
	for (const list of lists.shown) {
		const draft = draftFor(list, 0);
		for (const [folded, member] of list.view.members) {
			const leaver = byFolded.get(folded);
			if (leaver !== undefined) draft.removes.set(folded, { member, lines: [...leaver.lines] });
		}
		keep(list, draft);
	}
	const unseen = callCentersNotSeen(found, lists);
	for (const list of own.shown) {
		const draft = draftFor(list, 1);
		const lines = byFolded.get(foldId(list.ref.userId))?.lines ?? [];
		for (const [folded, member] of list.view.members) draft.removes.set(folded, { member, lines: [...lines] });
		// Whoever may still be supervised in a call center stays an agent of it.
		holdRemovals(draft, (folded) => (unseen.has(folded) ? stillSupervised(list.ref.userId) : null));
		keep(list, draft);
	}
	const people = new Set(lists.shown.flatMap(({ view }) => [...view.members.keys()]));
	for (const { ref, view } of own.shown) if (view.members.size > 0) people.add(foldId(ref.userId));
	return {
		drafts,
		unchanged,
		unread: [...own.unread, ...lists.unread],
		unplanned: [
			...own.notShown,
			...found.notShown,
			...lists.notShown,
			...named.flatMap((leaver) => notDrafted(leaver, scope, group, people)),
		],
		notices: [
			...group.notices,
			...found.notices,
			...notLookedAt(scope, found, [...lists.shown, ...lists.notShown, ...found.notShown], wish),
			...(wish.handOver ? lists.shown.flatMap((list) => toHandOver(list, byFolded)) : []),
		],
		people,
	};
}

/** Folded ids of the call centers in which not every supervised list could be looked at. */
function callCentersNotSeen({ notices, notShown }: Found, lists: ReadLists): Set<string> {
	const listed = [...notShown, ...lists.notShown].flatMap(({ ref }) => ref.callCenterId ?? []);
	const whole = notices.flatMap((notice) => (notice.code === 'callCenterNotShown' ? [notice.facts.callCenter] : []));
	return new Set([...listed, ...whole].map(foldId));
}

function draftFor({ ref, view, log }: ShownList, stage: 0 | 1): Draft {
	return emptyDraft(ref, listKey(ref), stage, view, log);
}

/** Why nothing, or not all, can be done for somebody. */
function notDrafted(
	{ id, folded, lines, staysBecause }: Leaver,
	scope: Scope,
	{ users }: Group,
	people: ReadonlySet<string>,
): Unplanned[] {
	const ref = ownList(scope, id);
	if (staysBecause !== null) return [unplanned(ref, 'rejected', staysBecause, { lines })];
	if (users === null || users.has(folded)) return [];
	const code = people.has(folded) ? 'otherGroup' : 'unknownLeaver';
	return [unplanned(ref, 'rejected', { code, facts: { list: ref } }, { lines })];
}

/** Supervisors who are not known to the run. */
function notLookedAt(
	scope: Scope,
	{ supervisorsNotListed: said }: Found,
	lists: ReadonlyArray<{ readonly ref: ListRef }>,
	{ supervisors }: LeaverWish,
): Issue[] {
	if (said === null) return [];
	return [
		{ code: 'othersNotLookedAt', facts: { ...scope, named: supervisors.length, said } },
		...ownersWithoutList(supervisors, 'supervisedAgents', scope, lists),
	];
}

function toHandOver({ ref, view }: ShownList, leavers: ReadonlyMap<string, Leaver>): Issue[] {
	const staying = [...view.members].filter(([folded]) => !leavers.has(folded)).map(([, id]) => id);
	if (staying.length === 0 || !leavers.has(foldId(ref.userId))) return [];
	return [{ code: 'listToHandOver', facts: { list: ref, members: fewOf(staying) } }];
}

function idsOf(leavers: readonly Leaver[]): string[] {
	return leavers.map(({ id }) => id);
}

interface LosingList {
	readonly ref: ListRef;
	readonly removes: Iterable<{ readonly member: string }>;
}

/** Who leaves anything, by folded id: members of supervised lists, and owners of their own. */
export function leaversIn(lists: readonly LosingList[]): Map<string, string> {
	const leavers = new Map<string, string>();
	for (const { ref, removes } of lists) {
		for (const { member } of removes) {
			const id = KINDS[ref.kind].keyedByCallCenter ? member : ref.userId;
			leavers.set(foldId(id), id);
		}
	}
	return leavers;
}
