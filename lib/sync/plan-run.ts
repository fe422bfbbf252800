/** Plan: reads, compares, and says what would change. Writes nothing. */

import { Desired } from './plan/desired';
import { alone, ended, type Prepared } from './execution';
import { draftFromSource } from './plan/draft-source';
import type { Planning } from './plan/planning';
import { prepareDrafting, type Purpose } from './prepare';
import { refused, stoppedPlanning } from './endings';
import type { RunResult, Settings, Source } from './result';
import type { RunContext } from './platform/run-context';
import { RunPlatform } from './platform/run-platform';
import { Spellings } from './plan/spellings';
import { sourceProblem } from './plan/source-check';

export async function preparePlan(source: Source, settings: Settings, context: RunContext): Promise<Prepared> {
	return await prepareSource(source, settings, context, { writes: false });
}

export async function planRun(source: Source, settings: Settings, context: RunContext): Promise<RunResult> {
	return await alone(preparePlan(source, settings, context));
}

export async function prepareSource(
	source: Source,
	settings: Settings,
	context: RunContext,
	purpose: Purpose,
): Promise<Prepared> {
	const platform = new RunPlatform(context);
	const problem = sourceProblem(source, settings.kind);
	if (problem !== null) return ended(refused(problem.code, problem.message, platform));
	const planning: Planning = {
		settings,
		platform,
		spellings: new Spellings(),
		purpose: purpose.writes ? 'now' : 'review',
	};
	const drafting = await draftFromSource(source, new Desired(source, settings), planning);
	if (platform.stop !== null) return ended(stoppedPlanning(drafting, platform));
	return await prepareDrafting(drafting, { origin: 'source', mode: settings.mode }, purpose, planning);
}
