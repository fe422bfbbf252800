import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { version } from '../../node_modules/csv-parse/package.json';
import { devDependencies } from '../../package.json';
import { tokenizer, type TokenizerStop } from '../../lib/vendor/csv-parse';

function tokenize(
	text: string,
	cuts: readonly number[] = [],
	maxRecordBytes = 1_000_000,
	lines: number[] = [],
	forms: string[] = [],
) {
	const records: string[][] = [];
	const cutter = tokenizer({ delimiter: ',', maxRecordBytes }, (cells, { lastLine, ended, quoteClosedInText }) => {
		records.push(cells);
		lines.push(lastLine);
		forms.push(`${ended ? 'ended' : 'unended'}${quoteClosedInText ? ', closed amiss' : ''}`);
	});
	const bytes = Buffer.from(text);
	let stop: TokenizerStop | null = null;
	const edges = [0, ...[...cuts].map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
	for (let i = 1; i < edges.length; i++) stop ??= cutter.feed(bytes.subarray(edges[i - 1], edges[i]));
	stop ??= cutter.end();
	return { records, stop };
}

describe("what the CSV room relies on in csv-parse's core, which is no public API", () => {
	test('the version is pinned to the one that this was written for', () => {
		expect(devDependencies['csv-parse']).toBe('7.0.3');
		expect(version).toBe('7.0.3');
	});

	test('records come synchronously, blank lines and untrimmed cells included', () => {
		expect(tokenize('a, b\n\n "c"\n"d\ne",""')).toEqual({
			records: [['a', ' b'], [''], [' "c"'], ['d\ne', '']],
			stop: null,
		});
	});

	test('lines are counted inside quotes as well', () => {
		const text = fc
			.array(fc.constantFrom('a', ',', '"', '""', '\n', '"\n"'), { maxLength: 60 })
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, fc.array(fc.nat(500), { maxLength: 8 }), (csv, cuts) => {
				const lines: number[] = [];
				const { records } = tokenize(csv, cuts, undefined, lines);
				let line = 0;
				expect(lines).toEqual(records.map((cells) => (line += cells.join('').split('\n').length)));
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

	test('whether a line end stands behind a record, and whether a quotation mark was closed amiss, is told', () => {
		const told = (text: string) => {
			const forms: string[] = [];
			tokenize(
				text,
				Array.from(text, (_, at) => at),
				undefined,
				[],
				forms,
			);
			return forms;
		};
		expect(told('a,b\n\nc')).toEqual(['ended', 'ended', 'unended']);
		expect(told('a,b\nc,"d\n"')).toEqual(['ended', 'unended']);
		expect(told('a,b\n')).toEqual(['ended']);
		expect(told('"x"y\n"x",5" screen\n"""x"" y"\nb,"x\ny"z')).toEqual([
			'ended, closed amiss',
			'ended',
			'ended',
			'unended, closed amiss',
		]);
	});

	test('an open quotation mark is told with the cells before it', () => {
		expect(tokenize('a,b\nc\n\nd,"e\nf')).toEqual({
			records: [['a', 'b'], ['c'], ['']],
			stop: { reason: 'quoteNotClosed', cellsBefore: ['d'] },
		});
	});

	test('a record without an end is given up', () => {
		expect(tokenize(`a,b\n"${'x'.repeat(200)}`, [50, 100, 150], 100).stop).toEqual({
			reason: 'recordTooLarge',
			cellsBefore: [],
		});
	});

	test('a number of records can be asked for', () => {
		const records: string[][] = [];
		const cutter = tokenizer({ delimiter: ';', maxRecordBytes: 1000, maxRecords: 2 }, (cells) => records.push(cells));
		expect(cutter.feed(Buffer.from('a;b\nc;d\ne;f\n"'))).toBeNull();
		expect(cutter.end()).toBeNull();
		expect(records).toEqual([
			['a', 'b'],
			['c', 'd'],
		]);
	});

	test('tokenizers that take turns share nothing, though they share their methods', () => {
		const records: string[][] = [];
		const cutters = [',', ';'].map((delimiter) =>
			tokenizer({ delimiter, maxRecordBytes: 1000 }, (cells) => records.push([delimiter, ...cells])),
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

	test('cut anywhere, it gives what csv-parse gives', () => {
		const text = fc
			.array(fc.constantFrom('a', 'é', '€', '😀', ',', '"', '""', '\n', ' '), { maxLength: 60 })
			.map((parts) => parts.join(''));
		fc.assert(
			fc.property(text, fc.array(fc.nat(500), { maxLength: 8 }), (csv, cuts) => {
				const cut = tokenize(csv, cuts);
				expect(cut).toEqual(tokenize(csv));
				if (cut.stop !== null) return;
				expect(cut.records).toEqual(
					parse(csv, { relax_column_count: true, relax_quotes: true, record_delimiter: '\n' }),
				);
			}),
			{ numRuns: 500 },
		);
	});
});
