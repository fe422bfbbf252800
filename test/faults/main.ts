/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command: arguments in, words and an exit code out */
/**
 * `npm run faults`: every fault and every pair of the reference runs; `-- --case "<run> <fault>@<n> ..."`: one of them
 * in full.
 */

import { parseArgs } from 'node:util';
import { summaryOf } from '../chaos/check';
import { transcript } from '../chaos/transcript';
import { parseCase, tryOut } from './cases';
import { exhaust, failuresText, tallyText, type Tally } from './exhaust';
import { REFERENCES } from './references';

const { values } = parseArgs({
	options: {
		case: { type: 'string' },
		run: { type: 'string' },
		part: { type: 'string', default: '1/1' },
		distance: { type: 'string', default: '2' },
		kinds: { type: 'string' },
		shown: { type: 'string', default: '20' },
	},
});

async function one(text: string): Promise<boolean> {
	const { reference, faults } = parseCase(text);
	const { simulation, violations } = await tryOut(reference, faults);
	console.log(transcript(simulation));
	console.log(violations.length === 0 ? 'Every promise is kept' : `Broken promises:\n${summaryOf(violations)}`);
	return violations.length === 0;
}

async function all(): Promise<boolean> {
	const [number, of] = values.part.split('/').map(Number);
	const distance = Number(values.distance);
	if (![number, of, distance].every(Number.isSafeInteger) || number < 1 || number > of)
		throw new Error('Give --part 1/2 or 2/2, and a whole number for --distance');
	const kinds = values.kinds === 'all' || values.kinds === 'marked' ? values.kinds : undefined;
	const tallies: Tally[] = [];
	for (const reference of REFERENCES) {
		if (values.run !== undefined && values.run !== reference.name) continue;
		const tally = await exhaust(reference, { bound: { distance, kinds }, part: { number, of } });
		tallies.push(tally);
		console.log(tallyText(tally));
	}
	const sum = (of: (tally: Tally) => number) => tallies.reduce((total, tally) => total + of(tally), 0);
	const failing = tallies.flatMap((tally) => tally.failing);
	if (failing.length > 0) console.log(failuresText(failing, Number(values.shown)));
	console.log(
		`Part ${values.part}: ${sum(({ singles }) => singles)} single faults and ${sum(({ pairs }) => pairs)} ` +
			`pairs in ${sum(({ runs }) => runs)} runs, ${sum(({ promises }) => promises)} promises checked, ` +
			`${failing.length} failing`,
	);
	return failing.length === 0;
}

async function main(): Promise<void> {
	const kept = values.case === undefined ? await all() : await one(values.case);
	process.exitCode = kept ? 0 : 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
