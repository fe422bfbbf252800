/** Whoever moves from one list to another leaves the old one only after the new one shows them. */

import { viewBefore, viewsOf } from './history';
import type { Checked } from './invariants';

export function nobodyBetweenLists({ run, planning, allowed, appliedChanges, complain }: Checked): void {
	for (const { list, removed, exchange, cascade, run: author } of appliedChanges) {
		if (author !== run || exchange === null || cascade || !list.startsWith('supervisedagents')) continue;
		const view = viewBefore(run, exchange);
		for (const member of removed) {
			// Who came after the last look is overwritten in the race, and nobody knew that they were here.
			if (view?.shown?.has(member) !== true) continue;
			for (const wanted of allowed.wantedOn(member)) {
				if (wanted === list || takenOff(wanted, member)) continue;
				const last = [...(planning === run ? [] : viewsOf(planning, wanted)), ...viewsOf(run, wanted)].findLast(
					({ answered }) => answered < exchange.sent,
				);
				if (last?.shown?.has(member) !== true)
					complain('nobodyBetweenLists', `${member} was taken off ${list} before ${wanted} had shown them`);
			}
		}
	}

	/** Somebody else did, since the plan was made. */
	function takenOff(list: string, member: string): boolean {
		return appliedChanges.some(
			(deed) =>
				deed.list === list &&
				(deed.run !== run || deed.cascade) &&
				deed.at >= planning.from &&
				deed.at <= run.to &&
				deed.removed.has(member),
		);
	}
}
