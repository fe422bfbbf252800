/** Sync: plan, guards, apply. */

import { alone, type Prepared } from './execution';
import { prepareSource } from './plan-run';
import type { Purpose } from './prepare';
import type { RunContext } from './platform/run-context';
import type { RunResult, Settings, Source } from './result';

/** @param objection see `Purpose` */
export async function prepareSync(
	source: Source,
	settings: Settings,
	context: RunContext,
	objection?: Purpose['objection'],
): Promise<Prepared> {
	return await prepareSource(source, settings, context, { writes: true, objection });
}

export async function syncRun(source: Source, settings: Settings, context: RunContext): Promise<RunResult> {
	return await alone(prepareSync(source, settings, context));
}
