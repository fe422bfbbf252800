/** Seeded randomness: the same seed gives the same choices on every machine. Print the seed when a test fails. */
export class SeededRandom {
	private state: number;

	constructor(seed: number) {
		this.state = seed >>> 0;
	}

	/** A number in [0, 1), like `Math.random`. Mulberry32: 32 bits of state, good enough for test data and fast. */
	readonly next = (): number => {
		this.state = (this.state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number from `from` up to and including `to`. */
	integer(from: number, to: number): number {
		return from + Math.floor(this.next() * (to - from + 1));
	}

	pick<T>(values: readonly T[]): T {
		return values[Math.floor(this.next() * values.length)];
	}

	/** One of the values, each as often as its weight says. */
	weighted<T>(...choices: ReadonlyArray<readonly [weight: number, value: T]>): T {
		let draw = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
		for (const [weight, value] of choices) {
			draw -= weight;
			if (draw < 0) return value;
		}
		return choices[choices.length - 1][1];
	}

	/** Every value with this probability, in their order. */
	some<T>(values: readonly T[], probability: number): T[] {
		return values.filter(() => this.chance(probability));
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

/** The numbers alone, as a replacement of `Math.random`. */
export function seededRandom(seed: number): () => number {
	return new SeededRandom(seed).next;
}
