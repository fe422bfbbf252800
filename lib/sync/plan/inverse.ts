/**
 * A journal to the drafts that undo it. Only what was seen applied is undone, and only on lists that are still as the
 * run left them: a later change by somebody else is theirs, and is never undone.
 */

import type { Draft, Unplanned } from './draft';
import { emptyDraft, holdRemovals, unplanned } from './draft';
import type { Journal, ListOutcome, MemberOutcome } from '../documents/journal';
import type { ListRef } from '../model/list';
import { foldId, KINDS, listKey } from '../model/list';
import { inLanes, readList } from '../platform/read';
import { membersOf, missingFrom, sameMembers } from '../model/members';
import type { Drafting, Planning } from './planning';
import { supervision } from './prerequisites';
import type { RequestLog } from '../platform/run-platform';
import { foreignText, listName } from '../words';

interface Undone {
	readonly list: ListOutcome;
	readonly applied: readonly MemberOutcome[];
}

export async function draftInverse(journal: Journal, planning: Planning): Promise<Drafting> {
	const undone = journal.lists
		.map((list): Undone => ({ list, applied: list.members.filter(({ outcome }) => outcome === 'applied') }))
		.filter(({ list, applied }) => applied.length > 0 || leftUnknown(list));
	const stageOf = stages(undone);
	const { settings, platform } = planning;
	const drafts: Draft[] = [];
	const notPlanned: Unplanned[] = [];
	const unread: ListRef[] = [];
	let done = 0;
	platform.progress({ phase: 'reading', done, total: undone.length, members: null });
	await inLanes(undone, settings.concurrency, async (entry) => {
		const result = await draftOne(entry, stageOf(entry.list), planning);
		if (result === null) unread.push(entry.list.ref);
		else if ('adds' in result) drafts.push(result);
		else notPlanned.push(result);
		done += 1;
		platform.progress({ phase: 'reading', done, total: undone.length, members: null });
	});
	holdWhileSupervised(drafts, undone);
	return {
		drafts,
		unplanned: notPlanned,
		unchanged: [],
		unread,
		liveMembers: drafts.reduce((sum, draft) => sum + draft.view.members.size, 0),
		source: {
			rows: 0,
			rejectedRows: 0,
			lists: undone.length,
			members: undone.reduce((sum, { applied }) => sum + applied.length, 0),
		},
	};
}

async function draftOne(
	{ list, applied }: Undone,
	stage: 0 | 1,
	{ platform, spellings }: Planning,
): Promise<Draft | Unplanned | null> {
	const { ref, after } = list;
	if (after === null) {
		const message =
			`The journal does not know how the run left ${listName(ref)}, so nothing is undone there: plan from ` +
			'the source instead.';
		return unplanned(ref, 'conflict', 'unknownAfter', message);
	}
	const log: RequestLog = [];
	const read = await readList(ref, platform, log);
	if (!read.ok) {
		if (read.failure.kind === 'stopped') return null;
		return unplanned(ref, 'failed', 'unreadableList', `${listName(ref)} could not be read: ${read.failure.message}`, {
			failure: read.failure,
			log,
		});
	}
	const { view } = read;
	const left = membersOf(after);
	if (!sameMembers(view.members, left)) {
		const foreign = {
			added: [...missingFrom(view.members, left).values()].sort(),
			removed: [...missingFrom(left, view.members).values()].sort(),
		};
		const message =
			`Somebody else changed ${listName(ref)} after the run (${foreignText(foreign)}), so nothing is undone ` +
			'there.';
		return unplanned(ref, 'conflict', 'changedSince', message, { log, view, foreign });
	}
	spellings.learn(view.members);
	const draft = emptyDraft(ref, listKey(ref), stage, view, log);
	for (const { member, change } of applied) {
		const folded = foldId(member);
		// Seen applied and not on the list as left: the journal contradicts itself, and the list is right.
		if ((change === 'add') !== view.members.has(folded)) continue;
		(change === 'add' ? draft.removes : draft.adds).set(folded, {
			member: view.members.get(folded) ?? member,
			lines: [],
		});
	}
	return draft;
}

/** Something was sent, and how it left the list was never seen: nothing can be undone there, and nobody told it was. */
function leftUnknown({ after, requests }: ListOutcome): boolean {
	return after === null && requests.some(({ write }) => write !== 'read' && write !== 'joinable');
}

/** Membership before supervision, and the other way round in leaving. */
function stages(undone: readonly Undone[]): (list: ListOutcome) => 0 | 1 {
	const leaves = undone.some(
		({ list, applied }) => !KINDS[list.ref.kind].keyedByCallCenter && applied.some(({ change }) => change === 'add'),
	);
	return ({ ref }) => (KINDS[ref.kind].keyedByCallCenter === leaves ? 0 : 1);
}

/** An agent who stays under a supervisor, because that list is left alone, stays in the call center too. */
function holdWhileSupervised(drafts: readonly Draft[], undone: readonly Undone[]): void {
	const drafted = new Set(drafts.map(({ key }) => key));
	const staying = new Set<string>();
	for (const { list, applied } of undone) {
		if (drafted.has(listKey(list.ref))) continue;
		for (const { member, change } of applied) if (change === 'add') staying.add(supervision(list.ref, member));
	}
	if (staying.size === 0) return;
	for (const draft of drafts) {
		if (KINDS[draft.ref.kind].keyedByCallCenter) continue;
		const why = { code: 'stillSupervised', reason: `Held because ${draft.ref.userId} stays under a supervisor there.` };
		holdRemovals(draft, (folded) =>
			staying.has(supervision({ ...draft.ref, callCenterId: folded }, draft.ref.userId)) ? why : null,
		);
	}
}
