/**
 * A plan to its outcomes: stage by stage, one lane per list, lists in parallel. A list whose removals wait
 * for additions to other lists (`moves.ts`) is written in two parts.
 */

import { Count } from './progress';
import type { Draft } from '../plan/draft';
import type { ListOutcome } from '../documents/journal';
import { foldId, KINDS, listKey, type ListRef } from '../model/list';
import { inLanes } from '../platform/read';
import { membersOf } from '../model/members';
import { Moves } from '../plan/moves';
import { untouched } from './outcome';
import { isChange } from '../plan/make-plan';
import type { HeldChange, Plan, PlannedList } from '../documents/plan';
import { Preparation } from '../plan/prerequisites';
import { Rights } from './rights';
import type { Settings } from '../result';
import type { Session } from '../platform/session';
import type { ListTask } from './list-writer';
import { freshMilliseconds } from '../plan/strategy';
import { ListWriter } from './list-writer';
import { listName } from '../words';

/** The drafts of a plan that this run made itself, by list key; null where the plan came from elsewhere. */
export type OwnDrafts = ReadonlyMap<string, Pick<Draft, 'view' | 'log'>> | null;

/** Outcomes in the order of the plan's lists. */
export async function carryOut(
	plan: Plan,
	own: OwnDrafts,
	settings: Settings,
	session: Session,
): Promise<ListOutcome[]> {
	const outcomes = new Map<PlannedList, ListOutcome>();
	const preparation = new Preparation();
	const rights = new Rights();
	const notTouched = (list: PlannedList) => untouched(list, own?.get(listKey(list.ref)) ?? null);
	const count = new Count(plan);
	if (count.total > 0) session.progress(count.progress());
	session.made = (list, changes) => {
		count.made(list, changes);
		session.progress(count.progress());
	};
	for (const stage of [0, 1] as const) {
		const lists = plan.lists.filter((list) => list.stage === stage && isChange(list));
		const ordered = [...lists.filter(needsFreshRead), ...lists.filter((list) => !needsFreshRead(list))];
		const moves = new Moves(lists);
		const writers = new Map<PlannedList, ListWriter>();
		const finish = (planned: PlannedList, outcome: ListOutcome) => {
			outcomes.set(planned, outcome);
			rights.note(outcome);
			count.note(planned, outcome);
			session.progress(count.progress());
		};
		await inLanes(ordered, settings.concurrency, async (planned) => {
			const withheld = rights.withheld(planned.ref, () => notTouched(planned));
			if (withheld !== null) {
				finish(planned, withheld);
				return;
			}
			const writer = new ListWriter(taskFor(planned, plan, own, preparation, settings), session);
			writers.set(planned, writer);
			const removalsWait = moves.delay(planned);
			await writer.write(removalsWait ? ['add'] : ['add', 'remove']);
			if (removalsWait) rights.note(writer.outcome());
			else finish(planned, writer.outcome());
		});
		const failed = failedAddition(lists, writers);
		await inLanes(
			ordered.filter((planned) => !outcomes.has(planned)),
			settings.concurrency,
			async (planned) => {
				const writer = writers.get(planned) as ListWriter;
				// After a stop nothing was refused: it was not attempted.
				if (session.halt === null) writer.hold(notLeaving(planned, moves, writers, failed));
				const withheld = rights.withheld(planned.ref, () => writer.outcome());
				if (withheld === null) await writer.write(['remove']);
				finish(planned, withheld ?? writer.outcome());
			},
		);
		for (const list of lists) preparation.note(outcomes.get(list) ?? untouched(list, null));
	}
	return plan.lists.map((list) => outcomes.get(list) ?? notTouched(list));
}

function taskFor(
	planned: PlannedList,
	plan: Plan,
	own: OwnDrafts,
	preparation: Preparation,
	settings: Settings,
): ListTask {
	const draft = own?.get(listKey(planned.ref)) ?? null;
	return {
		planned,
		view: draft?.view ?? { members: membersOf(planned.before), at: Number.NEGATIVE_INFINITY },
		first: draft === null ? 'compare' : planned.readAgain === true ? 'again' : 'trust',
		blocked: preparation.blocked(planned),
		maxEntries: plan.maxEntries,
		freshMilliseconds: freshMilliseconds(settings),
		log: draft?.log ?? [],
	};
}

type Writers = ReadonlyMap<PlannedList, ListWriter>;

/** Removals of members who are not on all of their new lists; and of last places, where any addition failed. */
function notLeaving(
	planned: PlannedList,
	moves: Moves<PlannedList>,
	writers: Writers,
	failed: FailedAddition | null,
): HeldChange[] {
	return planned.removes.flatMap(({ member, lines, lastPlace }): HeldChange[] => {
		const held = (code: string, reason: string): HeldChange[] => [{ member, lines, change: 'remove', code, reason }];
		const folded = foldId(member);
		const missing = moves.targets(folded).find((target) => writers.get(target)?.shows(folded) !== true);
		if (missing !== undefined)
			return held(
				'moveFailed',
				`Held because ${member} moves to ${listName(missing.ref)}, and that list does not show it.`,
			);
		if (lastPlace !== true || failed === null) return [];
		const reason =
			`Held because ${failed.member} could not be added to ${listName(failed.ref)}, and may be a mistake ` +
			'for somebody who would be on no list any more, or on a list that would be empty.';
		return held('additionFailed', reason);
	});
}

interface FailedAddition {
	readonly member: string;
	readonly ref: ListRef;
}

/** An addition of an id that none of its lists shows. */
function failedAddition(lists: readonly PlannedList[], writers: Writers): FailedAddition | null {
	const moving = lists.filter(({ ref }) => KINDS[ref.kind].membersMove);
	const shown = new Set<string>();
	const failed: Array<FailedAddition & { readonly folded: string }> = [];
	for (const list of moving) {
		for (const { member } of list.adds) {
			const folded = foldId(member);
			if (writers.get(list)?.shows(folded) === true) shown.add(folded);
			else failed.push({ member, folded, ref: list.ref });
		}
	}
	return failed.find(({ folded }) => !shown.has(folded)) ?? null;
}

/** Lists to be replaced on the read of planning go first, while it is fresh. */
function needsFreshRead(list: PlannedList): boolean {
	return list.strategy === 'replace' && list.readAgain !== true;
}
