/** What came of looking up people and call centers. */

import { formatNumber } from '../../number-format';
import type { MatchSummary } from '../../sync';
import { ATTRIBUTE_NAMES } from './names';

/** `People matched by email address: 488; not found: 3; several: 1`. */
export function matchLines({ people, callCenters }: MatchSummary): string[] {
	const line = (what: string, found: NonNullable<MatchSummary['people'] | MatchSummary['callCenters']>) =>
		`${what} matched by ${ATTRIBUTE_NAMES[found.by]}: ${formatNumber(found.matched)}; ` +
		`not found: ${formatNumber(found.notFound)}; several: ${formatNumber(found.several)}`;
	return [
		...(people === undefined ? [] : [line('People', people)]),
		...(callCenters === undefined ? [] : [line('Call centers', callCenters)]),
	];
}
