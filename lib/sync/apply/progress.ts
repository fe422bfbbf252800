/** How far the writing of a plan got, for progress. */

import type { ListOutcome } from '../documents/journal';
import { listKey, type ListRef } from '../model/list';
import { isChange } from '../plan/make-plan';
import type { Plan, PlannedList } from '../documents/plan';
import type { ChangeProgress, Progress } from '../result';

type Settled = { -readonly [Part in 'added' | 'removed' | 'alreadyInPlace' | 'notMade']: ChangeProgress[Part] };
type Made = Pick<Settled, 'added' | 'removed'>;

/** Lists of prerequisites are counted as lists, but not who is on them. */
export class Count {
	readonly total: number;
	readonly #changes: number;
	#done = 0;
	readonly #finished: Settled = { added: 0, removed: 0, alreadyInPlace: 0, notMade: 0 };
	/** Of lists that are being written, by their keys: a list of thousands takes minutes. */
	readonly #underWay = new Map<string, Made>();

	constructor(private readonly plan: Plan) {
		const lists = plan.lists.filter(isChange);
		this.total = lists.length;
		this.#changes = lists.reduce((sum, list) => sum + this.#changesOf(list), 0);
	}

	/** Changes that a list under way shows. */
	made(ref: ListRef, changes: ReadonlyArray<{ readonly direction: 'add' | 'remove' }>): void {
		if (ref.kind !== this.plan.kind) return;
		const key = listKey(ref);
		const so = { ...(this.#underWay.get(key) ?? { added: 0, removed: 0 }) };
		for (const { direction } of changes) so[madeBy(direction)] += 1;
		this.#underWay.set(key, so);
	}

	/** A list is done, and its outcome is what counts from now on. */
	note(planned: PlannedList, { ref, members }: ListOutcome): void {
		this.#done += 1;
		this.#underWay.delete(listKey(ref));
		let undecided = this.#changesOf(planned);
		if (undecided === 0) return;
		for (const { change, outcome } of members) {
			if (outcome === 'applied') this.#finished[madeBy(change)] += 1;
			else if (outcome === 'alreadyInPlace') this.#finished.alreadyInPlace += 1;
			else if (outcome !== 'notAttempted') continue;
			undecided -= 1;
		}
		// What is none of these was refused, failed, in conflict or held, and is not left to be done either.
		this.#finished.notMade += undecided;
	}

	progress(): Progress {
		const settled = { ...this.#finished };
		for (const { added, removed } of this.#underWay.values()) {
			settled.added += added;
			settled.removed += removed;
		}
		const { added, removed, alreadyInPlace, notMade } = settled;
		// By what is left over, so that the parts always add up to what was planned.
		const left = this.#changes - added - removed - alreadyInPlace - notMade;
		return {
			phase: 'writing',
			done: this.#done,
			total: this.total,
			members: { kind: this.plan.kind, ...settled, left },
		};
	}

	#changesOf({ ref, adds, removes }: PlannedList): number {
		return ref.kind === this.plan.kind ? adds.length + removes.length : 0;
	}
}

function madeBy(change: 'add' | 'remove'): 'added' | 'removed' {
	return change === 'add' ? 'added' : 'removed';
}
