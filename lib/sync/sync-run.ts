/** Sync: plan, guards, apply, in one run. */

import { carryOut } from './apply';
import { planFromSource } from './plan-run';
import { carriedOut, onlyPlanned, restOf } from './results';
import type { RunResult, Settings, Source, Surroundings } from './run';
import { Session } from './session';

export async function syncRun(source: Source, settings: Settings, around: Surroundings): Promise<RunResult> {
	const session = new Session(around);
	const planned = await planFromSource(source, settings, session, 'now');
	if (!planned.ok) return planned.result;
	const { plan, drafting } = planned;
	if (plan.guards.verdict === 'abort') return onlyPlanned(plan, drafting, session);
	const own = new Map(drafting.drafts.map((draft) => [draft.key, draft]));
	const written = await carryOut(plan, own, settings, session);
	return carriedOut(plan, [...written, ...restOf(drafting)], session);
}
