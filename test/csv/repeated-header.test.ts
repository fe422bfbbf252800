/** Files that were put together from others bring their headers along. */

import { describe, expect, test } from '@jest/globals';
import { type CsvOptions, readItems } from '../../lib/csv';
import { codes, failure, pairs, SETTINGS, source, sourceOfItems } from './reading';

const HEADER = 'Supervisor;Call center;Agent';
const ROW = 'jan;cc1;an\n';

/** For files without a column for it. */
const DEFAULTED = { callCenterId: 'cc1' };
const BY_NAME = { matching: { people: 'fullName', callCenters: 'id', country: null } } as const;
const BY_MAIL = { matching: { people: 'emailAddress', callCenters: 'id', country: null } } as const;
const PEOPLE: Partial<CsvOptions> = { kind: 'agentCallCenters', keysOnly: true };

describe('the header once more', () => {
	test.each([
		HEADER,
		`${HEADER};`,
		`${HEADER}; ;\u00a0`,
		`\ufeff${HEADER}`,
		'\ufeff"Supervisor";Call center;Agent',
		'Supervisor;\ufeffCall center;"Agent"',
		'Supervisor\ufeff;Call center;Agent',
		'SUPERVISOR;CALL CENTER;AGENT',
		'supervisor ;Call center ; Agent\u00a0',
		'Leidinggevende;Wachtrij;Medewerker',
	])('is reported and is no row: %j', (again) => {
		const read = source(`${HEADER}\n${ROW}${again}\njan;cc1;bea\n`);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea']);
		expect(read.records).toBe(2);
		expect(codes(read)).toEqual(['repeatedHeader@3']);
	});

	test('may call a column that is not needed something else', () => {
		const read = source(`${HEADER};Note\njan;cc1;an;x\n${HEADER};Remark\njan;cc1;bea;x\n`);
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea']);
		expect(codes(read)).toContain('repeatedHeader@3');
	});

	test.each([
		['of the same names', HEADER, 'Agent;Call center;Supervisor'],
		['in another spelling', HEADER, 'MEMBERS ; queue;Team leader'],
		['with a name that is not known', HEADER, 'Agent;Note;Supervisor'],
		['with names that are set by hand', 'Boss;Call center;Who 1', 'who 1;call center;boss'],
		['with a column moved to one that is not needed', `${HEADER};Note`, 'Note;Call center;Agent;Supervisor'],
		['without a call center, which has a default', 'Supervisor;Agent;Note', 'Note;Supervisor;Agent'],
	])('in another order is never read swapped: %s', (_, header, again) => {
		const columns = header.startsWith('Boss') ? { supervisor: 'Boss', agent: 'Who 1' } : {};
		const row = header.endsWith(';Note') ? header.replace(/[^;]+/g, 'x') : ROW.trim();
		const issue = failure(`${header}\n${row}\n${again}\nan;cc1;jan\n`, { columns, callCenterId: 'cc1' });
		expect([issue.code, issue.line]).toEqual(['otherHeader', 3]);
		expect(issue.message).toMatch(/^This line names the columns in another order than the header in line 1,/);
	});

	test.each<[string, readonly string[], Parameters<typeof source>[1]]>([
		['Supervisor;Agent;Job of supervisor;Job', ['jan;an;Manager;Agent', 'piet;bea;Team leader;Employee'], {}],
		['Supervisor;Agent;Queue;Job', ['jan;an;Contact Center;Agent', 'jan;bea;Sales;Agent'], {}],
	])('is a row where cells are such words: %s', (header, rows, options) => {
		for (const lines of [rows, rows.slice(0, 1), [...rows].reverse()])
			expect(source(`${header}\n${lines.join('\n')}\n`, { callCenterId: 'cc1', ...options }).records).toBe(
				lines.length,
			);
	});

	test('is a row of people who leave, whose job is the name of a column', () => {
		for (const job of ['Agent', 'Medewerker', 'Employee'])
			expect(
				source(`User ID;Job title\nan.claes;${job}\nbea.bos;Coach\n`, { kind: 'agentCallCenters', keysOnly: true })
					.records,
			).toBe(2);
	});

	test('in another order is refused among items as well', () => {
		const items = [
			{ json: { supervisor: 'jan', agent: 'an' } },
			{ json: { supervisor: 'Agent', agent: 'Supervisor' } },
		];
		const result = readItems(items, { ...SETTINGS, callCenterId: 'cc1' });
		expect(result).toMatchObject({
			ok: false,
			failure: { code: 'otherHeader', facts: { unit: 'item', header: null } },
		});
	});

	test('is not seen where an id is the name of a column', () => {
		const file = `${HEADER}\nmanager;queue;an\njan;queue;member\n`;
		expect(pairs(source(file))).toEqual(['manager queue an', 'jan queue member']);
	});

	test('at the end of the file is not taken for a row that may be cut off', () => {
		expect(source(`${HEADER}\n${ROW}${HEADER}`).unendedLine).toBeNull();
		expect(source(`${HEADER}\n${ROW}jan;cc1;bea`).unendedLine).toBe(3);
	});

	test('of a file whose own header has a byte order mark', () => {
		for (const again of [HEADER, `\ufeff${HEADER}`])
			expect(codes(source(`\ufeff${HEADER}\n${ROW}${again}\n`))).toEqual(['repeatedHeader@3']);
	});

	test.each([
		['lacks a name', 'Supervisor;Call center'],
		['has another name', 'Supervisor;Call center;Note'],
		['has a cell more', `${HEADER};x`],
		['has other names but the first', 'Supervisor;cc1;an'],
		['begins with another', 'Jan;Call center;Agent'],
	])('is not a record that %s', (_, row) => {
		const read = source(`${HEADER}\n${ROW}${row}\n`);
		expect(codes(read)).not.toContain('repeatedHeader@3');
		expect(read.records).toBe(2);
	});

	test('is a row of items where it stands in one', () => {
		const item = { supervisor: 'jan', 'call center': 'cc1', agent: 'an' };
		const read = sourceOfItems([item, { supervisor: 'supervisor', 'call center': 'call center', agent: 'agent' }]);
		expect([read.rows.length, read.findings.map(({ code }) => code)]).toEqual([1, ['repeatedHeader']]);
	});
});

describe('the header once more, in other words', () => {
	test.each<[string, string, string, string, Partial<CsvOptions>]>([
		['of two columns', 'Supervisor;Agent', 'jan;an', 'Leidinggevende;Medewerker', DEFAULTED],
		['of one column', 'Agent', 'an', 'Medewerker', PEOPLE],
		['of a file of people by e-mail address', 'E-mail', 'an@acme.be', 'Courriel', { ...PEOPLE, ...BY_MAIL }],
	])('is reported and is no row: %s', (_, header, row, again, options) => {
		const read = source(`${header}\n${row}\n${again}\n`, options);
		expect([codes(read), read.records]).toEqual([['repeatedHeader@3'], 1]);
		expect(read.rejected).toEqual([]);
	});
});

describe('a header whose columns are set by hand', () => {
	/** The file has the names the wrong way round. */
	const columns = { supervisor: 'Agent', agent: 'Supervisor' };

	test.each([
		['Supervisor;Call center;Agent', 'Supervisor;Call center;Agent'],
		['Supervisor;Call center;Agent', 'SUPERVISOR;call-center;agent'],
		['Supervisor;Call center;Agent;', 'Supervisor;Call center;Agent'],
	])('is the same once more, whatever its names mean elsewhere: %s', (header, again) => {
		const end = header.endsWith(';') ? ';' : '';
		const read = source(`${header}\nan;cc1;jan${end}\n${again}\nbea;cc1;jan${end}\n`, { columns });
		expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea']);
		expect(codes(read)).toEqual(['repeatedHeader@3']);
	});

	test('is detected in another order by these names alone', () => {
		const options = { ...DEFAULTED, columns: { supervisor: 'Who 1', agent: 'Who 2' } };
		const issue = failure('Who 1;Who 2;Note\njan;an;x\nWho 2;Who 1;Note\nan;jan;x\n', options);
		expect([issue.code, issue.line]).toEqual(['otherHeader', 3]);
	});
});

describe('a header of other columns', () => {
	test.each<[string, string, string, string, Partial<CsvOptions>]>([
		['with swapped columns and without one that is needed', HEADER, 'jan;cc1;an', 'Agent;Note;Supervisor', {}],
		[
			'with another column where one of the list was',
			`${HEADER};Note`,
			'jan;cc1;an;x',
			'Location;Call center;Agent;Supervisor',
			{},
		],
		[
			'with whole names instead of first and last names',
			'Supervisor first name;Supervisor last name;First name;Last name',
			'Jan;Maes;An;Bos',
			'Supervisor;Site;Agent;Floor',
			{ ...DEFAULTED, ...BY_NAME },
		],
	])('is never read as rows of the first one: %s', (_, header, row, again, options) => {
		const issue = failure(`${header}\n${row}\n${again}\n${row}\n`, options);
		expect([issue.code, issue.line]).toEqual(['otherHeader', 3]);
	});
});

describe('a row that has names of columns in it', () => {
	test.each(['jan;an;Agent;Supervisor', 'jan@acme.be;an@acme.be;Agent;Supervisor', 'jan;an;Supervisor;Agent'])(
		'is a row where no column that is needed has one: %s',
		(row) => {
			const read = source(`Supervisor;Agent;Role;Role of supervisor\n${row}\n`, DEFAULTED);
			expect(pairs(read)).toEqual(['jan cc1 an']);
		},
	);

	test('lacks an id where the cell of one is blank, though a column has a blank name', () => {
		const read = source('Supervisor;Agent;;Role;Role of supervisor\njan;an;;x;y\n;bea;;Agent;Supervisor\n', DEFAULTED);
		expect(pairs(read)).toEqual(['jan cc1 an']);
		expect(read.rejected).toMatchObject([{ line: 3, code: 'blankCell' }]);
	});

	test('is a person whose last name is one', () => {
		const read = source('First name;Last name\nJan;Employee\nAn;Bos\n', { ...PEOPLE, ...BY_NAME });
		expect(read.rows.map(({ list }) => list.userId)).toEqual(['Employee, Jan', 'Bos, An']);
	});
});
