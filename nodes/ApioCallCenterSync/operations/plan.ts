import { preparePlan } from '../../../lib/sync';
import { begunAndOver, type Perform } from './context';
import { readWishes } from './wishes';

/** Compares and reports; writes nothing. */
export const plan: Perform = async (context) => {
	const { mode, read, settings } = await readWishes(context);
	if (!read.ok) return begunAndOver('plan', mode, read.result);
	const { baseUrl, runContext, pace } = await context.connect();
	const prepared = await preparePlan(read.source, settings(baseUrl), runContext);
	return { operation: 'plan', source: read.source, mode, pace, prepared };
};
