/** The guards, counted from the platform's record. */

import type { Checked } from './invariants';
import { writesOf } from './history';
import { listName } from './wire';

/** Below it a percentage says little: half of the list may go (docs/sync.md, defaults of the engine's limits). */
const SMALL = 5;
/** Always allowed in total by the percentage. */
const FLOOR = 5;

export function guardsHeld({ run, appliedChanges, simulation, complain }: Checked): void {
	const plan = run.result?.plan;
	if (!plan) return;
	if (plan.guards.verdict === 'abort' && writesOf(run).length > 0)
		complain('guards', 'A guard stopped the run, and it wrote');
	const { limits } = simulation.scenario.settings;
	const gone = new Map<string, Set<string>>();
	let came = 0;
	for (const { list, removed, added, exchange, cascade, run: author } of appliedChanges) {
		if (author !== run || exchange === null || cascade) continue;
		if (exchange.write === 'replace') continue;
		gone.set(list, new Set([...(gone.get(list) ?? []), ...removed]));
		came += added.size;
	}
	const live = new Map(
		plan.lists.map(({ ref, before }) => [listName(ref.kind, ref.userId, ref.callCenterId), before.length]),
	);
	for (const [list, members] of gone) {
		const size = live.get(list) ?? 0;
		const percent = limits.removalPercentPerList;
		const share = size >= SMALL || percent >= 100 ? Math.floor((size * percent) / 100) : Math.floor(size / 2);
		const allowed = Math.min(limits.removalCountPerList, share);
		if (members.size > allowed)
			complain('guards', `${members.size} members were taken off ${list}, and ${allowed} may be`);
	}
	const total = [...gone.values()].reduce((sum, members) => sum + members.size, 0);
	const share = Math.max(FLOOR, Math.ceil((plan.totals.liveMembers * limits.removalPercentTotal) / 100));
	const allowed = Math.min(limits.removalCountTotal, share);
	if (total > allowed) complain('guards', `${total} members were taken off, and ${allowed} may be`);
	if (limits.additionCountTotal > 0 && came > limits.additionCountTotal && !simulation.scenario.settings.assignFirst) {
		complain('guards', `${came} members were put on, and ${limits.additionCountTotal} may be`);
	}
}
