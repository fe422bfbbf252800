import { expect, it } from '@jest/globals';
import { check } from './check';

const FILES = 1000;

it('every row of a file in the words of HR is that of the person who is meant, or rejected', async () => {
	const problems: string[] = [];
	let matched = 0;
	let rejected = 0;
	for (let seed = 1; seed <= FILES; seed += 1) {
		const checked = await check(seed);
		matched += checked.matched;
		rejected += checked.rejected;
		problems.push(...checked.problems.map((problem) => `npm run matching -- --seed ${seed}: ${problem}`));
	}
	expect(problems.slice(0, 20)).toEqual([]);
	// It must neither reject everything nor meet nothing that has to be rejected.
	expect(matched).toBeGreaterThan(FILES);
	expect(rejected).toBeGreaterThan(FILES / 10);
}, 600_000);
