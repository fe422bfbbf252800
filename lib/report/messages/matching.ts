/** Results of looking up people and call centers. */

import { counted, formatNumber, listed } from '../../number-format';
import type { Candidate, MatchSummary } from '../../sync';
import { ATTRIBUTE_NAMES, named, quoted } from './names';

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

/** For a row of the correction CSV, if the source has first and last names in two columns. */
export function idInsteadOfName(id: string): string {
	return (
		`The platform does not show a first and a last name of ${id}, so the row has the ID instead. Remove the row ` +
		'here, and sync it from a file that has IDs.'
	);
}

/** Candidates that a message names. */
const MOST_NAMED = 10;

export type NamedKind = 'user' | 'callCenter';

const NOUNS: Readonly<Record<NamedKind, readonly [singular: string, plural: string]>> = {
	user: ['user', 'users'],
	callCenter: ['call center', 'call centers'],
};

/** Problems of a name that a parameter has instead of an id. The name of the parameter precedes each text. */
export const NAME_PROBLEMS = {
	none: (kind: NamedKind, groupId: string, name: string) =>
		`names no ${NOUNS[kind][0]} of the group ${groupId}: ${quoted(name)}. Check the spelling, or enter the ID ` +
		"('By ID')",
	several: (kind: NamedKind, groupId: string, name: string, candidates: readonly Candidate[]) =>
		`matches ${counted(candidates.length, ...NOUNS[kind])} of the group ${groupId}: ${quoted(name)} is ` +
		`${listed(candidates.map(named), MOST_NAMED)}. Enter the ID of the right one ('By ID')`,
} as const;

/** If the account may not list the group's names. */
export function namesForbidden(kind: NamedKind, said: string): string {
	return (
		`the account of the credential may not list the group's ${NOUNS[kind][1]}, so the name cannot be looked up: ` +
		`enter the ID ('By ID'). ${said}`
	);
}
