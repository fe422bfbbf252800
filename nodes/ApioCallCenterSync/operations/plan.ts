import { planRun } from '../../../lib/sync';
import type { Perform } from './context';
import { readWishes } from './wishes';

/** Compares and reports; writes nothing. */
export const plan: Perform = async (context) => {
	const { mode, read, settings } = await readWishes(context);
	if (!read.ok) return { operation: 'plan', result: read.result, source: null, mode, pace: null };
	const { baseUrl, surroundings, pace } = await context.connect();
	const result = await planRun(read.source, settings(baseUrl), surroundings);
	return { operation: 'plan', result, source: read.source, mode, pace: pace() };
};
