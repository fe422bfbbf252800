/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command: arguments in, words and an exit code out */
/** `npm run matching -- --seed N [--runs M]`: files in the words of HR, and what became of their rows. */

import { parseArgs } from 'node:util';
import { check } from './check';

const { values } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '1' } },
});

async function main(): Promise<void> {
	const [first, runs] = [Number(values.seed), Number(values.runs)];
	if (!Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1)
		throw new Error('Give whole numbers: --seed N [--runs M]');
	const sums = { rows: 0, matched: 0, rejected: 0, problems: 0 };
	for (let seed = first; seed < first + runs; seed += 1) {
		const { problems, ...counts } = await check(seed);
		sums.rows += counts.rows;
		sums.matched += counts.matched;
		sums.rejected += counts.rejected;
		sums.problems += problems.length;
		if (sums.problems <= 20) for (const problem of problems) console.log(`seed ${seed}: ${problem}`);
	}
	console.log(`${runs} files, ${sums.rows} rows: ${sums.matched} matched, ${sums.rejected} rejected`);
	console.log(sums.problems === 0 ? 'Every row is that of the person who is meant, or rejected' : 'Some are not');
	process.exitCode = sums.problems === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
