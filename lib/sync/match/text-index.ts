/** Entries by the texts that name them. Its size is in proportion to the entries. */

import type { Candidate } from '../model';

export type Match =
	| { readonly found: 'one'; readonly candidate: Candidate }
	| { readonly found: 'none' }
	/** Sorted by id. */
	| { readonly found: 'several'; readonly candidates: readonly Candidate[] };

export class TextIndex {
	/** An array only where several entries have the text. */
	readonly #entries = new Map<string, Candidate | Candidate[]>();

	/** @param text as `matchText` writes it; null is never found */
	add(text: string | null, candidate: Candidate): void {
		if (text === null) return;
		const earlier = this.#entries.get(text);
		if (earlier === undefined) this.#entries.set(text, candidate);
		else if (Array.isArray(earlier)) {
			if (!earlier.includes(candidate)) earlier.push(candidate);
		} else if (earlier !== candidate) this.#entries.set(text, [earlier, candidate]);
	}

	find(text: string | null): Match {
		const found = text === null ? undefined : this.#entries.get(text);
		if (found === undefined) return { found: 'none' };
		if (!Array.isArray(found)) return { found: 'one', candidate: found };
		return { found: 'several', candidates: [...found].sort((a, b) => (a.id < b.id ? -1 : 1)) };
	}
}
