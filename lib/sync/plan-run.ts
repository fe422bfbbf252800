/** Plan: reads, compares, and says what would change. Writes nothing. */

import { Desired } from './desired';
import { makePlan } from './plan';
import type { Plan } from './plan-document';
import { draftFromSource } from './plan-source';
import type { Drafting, Planning } from './planning';
import { onlyPlanned, refused, stoppedPlanning } from './results';
import type { RunResult, Settings, Source, Surroundings } from './run';
import { Session } from './session';
import { Spellings } from './spellings';
import { sourceProblem } from './source-check';

export type Planned =
	| { readonly ok: true; readonly plan: Plan; readonly drafting: Drafting }
	| { readonly ok: false; readonly result: RunResult };

export async function planRun(source: Source, settings: Settings, around: Surroundings): Promise<RunResult> {
	const session = new Session(around);
	const planned = await planFromSource(source, settings, session, 'review');
	return planned.ok ? onlyPlanned(planned.plan, planned.drafting, session) : planned.result;
}

export async function planFromSource(
	source: Source,
	settings: Settings,
	session: Session,
	purpose: Planning['purpose'],
): Promise<Planned> {
	const problem = sourceProblem(source, settings.kind);
	if (problem !== null) return { ok: false, result: refused(problem.code, problem.message, session) };
	const planning: Planning = { settings, session, spellings: new Spellings(), purpose };
	const drafting = await draftFromSource(source, new Desired(source, settings), planning);
	if (session.halt !== null) return { ok: false, result: stoppedPlanning(drafting, session) };
	return { ok: true, plan: makePlan(drafting, { origin: 'source', mode: settings.mode }, planning), drafting };
}
