/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command: arguments in, words and an exit code out */
/** `npm run round-trip -- --runs N [--seed S]`: exports so many worlds, and plans what was exported. */

import { parseArgs } from 'node:util';
import { roundTrip } from './round-trip';

const { values } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, runs: { type: 'string', default: '1' } },
});

async function main(): Promise<void> {
	const first = Number(values.seed);
	const runs = Number(values.runs);
	if (!Number.isSafeInteger(first) || !Number.isSafeInteger(runs) || runs < 1)
		throw new Error('Give whole numbers: --runs N [--seed S]');
	const sums = { lists: 0, members: 0, notExported: 0 };
	let failing = 0;
	for (let seed = first; seed < first + runs; seed += 1) {
		const trip = await roundTrip(seed);
		sums.lists += trip.lists;
		sums.members += trip.members;
		sums.notExported += trip.notExported;
		if (trip.problems.length === 0) continue;
		failing += 1;
		if (failing <= 20) console.log(`seed ${seed}: ${trip.problems.join('\n  ')}`);
	}
	console.log(
		`${runs} worlds: ${sums.lists} lists with ${sums.members} members exported, ${sums.notExported} lists reported`,
	);
	console.log(failing === 0 ? 'nothing changed' : `${failing} of ${runs} worlds fail`);
	process.exitCode = failing === 0 ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
