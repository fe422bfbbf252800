/** The progress of writing a plan. */

import { type ListOutcome, type Plan, type PlannedList, isChange } from '../documents';
import { listKey, type ListRef, type ChangeProgress, type Progress } from '../model';
import type { Direction } from './change-tracker';

type Counts = { -readonly [Part in 'added' | 'removed' | 'alreadyInPlace' | 'notMade']: ChangeProgress[Part] };

/** Lists of prerequisites are counted as lists, but not who is on them. */
export class WritingProgress {
	readonly total: number;
	readonly #changes: number;
	#done = 0;
	readonly #finished: Counts = { added: 0, removed: 0, alreadyInPlace: 0, notMade: 0 };
	/** Of lists that are being written, by their keys: a list of thousands takes minutes. */
	readonly #underWay = new Map<string, Pick<Counts, 'added' | 'removed'>>();

	constructor(private readonly plan: Plan) {
		const lists = plan.lists.filter(isChange);
		this.total = lists.length;
		this.#changes = lists.reduce((sum, list) => sum + this.changesOf(list), 0);
	}

	/** Counts changes that a list under way shows. */
	addShown(ref: ListRef, changes: ReadonlyArray<{ readonly direction: Direction }>): void {
		if (ref.kind !== this.plan.kind) return;
		const key = listKey(ref);
		const counts = { ...(this.#underWay.get(key) ?? { added: 0, removed: 0 }) };
		for (const { direction } of changes) counts[countOf(direction)] += 1;
		this.#underWay.set(key, counts);
	}

	/** A list is done, and its outcome is what counts from now on. */
	finish(planned: PlannedList, { ref, members }: ListOutcome): void {
		this.#done += 1;
		this.#underWay.delete(listKey(ref));
		let undecided = this.changesOf(planned);
		if (undecided === 0) return;
		for (const { change, outcome } of members) {
			if (outcome === 'applied') this.#finished[countOf(change)] += 1;
			else if (outcome === 'alreadyInPlace') this.#finished.alreadyInPlace += 1;
			else if (outcome !== 'notAttempted') continue;
			undecided -= 1;
		}
		// What is none of these was refused, failed, in conflict or held, and is not left to be done either.
		this.#finished.notMade += undecided;
	}

	current(): Progress {
		const counts = { ...this.#finished };
		for (const { added, removed } of this.#underWay.values()) {
			counts.added += added;
			counts.removed += removed;
		}
		const { added, removed, alreadyInPlace, notMade } = counts;
		// By what is left over, so that the parts always add up to what was planned.
		const left = this.#changes - added - removed - alreadyInPlace - notMade;
		return {
			phase: 'writing',
			done: this.#done,
			total: this.total,
			members: { kind: this.plan.kind, ...counts, left },
		};
	}

	private changesOf({ ref, adds, removes }: PlannedList): number {
		return ref.kind === this.plan.kind ? adds.length + removes.length : 0;
	}
}

function countOf(direction: Direction): 'added' | 'removed' {
	return direction === 'add' ? 'added' : 'removed';
}
