import { prepareSync, removalsToApprove, type Plan } from '../../../lib/sync';
import { APPROVAL_MISSING } from '../run/failure';
import { rememberRun } from '../run/last-run';
import { begunAndOver, type Perform } from './context';
import { readWishes } from './wishes';

/** Plan, guards, apply. */
export const sync: Perform = async (context) => {
	const { mode, memory, read, settings } = await readWishes(context);
	if (!read.ok) return begunAndOver('sync', mode, read.result);
	const { baseUrl, surroundings, pace } = await context.connect();
	const prepared = await prepareSync(
		read.source,
		settings(baseUrl),
		surroundings,
		context.asTool ? onlyAdditions : undefined,
	);
	return {
		operation: 'sync',
		source: read.source,
		mode,
		pace,
		prepared,
		remember: (result) => rememberRun(context.execute, memory, result),
	};
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
