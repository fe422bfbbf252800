/**
 * A hash table from list and member to a row, at some 24 bytes per row: open addressing over numbers. A map of joined
 * strings would need ten times the memory for a million rows.
 */
export class ListMemberIndex {
	#lists = new Int32Array(1024);
	#members = new Int32Array(1024);
	/** Row number + 1; 0 for free. A power of two long, at most half full. */
	#slots = new Int32Array(4096);
	#size = 0;

	/** The row that has this pair already, or -1 after the pair was given to `row`. Rows are numbered upwards. */
	claim(list: number, member: number, row: number): number {
		const mask = this.#slots.length - 1;
		let slot = hash(list, member) & mask;
		for (;;) {
			const taken = (this.#slots[slot] as number) - 1;
			if (taken === -1) break;
			if (this.#lists[taken] === list && this.#members[taken] === member) return taken;
			slot = (slot + 1) & mask;
		}
		if (row >= this.#lists.length) {
			this.#lists = longer(this.#lists, row);
			this.#members = longer(this.#members, row);
		}
		this.#lists[row] = list;
		this.#members[row] = member;
		this.#slots[slot] = row + 1;
		if (++this.#size * 2 > this.#slots.length) this.#grow();
		return -1;
	}

	#grow(): void {
		const old = this.#slots;
		const slots = new Int32Array(old.length * 2);
		const mask = slots.length - 1;
		for (const taken of old) {
			if (taken === 0) continue;
			let slot = hash(this.#lists[taken - 1] as number, this.#members[taken - 1] as number) & mask;
			while (slots[slot] !== 0) slot = (slot + 1) & mask;
			slots[slot] = taken;
		}
		this.#slots = slots;
	}
}

function longer(numbers: Int32Array, index: number): Int32Array<ArrayBuffer> {
	const copy = new Int32Array(Math.max(numbers.length * 2, index + 1));
	copy.set(numbers);
	return copy;
}

/** Two rounds of a multiplicative mix (constants of MurmurHash3's finalizer); neighbouring numbers land far apart. */
function hash(list: number, member: number): number {
	let h = Math.imul(list, 0x85ebca6b) ^ Math.imul(member + 1, 0xc2b2ae35);
	h ^= h >>> 15;
	h = Math.imul(h, 0x85ebca6b);
	return (h ^ (h >>> 13)) >>> 0;
}
