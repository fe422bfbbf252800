/**
 * A plan to its outcomes: stage by stage, one lane per list, lists in parallel. A list whose removals wait
 * for additions to other lists (`moves.ts`) is written in two parts.
 */

import { Count } from './count';
import type { Draft } from './draft';
import type { ListOutcome } from './journal-document';
import { foldId, listKey } from './kinds';
import { inLanes } from './live';
import { membersOf } from './members';
import { Moves } from './moves';
import { untouched } from './outcome';
import { isChange } from './plan';
import type { HeldChange, Plan, PlannedList } from './plan-document';
import { Preparation } from './prerequisites';
import { Rights } from './rights';
import type { Settings } from './run';
import type { Session } from './session';
import type { ListTask } from './write-list';
import { freshMilliseconds } from './strategy';
import { ListWriter } from './write-list';
import { listName } from './words';

/** The drafts of a plan that this run made itself, by list key; null where the plan came from elsewhere. */
export type OwnDrafts = ReadonlyMap<string, Pick<Draft, 'view' | 'log'>> | null;

/** Outcomes in the order of the plan's lists. */
export async function carryOut(plan: Plan, own: OwnDrafts, settings: Settings, session: Session): Promise<ListOutcome[]> {
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
		await inLanes(ordered.filter((planned) => !outcomes.has(planned)), settings.concurrency, async (planned) => {
			const writer = writers.get(planned) as ListWriter;
			writer.hold(notLeaving(planned, moves, writers));
			const withheld = rights.withheld(planned.ref, () => writer.outcome());
			if (withheld === null) await writer.write(['remove']);
			finish(planned, withheld ?? writer.outcome());
		});
		for (const list of lists) preparation.note(outcomes.get(list) ?? untouched(list, null));
	}
	return plan.lists.map((list) => outcomes.get(list) ?? notTouched(list));
}

function taskFor(planned: PlannedList, plan: Plan, own: OwnDrafts, preparation: Preparation, settings: Settings): ListTask {
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

/** Removals of members who are not on all of their new lists, or who look like an id that could not be added. */
function notLeaving(planned: PlannedList, moves: Moves<PlannedList>, writers: ReadonlyMap<PlannedList, ListWriter>): HeldChange[] {
	return planned.removes.flatMap(({ member, lines }): HeldChange[] => {
		const folded = foldId(member);
		const failed = moves.before(folded, planned.ref).find((arrival) => writers.get(arrival.list)?.shows(arrival.folded) !== true);
		if (failed === undefined) return [];
		const where = listName(failed.list.ref);
		const reason =
			failed.folded === folded
				? `Held because ${member} moves to ${where}, and that list does not show it.`
				: `Held because ${failed.member} could not be added to ${where}, and may be a slip for ${member}.`;
		return [{ member, lines, change: 'remove', code: 'moveFailed', reason }];
	});
}

/** Lists to be replaced on the read of planning go first, while it is fresh. */
function needsFreshRead(list: PlannedList): boolean {
	return list.strategy === 'replace' && list.readAgain !== true;
}
