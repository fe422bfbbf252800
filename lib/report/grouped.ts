/** Noise control: what went wrong the same way many times is told once, with a count and the first few places. */

export interface Occurrence {
	readonly code: string;
	readonly message: string;
	/** Where: `line 12`, or a member and its list. */
	readonly place: string;
	/** Ids that make otherwise equal messages differ. */
	readonly ids: readonly string[];
}

export interface Group {
	readonly code: string;
	/** The first message of its kind, as it was. */
	readonly message: string;
	readonly places: readonly string[];
}

/** Groups by code and wording, ids and figures aside; the most frequent first, otherwise in order of appearance. */
export function grouped(occurrences: readonly Occurrence[]): Group[] {
	const groups = new Map<string, { code: string; message: string; places: string[] }>();
	for (const { code, message, place, ids } of occurrences) {
		const key = `${code}\u0000${wording(message, ids)}`;
		const group = groups.get(key);
		if (group === undefined) groups.set(key, { code, message, places: [place] });
		else group.places.push(place);
	}
	return [...groups.values()].sort((a, b) => b.places.length - a.places.length);
}

function wording(message: string, ids: readonly string[]): string {
	let text = message;
	for (const id of ids) if (id !== '') text = text.split(id).join('…');
	return text.replace(/'[^']*'|"[^"]*"|“[^”]*”|\d+/g, '…');
}
