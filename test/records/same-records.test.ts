import { expect, test } from '@jest/globals';
import { MAX_RECORD_BYTES, TOKENIZER_RECORDS } from '../../lib/csv/limits';
import { cutByReader, cutByTokenizer } from './compare';
import { compare } from './fuzz';

/** Texts differ by their seed; so many of them are one test, of which each mutant of the code needs few. */
const SEEDS = 25;
const PARTS = Array.from({ length: 20 }, (_, part) => part * SEEDS + 1);

function each<Result>(from: number, look: (seed: number) => Result): Result[] {
	return Array.from({ length: SEEDS }, (_, index) => look(from + index));
}

test.each(PARTS)(
	`${SEEDS} texts from seed %i are cut as csv-parse alone cuts them, whatever way their records take`,
	(from) => {
		each(from, (seed) => {
			const { expected, actual } = compare(seed);
			// `npm run records -- --records 1 --seed <seed>` shows one.
			expect({ seed, ...actual }).toEqual({ seed, ...expected });
		});
	},
);

test('both ways are taken by the records of these texts, and often', () => {
	const compared = PARTS.slice(0, 4).flatMap((from) => each(from, compare));
	const records = compared.reduce((sum, { actual }) => sum + actual.records.length, 0);
	const plain = compared.reduce((sum, one) => sum + one.plain, 0);
	expect(records).toBeGreaterThan(1000);
	expect(plain / records).toBeGreaterThan(0.3);
	expect(plain / records).toBeLessThan(0.7);
});

test('the last records are not lost where a tokenizer has taken as many as it takes just before them', () => {
	for (let count = 1; count <= 3 * TOKENIZER_RECORDS.least; count++)
		for (const tail of ['', 'b', 'b\n', '\n', 'b;c', 'b\nc', '""', '\n\n', '"b']) {
			const text = Buffer.from('"x"y\n'.repeat(count) + tail);
			expect({ count, tail, ...cutByReader(text, ';') }).toEqual({ count, tail, ...cutByTokenizer(text, ';') });
		}
});

test('the line reported is the first of a record that is too large, or that of a quotation mark left open', () => {
	const inPieces = (text: string) => {
		const cuts = Array.from({ length: Math.floor(text.length / 1_000) }, (_, index) => 1_000 * (index + 1));
		return cutByReader(Buffer.from(text), ';', { cuts });
	};
	const long = (bytes: number) => 'x'.repeat(bytes);
	const head = 'a;b\n'.repeat(250);
	expect(inPieces(head + long(MAX_RECORD_BYTES)).unclosed).toBeNull();
	const line = 251;
	expect(inPieces(head + long(MAX_RECORD_BYTES + 1)).unclosed).toEqual({ line, reason: 'recordTooLarge' });
	const quoted = `${head}"c\nd";e;"${long(MAX_RECORD_BYTES)}`;
	expect(inPieces(quoted)).toMatchObject({
		records: { length: 250 },
		unclosed: { line, reason: 'recordTooLarge' },
	});
	expect(inPieces(`${head}"c\nd";e;"f`).unclosed).toEqual({ line: line + 1, reason: 'quoteNotClosed' });
});

test.each(['\u007f', '\u0080', '\u07ff', '\u0800', '😀'])('cells are cut at %j, of however many bytes', (delimiter) => {
	const text = Buffer.from(`a${delimiter}é\n"${delimiter}"${delimiter}\n`);
	const { records } = cutByReader(text, delimiter);
	expect(records.map(({ cells }) => cells)).toEqual([
		['a', 'é'],
		[delimiter, ''],
	]);
});

test.each(['a;xy\na;"x;"\n', ';b;c\n;"b;c"\n', 'a;xy\na;xyz\na;x\na;xz\n', '"a";b\na;"b"\n'])(
	'a cell is not taken for one above that begins as it does: %j',
	(text) => {
		expect(cutByReader(Buffer.from(text), ';').records.map(({ cells }) => cells)).toEqual(
			cutByTokenizer(Buffer.from(text), ';').records.map(({ cells }) => cells),
		);
	},
);
