/** Source and platform to drafts: the first half of planning. */

import type { Desired } from './desired';
import { wishOf, type DesiredList, type NamedList } from './desired-list';
import { deltaOf } from './delta';
import { Directory } from './directory';
import type { Draft, Unplanned } from './draft';
import { hasChanges, unplanned } from './draft';
import { holdForBlockedRows, markLastPlaces, type BlockedRow, type PartialKey } from './holds';
import { checkJoinable } from './joinable';
import { foldId, KINDS, listKey, type ListRef } from '../model/list';
import { inLanes, viewOf } from '../platform/read';
import type { Drafting, Planning, Settled } from './planning';
import type { Failure } from '../platform/platform';
import { planPrerequisites } from './prerequisites';
import type { Settings, Source } from '../result';
import type { RequestLog } from '../platform/session';
import { linesText, listName } from '../words';

/** What a list's turn led to: one of these. */
interface Seen {
	/** Distinct members that the source names on the list. */
	readonly members: number;
	readonly draft?: Draft;
	readonly settled?: Settled;
	readonly failed?: Unplanned;
	readonly unread?: ListRef;
}

export async function draftFromSource(source: Source, desired: Desired, planning: Planning): Promise<Drafting> {
	const { settings, spellings } = planning;
	const rejected: Unplanned[] = [];
	const directory = settings.checkUsers ? await Directory.read(desired.lists, planning) : null;
	const readable: NamedList[] = [];
	let obstructed = 0;
	for (const list of desired.lists) {
		const obstacle = directory?.obstacle(list.ref, () => desired.of(list).allLines()) ?? null;
		if (obstacle === null) {
			readable.push(list);
			continue;
		}
		rejected.push(obstacle);
		obstructed += desired.of(list).members.size;
	}

	const seen = await readAll(readable, desired, planning);
	const drafts = seen.flatMap(({ draft }) => draft ?? []);
	learnSpellings(drafts, seen, planning);
	for (const draft of drafts) {
		for (const [folded, change] of draft.adds) {
			const member = spellings.of(change.member);
			if (member !== change.member) draft.adds.set(folded, { ...change, member });
		}
		directory?.rejectUnknown(draft, planning);
	}

	const unchecked = await checkJoinable(drafts, planning);
	const refs = new Set(unchecked.map(({ ref }) => ref));
	const planned = drafts.filter(({ ref }) => !refs.has(ref));
	const first =
		settings.assignFirst && settings.kind === 'supervisedAgents' ? await planPrerequisites(planned, planning) : [];
	const notPlanned = [...rejected, ...seen.flatMap(({ failed }) => failed ?? []), ...unchecked];
	const unchanged = seen.flatMap(({ settled }) => settled ?? []);
	const seenOnly = notPlanned.flatMap(({ ref, view }) => (view === null ? [] : [{ ref, ids: view.members.values() }]));
	const settled = [...unchanged, ...seenOnly];
	const isMember = membersShown(planned, settled);
	const blocked = Array.from(blockedRows(source, desired, planned, notPlanned, isMember, settings), (row) =>
		beforeTheCut(row, source),
	);
	holdForBlockedRows(planned, settled, blocked);
	markLastPlaces(planned, settled);
	return {
		drafts: [...first, ...planned],
		unplanned: notPlanned,
		unchanged,
		unread: seen.flatMap(({ unread }) => unread ?? []),
		liveMembers: seen.reduce(
			(sum, { draft, settled }) => sum + (draft?.view.members.size ?? settled?.ids.length ?? 0),
			0,
		),
		source: {
			rows: source.rows.length,
			rejectedRows: source.rejected.length,
			lists: desired.lists.length,
			members: seen.reduce((sum, { members }) => sum + members, obstructed),
		},
	};
}

/** Reads each list and compares it at once, so that of a list without changes nothing but its ids is kept. */
async function readAll(
	lists: readonly NamedList[],
	desired: Desired,
	{ settings, session }: Planning,
): Promise<Seen[]> {
	let done = 0;
	session.progress({ phase: 'reading', done, total: lists.length, members: null });
	return await inLanes(lists, settings.concurrency, async (named): Promise<Seen> => {
		const { ref } = named;
		if (session.halt !== null) return { members: 0, unread: ref };
		const list = desired.of(named);
		const members = list.members.size;
		const log: RequestLog = [];
		const at = session.now();
		const reply = await session.read(ref, log);
		done += 1;
		session.progress({ phase: 'reading', done, total: lists.length, members: null });
		if (!reply.ok) {
			if (reply.failure.kind === 'stopped') return { members, unread: ref };
			return { members, failed: unreadable(list, reply.failure, log) };
		}
		const empty = emptyListProblem(named, settings);
		if (empty !== null) {
			return {
				members,
				failed: unplanned(ref, 'rejected', 'emptyList', empty, {
					lines: named.memberless,
					log,
					view: viewOf(reply, at),
				}),
			};
		}
		const ids = list.settled(reply.members);
		if (ids !== null) return { members, settled: { ref, ids, log } };
		const view = viewOf(reply, at);
		const draft = deltaOf(list, view, log, settings);
		if (hasChanges(draft) || draft.held.length > 0) return { members, draft };
		return { members, settled: { ref, ids: list.kept(view.members.values()), log } };
	});
}

/** Looks through all lists for the ids to be added: how the platform spells them, and that it knows them at all. */
function learnSpellings(drafts: readonly Draft[], seen: readonly Seen[], { spellings }: Planning): void {
	const wanted = new Set<string>();
	for (const { adds } of drafts) for (const folded of adds.keys()) wanted.add(folded);
	if (wanted.size === 0) return;
	for (const { draft, settled } of seen) {
		spellings.learnOf(wanted, settled?.ids ?? [...(draft?.view.members.values() ?? [])]);
	}
}

/**
 * A list named with nobody on it is emptied only where that was asked for in so many words. It is read all the same:
 * that it exists tells that its rows mean no other.
 */
function emptyListProblem(list: NamedList, settings: Settings): string | null {
	if (list.rows.length > 0) return null;
	if (settings.mode === 'mirror' && settings.allowClear) return null;
	const what = `The source names ${listName(list.ref)} with nobody on it (${linesText(list.memberless)})`;
	return settings.mode === 'mirror'
		? `${what}. Name its members, take the list out of the source, or allow clearing lists.`
		: `${what}, and in this mode nothing follows from that. Name members, or take the row out.`;
}

/**
 * Everything of the source that cannot be carried out: rejected rows, rows of lists without a plan, additions turned
 * down.
 */
function* blockedRows(
	source: Source,
	desired: Desired,
	drafts: readonly Draft[],
	notPlanned: readonly Unplanned[],
	isMember: (folded: string) => boolean,
	{ kind, mode }: Settings,
): Generator<BlockedRow> {
	const wants = mode !== 'removeOnly';
	// Where members do not move, it matters for lists alone that are to be empty because no row gives them a member.
	const mayMiss = KINDS[kind].membersMove || mode === 'mirror';
	for (const row of source.rejected) {
		const lines = [row.line];
		const members = row.memberIds.map((id) => [foldId(desired.renamed(id)), lines] as const);
		// A damaged row's member may be damaged as well; rows that contradict each other are whole.
		const meansAnybody = wants && row.code !== 'conflictingRows';
		yield { key: row, members, meansAnybody, lines, why: row.message };
	}
	if (notPlanned.length > 0) {
		const byKey = new Map(desired.lists.map((list) => [list.key, list]));
		for (const { ref, message, lines } of notPlanned) {
			const named = byKey.get(listKey(ref));
			const list = named === undefined ? null : desired.of(named);
			// A row without a member may have lost anybody. So may one whose member nothing shows to be one: it may be the
			// cell of another column.
			const meansAnybody =
				wants &&
				named !== undefined &&
				(named.memberless.length > 0 ||
					[...(list?.members ?? [])].some(([folded, row]) => wishOf(row, mode) === 'add' && !isMember(folded)));
			const key = { ...ref, ...Object.fromEntries((named?.defaulted ?? []).map((part) => [part, null])) };
			yield { key, members: list?.allMembers() ?? [], meansAnybody, lines, why: message };
		}
	}
	for (const { ref, held } of drafts) {
		for (const { member, change, outcome, code, reason, lines = [] } of held) {
			if (outcome !== 'rejected') continue;
			const meansAnybody = mayMiss && change === 'add' && code !== 'conflictingRows' && code !== 'actionNotInMode';
			yield { key: ref, members: [[foldId(member), lines]], meansAnybody, lines, why: reason };
		}
	}
}

/** Whether any list that the platform has shown has the member. Made when it is first asked. */
function membersShown(
	drafts: readonly Draft[],
	settled: ReadonlyArray<{ readonly ids: Iterable<string> }>,
): (folded: string) => boolean {
	let shown: Set<string> | null = null;
	return (folded) => {
		if (shown === null) {
			shown = new Set(drafts.flatMap(({ view }) => [...view.members.keys()]));
			for (const { ids } of settled) for (const id of ids) shown.add(foldId(id));
		}
		return shown.has(folded);
	};
}

const ANY_LIST: PartialKey = { tenantId: null, groupId: null, userId: null, callCenterId: null };

/** Where the file may have been cut off within a row, the rows that followed it may have meant any list. */
function beforeTheCut(blocked: BlockedRow, { unendedLine }: Source): BlockedRow {
	const isCut = unendedLine !== undefined && unendedLine !== null && blocked.lines.includes(unendedLine);
	return isCut ? { ...blocked, key: ANY_LIST } : blocked;
}

function unreadable(list: DesiredList, failure: Failure, log: RequestLog): Unplanned {
	const name = listName(list.ref);
	const more = { failure, log, lines: list.allLines() };
	switch (failure.kind) {
		case 'missing':
			return unplanned(
				list.ref,
				'rejected',
				'missingList',
				`${name} does not exist on the platform: correct the ids in the source, or create it first. ${failure.message}`,
				more,
			);
		case 'forbidden':
			return unplanned(
				list.ref,
				'rejected',
				'forbidden',
				`The account of the credential may not read ${name}: correct the ids in the source, or ask the ` +
					`platform's administrator for the right. ${failure.message}`,
				more,
			);
		default:
			return unplanned(
				list.ref,
				'failed',
				'unreadableList',
				`${name} could not be read, so nothing was planned for it: ${failure.message}`,
				more,
			);
	}
}
