import type { Random } from '../lib/clock';
import { SeededRandom } from '../simulator';

/** Random numbers in [0, 1) whose seed replays the same run anywhere. Print the seed when a test fails. */
export function seededRandom(seed: number): Random {
	const random = new SeededRandom(seed);
	return () => random.next();
}
