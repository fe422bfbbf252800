/** Finds the list of a row by four numbers, without building a string key. */

import type { ListRef } from '../sync';

export interface ListEntry {
	readonly number: number;
	/** Shared by all rows of the list. */
	readonly ref: ListRef;
	/** Rows that name a member of it. */
	members: number;
	/** Row that names it without a member, or -1. */
	emptyRow: number;
}

/** Numbers of ids, as their registers gave them; `callCenter` is -1 where lists have none. */
export interface ListNumbers {
	readonly tenant: number;
	readonly group: number;
	readonly user: number;
	readonly callCenter: number;
}

/** Larger than any register gets: V8's maps end at 2^24 entries. */
const RADIX = 2 ** 25;

export class ListIndex {
	readonly #byScope = new Map<number, Map<number, ListEntry>>();
	#size = 0;
	#scope = -1;
	#owner = -1;
	#last: ListEntry | null = null;

	/**
	 * The entry of a list, made by `create` on the first call. The last one is cached, because most files are sorted.
	 */
	find(key: ListNumbers, create: (number: number) => ListEntry): ListEntry {
		const scope = key.tenant * RADIX + key.group;
		const owner = key.user * RADIX + key.callCenter + 1;
		if (this.#last !== null && scope === this.#scope && owner === this.#owner) return this.#last;
		let lists = this.#byScope.get(scope);
		if (lists === undefined) this.#byScope.set(scope, (lists = new Map()));
		let entry = lists.get(owner);
		if (entry === undefined) {
			entry = create(this.#size++);
			lists.set(owner, entry);
		}
		this.#scope = scope;
		this.#owner = owner;
		this.#last = entry;
		return entry;
	}
}
