/** How a cell that cannot be used is reported: the column, the reason, and the value. */

import { describe, expect, test } from '@jest/globals';
import { pairs, source } from './reading';

const HEADER = 'Supervisor;Call center;Agent';

/** Column, code and facts of every problem of every rejected row. */
function problems(file: string, options: Parameters<typeof source>[1] = {}) {
	return source(file, options).rejected.map((row) =>
		row.problems.map(({ column, code, facts }) => [column, code, facts]),
	);
}

describe('a row is rejected', () => {
	const GOOD = 'jan;cc1;an\njan;cc1;bea\n';

	test.each<[string, string, ReadonlyArray<readonly [column: string, code: string, facts: object]>]>([
		['a key is blank', ';cc1;chris', [['Supervisor', 'blankCell', { problem: 'noValue', field: 'supervisor' }]]],
		[
			'several are',
			';;chris',
			[
				['Supervisor', 'blankCell', { problem: 'noValue', field: 'supervisor' }],
				['Call center', 'blankCell', { problem: 'noValue', field: 'callCenter' }],
			],
		],
		['a place among its members is blank', 'jan;cc2;chris,,dirk', [['Agent', 'blankCell', { problem: 'emptyPlace' }]]],
		[
			'its members are separated in two ways',
			'jan;cc2;"chris,dirk|eva"',
			[['Agent', 'severalValues', { problem: 'mixedSeparators' }]],
		],
		[
			'it names nobody on a list on which others name somebody',
			'jan;cc1;',
			[['Agent', 'blankCell', { problem: 'noMember', field: 'agent' }]],
		],
	])('where %s', (_, row, expected) => {
		expect(problems(`${HEADER}\n${GOOD}${row}\n`)).toEqual([expected]);
	});

	test.each([
		['', 'blankCell', { problem: 'noAction' }],
		['perhaps', 'unknownAction', { value: 'perhaps' }],
	])('whose action is %j', (action, code, facts) => {
		expect(problems(`${HEADER};Action\njan;cc1;an;add\njan;cc1;bea;${action}\n`)).toEqual([[['Action', code, facts]]]);
	});

	test('that has an action and names nobody', () => {
		const expected = [['Agent', 'blankCell', { problem: 'noMember', field: 'agent' }]];
		expect(problems(`${HEADER};Action\njan;cc1;an;add\njan;cc2;;remove\n`)).toEqual([expected]);
	});

	test('whose last cell may be cut off, because the file ends there and other ids go on', () => {
		const cut = [['Agent', 'invalidId', { problem: 'cutOff', value: 'bea@acme.b' }]];
		expect(problems(`${HEADER}\njan;cc1;an@acme.be\njan;cc1;bea@acme.b`)).toEqual([cut]);
		expect(problems(`${HEADER}\njan;cc1;an@acme.be\njan;cc1; bea@acme.b `)).toEqual([cut]);
		for (const whole of ['bea@acme.be', 'bea@other.be', 'bea', 'bea@acme.b\n'])
			expect(problems(`${HEADER}\njan;cc1;an@acme.be\njan;cc1;${whole}`)).toEqual([]);
	});

	test('but not for a blank text at the end of the file, whatever ids there are', () => {
		const full = { defaultDomain: undefined };
		const row = 'jan@x.be;cc1@x.be;an@x.be';
		expect(problems(`${HEADER};Note\n${row};x\n${row.replace('an@', 'bea@')};`, full)).toEqual([]);
		const noMember = [['Agent', 'blankCell', { problem: 'noMember', field: 'agent' }]];
		expect(problems(`${HEADER}\n${row}\npiet@x.be;cc1@x.be;`, full)).toEqual([noMember]);
	});

	test('whose last cell is blank where a default would stand in, because the file ends there', () => {
		const file = 'Supervisor;Agent;Call center\njan;an;cc1\njan;bea;';
		const cut = [['Call center', 'blankCell', { problem: 'cutOff' }]];
		expect(problems(file, { callCenterId: 'main' })).toEqual([cut]);
		expect(problems(`${file}\njan;chris;\n`, { callCenterId: 'main' })).toEqual([]);
		const first = 'Call center;Supervisor;Agent\ncc1;jan;an\n;jan;bea\n;jan;chris';
		expect(problems(first, { callCenterId: 'main' })).toEqual([]);
	});
});

test('a default that stands in for blank cells is reported at each of their lines, and not for a single one', () => {
	const header = 'Call center;Supervisor;Agent\ncc1;jan;an\n';
	const read = source(`${header};jan;bea\n;jan;chris\n;jan;dirk\n`, { callCenterId: 'main' });
	expect(read.findings.map(({ code, line }) => [code, line])).toEqual([
		['defaultUsed', 3],
		['defaultUsed', 4],
		['defaultUsed', 5],
	]);
	const lone = [['Call center', 'blankCell', { problem: 'loneBlank', fallback: 'main' }]];
	for (const end of ['', '\n']) expect(problems(`${header};jan;bea${end}`, { callCenterId: 'main' })).toEqual([lone]);
});

test('a list with nobody on it is named in the last line as in any other, where another column is the last', () => {
	for (const end of ['', '\n']) {
		const { rows, rejected } = source(`Agent;Supervisor;Call center\nan;jan;cc1\n;piet;cc1${end}`);
		expect([pairs({ rows }), rejected]).toEqual([['jan cc1 an', 'piet cc1 -'], []]);
	}
});

test('several members in a cell are several rows, whichever separator is used', () => {
	const members = (cell: string) => {
		const { rows, rejected } = source(`${HEADER}\njan;cc1;"${cell}"\n`);
		expect(rejected).toEqual([]);
		return pairs({ rows });
	};
	for (const separator of [',', ';', '|', '\n', ', \n'])
		expect([separator, members(`an${separator}bea${separator}chris`)]).toEqual([
			separator,
			['jan cc1 an', 'jan cc1 bea', 'jan cc1 chris'],
		]);
	expect(members('an, \nbea,chris')).toHaveLength(3);
	expect(members('an,bea')).toEqual(['jan cc1 an', 'jan cc1 bea']);
});

test('a list that is named twice with nobody on it is reported as a duplicate', () => {
	const { findings, rows } = source(`${HEADER}\njan;cc1;an\npiet;cc1;\npiet;cc1;\n`);
	expect(rows).toHaveLength(2);
	expect(findings).toMatchObject([{ code: 'duplicateRow', line: 4, facts: { unit: 'line', line: 3 } }]);
});

test('where only keys are read, each list is read once, whoever is on it', () => {
	const { findings, rows, rejected } = source('Supervisor;Call center\njan;cc1\npiet;cc1\njan;cc1\n', {
		keysOnly: true,
	});
	expect(rows.map(({ list, memberId }) => [list.userId, memberId])).toEqual([
		['jan@acme.be', null],
		['piet@acme.be', null],
	]);
	expect(findings).toMatchObject([{ code: 'duplicateRow', line: 4, facts: { unit: 'line', line: 2 } }]);
	expect(rejected).toEqual([]);
});

test('the default domain is taken with or without its @ and with spaces around it', () => {
	for (const defaultDomain of ['acme.be', '@acme.be', ' @acme.be ', ' acme.be'])
		expect(source(`${HEADER}\njan;cc1;an\n`, { defaultDomain }).rows).toMatchObject([{ memberId: 'an@acme.be' }]);
});

describe('cells that hold names', () => {
	const matching = { people: 'fullName', callCenters: 'name', country: null } as const;

	test('may have commas in them, and hold several people', () => {
		const file = '"Supervisor";"Queue name";"Name"\n"Maes, Jan";"Help, desk";"Peeters, An|Claes, Bea"\n';
		const { rows } = source(file, { matching });
		expect(rows.map(({ list, memberId }) => [list.userId, list.callCenterId, memberId])).toEqual([
			['Maes, Jan', 'Help, desk', 'Peeters, An'],
			['Maes, Jan', 'Help, desk', 'Claes, Bea'],
		]);
	});

	test('are not cut off where others go on, and ids and addresses beside them are', () => {
		const last = (header: string, first: string, cut: string, people: 'fullName' | 'emailAddress') =>
			problems(`${header}\n${first}\n${cut}`, { matching: { ...matching, people, callCenters: 'id' } }).length;
		const [names, mails] = ['Supervisor name;Queue;Name', 'E-mail supervisor;Queue;E-mail'];
		expect(last(names, 'Jan Maes;cc1@x.be;An Peeters', 'Jan Maes;cc1@x.be;An Pee', 'fullName')).toBe(0);
		expect(last(mails, 'jan@y.be;cc1@x.be;an@y.be', 'jan@y.be;cc1@x.be;bea@y.b', 'emailAddress')).toBe(1);
		const ids = 'Supervisor name;Name;Queue';
		expect(last(ids, 'Jan Maes;An Peeters;cc1@x.be', 'Jan Maes;Bea Claes;cc2@x.b', 'fullName')).toBe(1);
	});

	test('are kept by line, and a default call center is an id all the same', () => {
		const file = 'Supervisor;Queue name;Name\nJan Maes;;An Peeters\nJan Maes;;Bea Claes\n';
		const read = source(file, { matching, callCenterId: 'main', defaultDomain: 'acme.be' });
		expect(read.cellsOf?.(3)).toEqual({ Supervisor: 'Jan Maes', 'Queue name': '', Name: 'Bea Claes' });
		expect(read.defaultCallCenterId).toBe('main@acme.be');
		expect(source(file.replaceAll(';;', ';Desk;'), { matching }).defaultCallCenterId).toBeUndefined();
		expect(source(`${HEADER}\njan;cc1;an\n`, { callCenterId: 'main' }).cellsOf).toBeUndefined();
	});
});
