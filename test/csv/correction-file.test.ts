/** The columns that this package adds to a file of rejected rows, and how that file is read once it is corrected. */

import { describe, expect, test } from '@jest/globals';
import {
	addedActionColumn,
	addedColumns,
	addedColumnsIn,
	mayBeCorrectionFile,
	unescapedNames,
} from '../../lib/csv/correction-columns';
import { codes, pairs, source, sourceOfItems } from './reading';

describe('the columns that are added', () => {
	test('are numbered where the source has one of that name', () => {
		expect(addedColumns(['supervisor', 'line', 'message'])).toEqual({
			line: 'apio line',
			code: 'apio code',
			message: 'apio message',
		});
		const second = { line: 'apio line 2', code: 'apio code 2', message: 'apio message 2' };
		for (const taken of ['APIO_Line', 'apio code', ' Apio-Message '])
			expect(addedColumns(['agent', taken])).toEqual(second);
		expect(addedColumns(['apio line', 'apio code 2'])).toEqual({
			line: 'apio line 3',
			code: 'apio code 3',
			message: 'apio message 3',
		});
	});

	test('have a name for the action that the source does not use', () => {
		expect(addedActionColumn(['agent'])).toBe('action');
		expect(addedActionColumn(['ACTION', 'Operation'])).toBe('change');
	});

	test('are found again by all three names of one number', () => {
		const found = (...names: string[]) => [...addedColumnsIn(names)];
		expect(found('apio line', 'agent', 'APIO Code', 'apio_message')).toEqual([0, 2, 3]);
		expect(found('apio line 2', 'apio code 2', 'apio message 2', 'apio line', 'apio code')).toEqual([0, 1, 2]);
		expect(found('apio line', 'apio code')).toEqual([]);
		expect(found('apio line', 'apio code', 'apio message 2')).toEqual([]);
		expect(found('apio lines', 'apio code', 'apio message')).toEqual([]);
		expect(found('an apio line', 'apio code', 'apio message')).toEqual([]);
		expect(found('line', 'code', 'message')).toEqual([]);
		expect(found()).toEqual([]);
	});

	test('are a single one in a file of exported lists, in any case', () => {
		expect([...addedColumnsIn(['agent', ' APIO Export ', 'apio line'])]).toEqual([1]);
		for (const other of ['apio exports', 'export', 'apio-export', 'apio'])
			expect([...addedColumnsIn([other])]).toEqual([]);
		expect(unescapedNames(['apio export', "'=name"], ';')).toEqual(['apio export', '=name']);
	});

	test('may be theirs where one of them is left', () => {
		expect(mayBeCorrectionFile(['agent', 'apio message'])).toBe(true);
		expect(mayBeCorrectionFile(['agent', 'apio line 12'])).toBe(true);
		expect(mayBeCorrectionFile(['agent', 'apio', 'message'])).toBe(false);
		expect(mayBeCorrectionFile([])).toBe(false);
	});

	test('say that the other names may be escaped', () => {
		const ours = ['apio line', 'apio code', 'apio message'];
		expect(unescapedNames([...ours, "'=name", "a;'-b"], ';')).toEqual([...ours, '=name', 'a;-b']);
		expect(unescapedNames(["'=name", ...ours.slice(1)], ';')).toEqual(["'=name", ...ours.slice(1)]);
	});
});

describe('a corrected file', () => {
	const HEADER = 'apio line;apio code;apio message;Supervisor;Agent;Call center;Action';

	test('is read without its formula escapes, and its own columns are not reported as unknown', () => {
		const read = source(`${HEADER};Note\n7;mangledId;Correct it.;jan;'+an;cc1;'+\n8;x;y;jan;bea;cc1;'-;'=1\n`);
		expect(read.rejected.map(({ line }) => line)).toEqual([2]);
		expect(pairs(read)).toEqual(['jan cc1 bea remove']);
		expect(codes(read)).toEqual(['unknownColumn@1', 'raggedRow@2']);
	});

	test('is the same as items', () => {
		const cells = { 'apio line': 7, 'apio code': 'x', 'apio message': '', supervisor: 'jan', 'call center': 'cc1' };
		const read = sourceOfItems([
			{ ...cells, agent: "'@x", action: "'+" },
			{ ...cells, agent: "an,'=bea", action: "'-" },
		]);
		expect(read.rejected).toMatchObject([{ line: 1, code: 'invalidId', cells: { agent: '@x', action: '+' } }]);
		expect(pairs(read)).toEqual(['jan cc1 an remove', 'jan cc1 =bea remove']);
		expect(codes(read)).toEqual(['invalidId@1']);
	});

	test('with a column that lost its name is read all the same', () => {
		const read = source(`${HEADER};\n7;x;y;jan;an;cc1;add;ghent\n8;x;y;jan;bea;cc1;add;ghent\n`);
		expect(pairs(read)).toEqual(['jan cc1 an add', 'jan cc1 bea add']);
	});

	test('with cells in only these columns names nobody', () => {
		const read = source(`${HEADER.replace(';Action', '')}\n7;noMember;Fill it in.;jan;;cc1\n`);
		expect(pairs(read)).toEqual(['jan cc1 -']);
	});
});
