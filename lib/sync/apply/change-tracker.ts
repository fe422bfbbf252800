/**
 * The state of every change of one list. Outcomes follow from the last view of the list and never from a request that
 * was sent: a change that no view shows is not done.
 */

import { NO_ISSUE, type MemberOutcome, type OutcomeWord, type Change, type HeldChange } from '../documents';
import { type Issue, foldId, type Members, missingFrom } from '../model';
import type { View } from '../platform';

export type Direction = 'add' | 'remove';

/** Changes by somebody else. */
export interface Foreign {
	readonly added: string[];
	readonly removed: string[];
}

/** The outcome of a change that the list does not show, and the reason. */
export type Decision = Issue & { readonly outcome: OutcomeWord };

export interface TrackedChange {
	readonly folded: string;
	readonly direction: Direction;
	readonly change: Change;
	/** A request with it was sent, and the platform did not say that nothing was applied. */
	sent: boolean;
	/** The answer to that request left it open. */
	inDoubt: boolean;
	/** Some list since then showed it done. */
	seenDone: boolean;
	/** Its outcome if the list does not show it done; null while it is pending. */
	decision: Decision | null;
}

export class ChangeTracker {
	readonly changes: readonly TrackedChange[];
	/** Number of views, to detect whether the list was seen since some moment. */
	viewCount = 0;
	#view: View;
	readonly #byMember = { add: new Map<string, TrackedChange>(), remove: new Map<string, TrackedChange>() };
	readonly #foreignAdded = new Map<string, string>();
	readonly #foreignRemoved = new Map<string, string>();

	/** @param view the list as the plan saw it */
	constructor(adds: readonly Change[], removes: readonly Change[], view: View) {
		this.#view = view;
		this.changes = [
			...adds.map((change) => trackedChange('add', change)),
			...removes.map((change) => trackedChange('remove', change)),
		];
		for (const change of this.changes) this.#byMember[change.direction].set(change.folded, change);
	}

	/** The list as it was last seen. */
	get view(): View {
		return this.#view;
	}

	find(direction: Direction, folded: string): TrackedChange | undefined {
		return this.#byMember[direction].get(folded);
	}

	/** Records a view of the list, and the changes by others that it shows. */
	observe(view: View): void {
		for (const [folded, spelling] of missingFrom(view.members, this.#view.members)) {
			if (this.#byMember.add.get(folded)?.sent === true) continue;
			if (!this.#foreignRemoved.delete(folded)) this.#foreignAdded.set(folded, spelling);
		}
		for (const [folded, spelling] of missingFrom(this.#view.members, view.members)) {
			if (this.#byMember.remove.get(folded)?.sent === true) continue;
			if (!this.#foreignAdded.delete(folded)) this.#foreignRemoved.set(folded, spelling);
		}
		this.#view = view;
		this.viewCount += 1;
		for (const change of this.changes) if (this.isDone(change)) change.seenDone = true;
	}

	/** Whether the list, as last seen, is as the change wants it. */
	isDone({ direction, folded }: TrackedChange): boolean {
		return (direction === 'add') === this.#view.members.has(folded);
	}

	/** Whether it is still to be made. A change that somebody else undid is not repeated: theirs came later. */
	isPending(change: TrackedChange): boolean {
		return change.decision === null && !change.seenDone && !this.isDone(change);
	}

	pending(direction?: Direction): TrackedChange[] {
		return this.changes.filter(
			(change) => (direction ?? change.direction) === change.direction && this.isPending(change),
		);
	}

	/** Changes by somebody else since the first view, in net terms. */
	get foreign(): { added: string[]; removed: string[] } {
		return { added: sortedValues(this.#foreignAdded), removed: sortedValues(this.#foreignRemoved) };
	}

	/** Foreign changes that this list's own changes did not want as well. */
	get contraryForeign(): Foreign {
		return {
			added: sortedValues(missingFrom(this.#foreignAdded, this.#byMember.add)),
			removed: sortedValues(missingFrom(this.#foreignRemoved, this.#byMember.remove)),
		};
	}

	/** The list as it shall be once these changes are made. */
	target(changes: readonly TrackedChange[]): string[] {
		const target = new Map(this.#view.members);
		for (const { direction, folded, change } of changes) {
			if (direction === 'add') target.set(folded, target.get(folded) ?? change.member);
			else target.delete(folded);
		}
		return [...target.values()];
	}

	/** The first decision on a change stands. */
	decide(changes: readonly TrackedChange[], decision: Decision): void {
		for (const change of changes) change.decision ??= decision;
	}

	/** In the order of the plan. */
	outcomes(): MemberOutcome[] {
		return this.changes.map((tracked) => {
			const { member, lines } = tracked.change;
			return { member, change: tracked.direction, lines, ...this.outcomeOf(tracked) };
		});
	}

	private outcomeOf(change: TrackedChange): Decision | ({ readonly outcome: OutcomeWord } & typeof NO_ISSUE) {
		if (this.isDone(change)) {
			if (!change.sent) return { outcome: 'alreadyInPlace', ...NO_ISSUE };
			return change.inDoubt
				? { outcome: 'applied', code: 'confirmedByReadBack', facts: {} }
				: { outcome: 'applied', ...NO_ISSUE };
		}
		if (change.seenDone) return { outcome: 'conflict', code: 'undoneMeanwhile', facts: {} };
		return change.decision ?? { outcome: 'notAttempted', ...NO_ISSUE };
	}
}

/** A held or rejected change of a plan, as an outcome. */
export function heldOutcome({ outcome, lines, ...change }: HeldChange): MemberOutcome {
	return { ...change, outcome: outcome ?? 'held', lines: lines ?? [] };
}

function trackedChange(direction: Direction, change: Change): TrackedChange {
	return {
		folded: foldId(change.member),
		direction,
		change,
		sent: false,
		inDoubt: false,
		seenDone: false,
		decision: null,
	};
}

function sortedValues(members: Members): string[] {
	return [...members.values()].sort();
}
