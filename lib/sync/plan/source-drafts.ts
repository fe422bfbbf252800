/** Source and platform to drafts: the first half of planning. */

import type { Desired } from './desired';
import { desiredChange, type NamedList } from './desired-list';
import { deltaOf } from './delta';
import { GroupUsers, listOfHiddenGroup } from './group-users';
import { type Draft, type Unplanned, hasChanges, notShown, unplanned } from './draft';
import { holdForBlockedRows, markLastPlaces, type BlockedRow } from './holds';
import { rejectUnjoinable } from './joinable-call-centers';
import {
	ANY_LIST,
	foldId,
	KINDS,
	listKey,
	type ListRef,
	type PartialRow,
	type Settings,
	type Source,
	isListIssue,
	withoutDefaults,
} from '../model';
import { mapConcurrently, viewOf, type RequestLog } from '../platform';
import { listsToVerify, type SeenList } from './lists-to-verify';
import type { DraftedLists, Planning } from './planning';
import type { Elsewhere } from './match-source';
import { planPrerequisites } from './prerequisites';
import { RememberedLists } from './remembered-lists';

/** The result of reading one list: exactly one of the optional fields is set. */
interface ReadList extends SeenList {
	/** Number of distinct members that the source names on the list. */
	readonly members: number;
	readonly failed?: Unplanned;
	readonly unread?: ListRef;
}

/** @param elsewhere absent if the source has the platform's ids */
export async function draftFromSource(
	source: Source,
	desired: Desired,
	planning: Planning,
	elsewhere: Elsewhere = () => [],
): Promise<DraftedLists> {
	const { settings, spellings } = planning;
	const rejected: Unplanned[] = [];
	const groupUsers = settings.checkUsers ? await GroupUsers.read(desired.lists, planning) : null;
	const readable: NamedList[] = [];
	let membersNotRead = 0;
	for (const list of desired.lists) {
		const lines = () => desired.of(list).allLines();
		// People and call centers of a group that is not shown have no ids: there is nothing to read.
		const hidden = settings.matching === undefined ? null : planning.listings.failureOf(list.ref);
		const obstacle =
			hidden !== null && hidden.kind !== 'stopped'
				? listOfHiddenGroup(list.ref, hidden, lines())
				: (groupUsers?.obstacle(list.ref, lines) ?? null);
		if (obstacle === null) {
			readable.push(groupUsers?.spelt(list) ?? list);
			continue;
		}
		rejected.push(obstacle);
		membersNotRead += desired.of(list).members.size;
	}

	const remembered = RememberedLists.of(desired, settings, planning.platform.now());
	const { known, read } = await readUnlessKnown(readable, remembered, desired, planning);
	const drafts = read.flatMap(({ draft }) => draft ?? []);
	learnSpellings(drafts, read, planning);
	for (const draft of drafts) {
		for (const [folded, change] of draft.adds) {
			const member = spellings.of(change.member);
			if (member !== change.member) draft.adds.set(folded, { ...change, member });
		}
		groupUsers?.rejectUnknown(draft, planning);
		remembered?.refusals.setApart(draft);
	}

	const unchecked = await rejectUnjoinable(drafts, planning);
	const refs = new Set(unchecked.map(({ ref }) => ref));
	const planned = drafts.filter(({ ref }) => !refs.has(ref));
	const first =
		settings.assignFirst && settings.kind === 'supervisedAgents' ? await planPrerequisites(planned, planning) : [];
	const notPlanned = [...rejected, ...read.flatMap(({ failed }) => failed ?? []), ...unchecked];
	const unchanged = read.flatMap(({ unchanged }) => unchanged ?? []);
	const seenOnly = notPlanned.flatMap(({ ref, view }) => (view === null ? [] : [{ ref, ids: view.members.values() }]));
	// Taken to be as remembered: that is as their rows ask. Nobody leaves another list because of it (`readUnlessKnown`).
	const asRemembered = known.map((named) => ({ ref: named.ref, ids: desired.of(named).desiredIds() }));
	const withoutDraft = [...unchanged, ...asRemembered, ...seenOnly];
	const isMember = membersShown(planned, withoutDraft);
	const blocked = Array.from(blockedRows(source, desired, planned, notPlanned, isMember, settings, elsewhere), (row) =>
		ifTruncated(row, source),
	);
	holdForBlockedRows(planned, withoutDraft, blocked);
	const defaulted = planned.flatMap(({ ref, key, adds }) => {
		const named = desired.byKey.get(key);
		return adds.size > 0 && named !== undefined && named.defaulted.length > 0
			? [withoutDefaults(ref, named.defaulted)]
			: [];
	});
	markLastPlaces(planned, withoutDraft, defaulted);
	const notRead = known.map(({ ref, key }) => ({ ref, members: remembered?.membersOf(key) ?? 0 }));
	return {
		drafts: [...first, ...planned],
		unplanned: notPlanned,
		unchanged,
		notRead,
		remembered,
		unread: read.flatMap(({ unread }) => unread ?? []),
		liveMembers: read.reduce(
			(sum, { draft, unchanged }) => sum + (draft?.view.members.size ?? unchanged?.ids.length ?? 0),
			notRead.reduce((sum, { members }) => sum + members, 0),
		),
		source: {
			rows: source.rows.length,
			rejectedRows: source.rejected.length,
			lists: desired.lists.length,
			members: read.reduce(
				(sum, { members }) => sum + members,
				membersNotRead + known.reduce((sum, named) => sum + desired.of(named).members.size, 0),
			),
		},
	};
}

function partition<Entry>(
	entries: readonly Entry[],
	isFirst: (entry: Entry) => boolean,
): [first: Entry[], second: Entry[]] {
	const [first, second]: [Entry[], Entry[]] = [[], []];
	for (const entry of entries) (isFirst(entry) ? first : second).push(entry);
	return [first, second];
}

/** Reads the lists that are not remembered, and those that are to keep somebody who leaves one of them. */
async function readUnlessKnown(
	lists: readonly NamedList[],
	remembered: RememberedLists | null,
	desired: Desired,
	planning: Planning,
): Promise<{ known: NamedList[]; read: ReadList[] }> {
	let [known, toRead] = partition(lists, ({ key }) => remembered?.membersOf(key) != null);
	const read = await readAll(toRead, desired, planning);
	while (known.length > 0 && planning.platform.stop === null) {
		const wanted = listsToVerify(read, known, desired, planning.settings.mode);
		if (wanted.size === 0) break;
		[toRead, known] = partition(known, (list) => wanted.has(list));
		for (const { key } of toRead) remembered?.isRead(key);
		read.push(...(await readAll(toRead, desired, planning)));
	}
	return { known, read };
}

/** Reads and compares each list. Of an unchanged list only the ids are kept. */
async function readAll(
	lists: readonly NamedList[],
	desired: Desired,
	{ settings, platform }: Planning,
): Promise<ReadList[]> {
	let done = 0;
	platform.progress({ phase: 'reading', done, total: lists.length, members: null });
	return await mapConcurrently(lists, settings.concurrency, async (named): Promise<ReadList> => {
		const { ref } = named;
		if (platform.stop !== null) return { members: 0, unread: ref };
		const list = desired.of(named);
		const members = list.members.size;
		const log: RequestLog = [];
		const at = platform.now();
		const reply = await platform.read(ref, log);
		done += 1;
		platform.progress({ phase: 'reading', done, total: lists.length, members: null });
		if (!reply.ok) {
			if (reply.failure.kind === 'stopped') return { members, unread: ref };
			return { members, failed: notShown(ref, reply.failure, log, list.allLines()) };
		}
		if (mayNotBeEmpty(named, settings)) {
			const { memberless: lines } = named;
			const facts = { list: ref, lines, mirror: settings.mode === 'mirror' };
			return {
				members,
				failed: unplanned(ref, 'rejected', { code: 'emptyList', facts }, { lines, log, view: viewOf(reply, at) }),
			};
		}
		const ids = list.unchangedIds(reply.members);
		if (ids !== null) return { members, unchanged: { ref, ids, log } };
		// The source's strings: those of a million answered ids would be in memory until the end of the run.
		const view = viewOf({ ...reply, members: list.internedIds(reply.members) }, at);
		const draft = deltaOf(list, view, log, settings);
		if (hasChanges(draft) || draft.held.length > 0) return { members, draft };
		return { members, unchanged: { ref, ids: [...view.members.values()], log } };
	});
}

/** Searches all lists for the ids to be added: it proves that they exist and gives their spelling on the platform. */
function learnSpellings(drafts: readonly Draft[], read: readonly ReadList[], { spellings }: Planning): void {
	const wanted = new Set<string>();
	for (const { adds } of drafts) for (const folded of adds.keys()) wanted.add(folded);
	if (wanted.size === 0) return;
	for (const { draft, unchanged } of read) {
		spellings.learnOf(wanted, unchanged?.ids ?? [...(draft?.view.members.values() ?? [])]);
	}
}

/**
 * A list that is named without members is emptied only if the user allows it. It is read in any case: if it exists, its
 * rows mean no other list.
 */
function mayNotBeEmpty({ rows }: NamedList, { mode, allowClear }: Settings): boolean {
	return rows.length === 0 && !(mode === 'mirror' && allowClear);
}

/**
 * All parts of the source that cannot be carried out: rejected rows, rows of lists without a plan, rejected additions.
 */
function* blockedRows(
	source: Source,
	desired: Desired,
	drafts: readonly Draft[],
	notPlanned: readonly Unplanned[],
	isMember: (folded: string) => boolean,
	{ kind, mode }: Settings,
	elsewhere: Elsewhere,
): Generator<BlockedRow> {
	const wants = mode !== 'removeOnly';
	// If members do not move, this matters only for a list that is to be empty because no row gives it a member.
	const mayMiss = KINDS[kind].membersMove || mode === 'mirror';
	for (const row of source.rejected) {
		const lines = [row.line];
		const named = [...row.memberIds, ...(row.idsInCells ?? [])];
		const members = named.map((id) => [foldId(desired.renamed(id)), lines] as const);
		// The member of a damaged row may be damaged as well. Contradicting rows are not damaged.
		const [{ code }] = row.problems;
		const meansAnybody = wants && code !== 'conflictingRows';
		const { problems, moreProblems } = row;
		const cause = { problems, moreProblems };
		yield { key: row, members, meansAnybody, lines, cause };
		yield* variants(row.elsewhere ?? [], lines, cause);
	}
	if (notPlanned.length > 0) {
		for (const { ref, issue, lines } of notPlanned) {
			const named = desired.byKey.get(listKey(ref));
			const list = named === undefined ? null : desired.of(named);
			// A row without a member may have lost any id. A member that no list shows may be the cell of another column.
			const meansAnybody =
				wants &&
				named !== undefined &&
				(named.memberless.length > 0 ||
					[...(list?.members ?? [])].some(([folded, row]) => desiredChange(row, mode) === 'add' && !isMember(folded)));
			const members = [...(list?.allMembers() ?? [])];
			yield { key: withoutDefaults(ref, named?.defaulted), members, meansAnybody, lines, cause: { issue } };
			const ids = members.map(([folded]) => folded);
			yield* variants(elsewhere(ref, ids), lines, { issue });
		}
	}
	for (const { ref, held } of drafts) {
		for (const { member, change, outcome, lines = [], ...issue } of held) {
			if (outcome !== 'rejected' || !isListIssue(issue)) continue;
			const { code } = issue;
			// As with a removal that the platform refuses in this run: nothing follows from it.
			if (code === 'setApart' && change === 'remove') continue;
			const meansAnybody = mayMiss && change === 'add' && code !== 'conflictingRows' && code !== 'actionNotInMode';
			const key = withoutDefaults(ref, desired.byKey.get(listKey(ref))?.defaulted);
			yield { key, members: [[foldId(member), lines]], meansAnybody, lines, cause: { issue } };
			yield* variants(elsewhere(ref, [member]), lines, { issue });
		}
	}
}

/** What a row would mean if another group was meant. */
function* variants(
	partials: readonly PartialRow[],
	lines: readonly number[],
	cause: BlockedRow['cause'],
): Generator<BlockedRow> {
	for (const key of partials) {
		const members = key.memberIds.map((id) => [foldId(id), lines] as const);
		yield { key, members, meansAnybody: false, lines, cause };
	}
}

/** Whether any list that was read has the member. The set is built on the first call. */
function membersShown(
	drafts: readonly Draft[],
	withoutDraft: ReadonlyArray<{ readonly ids: Iterable<string> }>,
): (folded: string) => boolean {
	let shown: Set<string> | null = null;
	return (folded) => {
		if (shown === null) {
			shown = new Set(drafts.flatMap(({ view }) => [...view.members.keys()]));
			for (const { ids } of withoutDraft) for (const id of ids) shown.add(foldId(id));
		}
		return shown.has(folded);
	};
}

/** If the file may be truncated within a row, the rows after it may have meant any list. */
function ifTruncated(blocked: BlockedRow, { unendedLine }: Source): BlockedRow {
	const isTruncated = unendedLine !== undefined && unendedLine !== null && blocked.lines.includes(unendedLine);
	return isTruncated ? { ...blocked, key: ANY_LIST } : blocked;
}
