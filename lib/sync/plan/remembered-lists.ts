/**
 * Which lists need no read, because an earlier run left them as the source asks (`readLists: changed`). Those with the
 * oldest reads are read again in every run, so that changes by others are found within a stated number of runs.
 *
 * The memory never causes a removal: a list is always read before it is written.
 */

import {
	checkMemory,
	memoryOf,
	shortHash,
	type ListMemory,
	type ListOutcome,
	type Memory,
	type MemoryState,
} from '../documents';
import { foldId, listKey, type LastRun, type Settings } from '../model';
import type { Desired } from './desired';
import { desiredChange, type DesiredList, type NamedList } from './desired-list';
import { RememberedRefusals } from './remembered-refusals';

interface Entry {
	readonly keyHash: string;
	/** Of what the source asks for; null where its rows cannot be carried out as they are. */
	readonly fingerprint: string | null;
	/** As an earlier run left it, if that is still what the source asks for. */
	readonly remembered: ListMemory | null;
}

export class RememberedLists {
	readonly state: MemoryState;
	readonly refusals: RememberedRefusals;
	readonly #run: number;
	readonly #entries = new Map<string, Entry>();
	/** Keys of the lists that need not be read. */
	readonly #notRead = new Set<string>();

	private constructor(
		desired: Desired,
		private readonly settings: Settings,
		now: number,
	) {
		const { state, memory } = checkMemory(settings.memory, settings, now);
		this.state = state;
		this.#run = (memory?.run ?? 0) + 1;
		this.refusals = new RememberedRefusals(desired, memory, this.#run, now, settings.lookEvery);
		for (const named of desired.lists) this.#entries.set(named.key, this.#entryOf(named, desired, memory));
		const known = [...this.#entries].flatMap(([key, { keyHash, remembered }]) =>
			remembered === null ? [] : [{ key, keyHash, lookedAt: remembered[2] }],
		);
		known.sort((a, b) => a.lookedAt - b.lookedAt || (a.keyHash < b.keyHash ? -1 : 1));
		const turn = Math.ceil(known.length / settings.lookEvery);
		for (const [index, { key, lookedAt }] of known.entries()) {
			if (index >= turn && this.#run - lookedAt < settings.lookEvery) this.#notRead.add(key);
		}
	}

	/**
	 * Null where all lists are to be read.
	 * @param now milliseconds since the epoch
	 */
	static of(desired: Desired, settings: Settings, now: number): RememberedLists | null {
		return settings.readLists === 'changed' ? new RememberedLists(desired, settings, now) : null;
	}

	/** The members of a list that need not be read, as last seen; null where it has to be. */
	membersOf(key: string): number | null {
		return this.#notRead.has(key) ? (this.#entries.get(key)?.remembered?.[1] ?? null) : null;
	}

	/** The list is read all the same: what is remembered of it no longer counts. */
	isRead(key: string): void {
		this.#notRead.delete(key);
	}

	/**
	 * What is passed to the next run: lists that this one left as the source asks or did not look at, and refusals.
	 * @param measure the size of this source where the next is to be compared with it; else that of an earlier one stays
	 */
	after(outcomes: readonly ListOutcome[], measure: LastRun | null, now: number): Memory {
		const lists: Record<string, ListMemory> = {};
		for (const key of this.#notRead) {
			const { keyHash, remembered } = this.#entries.get(key) as Entry;
			lists[keyHash] = remembered as ListMemory;
		}
		for (const outcome of outcomes) {
			const entry = this.#entries.get(listKey(outcome.ref));
			if (entry?.fingerprint == null || !isAsDesired(outcome)) continue;
			lists[entry.keyHash] = [entry.fingerprint, outcome.after?.length ?? 0, this.#run];
		}
		const source = measure ?? this.settings.lastRun;
		const refused = this.refusals.after(outcomes, Math.floor(now));
		return memoryOf(this.settings, this.#run, now, { lists, refused, source });
	}

	#entryOf(named: NamedList, desired: Desired, memory: Memory | null): Entry {
		const keyHash = shortHash(named.key);
		const fingerprint = named.memberless.length > 0 ? null : fingerprintOf(desired.of(named), this.settings);
		const remembered = memory?.lists[keyHash];
		const isSame = remembered !== undefined && fingerprint !== null && remembered[0] === fingerprint;
		return { keyHash, fingerprint, remembered: isSame ? remembered : null };
	}
}

function fingerprintOf({ members, invalid }: DesiredList, { mode }: Settings): string | null {
	if (invalid.length > 0) return null;
	const asked = [...members].map(([folded, row]) => `${desiredChange(row, mode)} ${folded}`);
	return shortHash(asked.sort());
}

/** Whether a run saw the list as the source asks, and nobody else at work on it. */
function isAsDesired({ outcome, after, foreign, members }: ListOutcome): boolean {
	const isDone = outcome === 'applied' || outcome === 'alreadyInPlace' || outcome === 'unchanged';
	if (!isDone || after === null || foreign.added.length + foreign.removed.length > 0) return false;
	const shown = new Set(after.map(foldId));
	return members.every(({ member, change }) => (change === 'add') === shown.has(foldId(member)));
}
