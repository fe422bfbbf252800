import { prepareRollBack } from '../../../lib/sync';
import { kindOf, readDocument } from '../run/documents';
import { APPROVAL_MISSING } from '../run/failure';
import { refused } from '../run/finished';
import { engineSettings } from '../run/options';
import { begunAndOver, type Perform } from './context';

const NOT_FOR_AGENTS =
	'Rolling back undoes the work of a whole run, so an AI agent may not do it. Let a person run it in a ' +
	"workflow, or set the option 'Plan Only'.";

/** Undoes an earlier run from its journal, planned and guarded like any other run. */
export const rollBack: Perform = async (context) => {
	const { execute, item, options, asTool } = context;
	const ended = (result: ReturnType<typeof refused>) => begunAndOver('rollBack', 'mirror', result);
	if (asTool && !options.planOnly) return ended(refused(APPROVAL_MISSING, NOT_FOR_AGENTS));
	const document = await readDocument(execute, item, 'journal');
	if (!document.ok) return ended(refused('journalUnreadable', document.message));
	const { baseUrl, runContext, pace } = await context.connect();
	const settings = engineSettings(options, {
		kind: kindOf(document.value),
		mode: 'mirror',
		platformUrl: baseUrl,
		lastRun: null,
	});
	const prepared = await prepareRollBack(document.value, settings, runContext, { writes: !options.planOnly });
	return { operation: 'rollBack', source: null, mode: 'mirror', pace, prepared };
};
