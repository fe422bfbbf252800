/** Seeded randomness: the same seed gives the same world, the same faults and the same order, on every machine. */
export class SeededRandom {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** A number in [0, 1). Mulberry32: 32 bits of state, good enough for test data and fast. */
	next(): number {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number from `from` up to and including `to`. */
	integer(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	pick<T>(values: readonly T[]): T {
		return values[Math.floor(this.next() * values.length)];
	}

	/** A new array in random order (Fisher-Yates). */
	shuffle<T>(values: readonly T[]): T[] {
		const shuffled = [...values];
		for (let i = shuffled.length - 1; i > 0; i--) {
			const j = Math.floor(this.next() * (i + 1));
			[shuffled[i], shuffled[j]] = [shuffled[j], shuffled[i]];
		}
		return shuffled;
	}

	/** `length` hexadecimal digits. */
	hex(length: number): string {
		let digits = '';
		while (digits.length < length) digits += Math.floor(this.next() * 16).toString(16);
		return digits;
	}

	uuid(): string {
		const digits = this.hex(32);
		return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
			'-',
		);
	}
}
