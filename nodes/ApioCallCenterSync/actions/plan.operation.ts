import { preparePlan } from '../../../lib/sync';
import { readDesiredSource, sourceParameters } from '../run/desired-source';
import type { Operation } from '../run/operation';

/** Compares and reports; writes nothing. */
export const plan: Operation = {
	parameters: sourceParameters,

	async prepare(context) {
		const desired = await readDesiredSource(context);
		if (!desired.ok) return desired.ended;
		const { source, mode, settings } = desired;
		const { baseUrl, runContext, pace } = await context.connect();
		const prepared = await preparePlan(source, settings(baseUrl), runContext);
		return { source, mode, pace, prepared };
	},
};
