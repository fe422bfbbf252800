import { prepareRollBack, type Issue } from '../../../lib/sync';
import { documentParameters, documentSettings, readDocument } from '../run/documents';
import { endedRun, refused, type Operation } from '../run/operation';

/** Undoes an earlier run from its journal, planned and guarded like any other run. */
export const rollBack: Operation = {
	parameters: documentParameters('journal', 'an earlier run'),

	async prepare({ execute, item, options, asTool, connect, settings }) {
		if (asTool && !options.planOnly) return endedRun(refused(NOT_FOR_AGENTS));
		const journal = await readDocument(execute, item, 'journal');
		if (!journal.ok) return endedRun(refused(journal.issue));
		const { baseUrl, runContext, pace } = await connect();
		const runSettings = settings(documentSettings(journal.value, baseUrl));
		const prepared = await prepareRollBack(journal.value, runSettings, runContext, { writes: !options.planOnly });
		return { source: null, mode: 'mirror', pace, prepared };
	},
};

const NOT_FOR_AGENTS: Issue = { code: 'approvalMissing', facts: { problem: 'rollBack' } };
