/**
 * Noise control: what went wrong the same way many times is told a few times in full, and then counted with its places.
 */

import { replaceWhole } from '../whole-names';
import { listed } from './words';

/** A line of the source, a list, or null where the message says it all. */
export type Where = number | string | null;

export interface Occurrence {
	readonly code: string;
	readonly message: string;
	readonly where: Where;
	/** What of that place is meant, such as a member of the list. */
	readonly what: string | null;
	/** Ids that make otherwise equal messages differ. */
	readonly ids: readonly string[];
}

interface Place {
	readonly where: Where;
	readonly whats: string[];
}

/** One sentence, word for word, and everything that it is true of. */
export interface Said {
	readonly message: string;
	readonly count: number;
	readonly places: readonly Place[];
}

/** What went wrong the same way. */
export interface Group {
	readonly code: string;
	readonly count: number;
	/** In order of appearance. */
	readonly said: readonly Said[];
}

/**
 * Groups by code and wording, ids and figures aside; the most frequent first, otherwise in order of appearance. Wording
 * only decides what stands together: each sentence keeps its own ids, figures and places.
 */
export function grouped(occurrences: readonly Occurrence[]): Group[] {
	const groups = new Map<string, { code: string; occurrences: Occurrence[] }>();
	for (const occurrence of occurrences) {
		const { code, message, ids } = occurrence;
		const key = `${code}\u0000${wording(message, ids)}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { code, occurrences: [occurrence] });
		else group.occurrences.push(occurrence);
	}
	return [...groups.values()]
		.map((group) => ({ code: group.code, count: group.occurrences.length, said: saidIn(group.occurrences) }))
		.sort((a, b) => b.count - a.count);
}

/** The first sentences of a group, and the others as the places that they speak of. */
export function told({ said }: Group, most: number): { readonly first: readonly Said[]; readonly others: Said | null } {
	// One more sentence is no longer than saying that there is one more.
	if (said.length <= most + 1) return { first: said, others: null };
	const rest = said.slice(most);
	const count = rest.reduce((sum, one) => sum + one.count, 0);
	return {
		first: said.slice(0, most),
		others: { message: '', count, places: joined(rest.flatMap(({ places }) => places)) },
	};
}

/** `lines 3, 7 and 12 more`; `anna@x in support@x: +bram@x and +chloe@x; …`; empty where there is nothing to name. */
export function placesText({ places }: Said, most: number): string {
	const named = places.filter(({ where }) => where !== null);
	if (named.every(({ where, whats }) => typeof where === 'number' && whats.length === 0)) {
		const lines = named.map(({ where }) => String(where));
		return lines.length === 0 ? '' : `${lines.length === 1 ? 'line' : 'lines'} ${listed(lines, most)}`;
	}
	const texts = named.map(({ where, whats }) => {
		const place = typeof where === 'number' ? `line ${where}` : where;
		return whats.length === 0 ? `${place}` : `${place}: ${listed(whats, most)}`;
	});
	return listed(texts, most, '; ');
}

function saidIn(occurrences: readonly Occurrence[]): Said[] {
	const byMessage = new Map<string, Occurrence[]>();
	for (const occurrence of occurrences) {
		const same = byMessage.get(occurrence.message);
		if (same === undefined) byMessage.set(occurrence.message, [occurrence]);
		else same.push(occurrence);
	}
	return [...byMessage].map(([message, same]) => ({
		message,
		count: same.length,
		places: joined(same.map(({ where, what }) => ({ where, whats: what === null ? [] : [what] }))),
	}));
}

/** Each place once, with everything that is meant there. */
function joined(places: readonly Place[]): Place[] {
	const byWhere = new Map<Where, string[]>();
	for (const { where, whats } of places) {
		const known = byWhere.get(where);
		if (known === undefined) byWhere.set(where, [...whats]);
		else for (const what of whats) known.push(what);
	}
	return [...byWhere].map(([where, whats]) => ({ where, whats }));
}

function wording(message: string, ids: readonly string[]): string {
	let text = message;
	for (const id of ids) if (id !== '') text = replaceWhole(text, id, '…');
	return text.replace(/'[^']*'|"[^"]*"|“[^“”]*”|\d+/g, '…');
}
