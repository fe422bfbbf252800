/** Headings of the node's errors, and the hints above its output. */

import { counted, formatNumber } from '../../number-format';
import type { OperationName } from '../../options';
import { duration } from '../format';
import { linesText } from './names';

/** Constant words only: n8n replaces error messages that contain an error code, and an id may contain one. */
export const FAILURE_HEADINGS = {
	approvalMissing: 'A person has to approve this first, so nothing was written',
	notRun: 'The run could not begin, so nothing was written',
	refused: {
		plan: 'The source cannot be used, so nothing was planned',
		sync: 'The source cannot be used, so nothing was written',
		applyPlan: 'The plan was refused, so nothing was written',
		rollBack: 'The roll back was refused, so nothing was written',
		removeEverywhere: 'The source cannot be used, so nobody was removed',
		export: 'The source cannot be used, so nothing was exported',
	},
	nothingShown: 'The platform shows none of the lists, so nothing was written',
	nothingShownToPlan: 'The platform shows none of the lists, so nothing was planned',
	nothingAllowed: 'The platform forbids all changes, so nothing was written',
	guards: 'Guards stopped the run before the first write',
	stopped: 'The run ended before anything was written',
	planStopped: 'The run ended before the plan was made',
	nothingExported: 'The platform shows none of the lists to export',
	exportStopped: 'The export ended before it was complete, so nothing was returned',
	/** After the breaches. */
	wholeReport: "To see the whole report, run the operation 'Plan', or set the option 'When Guards Stop the Run'.",
	wholeReportOfLeavers: "To see the whole report, set the option 'Plan Only' or 'When Guards Stop the Run'.",
} as const;

const FASTER = 'To make it faster, run fewer syncs at once, or ask for a higher request limit on the platform.';

/** Errors of a list to choose from. */
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
		"'Retry On Fail' would run the whole operation again. Turn it off: the node itself repeats what can be repeated " +
		'safely.',
	guards: (reason: string, operation: OperationName) =>
		`${operation === 'plan' ? 'Guards would stop this run' : FAILURE_HEADINGS.guards}.\n${reason}`,
	/** @param only the message if it is the only one; null otherwise */
	notMade: ({ changes, lists, rows }: NotMade, only: string | null, operation: OperationName) => {
		const made = operation === 'plan' ? 'cannot be made' : 'could not be made';
		const parts = [
			...part(changes, 'change', made),
			...part(lists, 'list', 'could not be planned'),
			...part(rows, 'row', 'rejected'),
		];
		const file =
			operation === 'removeEverywhere'
				? 'Correct the causes, and run this again.'
				: "You can correct the file 'rejectedRows' and sync it.";
		return only === null ? `${parts.join(', ')}: see the output 'Rejected'. ${file}` : `${parts[0]}. ${only} ${file}`;
	},
	/** @param notices sentences about what could not be read */
	notices: (notices: readonly string[]) => {
		const [first, ...others] = notices;
		return others.length === 0
			? first
			: `${first}\n${formatNumber(others.length)} more of this kind: see the output 'Rejected'.`;
	},
	/**
	 * @param first why the first of `changes` is held; null if none is
	 * @param breach the gravest of `breaches`, as a line; null if no guard was breached
	 */
	held: (changes: number, first: string | null, breach: string | null, breaches: number) => {
		const held = `${counted(changes, 'change')} held back for safety`;
		if (breach === null) return `${held}. ${first ?? ''}${changes > 1 ? ' The report names the others.' : ''}`;
		const more =
			breaches > 1 ? ` ${counted(breaches - 1, 'more limit is', 'more limits are')} exceeded; see the report.` : '';
		return `${changes > 0 ? held : 'A limit is exceeded'}. ${breach}${more}`;
	},
	/** @param line of the source that the message is about */
	atLine: (line: number | null, message: string) => (line === null ? message : `Line ${line}: ${message}`),
	memoryTooLarge: (lists: number) =>
		`The memory of ${counted(lists, 'list')} is too large for the workflow. Store the file 'memory' of the summary, ` +
		"and give it to the next run with the option 'Memory Field'. Until then all lists are read.",
	paused: (seconds: number) =>
		`The platform made the run wait for ${duration(seconds)}, which is most of its time. ${FASTER}`,
	limited: (perSecond: number, allowed: number) =>
		`The platform's request limit set the pace: about ${rounded(perSecond)} requests a second; the node may send ` +
		`${rounded(allowed)}. ${FASTER}`,
	slow: (answers: number) => `${counted(answers, 'answer')} of the platform took longer than five seconds.`,
};

/** Lines of the source whose changes were not made, as far as they are known. */
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
