/**
 * The whole engine. Each operation is prepared first (read and planned, nothing written); `decideAll` in `execution.ts`
 * checks the guards over all runs of an execution together, and returns for each run its result or its second half.
 */

import { approvalProblem } from './apply';
import { preparedFromPlan } from './approved-plan';
import { checkJournal, checkPlan } from './documents';
import { preparedFromDrafts, type Purpose } from './drafted-plan';
import { asOnlyRun, ended, withMatches, type Prepared } from './execution';
import type { Approval, MatchSummary, Settings, Source } from './model';
import {
	Desired,
	draftFromSource,
	draftLeavers,
	draftRollBack,
	type LeaverWish,
	Listings,
	type MatchedSource,
	matchSource,
	noRowProblem,
	type Planning,
	sourceProblem,
	Spellings,
} from './plan';
import { type RunContext, RunPlatform } from './platform';
import { failedResult, refusedResult, type RunResult } from './result';

/** Reads, compares, and says what would change. Writes nothing. */
export async function preparePlan(source: Source, settings: Settings, context: RunContext): Promise<Prepared> {
	return await fromSource(source, settings, context, { writes: false });
}

/**
 * Plan, guards, apply.
 * @param objection see `Purpose`
 */
export async function prepareSync(
	source: Source,
	settings: Settings,
	context: RunContext,
	objection?: Purpose['objection'],
): Promise<Prepared> {
	return await fromSource(source, settings, context, { writes: true, objection });
}

async function fromSource(
	source: Source,
	settings: Settings,
	context: RunContext,
	purpose: Purpose,
): Promise<Prepared> {
	const planning = newPlanning(settings, context, purpose);
	const problem = sourceProblem(source, settings.kind);
	if (problem !== null) return ended(refusedResult(problem, planning.platform));
	const matched = await matchSource(source, planning);
	if (matched === null) return await draftedRun(source, planning, purpose);
	const unusable = sourceProblem(matched.source, settings.kind);
	if (unusable !== null) return withMatches(ended(refusedResult(unusable, planning.platform)), matched);
	return withMatches(await draftedRun(matched.source, planning, purpose, matched), matched);
}

/** @param source with the platform's ids */
async function draftedRun(
	source: Source,
	planning: Planning,
	purpose: Purpose,
	matched?: MatchedSource,
): Promise<Prepared> {
	const { settings } = planning;
	const drafted = await draftFromSource(source, new Desired(source, settings), planning, matched?.elsewhere);
	const counted = matched === undefined ? drafted : { ...drafted, matched: matched.summary };
	return await preparedFromDrafts(counted, { origin: 'source', mode: settings.mode }, purpose, planning);
}

/**
 * From a journal, planned, guarded and proved like any other run; its own journal can be rolled back in turn. The
 * journal says add and remove member by member, and speaks for no list as a whole.
 */
export async function prepareRollBack(
	json: unknown,
	given: Settings,
	context: RunContext,
	purpose: Purpose,
): Promise<Prepared> {
	const settings: Settings = { ...given, mode: 'actionColumn' };
	const planning = newPlanning(settings, context, purpose);
	const journal = checkJournal(json, settings);
	if (!journal.ok) return ended(refusedResult(journal.issue, planning.platform));
	const drafted = await draftRollBack(journal.document, planning);
	return await preparedFromDrafts(drafted, { origin: 'journal', mode: settings.mode }, purpose, planning);
}

/** People that the source names leave every list of their group. Rows name an agent and no call center. */
export async function prepareRemoveEverywhere(
	source: Source,
	wish: LeaverWish,
	given: Settings,
	context: RunContext,
	purpose: Purpose,
): Promise<Prepared> {
	// To hold the removals would be to do nothing.
	const settings: Settings = { ...given, kind: 'supervisedAgents', mode: 'removeOnly', onBreach: 'abort' };
	const planning = newPlanning(settings, context, purpose);
	const problem = noRowProblem(source);
	if (problem !== null) return ended(refusedResult(problem, planning.platform));
	const matched = await matchSource(source, planning);
	const prepared = await draftedRemoval(matched?.source ?? source, wish, planning, purpose, matched?.summary);
	return matched === null ? prepared : withMatches(prepared, matched);
}

/** @param source with the platform's ids */
async function draftedRemoval(
	source: Source,
	wish: LeaverWish,
	planning: Planning,
	purpose: Purpose,
	matched?: MatchSummary,
): Promise<Prepared> {
	const { settings } = planning;
	const problem = noRowProblem(source);
	if (problem !== null) return ended(refusedResult(problem, planning.platform));
	const desired = new Desired(source, settings);
	const found = await draftLeavers(source, (id) => desired.renamed(id), wish, planning);
	if (!found.ok) return ended(failedResult(found.obstacle, planning.platform));
	const drafted = matched === undefined ? found.drafted : { ...found.drafted, matched };
	return await preparedFromDrafts(drafted, { origin: 'leavers', mode: settings.mode }, purpose, planning);
}

/** Exactly a reviewed and approved plan, or nothing. */
export async function prepareApplyPlan(
	json: unknown,
	approval: Approval,
	settings: Settings,
	context: RunContext,
): Promise<Prepared> {
	const platform = new RunPlatform(context);
	const plan = checkPlan(json, settings, platform.now());
	if (!plan.ok) return ended(refusedResult(plan.issue, platform));
	const problem = approvalProblem(plan.document, approval);
	if (problem !== null) return ended(refusedResult(problem, platform, plan.document));
	return preparedFromPlan(plan.document, settings, platform);
}

function newPlanning(settings: Settings, context: RunContext, { writes }: Purpose): Planning {
	const platform = new RunPlatform(context);
	return { settings, platform, spellings: new Spellings(), listings: new Listings(platform), writes };
}

/** The operations as the only run of their execution. */
export async function planRun(...given: Parameters<typeof preparePlan>): Promise<RunResult> {
	return await asOnlyRun(preparePlan(...given));
}

export async function syncRun(...given: Parameters<typeof prepareSync>): Promise<RunResult> {
	return await asOnlyRun(prepareSync(...given));
}

export async function applyPlanRun(...given: Parameters<typeof prepareApplyPlan>): Promise<RunResult> {
	return await asOnlyRun(prepareApplyPlan(...given));
}

export async function rollBackRun(json: unknown, settings: Settings, context: RunContext): Promise<RunResult> {
	return await asOnlyRun(prepareRollBack(json, settings, context, { writes: true }));
}
