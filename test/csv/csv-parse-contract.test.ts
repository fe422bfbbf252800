import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { version } from '../../node_modules/csv-parse/package.json';
import { devDependencies } from '../../package.json';
import { HELD_BACK, tokenizer, type RecordForm } from '../../lib/vendor/csv-parse';

function tokenize(text: string, cuts: readonly number[] = []) {
	const records: string[][] = [];
	const forms: RecordForm[] = [];
	const tokens = tokenizer(',', Infinity, (cells, form) => {
		records.push(cells);
		forms.push(form);
	});
	const bytes = Buffer.from(text);
	const edges = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	for (let i = 1; i < edges.length; i++) tokens.feed(bytes.subarray(edges[i - 1], edges[i]));
	const isClosed = tokens.end();
	return { records, isClosed, cells: isClosed ? [] : tokens.cells, forms };
}

describe("what the CSV module relies on in csv-parse's core, which is no public API", () => {
	test('the version is pinned to the one that this was written for', () => {
		expect(devDependencies['csv-parse']).toBe('7.0.3');
		expect(version).toBe('7.0.3');
	});

	test('records come synchronously, blank lines and untrimmed cells included', () => {
		expect(tokenize('a, b\n\n "c"\n"d\ne",""')).toMatchObject({
			records: [['a', ' b'], [''], [' "c"'], ['d\ne', '']],
			isClosed: true,
		});
	});

	test('lines are counted inside quotes as well', () => {
		const text = fc
			.array(fc.constantFrom('a', ',', '"', '""', '\n', '"\n"'), { maxLength: 60 })
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, fc.array(fc.nat(500), { maxLength: 8 }), (csv, cuts) => {
				const { records, forms } = tokenize(csv, cuts);
				expect(forms.map(({ lines }) => lines)).toEqual(records.map((cells) => cells.join('').split('\n').length));
			}),
			{ numRuns: 500 },
		);
	});

	test('a stray quotation mark stays in its cell', () => {
		expect(tokenize('a,5" screen\n"x"y,"1""2"\n').records).toEqual([
			['a', '5" screen'],
			['"x"y', '1"2'],
		]);
	});

	test('a record has whether it ended with a line end, and whether a quotation mark was closed wrongly', () => {
		const formsOf = (text: string) =>
			tokenize(
				text,
				Array.from(text, (_, at) => at),
			).forms.map(
				({ ended, quoteClosedInText }) => `${ended ? 'ended' : 'unended'}${quoteClosedInText ? ', closed amiss' : ''}`,
			);
		expect(formsOf('a,b\n\nc')).toEqual(['ended', 'ended', 'unended']);
		expect(formsOf('a,b\nc,"d\n"')).toEqual(['ended', 'unended']);
		expect(formsOf('a,b\n')).toEqual(['ended']);
		expect(formsOf('"x"y\n"x",5" screen\n"""x"" y"\nb,"x\ny"z')).toEqual([
			'ended, closed amiss',
			'ended',
			'ended',
			'unended, closed amiss',
		]);
	});

	test('an open quotation mark is reported with the cells before it', () => {
		expect(tokenize('a,b\nc\n\nd,"e\nf')).toMatchObject({
			records: [['a', 'b'], ['c'], ['']],
			isClosed: false,
			cells: ['d'],
		});
	});

	test('the number of records can be limited, and the bytes beyond them are counted', () => {
		const records: string[][] = [];
		const tokens = tokenizer(';', 2, (cells) => records.push(cells));
		for (const piece of ['a;b\nc', ';d\n', '"e', '\nf']) {
			expect(tokens.isOver).toBe(false);
			expect(tokens.surplus).toBe(0);
			tokens.feed(Buffer.from(piece));
		}
		expect(tokens.isOver).toBe(true);
		expect(tokens.surplus).toBe('"e\nf'.length);
		expect(records).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
	});

	test.each([';', '§', '😀'])('with %j as delimiter, a record needs few bytes after it', (delimiter) => {
		const tokens = tokenizer(delimiter, 1, () => undefined);
		for (const byte of Buffer.from(`"a"${delimiter}"b\n"\n`)) tokens.feed(Uint8Array.of(byte));
		for (let behind = 0; behind < HELD_BACK; behind++) tokens.feed(Buffer.from('x'));
		expect(tokens.isOver).toBe(true);
		expect(tokens.surplus).toBe(HELD_BACK);
	});

	test('interleaved tokenizers share no state', () => {
		const records: string[][] = [];
		const cutters = [',', ';'].map((delimiter) =>
			tokenizer(delimiter, Infinity, (cells) => records.push([delimiter, ...cells])),
		);
		for (const piece of ['a,b;', '"c,', 'd;"\n', 'e;f']) for (const cutter of cutters) cutter.feed(Buffer.from(piece));
		for (const cutter of cutters) cutter.end();
		expect(records).toEqual([
			[',', 'a', 'b;"c', 'd;"'],
			[';', 'a,b', 'c,d;'],
			[',', 'e;f'],
			[';', 'e', 'f'],
		]);
	});

	test('in any chunks, the result is that of csv-parse', () => {
		const text = fc
			.array(fc.constantFrom('a', 'é', '€', '😀', ',', '"', '""', '\n', ' '), { maxLength: 60 })
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, fc.array(fc.nat(500), { maxLength: 8 }), (csv, cuts) => {
				const cut = tokenize(csv, cuts);
				expect(cut).toEqual(tokenize(csv));
				if (!cut.isClosed) return;
				expect(cut.records).toEqual(
					parse(csv, { relax_column_count: true, relax_quotes: true, record_delimiter: '\n' }),
				);
			}),
			{ numRuns: 500 },
		);
	});
});
