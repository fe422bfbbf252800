/** Sync: plan, guards, apply. */

import { alone, type Prepared } from './execution';
import { prepareSource } from './plan-run';
import type { Purpose } from './prepare';
import type { RunResult, Settings, Source, Surroundings } from './result';

/** @param objection see `Purpose` */
export async function prepareSync(
	source: Source,
	settings: Settings,
	around: Surroundings,
	objection?: Purpose['objection'],
): Promise<Prepared> {
	return await prepareSource(source, settings, around, { writes: true, objection });
}

export async function syncRun(source: Source, settings: Settings, around: Surroundings): Promise<RunResult> {
	return await alone(prepareSync(source, settings, around));
}
