/** Blank cells of a key that take a default: what its rows record of it, and which of them count. */

import { describe, expect, test } from '@jest/globals';
import { pairs, source, sourceOfItems } from './reading';

const HEADER = 'Supervisor;Agent;Call center';
const DEFAULT = { callCenterId: 'main' };

const defaultedKeys = ({ rows }: ReturnType<typeof source>) => rows.map(({ defaulted }) => defaulted ?? []);

test('each row says which parts of its key a default stands in for, because their cells are blank', () => {
	const file = 'supervisor;agent;call center;tenant\njan;an;;\njan;bea;;\npiet;an;cc1;acme\npiet;bea;cc1;\n';
	const both = ['tenantId', 'callCenterId'];
	expect(defaultedKeys(source(file, DEFAULT))).toEqual([both, both, [], ['tenantId']]);
});

test('a row has those of the row that repeats it as well', () => {
	expect(defaultedKeys(source(`${HEADER}\njan;an;main\njan;an;\njan;bea;\n`, DEFAULT))).toEqual([
		['callCenterId'],
		['callCenterId'],
	]);
});

test('a missing column has no blank cells', () => {
	expect(defaultedKeys(source('supervisor;agent\njan;an\n', DEFAULT))).toEqual([[]]);
	const item = { supervisor: 'jan', agent: 'an', 'call center': 'cc1', group: '' };
	expect(defaultedKeys(sourceOfItems([item, { ...item, agent: 'bea' }]))).toEqual([['groupId'], ['groupId']]);
});

describe('the only accepted row with a blank cell is rejected', () => {
	const lone = (file: string) =>
		source(file, DEFAULT).rejected.flatMap(({ problems, memberIds }) =>
			problems.some(({ facts }) => 'problem' in facts && facts.problem === 'loneBlank') ? memberIds : [],
		);

	test.each([
		['a closing line', 'Total: 7;;;'],
		['a row that is rejected for its member', 'jan;c"1;;'],
		['a row that is rejected for its supervisor', '#N/A;chris;;'],
		['a row without a member on a list on which others name one', 'piet;dirk;main;\npiet;;;'],
	])('beside %s', (_, line) => {
		const [header, first, blank] = [`${HEADER};Note`, 'jan;an;cc1;', 'jan;bea;;'];
		expect(lone([header, first, blank, line, ''].join('\n'))).toContain('bea@acme.be');
		expect(lone([header, line, first, blank, ''].join('\n'))).toContain('bea@acme.be');
	});

	test('beside rows that contradict each other, and beside members of a row that is rejected for another one', () => {
		const action = 'jan;an;cc1;add\njan;bea;;add\njan;chris;;add\njan;chris;;remove\n';
		expect(lone(`${HEADER};Action\n${action}`)).toContain('bea@acme.be');
		const file = `${HEADER}\njan;an;cc1\njan;bea;\njan;"chris,,dirk";\n`;
		expect(lone(file)).toContain('bea@acme.be');
		expect(pairs(source(file, DEFAULT))).toEqual(['jan cc1 an']);
	});

	test('and a rejected row counts as another row', () => {
		expect(lone(`${HEADER}\njan;an;\n#N/A;bea;cc1\n`)).toEqual(['an@acme.be']);
		expect(lone(`${HEADER}\njan;an;\n`)).toEqual([]);
	});

	test('and a row that repeats it with the default written in full takes its place', () => {
		const file = `${HEADER}\njan;bea;cc1\njan;an;\njan;an;main\n`;
		expect(pairs(source(file, DEFAULT))).toEqual(['jan cc1 bea', 'jan main an']);
		expect(source(file, DEFAULT).rows.map(({ line }) => line)).toEqual([2, 4]);
		expect(lone(file)).toEqual(['an@acme.be']);
	});
});

test('a blank cell with the delimiter takes no default', () => {
	const file = `${HEADER}\njan;an;\njan;bea;\njan;chris;"\t"\n`;
	const read = source(file.replaceAll(';', '\t'), DEFAULT);
	expect(pairs(read)).toEqual(['jan main an', 'jan main bea']);
	expect(read.rejected).toMatchObject([{ line: 4, code: 'blankCell', callCenterId: null }]);
	expect(pairs(source(file, DEFAULT))).toHaveLength(3);
});

test('a closing line takes no default', () => {
	const { findings } = source(`${HEADER}\njan;an;\njan;bea;\nTotal: 2;;\n`, DEFAULT);
	expect(findings.filter(({ code }) => code === 'defaultUsed').map(({ line }) => line)).toEqual([2, 3]);
});

test('many blank cells take the default, each with its finding', () => {
	const rows = Array.from({ length: 150 }, (_, index) => `jan;a${index};\n`).join('');
	const read = source(`${HEADER}\n${rows}`, DEFAULT);
	expect(read.rows).toHaveLength(150);
	expect(read.rejected).toEqual([]);
	expect(read.findings.find(({ code }) => code === 'moreFindings')).toMatchObject({ facts: { more: 50, last: 151 } });
});

describe('a rejected row leaves out what a default stands in for', () => {
	const HABIT = `${HEADER};Action\njan;an;;add\njan;bea;;add\n`;

	test.each([
		['its members are wrong', 'jan;c"1;;add', 1],
		['it has no member', 'jan;;;add', 1],
		['it contradicts a row', 'jan;chris;;add\njan;chris;;remove', 2],
	])('where %s', (_, lines, count) => {
		const { rejected } = source(`${HABIT}${lines}\n`, DEFAULT);
		expect(rejected.map(({ userId, callCenterId }) => [userId, callCenterId])).toEqual(
			Array.from({ length: count }, () => ['jan@acme.be', null]),
		);
	});

	test('where it names nobody on a list on which others do', () => {
		const { rejected } = source(`${HEADER}\njan;an;\njan;bea;\njan;;\n`, DEFAULT);
		expect(rejected).toMatchObject([{ line: 4, userId: 'jan@acme.be', callCenterId: null }]);
	});
});

test('cells of rejected rows are kept as they are, control characters included', () => {
	const { rejected } = source(`${HEADER};Note;Action\njan;an;cc1;a\0b;add\njan;an;cc1;c;remove\n`, DEFAULT);
	expect(rejected.map(({ cells }) => [cells.Note, cells.Action])).toEqual([
		['a\0b', 'add'],
		['c', 'remove'],
	]);
});
