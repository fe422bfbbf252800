/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command: compares with a file, and returns its verdict as its exit code */

/** `npm run counted` compares what the reference runs cost with `figures.json`; `-- --update` writes them there. */

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { differences, type Counted, type Difference } from './compare';
import { referenceRuns } from './reference-runs';

const FILE = join(__dirname, 'figures.json');

async function main(): Promise<void> {
	const now = await referenceRuns();
	const before = JSON.parse(readFileSync(FILE, 'utf8')) as Counted;
	const all = differences(before, now);
	if (process.argv.includes('--update')) {
		writeFileSync(FILE, `${JSON.stringify(now, null, '\t')}\n`);
		print('Written', all);
		return;
	}
	const worse = all.filter(({ isWorse }) => isWorse);
	if (worse.length > 0) {
		console.log(
			'A run costs more than it did: mend that. Where it has to be so, say why in the commit that has the new ' +
				'figures ("npm run counted -- --update").',
		);
		print('Worse', worse);
		process.exitCode = 1;
	} else if (all.length > 0) print('Within tolerance or better; "npm run counted -- --update" keeps it', all);
	console.log(`${Object.keys(now).length} reference runs, ${worse.length} figures worse`);
}

function print(title: string, all: readonly Difference[]): void {
	console.log(`${title}:`);
	for (const { run, figure, before, now } of all)
		console.log(`  ${run}: ${figure} ${before ?? 'none'} -> ${now ?? 'none'}`);
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 1;
});
