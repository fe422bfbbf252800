/** Noise control: what went wrong the same way many times is told once, with a count and the first few places. */

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

export interface Group {
	readonly code: string;
	/** The first message of its kind, as it was. */
	readonly message: string;
	readonly count: number;
	readonly places: readonly Place[];
}

/** Groups by code and wording, ids and figures aside; the most frequent first, otherwise in order of appearance. */
export function grouped(occurrences: readonly Occurrence[]): Group[] {
	const groups = new Map<string, { code: string; message: string; count: number; places: Map<Where, Place> }>();
	for (const { code, message, where, what, ids } of occurrences) {
		const key = `${code}\u0000${wording(message, ids)}`;
		const group = groups.get(key) ?? { code, message, count: 0, places: new Map<Where, Place>() };
		groups.set(key, group);
		group.count += 1;
		const place = group.places.get(where) ?? { where, whats: [] };
		group.places.set(where, place);
		if (what !== null) place.whats.push(what);
	}
	return [...groups.values()].map((group) => ({ ...group, places: [...group.places.values()] })).sort((a, b) => b.count - a.count);
}

/** `lines 3, 7 and 12 more`; `anna@x in support@x: +bram@x and +chloe@x; …`; empty where there is nothing to name. */
export function placesText({ places }: Group, most: number): string {
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

function wording(message: string, ids: readonly string[]): string {
	let text = message;
	for (const id of ids) if (id !== '') text = text.split(id).join('…');
	return text.replace(/'[^']*'|"[^"]*"|“[^“”]*”|\d+/g, '…');
}
