/** The call centers of a group by their names. */

import { foldId } from '../model';
import type { CallCenterInfo } from '../platform';
import { matchText, type TextRule } from './attribute';
import { type Match, TextIndex } from './text-index';

const NAME: TextRule = { attribute: 'name', country: null };

export class CallCenterIndex {
	readonly #index = new TextIndex();
	/** By folded id. */
	readonly #names = new Map<string, string>();

	/** A call center whose name the platform does not show is never found. */
	constructor(callCenters: readonly CallCenterInfo[]) {
		for (const { serviceUserId: id, name } of callCenters) {
			if (this.#names.has(foldId(id))) continue;
			this.#names.set(foldId(id), name.trim());
			this.#index.add(matchText(name, NAME), { id, name: name.trim() });
		}
	}

	find(text: string): Match {
		return this.#index.find(matchText(text, NAME));
	}

	/** The name of a call center; null if the platform shows none. */
	textOf(id: string): string | null {
		return this.#names.get(foldId(id)) || null;
	}
}
