/** Members of one list as a map from the folded id, which is compared, to the spelling, which is sent. */

import { canonicalHash } from './canonical-json';
import { foldId } from './list';

export type Members = ReadonlyMap<string, string>;

/** The first spelling wins, should the platform name somebody twice. */
export function membersOf(ids: Iterable<string>): Map<string, string> {
	const members = new Map<string, string>();
	for (const id of ids) {
		const folded = foldId(id);
		if (!members.has(folded)) members.set(folded, id);
	}
	return members;
}

/** Each id once, in its first spelling. */
export function distinctIds(ids: Iterable<string>): string[] {
	return [...membersOf(ids).values()];
}

/** Equal for the same members in any order and spelling. */
export function membersHash(members: Members): string {
	return canonicalHash([...members.keys()].sort());
}

export function sameMembers(a: Members, b: Members): boolean {
	if (a.size !== b.size) return false;
	for (const folded of a.keys()) if (!b.has(folded)) return false;
	return true;
}

/** Entries of `a` that `b` lacks. */
export function missingFrom(a: Members, b: ReadonlyMap<string, unknown>): Map<string, string> {
	const missing = new Map<string, string>();
	for (const [folded, spelling] of a) if (!b.has(folded)) missing.set(folded, spelling);
	return missing;
}

/** Splits into pieces of at most `size` entries; 0 for no limit. */
export function chunksOf<Entry>(entries: readonly Entry[], size: number): Entry[][] {
	if (entries.length === 0) return [];
	if (size <= 0 || entries.length <= size) return [[...entries]];
	const chunks: Entry[][] = [];
	for (let start = 0; start < entries.length; start += size) chunks.push(entries.slice(start, start + size));
	return chunks;
}
