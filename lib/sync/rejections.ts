/**
 * Which lists a rejected row touches (design.md 6.3): every list that agrees with the parts of the row's key that could
 * be read. Held by pattern of readable parts, so that a file full of bad rows costs one look-up per list and pattern.
 */

import type { RejectedRow } from './row';
import type { KindName, ListRef } from './kinds';
import { foldId, KINDS } from './kinds';

const PARTS = ['tenantId', 'groupId', 'userId', 'callCenterId'] as const;
type Part = (typeof PARTS)[number];

/** Rejected rows remembered per key: messages name a few and count the rest. */
interface Hit {
	readonly lines: number[];
	readonly first: RejectedRow;
}

interface Pattern {
	readonly parts: readonly Part[];
	readonly hits: Map<string, Hit>;
}

export class RejectionIndex {
	readonly #patterns = new Map<string, Pattern>();

	constructor(rejected: readonly RejectedRow[], kind: KindName) {
		const key = PARTS.filter((part) => part !== 'callCenterId' || KINDS[kind].keyedByCallCenter);
		for (const row of rejected) {
			const parts = key.filter((part) => row[part] !== null);
			const name = parts.join();
			const pattern = this.#patterns.get(name) ?? { parts, hits: new Map<string, Hit>() };
			this.#patterns.set(name, pattern);
			const values = keyOf(row, parts);
			const hit = pattern.hits.get(values);
			if (hit === undefined) pattern.hits.set(values, { lines: [row.line], first: row });
			else hit.lines.push(row.line);
		}
	}

	/** The rejected rows that may mean this list; null where there are none. */
	touching(ref: ListRef): Hit | null {
		let found: Hit | null = null;
		for (const pattern of this.#patterns.values()) {
			const hit = pattern.hits.get(keyOf(ref, pattern.parts));
			if (hit === undefined) continue;
			found = found === null ? hit : { first: found.first, lines: [...found.lines, ...hit.lines].sort((a, b) => a - b) };
		}
		return found;
	}
}

function keyOf(from: RejectedRow | ListRef, parts: readonly Part[]): string {
	return parts.map((part) => foldId(from[part] ?? '')).join('\u0000');
}
