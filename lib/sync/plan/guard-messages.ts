/** What is said of breaches: where, and how to go on, as octoDNS does; the breach itself says what. */

import { counted, listed } from '../../figure';
import { BREACHES_IN_A_MESSAGE } from '../model/limits';
import type { Breach } from '../documents/plan';
import { listName } from '../words';

type Guard = Breach['guard'];

const LIMITS_TO_RAISE: Readonly<Partial<Record<Guard, string>>> = {
	sourceShrank: 'the limit for a source that shrinks',
	listsNotShown: 'the limit of lists that are not shown',
	removalsTotal: 'the limits in total',
	additionsTotal: 'the limit of additions',
	removalsPerList: 'the limits per list (100 % lifts the rule for small lists too)',
};

const ABOUT_THE_SOURCE: ReadonlySet<Guard> = new Set<Guard>(['sourceShrank', 'listsNotShown']);

/**
 * How to go on after breaches of these guards, each way out once however many breaches there are.
 * @param canHold whether holding removals is still to be chosen
 */
export function waysOut(guards: Iterable<Guard>, canHold = true): string[] {
	const breached = new Set(guards);
	const limits = Object.entries(LIMITS_TO_RAISE).flatMap(([guard, limit]) =>
		breached.has(guard as Guard) ? [limit] : [],
	);
	// Too many additions stop a run whether removals are held or not.
	const orHold = canHold && !breached.has('additionsTotal') ? ', or let removals be held' : '';
	return [
		...(limits.length > 0
			? [`Check that the source is complete and right; if it is, raise ${listed(limits)} for this run${orHold}.`]
			: []),
		...(breached.has('protectedMember')
			? [`Put protected members back into the source, or take them off the protected ids${orHold}.`]
			: []),
	];
}

/**
 * The first breaches, how many more there are, and each way out once: short enough for a message, however many there
 * are.
 */
export function breachesText(breaches: readonly Breach[], canHold = true): string {
	const told = gravestFirst(breaches).slice(0, BREACHES_IN_A_MESSAGE).map(breachLine);
	const more = breaches.length - told.length;
	const rest =
		more > 0 ? [`${counted(more, 'more limit is', 'more limits are')} exceeded; the report names them.`] : [];
	return [
		...told,
		...rest,
		...waysOut(
			breaches.map(({ guard }) => guard),
			canHold,
		),
	].join('\n');
}

/** What concerns the whole run tells more than what one list would lose. */
export function gravestFirst(breaches: readonly Breach[]): Breach[] {
	return [...breaches].sort((a, b) => (a.list === null ? 0 : 1) - (b.list === null ? 0 : 1));
}

/** A breach with where it happened, in brackets. */
export function breachLine({ guard, list, message }: Breach): string {
	const scope = list !== null ? listName(list) : ABOUT_THE_SOURCE.has(guard) ? 'source' : 'all lists';
	return `[${scope}] ${message}`;
}
