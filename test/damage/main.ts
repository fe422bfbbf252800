/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command: arguments in, words and an exit code out */
/** `npm run damage -- --seed N [--runs M]`: one seed in full, or many with their figures. */

import { parseArgs } from 'node:util';
import { check, isBroken } from './check';
import { Figures } from './figures';
import { diagnosis, transcript } from './transcript';

const { values } = parseArgs({
	options: {
		seed: { type: 'string', default: '1' },
		runs: { type: 'string', default: '1' },
		show: { type: 'string', default: '8' },
	},
});
const first = Number(values.seed);
const runs = Number(values.runs);

async function main(): Promise<void> {
	if (!Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1)
		throw new Error('Give whole numbers: --seed N [--runs M]');
	const figures = new Figures();
	let failing = 0;
	const shown: string[] = [];
	for (let seed = first; seed < first + runs; seed += 1) {
		const verdict = await check(seed);
		figures.add(verdict);
		if (runs === 1) console.log(transcript(verdict));
		if (!isBroken(verdict)) continue;
		failing += 1;
		if (runs > 1 && failing <= Number(values.show)) shown.push(diagnosis(verdict));
	}
	console.log([figures.toString(), ...shown].join('\n'));
	console.log(
		failing === 0
			? `${runs} ${runs === 1 ? 'seed' : 'seeds'}: nobody lost a place`
			: `${failing} of ${runs} seeds fail`,
	);
	process.exitCode = failing === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
