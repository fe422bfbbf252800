/** What several rounds of one measurement say together. */

/** The middle, and how far the rounds lie apart. */
export interface Spread {
	readonly median: number;
	readonly least: number;
	readonly most: number;
}

export function total(numbers: readonly number[]): number {
	return numbers.reduce((sum, number) => sum + number, 0);
}

export function median(numbers: readonly number[]): number {
	const sorted = [...numbers].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export function spread(numbers: readonly number[]): Spread {
	return { median: median(numbers), least: Math.min(...numbers), most: Math.max(...numbers) };
}

/**
 * Round by round, ours over theirs: on a machine that others use too, a slow minute slows both sides of one round, and
 * only the ratio survives it.
 */
export function ratios(ours: readonly number[], theirs: readonly number[]): Spread {
	return spread(ours.map((figure, round) => figure / theirs[round]));
}

/** `0.95 (0.91-1.02)` */
export function shownSpread({ median: middle, least, most }: Spread, digits = 2): string {
	return `${middle.toFixed(digits)} (${least.toFixed(digits)}-${most.toFixed(digits)})`;
}
