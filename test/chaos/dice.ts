/** Choices of one seed, named after what they choose. */

import { seededRandom } from '../../tools/seeded-random';

export class Dice {
	readonly #random;

	constructor(seed: number) {
		this.#random = seededRandom(seed);
	}

	/** Like `Math.random`. */
	readonly next = (): number => this.#random();

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** A whole number from `least` to `most`, both included. */
	whole(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
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
}
