/** What the node itself says: headings of its errors, and the hints above its output. */

import { counted } from '../../number-format';
import type { OperationName } from '../../options';
import { duration } from '../format';
import { linesText } from './names';

/** Constant words only: n8n replaces error messages that happen to contain an error code, and ids may. */
export const FAILURE_HEADINGS = {
	approvalMissing: 'A person has to approve this first, nothing was written',
	notRun: 'The run could not begin, nothing was written',
	refused: {
		plan: 'The source cannot be used, nothing was planned',
		sync: 'The source cannot be used, nothing was written',
		applyPlan: 'The plan was refused, nothing was written',
		rollBack: 'The roll back was refused, nothing was written',
		removeEverywhere: 'The source cannot be used, nobody was removed',
		export: 'The source cannot be used, nothing was exported',
	},
	nothingShown: 'The platform shows nothing of what the run is about, nothing was written',
	nothingShownToPlan: 'The platform shows nothing of what the run is about, nothing was planned',
	nothingAllowed: 'The platform forbids all changes, nothing was written',
	guards: 'Guards stopped the run before the first write',
	stopped: 'The run ended before anything was written',
	planStopped: 'The run ended before the plan was made',
	nothingExported: 'The platform shows nothing of what was to be exported',
	exportStopped: 'The export ended before it was complete, nothing was returned',
	/** Beside what the guards found. */
	wholeReport: "To see the whole report, run the operation 'Plan', or set the option 'When Guards Stop the Run'.",
	wholeReportOfLeavers: "To see the whole report, set the option 'Plan Only' or 'When Guards Stop the Run'.",
} as const;

const FASTER = 'Fewer runs at once, or a higher request limit on the platform, would make it faster.';

/** Where a list to choose from cannot be shown. */
export const PICKER_TEXTS = {
	byId: "The account of the credential may not list them: switch this field to 'By ID' and enter the ID",
	byExpression: "The account of the credential may not list them: switch this field to 'Expression' and enter the IDs",
	said: (message: string) => `APIO said: ${message}`,
	chooseFirst: (label: string) => ({
		message: `Choose '${label}' first`,
		description: "The list depends on it. If it is a name or an expression, enter the ID here as well ('By ID').",
	}),
} as const;

export const HINTS = {
	retryOnFail:
		"'Retry On Fail' would run the whole operation again. The node repeats by itself what can be repeated without " +
		'harm, so leave it off.',
	guards: (reason: string, operation: OperationName) =>
		`${operation === 'plan' ? 'Guards would stop this run' : FAILURE_HEADINGS.guards}.\n${reason}`,
	/** @param only the message where there is nothing else to tell of; null where there is */
	notMade: ({ changes, lists, rows }: NotMade, only: string | null, operation: OperationName) => {
		const made = operation === 'plan' ? 'cannot be made' : 'could not be made';
		const parts = [
			...part(changes, 'change', made),
			...part(lists, 'list', 'could not be planned'),
			...part(rows, 'row', 'rejected'),
		];
		const file = "The file 'rejectedRows' can be corrected and fed back in.";
		return only === null ? `${parts.join(', ')}: see the output 'Rejected'. ${file}` : `${parts[0]}. ${only} ${file}`;
	},
	/** @param notices sentences about what could not be looked at */
	notices: (notices: readonly string[]) => {
		const [first, ...others] = notices;
		return others.length === 0
			? first
			: `${first}\n${counted(others.length, 'more of the kind')}: see the output 'Rejected'.`;
	},
	/**
	 * @param first why the first of `changes` is held; null where none is
	 * @param breach the gravest of `breaches`, as a line; null where no guard found anything
	 */
	held: (changes: number, first: string | null, breach: string | null, breaches: number) => {
		const held = `${counted(changes, 'change')} held back for safety`;
		if (breach === null) return `${held}. ${first ?? ''}${changes > 1 ? ' The report names the others.' : ''}`;
		const more =
			breaches > 1 ? ` ${counted(breaches - 1, 'more limit is', 'more limits are')} exceeded; see the report.` : '';
		return `${changes > 0 ? held : 'A limit is exceeded'}. ${breach}${more}`;
	},
	/** Behind the line of the source that a message is about. */
	atLine: (line: number | null, message: string) => (line === null ? message : `Line ${line}: ${message}`),
	memoryTooLarge: (lists: number) =>
		`The memory of ${counted(lists, 'list')} is more than a workflow keeps. Store the file 'memory' of the summary, ` +
		"and give it to the next run with the option 'Memory Field'. Until then all lists are read.",
	paused: (seconds: number) => `The platform held the run back for ${duration(seconds)}, most of its time. ${FASTER}`,
	limited: (perSecond: number, allowed: number) =>
		`The platform's request limit set the pace: about ${rounded(perSecond)} a second, of ${rounded(allowed)} allowed ` +
		`here. ${FASTER}`,
	slow: (answers: number) => `${counted(answers, 'answer')} of the platform took longer than five seconds.`,
};

/** Lines of the source that asked for what was not done; of each as many as are known. */
export interface NotMade {
	readonly changes: Where;
	readonly lists: Where;
	readonly rows: Where;
}

interface Where {
	readonly count: number;
	readonly lines: readonly number[];
}

function part({ count, lines }: Where, noun: string, what: string): string[] {
	if (count === 0) return [];
	const distinct = [...new Set(lines)].sort((a, b) => a - b);
	const where = distinct.length === 0 ? '' : ` (${linesText(distinct)})`;
	return [`${counted(count, noun)} ${what}${where}`];
}

function rounded(rate: number): string {
	return String(rate < 10 ? Math.round(rate * 10) / 10 : Math.round(rate));
}
