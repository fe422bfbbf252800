import { prepareRollBack } from '../../../lib/sync';
import { documentParameters, documentSettings, readDocument } from '../run/documents';
import { APPROVAL_MISSING } from '../run/failure';
import { endedRun, refused, type Operation } from '../run/operation';

/** Undoes an earlier run from its journal, planned and guarded like any other run. */
export const rollBack: Operation = {
	parameters: documentParameters('journal', 'an earlier run'),

	async prepare({ execute, item, options, asTool, connect, settings }) {
		if (asTool && !options.planOnly) return endedRun(refused(APPROVAL_MISSING, NOT_FOR_AGENTS));
		const journal = await readDocument(execute, item, 'journal');
		if (!journal.ok) return endedRun(refused('journalUnreadable', journal.message));
		const { baseUrl, surroundings, pace } = await connect();
		const runSettings = settings(documentSettings(journal.value, baseUrl));
		const prepared = await prepareRollBack(journal.value, runSettings, surroundings, { writes: !options.planOnly });
		return { source: null, mode: 'mirror', pace, prepared };
	},
};

const NOT_FOR_AGENTS =
	'Rolling back undoes the work of a whole run, so an AI agent may not do it. Let a person run it in a ' +
	"workflow, or set the option 'Plan Only'.";
