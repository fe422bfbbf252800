/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals, no-console --
   a command: arguments in, words and an exit code out */
/**
 * `npm run records -- --records N [--seed S]`: cuts texts by the record reader and by csv-parse alone until they have
 * so many records in all. A seed that differs is printed; `--records 1 --seed S` replays it.
 */

import { isDeepStrictEqual, parseArgs } from 'node:util';
import { compare } from './fuzz';

const { values } = parseArgs({
	options: { seed: { type: 'string', default: '1' }, records: { type: 'string', default: '1000000' } },
});

function main(): void {
	const first = Number(values.seed);
	const wanted = Number(values.records);
	if (!Number.isSafeInteger(first) || !Number.isSafeInteger(wanted) || wanted < 1)
		throw new Error('Give whole numbers: --records N [--seed S]');
	const sums = { records: 0, plain: 0, unclosed: 0, different: 0 };
	let seed = first;
	do {
		const { expected, actual, plain, text, ...settings } = compare(seed);
		sums.records += expected.records.length;
		sums.plain += plain;
		sums.unclosed += expected.unclosed === null ? 0 : 1;
		if (!isDeepStrictEqual(actual, expected) && ++sums.different <= 20)
			console.log(`seed ${seed}: ${JSON.stringify({ ...settings, text, expected, actual }, null, 1)}`);
		seed++;
	} while (sums.records < wanted);
	console.log(
		`${seed - first} texts: ${sums.records} records, ${sums.plain} of them cut without csv-parse; ` +
			`${sums.unclosed} texts with a quotation mark that is never closed`,
	);
	console.log(sums.different === 0 ? 'the same for all' : `${sums.different} texts differ`);
	process.exitCode = sums.different === 0 ? 0 : 1;
}

main();
