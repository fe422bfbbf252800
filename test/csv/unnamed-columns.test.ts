/** Columns without a name of their own, whose cells may be members: to ignore them would remove these members. */

import { describe, expect, test } from '@jest/globals';
import type { CsvOptions } from '../../lib/csv';
import { readItems } from '../../lib/csv';
import { failure, pairs, SETTINGS, source } from './reading';

const ALL = 'Tenant;Group;Supervisor;Call center;Agents';
const ROW = 't;g;an@x;sales@x;jan@x';

function suspect(file: string, options: Partial<CsvOptions> = {}) {
	const { code, facts, line } = failure(file, options);
	return { code, ...facts, line };
}

describe('a column without a name of its own', () => {
	test.each(
		['', ' ', '#N/A', '#NAAM?', 'Unnamed: 5', 'Unnamed: 5_level_1', '__EMPTY', '__EMPTY_1', 'Column6', 'Kolom6'].concat(
			...['Spalte6', 'Colonne 6', 'Field6', 'F6', 'V6', 'X.1', '_c5', '...6', '6', 'els@x', 'None'],
		),
	)('may have more agents: %j', (name) => {
		const expected = {
			code: 'suspectColumn',
			problem: 'unnamedMembers',
			column: 6,
			cell: 'els@x',
			field: 'agent',
			line: 1,
		};
		expect(suspect(`${ALL};${name}\n${ROW};els@x\n`)).toEqual({ ...expected, name: name.trim() === '' ? null : name });
		expect(pairs(source(`${ALL};${name}\n${ROW};\n`))).toEqual(['an@x sales@x jan@x']);
	});

	test('of merged cells is reported with what would be lost', () => {
		expect(failure(`${ALL};;\n${ROW};els@x;kim@x\n`).message).toBe(
			'Column 6 has cells ("els@x") but no name, and may be the agent; the rows would be read without it. ' +
				"Correct the column's name in the source, or choose the column in 'Column Mapping'.",
		);
	});

	test('may stand before that of the agents, and have several in a cell', () => {
		const header = 'Tenant;Group;Supervisor;Call center;;Agents';
		expect(suspect(`${header}\nt;g;an@x;sales@x;els@x|kim@x;jan@x\n`)).toMatchObject({ column: 5, field: 'agent' });
	});

	test('may have more call centers, where these are the members', () => {
		const file = 'Tenant;Group;Agent;Call centers;;\nt;g;jan@x;sales@x;;help@x\n';
		expect(suspect(file, { kind: 'agentCallCenters' })).toMatchObject({ column: 6, field: 'callCenter' });
	});

	test('may have more of the lists, where only these are read', () => {
		const file = 'Tenant;Group;Agent;\nt;g;jan@x;els@x\n';
		expect(suspect(file, { kind: 'agentCallCenters', keysOnly: true })).toMatchObject({ field: 'agent' });
	});

	test('has no members where nobody can be matched by its cells', () => {
		const matching = { people: 'emailAddress', callCenters: 'id', country: null } as const;
		const file = (cell: string) => `Tenant;Group;Supervisor e-mail;Call center;E-mail;\n${ROW};${cell}\n`;
		expect(pairs(source(file('until May'), { matching }))).toHaveLength(1);
		expect(suspect(file('els@x'), { matching })).toMatchObject({ field: 'agent' });
	});

	test('is reported among the items that n8n makes of a workbook as well', () => {
		const item = { Tenant: 't', Group: 'g', Supervisor: 'an@x', 'Call center': 'sales@x', Agents: 'jan@x' };
		const read = readItems([{ json: { ...item, __EMPTY: 'els@x', __EMPTY_1: 'kim@x' } }], SETTINGS);
		expect(read).toMatchObject({ failure: { code: 'suspectColumn', facts: { name: '__EMPTY', field: 'agent' } } });
	});

	test('has row numbers in the first column alone', () => {
		expect(pairs(source(`;${ALL}\n1;${ROW}\n2;${ROW}\n`))).toHaveLength(1);
		expect(suspect(`${ALL};\n${ROW};1001\n`)).toMatchObject({ column: 6, field: 'agent' });
	});

	test('has no member in a total below the rows', () => {
		expect(pairs(source(`${ALL};\n${ROW};\nTotal;;;;;1\n`))).toHaveLength(1);
	});
});

describe('the first cell of a column without a name, behind the head', () => {
	const rows = (row: string) => `${row}\n`.repeat(30);

	test('has the call center for which the default would be used', () => {
		const file = `Supervisor;Agent;\n${rows('s1@x;a1@x;')}s2@x;a1@x;c1@x\n`;
		const expected = { code: 'suspectColumn', problem: 'unnamed', field: 'callCenter', cell: 'c1@x', line: 32 };
		expect(suspect(file, { callCenterId: 'main' })).toMatchObject(expected);
	});

	test('has a member', () => {
		expect(suspect(`${ALL};\n${rows(`${ROW};`)}${ROW};els@x\n`)).toMatchObject({ field: 'agent', line: 32 });
		const item = { Tenant: 't', Group: 'g', Supervisor: 'an@x', 'Call center': 'sales@x', Agents: 'jan@x' };
		const items = [...Array.from({ length: 30 }, () => ({ json: item })), { json: { ...item, __EMPTY: 'els@x' } }];
		expect(readItems(items, SETTINGS)).toMatchObject({ failure: { code: 'suspectColumn', line: 31 } });
	});

	test('is no row number any more', () => {
		const numbers = Array.from({ length: 30 }, (_, index) => `${index + 1};${ROW}\n`).join('');
		expect(pairs(source(`;${ALL}\n${numbers}`))).toHaveLength(1);
		expect(suspect(`;${ALL}\n${numbers}els@x;${ROW}\n`)).toMatchObject({ column: 1, line: 32 });
	});
});
