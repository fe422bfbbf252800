/** The platform's spelling of the ids that it has shown in this run: they exist, and are sent in this spelling. */

import { foldId, type Members } from '../model';

export class Spellings {
	readonly #seen = new Map<string, string>();

	/** The first spelling learnt stays, so teach the users of groups before the lists. */
	learn(members: Members): void {
		for (const [folded, spelling] of members) if (!this.#seen.has(folded)) this.#seen.set(folded, spelling);
	}

	/** Learns of a list no more than whether it shows any of the `wanted`, folded: all that is ever asked. */
	learnOf(wanted: ReadonlySet<string>, ids: readonly string[]): void {
		for (const id of ids) {
			const folded = foldId(id);
			if (wanted.has(folded) && !this.#seen.has(folded)) this.#seen.set(folded, id);
		}
	}

	knows(folded: string): boolean {
		return this.#seen.has(folded);
	}

	/** The platform's spelling where it is known, else the one given. */
	of(id: string): string {
		return this.#seen.get(foldId(id)) ?? id;
	}
}
