/**
 * Whatever a rejected row has in it comes back from the CSV of rejected rows as it was, by our reader and by another
 * one.
 */

import { describe, expect, it } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import * as fc from 'fast-check';
import { addedColumnsIn, escapeFormulas, readCsvBuffer, readItems, type CsvSource } from '../../lib/csv';
import { correctionCsv, messageOf, problemsText, rowsToCorrect, viewRun, type SourceShape } from '../../lib/report';
import { planned } from './runs';

const READING = { kind: 'supervisedAgents' as const, tenantId: 'acme', groupId: 'brussels' };

/** Texts that trip spreadsheets, parsers and objects, as the Big List of Naughty Strings has them. */
const NAUGHTY = [
	...[
		'',
		' ',
		'\t',
		'-',
		'+',
		'=',
		'@',
		'-5',
		'-1.5e3',
		'+3225551234',
		"'",
		"''",
		"'=",
		"'+3225551234",
		'"',
		'""',
		'"""',
		'"=1"',
		'=1+1',
		'=cmd|"/c calc"!A1',
	],
	...[
		'a;=1',
		'a,-1',
		'a|@b',
		'a\n=1',
		'\n',
		'\r\n',
		'a\nb',
		'a\r\nb',
		';',
		',',
		'|',
		';;',
		',,,',
		'";"',
		'\u00a0=1',
		'\u200b-1',
		'\uff1d1',
		'\ufeffx',
	],
	...[
		'null',
		'undefined',
		'NaN',
		'true',
		'__proto__',
		'constructor',
		'toString',
		'hasOwnProperty',
		'{"a":1}',
		'<script>alert(1)</script>',
		'<html>',
		'[[1]]',
	],
	...[
		'Ω≈ç√∫',
		'田中さん',
		'👩‍👩‍👧‍👦 🇧🇪',
		'مرحبا',
		'\u202etest',
		'Z̮̞̠͙͔ͅḀ̗̞͈̻̗Ḷ͙͎̯̹̞͓G̻O̭̗̮',
		'1.23E+11',
		'0032',
		'1/2/2026',
		'sep=;',
		'Total: 3',
		'é',
		'e\u0301',
		'\\',
		'\\"',
		'#N/A',
	],
];

const NAMES = [
	...[
		'code',
		'Code',
		'code ',
		'line',
		'Line',
		'message',
		'constructor',
		'__proto__',
		'toString',
		'valueOf',
		'length',
		'note',
		'Note',
		' note',
		'note (2)',
		'column 4',
	],
	...[
		'apio line',
		'APIO Line',
		'apio code',
		'apio message 2',
		'apio line (2)',
		'=name',
		'-name',
		'+name',
		"'=name",
		'a;b',
		'a,b',
		'two\nlines',
		'"quoted"',
		'2026',
		'0',
		' ',
	],
];

const text = fc.oneof(
	fc.constantFrom(...NAUGHTY),
	fc.array(fc.constantFrom(...NAUGHTY, 'x', ' '), { maxLength: 4 }).map((parts) => parts.join('')),
	fc.string({ unit: 'grapheme' }),
);
/** Two names that differ in their line breaks alone are one, because a file has but one kind of them. */
const unified = (value: string) => value.replace(/\r\n?/g, '\n');
const name = fc
	.oneof(
		fc.constantFrom(...NAMES),
		fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }),
		text.filter((one) => one !== ''),
	)
	.map(unified)
	// In a header, a quoted line break beside a separator is what a quotation mark left open looks like.
	.filter((one) => !/\n/.test(one) || !/[,;|\t]/.test(one));

/** A table whose rows are rejected for their agent alone, with any other columns before, between and behind. */
const table = fc
	.tuple(fc.uniqueArray(name, { maxLength: 6 }), fc.boolean(), fc.integer({ min: 1, max: 3 }))
	.chain(([others, withAction, height]) => {
		const needed = ['supervisor', 'call center', 'agent', ...(withAction ? ['action'] : [])];
		return fc.record({
			columns: fc.shuffledSubarray([...needed, ...others], { minLength: needed.length + others.length }),
			cells: fc.array(fc.array(text, { minLength: others.length, maxLength: others.length }), {
				minLength: height,
				maxLength: height,
			}),
			actions: fc.array(fc.constantFrom('+', '-', 'add', 'verwijderen'), { minLength: height, maxLength: height }),
			others: fc.constant(others),
			delimiter: fc.constantFrom(';', ',', '\t', '|'),
		});
	})
	.map(({ columns, cells, actions, others, delimiter }) => {
		const rows = cells.map((row, index) => {
			const byName = new Map<string, string>([
				['supervisor', 'sup@x.example'],
				['call center', 'cc@x.example'],
				['agent', '#N/A'],
				['action', actions[index]],
				...others.map((other, column) => [other, row[column]] as const),
			]);
			return Object.fromEntries(columns.map((column) => [column, byName.get(column)]));
		});
		return { rows, delimiter };
	});

function shapeOf({ columns, mapping }: CsvSource, delimiter: string): SourceShape {
	return { delimiter, columns, mapping, mode: 'mirror', words: null };
}

function csvOf(source: CsvSource, delimiter: string): string {
	const shape = shapeOf(source, delimiter);
	return correctionCsv(rowsToCorrect(viewRun(planned({}, { rejected: source.rejected })), shape), shape) ?? '';
}

/** What the source has, without what we add to it; line breaks as the reader knows them. */
function tableOf(source: CsvSource): Array<Array<[string, string]>> {
	const ours = addedColumnsIn(source.columns);
	const names = source.columns.filter((_, index) => !ours.has(index));
	return source.rejected.map(({ cells }) =>
		names.filter((one) => Object.hasOwn(cells, one)).map((one) => [unified(one), unified(cells[one])]),
	);
}

function read(csv: string): CsvSource {
	const result = readCsvBuffer(Buffer.from(csv, 'utf8'), READING);
	if (!result.ok) throw new Error(`${result.failure.code}: ${messageOf(result.failure)}`);
	return result.source;
}

describe('the CSV of rejected rows', () => {
	it('keeps every column and cell, however often it is corrected', () => {
		fc.assert(
			fc.property(table, ({ rows, delimiter }) => {
				const first = readItems(
					rows.map((json) => ({ json })),
					READING,
				);
				// A column that could be the agent as well as 'agent' makes the source ambiguous: nothing to correct comes of
				// it.
				fc.pre(first.ok && first.source.rejected.length === rows.length);
				if (!first.ok) return;
				const wanted = tableOf(first.source);
				const ownAction = first.source.mapping.action !== null;
				const csv = csvOf(first.source, delimiter);
				const second = read(csv);
				const back = tableOf(second).map((row) =>
					ownAction ? row : row.filter(([column]) => column !== second.mapping.action),
				);
				expect(back).toEqual(wanted);
				expect(second.mapping).toEqual({ ...first.source.mapping, action: second.mapping.action });
				// The next file is the same but for the lines, which are now those of this file.
				expect(tableOf(read(csvOf(second, delimiter)))).toEqual(tableOf(second));
				expect(addedColumnsIn(second.columns).size).toBe(3);
			}),
			{ numRuns: 300 },
		);
	});

	it('reads the same with another CSV reader', () => {
		fc.assert(
			fc.property(table, ({ rows, delimiter }) => {
				const first = readItems(
					rows.map((json) => ({ json })),
					READING,
				);
				fc.pre(first.ok && first.source.rejected.length === rows.length);
				if (!first.ok) return;
				const csv = csvOf(first.source, delimiter);
				const records = parse(csv, { bom: true, delimiter, record_delimiter: '\r\n' }) as string[][];
				const { columns, rejected } = read(csv);
				const ours = [columns, ...rejected.map(({ cells }) => columns.map((column) => cells[column]))];
				expect(records).toEqual(ours.map((record) => record.map((cell) => escapeFormulas(cell, delimiter))));
			}),
			{ numRuns: 150 },
		);
	});

	it.each([
		['+', 'add'],
		['-', 'remove'],
	])('keeps the action %s', (sign, action) => {
		const first = read(`supervisor;call center;agent;action\nsup@x;cc@x;#N/A;${sign}\n`);
		const csv = csvOf(first, ';');
		expect(csv).toContain(`;'${sign};`);
		expect(read(csv.replace('#N/A', 'a@x')).rows).toMatchObject([{ memberId: 'a@x', action }]);
	});

	it('keeps columns with the names of added columns or of properties of every object', () => {
		const first = read(
			'code;line;message;constructor;__proto__;toString;Code;supervisor;call ' +
				'center;agent\nC1;L1;M1;K1;P1;T1;C2;sup@x;cc@x;#N/A\n',
		);
		expect(first.rejected).toHaveLength(1);
		const csv = csvOf(first, ';');
		expect(csv.split('\r\n').slice(0, 2)).toEqual([
			'\uFEFFcode;line;message;constructor;__proto__;toString;Code;supervisor;call center;agent;action;apio ' +
				'line;apio code;apio message',
			expect.stringMatching(/^C1;L1;M1;K1;P1;T1;C2;sup@x;cc@x;#N\/A;add;2;mangledId;/),
		]);
		expect(tableOf(read(csv))[0].slice(0, -1)).toEqual(tableOf(first)[0]);
	});

	it('leaves a cell blank if the member has no value for it, whatever the column is called', () => {
		const first = read('supervisor;call center;agent;constructor\nsup@x;cc@x;a@x;K1\nsup@x;cc@x;#N/A;K2\n');
		const shape = shapeOf(first, ';');
		const rows = [{ line: '2', code: 'x', message: 'No.', cells: new Map([['agent', 'a@x']]) }];
		expect(correctionCsv(rows, shape)).toContain('\r\n;;a@x;;;2;x;No.\r\n');
	});

	it('numbers its columns if the source has the same names', () => {
		const first = read('supervisor;call center;agent;APIO_Line\nsup@x;cc@x;#N/A;7\n');
		const csv = csvOf(first, ';');
		expect(csv.split('\r\n')[0]).toBe(
			'\uFEFFsupervisor;call center;agent;APIO_Line;action;apio line 2;apio code 2;apio message 2',
		);
		expect(tableOf(read(csv))[0].slice(0, -1)).toEqual(tableOf(first)[0]);
	});

	it('keeps cells beyond the header next to a column with their name', () => {
		const first = read('supervisor;call center;agent;column 5\nsup@x;cc@x;a@x;;surplus\n');
		expect(first.rejected[0].cells).toEqual({
			supervisor: 'sup@x',
			'call center': 'cc@x',
			agent: 'a@x',
			'column 5': '',
			'column 5 (2)': 'surplus',
		});
	});

	it('is read again even if only its rows have cells in an unknown column', () => {
		const rows = [...Array.from({ length: 30 }, () => 'sup@x;cc@x;a@x;'), 'sup@x;cc@x;#N/A;a note'];
		const first = read(['supervisor;call center;agent;¡', ...rows, ''].join('\n'));
		expect(read(csvOf(first, ';')).rejected[0].cells['¡']).toBe('a note');
	});

	it.each(['agent;=1', "agent;'=1", 'agent;-5', 'agent;+3225551234'])('returns %j in a note', (note) => {
		const first = read(`supervisor;call center;agent;note\nsup@x;cc@x;#N/A;"${note}"\n`);
		expect(read(csvOf(first, ';')).rejected[0].cells.note).toBe(note);
	});
});

describe('one row with several bad members', () => {
	const source = read('supervisor;call center;agent\nsup@x;cc@x;"a@x, #N/A, b@@x, 1.2E+11"\nsup@x;cc@x;c@x\n');

	it('is one rejected row that names them all', () => {
		expect(source.rejected).toHaveLength(1);
		const [row] = source.rejected;
		expect([row.line, row.problems.map(({ code }) => code)]).toEqual([2, ['mangledId', 'invalidId', 'mangledId']]);
		for (const bad of ['#N/A', 'b@@x', '1.2E+11']) expect(problemsText(row)).toContain(`"${bad}"`);
	});

	it('is one line of the CSV', () => {
		expect(csvOf(source, ';').trim().split('\r\n')).toHaveLength(2);
	});
});
