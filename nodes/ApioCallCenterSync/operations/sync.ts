import { applyPlanRun, planRun, syncRun } from '../../../lib/sync';
import type { CsvSource } from '../../../lib/csv/options';
import type { RunResult, Settings, Surroundings } from '../../../lib/sync/run';
import { APPROVAL_MISSING } from '../run/failure';
import { refused } from '../run/finished';
import { rememberRun } from '../run/last-run';
import type { Perform } from './context';
import { readWishes } from './wishes';

/** Plan, guards, apply. */
export const sync: Perform = async (context) => {
	const { mode, memory, read, settings } = await readWishes(context);
	if (!read.ok) return { operation: 'sync', result: read.result, source: null, mode, pace: null };
	const { baseUrl, surroundings, pace } = await context.connect();
	const run = context.asTool ? withoutRemovals : syncRun;
	const result = await run(read.source, settings(baseUrl), surroundings);
	rememberRun(context.execute, memory, result);
	return { operation: 'sync', result, source: read.source, mode, pace: pace() };
};

/**
 * For AI agents: what only adds is done, what would remove anything is not, because no person approved it. The plan is
 * made and looked at first, and then exactly that plan is applied.
 */
async function withoutRemovals(source: CsvSource, settings: Settings, surroundings: Surroundings): Promise<RunResult> {
	const planned = await planRun(source, settings, surroundings);
	const { plan } = planned;
	if (planned.status !== 'planned' || plan === null) return planned;
	const { removes } = plan.totals;
	if (removes > 0) {
		const reason = refused(APPROVAL_MISSING, approvalMissing(removes)).reason;
		return { ...planned, status: 'refused', reason };
	}
	const applied = await applyPlanRun(plan, { planHash: plan.hash, removals: null }, settings, surroundings);
	const [before, after] = [planned.happened, applied.happened];
	return {
		...applied,
		happened: {
			reads: before.reads + after.reads,
			writes: before.writes + after.writes,
			milliseconds: before.milliseconds + after.milliseconds,
		},
	};
}

function approvalMissing(removes: number): string {
	return `The sync would make ${removes === 1 ? '1 removal' : `${removes} removals`}, and an AI agent may not remove without a person's approval. Use the operation 'Plan', have a person read it, and apply it in a workflow with 'Apply Plan'; or use the mode 'Add Only'.`;
}
