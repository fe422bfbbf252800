/** How far the writing of a plan got, for progress. */

import type { ListOutcome } from './journal-document';
import { listKey, type ListRef } from './kinds';
import { isChange } from './plan';
import type { Plan, PlannedList } from './plan-document';
import type { Progress } from './run';

interface Changes {
	added: number;
	removed: number;
}

/** Lists of prerequisites are counted as lists, but not who is on them. */
export class Count {
	readonly total: number;
	#done = 0;
	#left: number;
	readonly #finished: Changes = { added: 0, removed: 0 };
	/** Of lists that are being written, by their keys: a list of thousands takes minutes. */
	readonly #underWay = new Map<string, Changes>();

	constructor(private readonly plan: Plan) {
		const lists = plan.lists.filter(isChange);
		this.total = lists.length;
		this.#left = lists.reduce((sum, list) => sum + this.#changesOf(list), 0);
	}

	/** Changes that a list under way shows. */
	made(ref: ListRef, changes: ReadonlyArray<{ readonly direction: 'add' | 'remove' }>): void {
		if (ref.kind !== this.plan.kind) return;
		const key = listKey(ref);
		const so = this.#underWay.get(key) ?? { added: 0, removed: 0 };
		for (const { direction } of changes) so[direction === 'add' ? 'added' : 'removed'] += 1;
		this.#underWay.set(key, so);
	}

	/** A list is done, and its outcome is what counts from now on. */
	note(planned: PlannedList, { ref, members }: ListOutcome): void {
		this.#done += 1;
		const own = this.#changesOf(planned);
		this.#left -= own;
		this.#underWay.delete(listKey(ref));
		if (own === 0) return;
		for (const { change, outcome } of members) {
			if (outcome === 'notAttempted') this.#left += 1;
			else if (outcome === 'applied') this.#finished[change === 'add' ? 'added' : 'removed'] += 1;
		}
	}

	progress(): Progress {
		let { added, removed } = this.#finished;
		let left = this.#left;
		for (const so of this.#underWay.values()) {
			added += so.added;
			removed += so.removed;
			left -= so.added + so.removed;
		}
		const members = { kind: this.plan.kind, added, removed, left: Math.max(0, left) };
		return { phase: 'writing', done: this.#done, total: this.total, members };
	}

	#changesOf({ ref, adds, removes }: PlannedList): number {
		return ref.kind === this.plan.kind ? adds.length + removes.length : 0;
	}
}
