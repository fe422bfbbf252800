/**
 * The drafts that undo a journal. Only changes that were seen applied are undone, and only on lists that are still as
 * the run left them. Later changes by others are never undone.
 */

import { type Draft, type Unplanned, emptyDraft, holdRemovals, rejectAddition, unplanned } from './draft';
import type { Journal, ListOutcome, MemberOutcome } from '../documents';
import {
	type ListRef,
	foldId,
	KINDS,
	listKey,
	membersOf,
	missingFrom,
	sameMembers,
	fewForeign,
	isListIssue,
	issueOf,
} from '../model';
import { mapConcurrently, readList, type RequestLog } from '../platform';
import { holdForBlockedRows, type BlockedRow } from './holds';
import { rejectUnjoinable } from './joinable-call-centers';
import type { DraftedLists, Planning } from './planning';
import { stillSupervised, supervisionKey } from './prerequisites';

interface Undone {
	readonly list: ListOutcome;
	readonly applied: readonly MemberOutcome[];
}

export async function draftRollBack(journal: Journal, planning: Planning): Promise<DraftedLists> {
	const inverse = await draftInverse(journal, planning);
	const unchecked = await rejectUnjoinable(inverse.drafts, planning);
	const refs = new Set(unchecked.map(({ ref }) => ref));
	const drafted = {
		...inverse,
		drafts: inverse.drafts.filter(({ ref }) => !refs.has(ref)),
		unplanned: [...inverse.unplanned, ...unchecked],
	};
	holdForBlockedRows(drafted.drafts, [], blockedReturns(journal, drafted));
	return drafted;
}

async function draftInverse(journal: Journal, planning: Planning): Promise<DraftedLists> {
	const undone = journal.lists
		.map((list): Undone => ({ list, applied: list.members.filter(({ outcome }) => outcome === 'applied') }))
		.filter(({ list, applied }) => applied.length > 0 || isUnknownAfter(list));
	const stageOf = stages(undone);
	const { settings, platform } = planning;
	const drafts: Draft[] = [];
	const notPlanned: Unplanned[] = [];
	const unread: ListRef[] = [];
	let done = 0;
	platform.progress({ phase: 'reading', done, total: undone.length, members: null });
	await mapConcurrently(undone, settings.concurrency, async (entry) => {
		const result = await draftOne(entry, stageOf(entry.list), planning);
		if (result === null) unread.push(entry.list.ref);
		else if ('adds' in result) drafts.push(result);
		else notPlanned.push(result);
		done += 1;
		platform.progress({ phase: 'reading', done, total: undone.length, members: null });
	});
	holdWhileSupervised(drafts, undone);
	rejectWhereNoAgent(drafts, undone);
	return {
		drafts,
		unplanned: notPlanned,
		unchanged: [],
		notRead: [],
		remembered: null,
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
		return unplanned(ref, 'conflict', { code: 'unknownAfter', facts: { list: ref } });
	}
	const log: RequestLog = [];
	const read = await readList(ref, platform, log);
	if (!read.ok) {
		const { failure } = read;
		if (failure.kind === 'stopped') return null;
		const facts = { problem: 'rollBack', list: ref, said: failure.message } as const;
		return unplanned(ref, 'failed', { code: 'unreadableList', facts }, { failure, log });
	}
	const { view } = read;
	const leftAs = membersOf(after);
	if (!sameMembers(view.members, leftAs)) {
		const foreign = {
			added: [...missingFrom(view.members, leftAs).values()].sort(),
			removed: [...missingFrom(leftAs, view.members).values()].sort(),
		};
		return unplanned(
			ref,
			'conflict',
			{ code: 'changedSince', facts: { list: ref, foreign: fewForeign(foreign) } },
			{ log, view, foreign },
		);
	}
	spellings.learn(view.members);
	const draft = emptyDraft(ref, listKey(ref), stage, view, log);
	for (const { member, change } of applied) {
		const folded = foldId(member);
		// The journal says applied and its `after` disagrees: the list is right.
		if ((change === 'add') !== view.members.has(folded)) continue;
		(change === 'add' ? draft.removes : draft.adds).set(folded, {
			member: view.members.get(folded) ?? member,
			lines: [],
		});
	}
	return draft;
}

/** A write was sent and its effect was never seen, so nothing can be undone there. */
function isUnknownAfter({ after, requests }: ListOutcome): boolean {
	return after === null && requests.some(({ write }) => write !== 'read' && write !== 'joinable');
}

/** An agent joins a call center before it is supervised there, and leaves it after that supervision ends. */
function stages(undone: readonly Undone[]): (list: ListOutcome) => 0 | 1 {
	const leaves = undone.some(
		({ list, applied }) => !KINDS[list.ref.kind].keyedByCallCenter && applied.some(({ change }) => change === 'add'),
	);
	return ({ ref }) => (KINDS[ref.kind].keyedByCallCenter === leaves ? 0 : 1);
}

/** An agent whose supervision is not undone stays in the call center too. */
function holdWhileSupervised(drafts: readonly Draft[], undone: readonly Undone[]): void {
	const draftedKeys = new Set(drafts.map(({ key }) => key));
	const staying = new Set<string>();
	for (const { list, applied } of undone) {
		if (draftedKeys.has(listKey(list.ref))) continue;
		for (const { member, change } of applied) if (change === 'add') staying.add(supervisionKey(list.ref, member));
	}
	if (staying.size === 0) return;
	for (const draft of drafts) {
		if (KINDS[draft.ref.kind].keyedByCallCenter) continue;
		const why = stillSupervised(draft.ref.userId);
		holdRemovals(draft, (folded) =>
			staying.has(supervisionKey({ ...draft.ref, callCenterId: folded }, draft.ref.userId)) ? why : null,
		);
	}
}

/** Who is not given back a call center is not put back under a supervisor there. */
function rejectWhereNoAgent(drafts: readonly Draft[], undone: readonly Undone[]): void {
	const draftedKeys = new Set(drafts.map(({ key }) => key));
	const lost = new Set<string>();
	for (const { list, applied } of undone) {
		if (KINDS[list.ref.kind].keyedByCallCenter || draftedKeys.has(listKey(list.ref))) continue;
		for (const { member, change } of applied)
			if (change === 'remove') lost.add(supervisionKey({ ...list.ref, callCenterId: member }, list.ref.userId));
	}
	if (lost.size === 0) return;
	for (const draft of drafts) {
		const { callCenterId: callCenter } = draft.ref;
		if (callCenter === null) continue;
		for (const [folded, { member }] of draft.adds) {
			if (!lost.has(supervisionKey(draft.ref, folded))) continue;
			rejectAddition(draft, folded, { code: 'prerequisiteFailed', facts: { member, callCenter } });
		}
	}
}

/** Members who cannot return to the list that the run took them from stay on the list that it put them on. */
function* blockedReturns(
	journal: Journal,
	{ drafts, unplanned }: Pick<DraftedLists, 'drafts' | 'unplanned'>,
): Generator<BlockedRow> {
	const byKey = new Map(journal.lists.map((list) => [listKey(list.ref), list]));
	for (const { ref, issue } of unplanned) {
		if (!KINDS[ref.kind].membersMove) continue;
		const removed = (byKey.get(listKey(ref))?.members ?? []).filter(
			({ change, outcome }) => change === 'remove' && outcome === 'applied',
		);
		yield {
			key: null,
			members: removed.map(({ member }) => [foldId(member), []]),
			meansAnybody: false,
			lines: [],
			cause: { issue },
		};
	}
	for (const { ref, held } of drafts) {
		for (const change of held) {
			const issue = issueOf(change);
			if (change.outcome === 'rejected' && isListIssue(issue))
				yield { key: ref, members: [[foldId(change.member), []]], meansAnybody: false, lines: [], cause: { issue } };
		}
	}
}
