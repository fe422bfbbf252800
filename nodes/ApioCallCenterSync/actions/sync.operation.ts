import { prepareSync, removalsToApprove } from '../../../lib/sync';
import type { Plan } from '../../../lib/sync/documents/plan';
import { readDesiredSource, sourceParameters } from '../run/desired-source';
import { APPROVAL_MISSING } from '../run/failure';
import { rememberRun } from '../run/last-run';
import type { Operation } from '../run/operation';

/** Plans, checks the guards and writes the differences. */
export const sync: Operation = {
	parameters: sourceParameters,

	async prepare(context) {
		const desired = await readDesiredSource(context);
		if (!desired.ok) return desired.ended;
		const { source, mode, settings, lastRunKey } = desired;
		const { baseUrl, surroundings, pace } = await context.connect();
		const check = context.asTool ? onlyAdditions : undefined;
		const prepared = await prepareSync(source, settings(baseUrl), surroundings, check);
		return { source, mode, pace, prepared, remember: (result) => rememberRun(context.execute, lastRunKey, result) };
	},
};

/** For AI agents: what only adds is done, what would remove anything is not, because no person approved it. */
function onlyAdditions(plan: Plan) {
	const removes = removalsToApprove(plan);
	return removes === 0 ? null : { code: APPROVAL_MISSING, message: approvalMissing(removes) };
}

function approvalMissing(removes: number): string {
	return (
		`The sync would make ${removes === 1 ? '1 removal' : `${removes} removals`}, and an AI agent may not ` +
		"remove without a person's approval. Use the operation 'Plan', have a person read it, and apply it in " +
		"a workflow with 'Apply Plan'; or use the mode 'Add Only'."
	);
}
