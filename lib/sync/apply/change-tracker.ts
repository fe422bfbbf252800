/**
 * What is known of every change of one list. Outcomes follow from the list as it was last seen, never from a request
 * having been sent: what was not seen done is not done.
 */

import type { MemberOutcome, OutcomeWord } from '../documents/journal';
import { foldId } from '../model/list';
import type { View } from '../platform/read';
import type { Members } from '../model/members';
import { missingFrom } from '../model/members';
import type { Change, HeldChange } from '../documents/plan';

export type Direction = 'add' | 'remove';

export interface Verdict {
	readonly outcome: OutcomeWord;
	readonly code: string;
	readonly message: string;
}

export interface Entry {
	readonly folded: string;
	readonly direction: Direction;
	readonly change: Change;
	/** A request with it left, and the platform did not say that nothing was applied. */
	sent: boolean;
	/** The answer to that request left it open. */
	doubted: boolean;
	/** Some list since then showed it done. */
	seenDone: boolean;
	/** What is to be said of it, should the list not show it done. */
	verdict: Verdict | null;
}

export class Ledger {
	readonly entries: readonly Entry[];
	/** Counts the lists seen, to tell whether one was seen since. */
	looks = 0;
	#view: View;
	readonly #byMember = { add: new Map<string, Entry>(), remove: new Map<string, Entry>() };
	readonly #foreignAdded = new Map<string, string>();
	readonly #foreignRemoved = new Map<string, string>();

	constructor(adds: readonly Change[], removes: readonly Change[], view: View) {
		this.#view = view;
		this.entries = [
			...adds.map((change) => entryOf('add', change)),
			...removes.map((change) => entryOf('remove', change)),
		];
		for (const entry of this.entries) this.#byMember[entry.direction].set(entry.folded, entry);
	}

	get view(): View {
		return this.#view;
	}

	entry(direction: Direction, folded: string): Entry | undefined {
		return this.#byMember[direction].get(folded);
	}

	/** Takes note of the list as the platform shows it, and of whatever somebody else did to it. */
	see(view: View): void {
		for (const [folded, spelling] of missingFrom(view.members, this.#view.members)) {
			if (this.#byMember.add.get(folded)?.sent === true) continue;
			if (!this.#foreignRemoved.delete(folded)) this.#foreignAdded.set(folded, spelling);
		}
		for (const [folded, spelling] of missingFrom(this.#view.members, view.members)) {
			if (this.#byMember.remove.get(folded)?.sent === true) continue;
			if (!this.#foreignAdded.delete(folded)) this.#foreignRemoved.set(folded, spelling);
		}
		this.#view = view;
		this.looks += 1;
		for (const entry of this.entries) if (this.done(entry)) entry.seenDone = true;
	}

	/** Whether the list, as last seen, is as the change wants it. */
	done({ direction, folded }: Entry): boolean {
		return (direction === 'add') === this.#view.members.has(folded);
	}

	/** Changes still to be made. One that was done and undone by somebody else is not repeated: theirs came later. */
	pending(direction?: Direction): Entry[] {
		return this.entries.filter((entry) => (direction ?? entry.direction) === entry.direction && this.isPending(entry));
	}

	isPending(entry: Entry): boolean {
		return entry.verdict === null && !entry.seenDone && !this.done(entry);
	}

	/** Whether any addition is not on the list as last seen, for whatever reason. */
	get lacksAdditions(): boolean {
		return this.entries.some((entry) => entry.direction === 'add' && !this.done(entry));
	}

	/** Changes by somebody else since the first view, in net terms. */
	get foreign(): { added: string[]; removed: string[] } {
		return { added: sortedValues(this.#foreignAdded), removed: sortedValues(this.#foreignRemoved) };
	}

	/** Foreign changes that this list's own changes did not want as well. */
	get contraryForeign(): { added: string[]; removed: string[] } {
		return {
			added: sortedValues(missingFrom(this.#foreignAdded, this.#byMember.add)),
			removed: sortedValues(missingFrom(this.#foreignRemoved, this.#byMember.remove)),
		};
	}

	/** The list as it shall be once these changes are made. */
	target(changes: readonly Entry[]): string[] {
		const target = new Map(this.#view.members);
		for (const { direction, folded, change } of changes) {
			if (direction === 'add') target.set(folded, target.get(folded) ?? change.member);
			else target.delete(folded);
		}
		return [...target.values()];
	}

	decide(entries: readonly Entry[], verdict: Verdict): void {
		for (const entry of entries) entry.verdict ??= verdict;
	}

	/** In the order of the plan. */
	outcomes(): MemberOutcome[] {
		return this.entries.map((entry) => {
			const { outcome, code, message } = this.outcomeOf(entry);
			return {
				member: entry.change.member,
				change: entry.direction,
				outcome,
				code,
				message,
				lines: entry.change.lines,
			};
		});
	}

	private outcomeOf(entry: Entry): { outcome: OutcomeWord; code: string | null; message: string | null } {
		if (this.done(entry)) {
			if (!entry.sent) return { outcome: 'alreadyInPlace', code: null, message: null };
			return { outcome: 'applied', code: entry.doubted ? 'confirmedByReadBack' : null, message: null };
		}
		if (entry.seenDone) {
			const message = `Somebody else undid this while the run went on; it is left as they wanted it.`;
			return { outcome: 'conflict', code: 'undoneMeanwhile', message };
		}
		return entry.verdict ?? { outcome: 'notAttempted', code: null, message: null };
	}
}

/** A held or rejected change of a plan, as an outcome. */
export function heldOutcome({ member, change, code, reason, outcome, lines }: HeldChange): MemberOutcome {
	return { member, change, outcome: outcome ?? 'held', code, message: reason, lines: lines ?? [] };
}

function entryOf(direction: Direction, change: Change): Entry {
	return {
		folded: foldId(change.member),
		direction,
		change,
		sent: false,
		doubted: false,
		seenDone: false,
		verdict: null,
	};
}

function sortedValues(members: Members): string[] {
	return [...members.values()].sort();
}
