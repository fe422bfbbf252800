/** Source and platform to drafts: the first half of planning. */

import type { Desired, DesiredList } from './desired';
import { deltaOf } from './delta';
import { Directory } from './directory';
import type { Draft, Unplanned } from './draft';
import { hasChanges, unplanned } from './draft';
import { checkJoinable } from './joinable';
import type { ListRef } from './kinds';
import { inLanes, lookAt } from './live';
import type { Drafting, Planning, Settled } from './planning';
import { planPrerequisites } from './prerequisites';
import type { Source } from './run';
import type { RequestLog } from './session';
import { linesText, listName } from './words';

/** What one read led to: one of these. */
interface Seen {
	readonly draft?: Draft;
	readonly settled?: Settled;
	readonly failed?: Unplanned;
	readonly unread?: ListRef;
}

export async function draftFromSource(source: Source, desired: Desired, planning: Planning): Promise<Drafting> {
	const { settings, spellings } = planning;
	const named: DesiredList[] = [];
	const rejected: Unplanned[] = [];
	for (const list of desired.lists) {
		const problem = emptyListProblem(list, planning);
		if (problem === null) named.push(list);
		else rejected.push(problem);
	}

	const directory = settings.checkUsers ? await Directory.read(named, planning) : null;
	const readable: DesiredList[] = [];
	for (const list of named) {
		const obstacle = directory?.obstacle(list, () => desired.linesOf(list)) ?? null;
		if (obstacle === null) readable.push(list);
		else rejected.push(obstacle);
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
	const first = settings.assignFirst && settings.kind === 'supervisedAgents' ? await planPrerequisites(planned, planning) : [];
	return {
		drafts: [...first, ...planned],
		unplanned: [...rejected, ...seen.flatMap(({ failed }) => failed ?? []), ...unchecked],
		unchanged: seen.flatMap(({ settled }) => settled ?? []),
		unread: seen.flatMap(({ unread }) => unread ?? []),
		liveMembers: seen.reduce((sum, { draft, settled }) => sum + (draft?.view.members.size ?? settled?.ids.length ?? 0), 0),
		source: {
			rows: source.rows.length,
			rejectedRows: source.rejected.length,
			lists: desired.lists.length,
			members: desired.memberCount,
		},
	};
}

/** Reads each list and compares it at once, so that of a list without changes nothing but its ids is kept. */
async function readAll(lists: readonly DesiredList[], desired: Desired, { settings, session }: Planning): Promise<Seen[]> {
	let done = 0;
	session.progress({ phase: 'reading', done, total: lists.length, members: null });
	return await inLanes(lists, settings.concurrency, async (list): Promise<Seen> => {
		const log: RequestLog = [];
		const look = await lookAt(list.ref, session, log);
		done += 1;
		session.progress({ phase: 'reading', done, total: lists.length, members: null });
		if (!look.ok) {
			if (look.failure.kind === 'stopped') return { unread: list.ref };
			return { failed: unreadable(list, desired, look.failure, log) };
		}
		const draft = deltaOf(list, desired, look.view, log, settings);
		if (hasChanges(draft) || draft.held.length > 0) return { draft };
		return { settled: { ref: list.ref, ids: desired.kept(list, look.view.members), log } };
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

/** A list named with nobody on it is emptied only where that was asked for in so many words (design.md 6.2). */
function emptyListProblem(list: DesiredList, { settings }: Planning): Unplanned | null {
	if (list.members.size > 0 || list.bad.length > 0) return null;
	if (settings.mode === 'mirror' && settings.allowClear) return null;
	const what = `The source names ${listName(list.ref)} with nobody on it (${linesText(list.memberless)})`;
	const message =
		settings.mode === 'mirror'
			? `${what}. Name its members, take the list out of the source, or allow clearing lists.`
			: `${what}, and in this mode nothing follows from that. Name members, or take the row out.`;
	return unplanned(list.ref, 'rejected', 'emptyList', message, { lines: list.memberless });
}

function unreadable(
	list: DesiredList,
	desired: Desired,
	failure: { readonly kind: string; readonly code: string; readonly message: string },
	log: RequestLog,
): Unplanned {
	const missing = failure.kind === 'missing';
	const message = missing
		? `${listName(list.ref)} does not exist on the platform: correct the ids in the source, or create it first. ${failure.message}`
		: `${listName(list.ref)} could not be read, so nothing was planned for it: ${failure.message}`;
	const code = missing ? 'missingList' : 'unreadableList';
	return unplanned(list.ref, missing ? 'rejected' : 'failed', code, message, { log, lines: desired.linesOf(list) });
}
