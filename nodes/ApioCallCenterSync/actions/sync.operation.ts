import { prepareSync, removalsToApprove, type Issue, type Plan } from '../../../lib/sync';
import { readDesiredSource, sourceParameters } from '../run/desired-source';
import type { Operation } from '../run/operation';

/** Plans, checks the guards and writes the differences. */
export const sync: Operation = {
	parameters: sourceParameters,

	async prepare(context) {
		const desired = await readDesiredSource(context);
		if (!desired.ok) return desired.ended;
		const { source, mode, settings, remember } = desired;
		const { baseUrl, runContext, pace } = await context.connect();
		const check = context.asTool ? onlyAdditions : undefined;
		const prepared = await prepareSync(source, settings(baseUrl), runContext, check);
		return { source, mode, pace, prepared, remember };
	},
};

/** For AI agents: a sync that only adds is carried out; one that removes is refused, because no person approved it. */
function onlyAdditions(plan: Plan): Issue | null {
	const removals = removalsToApprove(plan);
	return removals === 0 ? null : { code: 'approvalMissing', facts: { problem: 'removals', removals } };
}
