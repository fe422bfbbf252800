/**
 * Noise control: of problems of the same kind a few are shown in full, and the others are counted with their locations.
 */

import { listed } from './format';

/** A line of the source or a list; null if the message names the location itself. */
export type Where = number | string | null;

export interface Occurrence {
	/** Equal for problems of the same kind. */
	readonly kind: string;
	readonly message: string;
	readonly where: Where;
	/** The part of that location, such as a member of the list. */
	readonly what: string | null;
}

interface Location {
	readonly where: Where;
	readonly whats: string[];
}

/** One text, and all locations that it applies to. */
export interface Message {
	readonly text: string;
	readonly count: number;
	readonly locations: readonly Location[];
}

/** Problems of one kind. */
export interface ProblemGroup {
	readonly count: number;
	/** In order of appearance. */
	readonly messages: readonly Message[];
}

/** Groups by kind; the most frequent first, otherwise in order of appearance. */
export function groupByKind(occurrences: readonly Occurrence[]): ProblemGroup[] {
	const groups = new Map<string, Occurrence[]>();
	for (const occurrence of occurrences) {
		const group = groups.get(occurrence.kind);
		if (group === undefined) groups.set(occurrence.kind, [occurrence]);
		else group.push(occurrence);
	}
	return [...groups.values()]
		.map((group) => ({ count: group.length, messages: messagesIn(group) }))
		.sort((a, b) => b.count - a.count);
}

/** The first messages of a group, and the others as one without text: how many they are, and their locations. */
export function firstMessages(
	{ messages }: ProblemGroup,
	limit: number,
): { readonly first: readonly Message[]; readonly others: Message | null } {
	// A note about one more message would be as long as the message.
	if (messages.length <= limit + 1) return { first: messages, others: null };
	const rest = messages.slice(limit);
	const count = rest.reduce((sum, one) => sum + one.count, 0);
	return {
		first: messages.slice(0, limit),
		others: { text: '', count, locations: mergeLocations(rest.flatMap(({ locations }) => locations)) },
	};
}

/** `lines 3, 7 and 12 more`; `anna@x in support@x: +bram@x and +chloe@x; …`; empty where there is nothing to name. */
export function locationsText({ locations }: Message, limit: number): string {
	const named = locations.filter(({ where }) => where !== null);
	if (named.every(({ where, whats }) => typeof where === 'number' && whats.length === 0)) {
		const lines = named.map(({ where }) => String(where));
		return lines.length === 0 ? '' : `${lines.length === 1 ? 'line' : 'lines'} ${listed(lines, limit)}`;
	}
	const texts = named.map(({ where, whats }) => {
		const location = typeof where === 'number' ? `line ${where}` : where;
		return whats.length === 0 ? `${location}` : `${location}: ${listed(whats, limit)}`;
	});
	return listed(texts, limit, '; ');
}

function messagesIn(occurrences: readonly Occurrence[]): Message[] {
	const byMessage = new Map<string, Occurrence[]>();
	for (const occurrence of occurrences) {
		const same = byMessage.get(occurrence.message);
		if (same === undefined) byMessage.set(occurrence.message, [occurrence]);
		else same.push(occurrence);
	}
	return [...byMessage].map(([text, same]) => ({
		text,
		count: same.length,
		locations: mergeLocations(same.map(({ where, what }) => ({ where, whats: what === null ? [] : [what] }))),
	}));
}

/** Each location once, with all its parts. */
function mergeLocations(locations: readonly Location[]): Location[] {
	const byWhere = new Map<Where, string[]>();
	for (const { where, whats } of locations) {
		const known = byWhere.get(where);
		if (known === undefined) byWhere.set(where, [...whats]);
		else for (const what of whats) known.push(what);
	}
	return [...byWhere].map(([where, whats]) => ({ where, whats }));
}
