/** Texts that are nearly CSV files, from a seed. */

import { seededRandom } from '../../tools/seeded-random';
import { cutByReader, cutByTokenizer, plainIn, type CutFile } from './compare';

interface Fuzzed {
	readonly text: string;
	readonly delimiter: string;
	readonly cuts: readonly number[];
	readonly maxRecords: number | undefined;
}

export interface Comparison extends Fuzzed {
	readonly expected: CutFile;
	readonly actual: CutFile;
	readonly plain: number;
}

/** One character each; the last two have more than one byte. */
const DELIMITERS = [';', ';', ',', '\t', '|', ' ', 'a', '\u0000', '§', '😀'];

/** Cells that files have, and cells that go wrong. */
const CELLS = [
	...['', 'jan@acme.be', 'cc1', 'René', '東京', '😀', ' An ', '\u0000', '\u001a', '\ufeff', '\u2028', 'x'.repeat(70)],
	...['"Maes, An"', '"a;b"', '"René"', '""', '"x\ty"', '" "'],
	...['"say ""hi"""', '""""', '"""', '"x\ny"', '"\n"', '"x""\n""y"'],
	...['"', 'a"', '5" screen', '"x"y', '"x" ', ' "x"', '"x"y"', '""x', '"x', 'x""'],
];
const ORDINARY = 18;

export function compare(seed: number): Comparison {
	const fuzzed = fuzz(seed);
	const { text, delimiter, cuts, maxRecords } = fuzzed;
	const utf8 = Buffer.from(text);
	const actual = cutByReader(utf8, delimiter, { cuts, maxRecords });
	return { ...fuzzed, actual, expected: cutByTokenizer(utf8, delimiter, maxRecords), plain: plainIn(actual) };
}

function fuzz(seed: number): Fuzzed {
	const random = seededRandom(seed);
	const below = (limit: number) => Math.floor(random() * limit);
	const delimiter = DELIMITERS[below(DELIMITERS.length)];
	const columns = 1 + below(6);
	// From good files to bad ones; the share of cells that are those above, as in sorted files.
	const badness = random() ** 2;
	const sorted = random();
	let above: string[] = [];
	let text = '';
	for (let records = below(120); records > 0; records--) {
		const width = random() < badness / 4 ? below(8) : columns;
		above = Array.from({ length: width }, (_, column) =>
			random() < sorted && column < above.length
				? above[column]
				: CELLS[random() < badness ? below(CELLS.length) : below(ORDINARY)],
		);
		text += `${above.join(delimiter)}${random() < badness / 20 ? '' : '\n'}`;
	}
	if (random() < 0.5) text = text.replace(/\n$/, '');
	const length = Buffer.byteLength(text);
	const step = 1 + below(random() < 0.5 ? 10 : 1000);
	const cuts = random() < 0.3 ? [] : Array.from({ length: Math.floor(length / step) }, () => below(length + 1));
	return { text, delimiter, cuts, maxRecords: random() < 0.2 ? 1 + below(30) : undefined };
}
