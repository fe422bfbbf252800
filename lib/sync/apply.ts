/** A plan to its outcomes: stage by stage, one lane per list, lists in parallel. */

import { Count } from './count';
import type { Draft } from './draft';
import type { ListOutcome } from './journal-document';
import { listKey } from './kinds';
import { inLanes } from './live';
import { membersOf } from './members';
import { untouched } from './outcome';
import { isChange } from './plan';
import type { Plan, PlannedList } from './plan-document';
import { Preparation } from './prerequisites';
import type { Session } from './session';
import type { ListTask } from './write-list';
import { writeList } from './write-list';

/** The drafts of a plan that this run made itself, by list key; null where the plan came from elsewhere. */
export type OwnDrafts = ReadonlyMap<string, Pick<Draft, 'view' | 'log'>> | null;

/** Outcomes in the order of the plan's lists. */
export async function carryOut(plan: Plan, own: OwnDrafts, concurrency: number, session: Session): Promise<ListOutcome[]> {
	const outcomes = new Map<PlannedList, ListOutcome>();
	const preparation = new Preparation();
	const count = new Count(plan);
	if (count.total > 0) session.progress(count.progress());
	session.made = (list, changes) => {
		count.made(list, changes);
		session.progress(count.progress());
	};
	for (const stage of [0, 1] as const) {
		const lists = plan.lists.filter((list) => list.stage === stage && isChange(list));
		// Lists to be replaced go first, while their reads are fresh.
		const ordered = [...lists.filter(replaced), ...lists.filter((list) => !replaced(list))];
		await inLanes(ordered, concurrency, async (planned) => {
			const outcome = await writeList(taskFor(planned, plan, own, preparation), session);
			outcomes.set(planned, outcome);
			count.note(planned, outcome);
			session.progress(count.progress());
		});
		for (const list of lists) preparation.note(outcomes.get(list) ?? untouched(list, null));
	}
	return plan.lists.map((list) => outcomes.get(list) ?? untouched(list, own?.get(listKey(list.ref)) ?? null));
}

function taskFor(planned: PlannedList, plan: Plan, own: OwnDrafts, preparation: Preparation): ListTask {
	const draft = own?.get(listKey(planned.ref)) ?? null;
	return {
		planned,
		view: draft?.view ?? { members: membersOf(planned.before), at: Number.NEGATIVE_INFINITY },
		first: draft === null ? 'compare' : planned.readAgain === true ? 'again' : 'trust',
		blocked: preparation.blocked(planned),
		maxEntries: plan.maxEntries,
		log: draft?.log ?? [],
	};
}

function replaced(list: PlannedList): boolean {
	return list.strategy === 'replace';
}
