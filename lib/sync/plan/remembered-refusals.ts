/**
 * Members whom the platform refuses run after run (`readLists: changed`). After a few runs they are set apart: the
 * change is not sent, is reported with its reason, and is sent again in turn or after a week. Removals that it held
 * stay held.
 *
 * This memory only prevents changes and never causes one.
 */

import { type ListOutcome, type Memory, type Refused, shortHash } from '../documents';
import { ASKED_AGAIN_AFTER_MS, foldId, isRefusal, listKey, SET_APART_AFTER } from '../model';
import type { Desired } from './desired';
import type { DesiredList, NamedList } from './desired-list';
import { type Draft, rejectChange } from './draft';

export class RememberedRefusals {
	/** By key of the list; by hash of the change. */
	readonly #known = new Map<string, Map<string, Refused>>();

	/**
	 * @param run number of this run
	 * @param now milliseconds since the epoch
	 */
	constructor(
		private readonly desired: Desired,
		memory: Memory | null,
		private readonly run: number,
		private readonly now: number,
		private readonly lookEvery: number,
	) {
		for (const named of desired.lists) {
			const refused = memory?.refused[shortHash(named.key)];
			if (refused !== undefined) this.#known.set(named.key, new Map(refused.map((entry) => [entry.change, entry])));
		}
	}

	/** Takes the changes out of the draft that are not to be sent in this run, and says why. */
	setApart(draft: Draft): void {
		const known = this.#known.get(draft.key);
		const within = this.#runsUntilAsked(draft.key);
		if (known === undefined || within === 0 || this.#isDue(known)) return;
		const list = this.#desiredOf(draft.key);
		for (const direction of ['add', 'remove'] as const) {
			for (const folded of (direction === 'add' ? draft.adds : draft.removes).keys()) {
				const refused = known.get(hashOf(direction, folded, list));
				if (refused === undefined) continue;
				const { times, firstRun, cause } = refused;
				if (times < SET_APART_AFTER) continue;
				const facts = { runs: this.run - firstRun, within, cause };
				rejectChange(draft, direction, folded, { code: 'setApart', facts });
			}
		}
	}

	/**
	 * What is passed to the next run.
	 * @param now milliseconds since the epoch
	 */
	after(outcomes: readonly ListOutcome[], now: number): Memory['refused'] {
		const byList: Record<string, Refused[]> = {};
		for (const outcome of outcomes) {
			const key = listKey(outcome.ref);
			const known = this.#known.get(key);
			if (!this.desired.byKey.has(key) || (known === undefined && !outcome.members.some(({ code }) => isRefusal(code))))
				continue;
			const refused = this.#refusedAfter(outcome, known ?? new Map(), this.#desiredOf(key), now);
			if (refused.length > 0) byList[shortHash(key)] = refused;
		}
		return byList;
	}

	/** A change that this run could not send, or of which it does not know what became, is as it was. */
	#refusedAfter(outcome: ListOutcome, known: ReadonlyMap<string, Refused>, list: DesiredList, now: number): Refused[] {
		if (outcome.members.length === 0) return outcome.outcome === 'unchanged' ? [] : [...known.values()];
		return outcome.members.flatMap((member): Refused[] => {
			const change = hashOf(member.change, foldId(member.member), list);
			const before = known.get(change);
			if (isRefusal(member.code)) {
				const cause = { code: member.code, facts: member.facts } as Refused['cause'];
				const { times, firstRun } = before ?? { times: 0, firstRun: this.run };
				return [{ change, times: times + 1, firstRun, lastAt: now, cause }];
			}
			const isDone = member.outcome === 'applied' || member.outcome === 'alreadyInPlace';
			return before === undefined || isDone ? [] : [before];
		});
	}

	/** In turn, all changes of a list together; 0 if they are asked for in this run. */
	#runsUntilAsked(key: string): number {
		const phase = Buffer.from(shortHash(key), 'base64url').readUInt32BE(0);
		return (this.lookEvery - ((this.run + phase) % this.lookEvery)) % this.lookEvery;
	}

	/** Whether the last refusal of any of a list's changes is long ago: then all of them are asked for. */
	#isDue(known: ReadonlyMap<string, Refused>): boolean {
		return [...known.values()].some(({ lastAt }) => this.now - lastAt >= ASKED_AGAIN_AFTER_MS);
	}

	#desiredOf(key: string): DesiredList {
		return this.desired.of(this.desired.byKey.get(key) as NamedList);
	}
}

/** In the spelling of the source, because somebody who corrects it wants to have it tried. */
function hashOf(direction: 'add' | 'remove', folded: string, list: DesiredList): string {
	return shortHash([direction, list.spelling(folded)]);
}
