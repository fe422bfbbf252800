/** The call centers of a group by their names. */

import { foldId } from '../model';
import type { CallCenterInfo } from '../platform';
import { matchText, type TextRule } from './attribute';
import { type Match, TextIndex } from './text-index';

const NAME: TextRule = { attribute: 'name', country: null };

export class CallCenterIndex {
	readonly #index = new TextIndex();

	/** A call center whose name the platform does not show is never found. */
	constructor(callCenters: readonly CallCenterInfo[]) {
		const seen = new Set<string>();
		for (const { serviceUserId: id, name } of callCenters) {
			if (seen.has(foldId(id))) continue;
			seen.add(foldId(id));
			this.#index.add(matchText(name, NAME), { id, name: name.trim() });
		}
	}

	find(text: string): Match {
		return this.#index.find(matchText(text, NAME));
	}
}
