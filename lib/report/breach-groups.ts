/** Breaches by guard: those of the whole run as a sentence each, those of lists under one heading. */

import type { Breach } from '../sync';
import { listTitle } from './view';
import { counted } from './words';

export interface BreachGroup {
	readonly heading: string;
	/** `anna@x in support@x: 8 of its 12 agents would go, …`; empty where the heading says it all. */
	readonly lines: readonly string[];
}

export function breachGroups(breaches: readonly Breach[]): BreachGroup[] {
	const ofLists = (guard: Breach['guard']) =>
		breaches.filter((breach) => breach.list !== null && breach.guard === guard);
	const perList = ofLists('removalsPerList');
	const isProtected = ofLists('protectedMember');
	const others = breaches.filter((breach) => !perList.includes(breach) && !isProtected.includes(breach));
	return [
		...others.map((breach) => ({ heading: breach.message, lines: [] })),
		...group(isProtected, `Protected members would be removed from ${counted(isProtected.length, 'list')}:`),
		...group(perList, `${counted(perList.length, 'list')} would lose too many members at once:`),
	];
}

function group(breaches: readonly Breach[], heading: string): BreachGroup[] {
	return breaches.length === 0 ? [] : [{ heading, lines: breaches.map(lineOf) }];
}

/** The heading says what the sentence begins with, and the rule behind the limit, in brackets, is the same for all. */
function lineOf(breach: Breach): string {
	const sentence = breach.message.replace(/^(?:Too many removals|Protected): /, '').replace(/ \([^()]*\)\.$/, '.');
	return breach.list === null ? sentence : `${listTitle(breach.list)}: ${sentence}`;
}
