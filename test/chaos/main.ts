/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command: arguments in, words and an exit code out */
/** `npm run chaos -- --seed N [--runs M]`: one seed in full, or many. */

import { parseArgs } from 'node:util';
import { check, replayCommand, summaryOf } from './check';
import { transcript } from './transcript';

const { values } = parseArgs({
	options: {
		seed: { type: 'string', default: '1' },
		runs: { type: 'string', default: '1' },
		quiet: { type: 'boolean', default: false },
	},
});
const first = Number(values.seed);
const runs = Number(values.runs);

async function main(): Promise<void> {
	if (!Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1)
		throw new Error('Give whole numbers: --seed N [--runs M]');
	let failing = 0;
	for (let seed = first; seed < first + runs; seed += 1) {
		const { simulation, violations } = await check(seed);
		if (runs === 1 && !values.quiet) console.log(transcript(simulation));
		if (violations.length > 0) {
			failing += 1;
			console.log(`Seed ${seed}: replay with "${replayCommand(seed)}"\n${summaryOf(violations)}`);
		}
		if (runs > 1 && (seed - first + 1) % 1000 === 0)
			console.log(`${seed - first + 1} of ${runs} runs, ${failing} failing`);
	}
	console.log(
		failing === 0
			? `${runs} ${runs === 1 ? 'run' : 'runs'}: every invariant holds`
			: `${failing} of ${runs} runs break an invariant`,
	);
	process.exitCode = failing === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
