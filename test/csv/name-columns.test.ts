/** First and last name in columns of their own: which columns, which texts, and that nobody is read by half a name. */

import { describe, expect, test } from '@jest/globals';
import type { CsvOptions } from '../../lib/csv';
import { columnsOfField, nameColumnsOf, settleNames, type Found } from '../../lib/csv/name-columns';
import type { ColumnField } from '../../lib/csv/options';
import { codes, failure, pairs, source, sourceOfItems } from './reading';

const BY_NAME: Partial<CsvOptions> = { matching: { people: 'fullName', callCenters: 'id', country: null } };
const OF_AGENTS: Partial<CsvOptions> = { ...BY_NAME, kind: 'agentCallCenters' };

function rejected(file: string, options = BY_NAME): string[] {
	return source(file, options).rejected.map(({ line, code, message }) => `${line} ${code}: ${message}`);
}

describe('first and last name in two columns', () => {
	test.each([
		['Supervisor first name;Supervisor last name;First name;Last name;Call center', 'An;Claes;Jan;Peeters;cc1'],
		["Supervisor's given name;Supervisor's surname;Given name;Family name;Queue", 'An;Claes;Jan;Peeters;cc1'],
		['Voornaam leidinggevende;Naam leidinggevende;Voornaam;Naam;Wachtrij', 'An;Claes;Jan;Peeters;cc1'],
		['Achternaam teamleider;Voornaam teamleider;Achternaam;Roepnaam;Wachtrij', 'Claes;An;Peeters;Jan;cc1'],
		["Nom du responsable;Prénom du responsable;Nom;Prénom;File d'attente", 'Claes;An;Peeters;Jan;cc1'],
		['Nachname des Teamleiters;Vorname des Teamleiters;Name;Vorname;Warteschlange', 'Claes;An;Peeters;Jan;cc1'],
	])('are found by their names: %s', (header, row) => {
		const read = source(`${header}\n${row}\n`, BY_NAME);
		expect(pairs(read)).toEqual(['Claes, An cc1 Peeters, Jan']);
		expect(codes(read)).toEqual([]);
	});

	test.each(['Username', 'Employee ID', 'Gebruikersnaam', 'Personeelsnummer'])('stand beside %s in exports', (id) => {
		const read = source(`${id};First name;Last name;Manager;Call center\n7;Jan;Peeters;An Claes;cc1\n`, BY_NAME);
		expect(pairs(read)).toEqual(['An Claes cc1 Peeters, Jan']);
	});

	test('are ambiguous beside a column that is called after a person', () => {
		for (const person of ['Personeelslid', 'Agent']) {
			const issue = failure(`${person};Voornaam;Achternaam;Manager;Wachtrij\nx;Jan;Peeters;An Claes;cc1\n`, BY_NAME);
			expect([person, issue.code]).toEqual([person, 'ambiguousColumn']);
		}
	});

	test('have a name prefix in a third one, or in either', () => {
		const file =
			'Voornaam;Tussenvoegsel;Achternaam;Call center\n' +
			'Jan;van der;Berg;cc1\nBea;;van der Berg;cc1\nAn van der;;Berg;cc1\n';
		expect(source(file, OF_AGENTS).rows.map(({ list }) => list.userId)).toEqual([
			'van der Berg, Jan',
			'van der Berg, Bea',
			'Berg, An van der',
		]);
	});

	test('are cleaned one by one, and are one person however they are typed', () => {
		const read = source(
			'First name;Last name;Call center\n="Jan";="Peeters";cc1\n Jan\u00a0;\u200bPeeters;cc1\n',
			OF_AGENTS,
		);
		expect(read.rows.map(({ list }) => list.userId)).toEqual(['Peeters, Jan']);
		expect(codes(read)).toEqual(['duplicateRow@3']);
	});

	test('are columns of items too, and of people alone', () => {
		const read = sourceOfItems([{ firstName: 'Jan', lastName: 'Peeters' }], { ...OF_AGENTS, keysOnly: true });
		expect(read.rows.map(({ list }) => list.userId)).toEqual(['Peeters, Jan']);
		expect(read.mapping).toMatchObject({ agent: null, agentFirstName: 'firstName', agentLastName: 'lastName' });
	});

	test('mean nothing where people are matched by something else', () => {
		const columns = { agentFirstName: 'FN', supervisorNamePrefix: 'P' };
		expect(pairs(source('Supervisor;Agent;FN;Call center\nan;jan;Jan;cc1\n', { columns }))).toEqual(['an cc1 jan']);
		const file = 'Supervisor;Agent;First name;Last name;Call center\nan;jan;Jan;Peeters;cc1\n';
		expect(pairs(source(file))).toEqual(['an cc1 jan']);
	});
});

describe('half a name', () => {
	const header = 'Supervisor;First name;Last name;Call center';

	test('rejects the row, and says which half is missing', () => {
		expect(rejected(`${header}\nAn Claes;Jan;;cc1\nAn Claes;\u00a0;Peeters;cc1\nAn Claes;Bea;Bos;cc1\n`)).toEqual([
			"2 blankCell: Last name: There is no agent's last name in this row. Fill in the cell, or remove the row.",
			"3 blankCell: First name: There is no agent's first name in this row. Fill in the cell, or remove the row.",
		]);
		const ofSupervisors = 'Supervisor first name;Supervisor last name;Agent;Call center\nAn;;Jan Peeters;cc1\n';
		expect(rejected(ofSupervisors)).toEqual([expect.stringMatching(/^2 blankCell: .*no supervisor's last name/)]);
	});

	test('holds what the row may mean', () => {
		const [row] = source(`${header}\nAn Claes;Jan;;cc1\n`, BY_NAME).rejected;
		expect(row).toMatchObject({ userId: 'An Claes', callCenterId: 'cc1@acme.be', memberIds: [] });
		const [half] = source('First name;Last name;Call center\nJan;;cc1\n', OF_AGENTS).rejected;
		expect(half).toMatchObject({ userId: null, memberIds: ['cc1@acme.be'] });
	});

	test('is a prefix alone, and never a row that names a list', () => {
		const file = 'Supervisor;Voornaam;Tussenvoegsel;Achternaam;Call center\nAn Claes;;van;;cc1\nAn Claes;;;;cc2\n';
		const read = source(file, BY_NAME);
		expect(read.rejected.map(({ line }) => line)).toEqual([2]);
		expect(read.rows).toMatchObject([{ memberId: null, list: { callCenterId: 'cc2@acme.be' } }]);
	});

	test('may be the rest of a row at which the file was cut off', () => {
		const file = 'Supervisor;Call center;First name;Last name\nAn Claes;cc1;Jan;Peeters\nAn Claes;cc2;;';
		expect(source(file, BY_NAME).rejected).toMatchObject([{ line: 3, userId: null, callCenterId: null }]);
	});

	test.each([
		'Jan|An;Peeters|Claes',
		'"Jan\nAn";Peeters',
		'Jan;"Peeters, Jan"',
		'Jan, An;Peeters',
		'-;Peeters',
		',;Peeters',
	])('is never made of several: %s', (cells) => {
		expect(rejected(`${header}\nAn Claes;${cells};cc1\n`)).toEqual([
			expect.stringMatching(/^2 (severalValues|wrongAttribute): Last name: /),
		]);
	});
});

describe('a part that a program wrote for a missing value', () => {
	const file = (cells: string) => `Supervisor;Voornaam;Tussenvoegsel;Achternaam;Call center\nAn Claes;${cells};cc1\n`;

	test.each([
		['Jan;NULL;Peeters', 'Tussenvoegsel', '"NULL"'],
		['NULL;NULL;NULL', 'Voornaam', '"NULL"'],
		['Jan;;#N/A', 'Achternaam', '"#N/A"'],
		['undefined;;', 'Voornaam', '"undefined"'],
	])('rejects the row, and says in which column: %s', (cells, column, value) => {
		expect(rejected(file(cells))).toEqual([expect.stringMatching(`^2 mangledId: ${column}: .*${value}`)]);
		expect(source(file(cells), BY_NAME).rejected).toMatchObject([{ userId: 'An Claes', memberIds: [] }]);
	});

	test('is found in the name of a list as well', () => {
		expect(rejected('Voornaam;Achternaam;Call center\nNULL;NULL;cc1\n', OF_AGENTS)).toEqual([
			expect.stringMatching(/^2 mangledId: Voornaam: /),
		]);
	});
});

describe('beside a column for whole names', () => {
	const file = (names: string, cells: string) => `Supervisor;${names};Call center\nAn Claes;${cells};cc1\n`;

	test('two columns are ambiguous, and a single one is left out', () => {
		for (const whole of ['Agent', 'Name', 'Full name'])
			expect(failure(file(`${whole};First name;Last name`, 'x;Jan;Peeters'), BY_NAME)).toMatchObject({
				code: 'ambiguousColumn',
				facts: { field: 'agent', names: [whole, 'First name', 'Last name'] },
			});
		const read = source(file('Agent;First name', 'Jan Peeters;Jan'), BY_NAME);
		expect(pairs(read)).toEqual(['An Claes cc1 Jan Peeters']);
		expect(codes(read)).toEqual(['unknownColumn@1']);
	});

	test('what is set by hand wins', () => {
		const both = file('Agent;First name;Last name', 'Bea Bos;Jan;Peeters');
		expect(pairs(source(both, { ...BY_NAME, columns: { agent: 'Agent' } }))).toEqual(['An Claes cc1 Bea Bos']);
		for (const columns of [{ agentFirstName: 'First name' }, { agentLastName: 'Last name' }])
			expect(pairs(source(both, { ...BY_NAME, columns }))).toEqual(['An Claes cc1 Peeters, Jan']);
	});

	test.each(['agentFirstName', 'agentLastName', 'agentNamePrefix'] as const)(
		'both cannot be set by hand: %s',
		(part) => {
			const columns = { agent: 'Agent', [part]: 'First name' };
			const issue = failure(file('Agent;First name;Last name', 'Bea Bos;Jan;Peeters'), { ...BY_NAME, columns });
			expect(issue).toMatchObject({ code: 'invalidOption', facts: { problem: 'wholeAndPart', whole: 'agent', part } });
			expect(issue.message).toMatch(
				/^'Column Mapping' has a column for the agent and another for .*Keep one of the two/,
			);
			// Parts of names are read where people are matched by names, and of people whom the source names.
			expect(pairs(source('Supervisor;Agent;Call center\nan;jan;cc1\n', { columns }))).toEqual(['an cc1 jan']);
			const other = { supervisor: 'Boss', supervisorFirstName: 'First' };
			expect(pairs(source('Agent;Call center\nJan Bos;cc1\n', { ...OF_AGENTS, columns: other }))).toHaveLength(1);
		},
	);

	test('columns of any name are set by hand', () => {
		const columns = { agentFirstName: 'A', agentNamePrefix: 'B', agentLastName: 'C' };
		const read = source(file('A;B;C', 'Jan;van der;Berg'), { ...BY_NAME, columns });
		expect(pairs(read)).toEqual(['An Claes cc1 van der Berg, Jan']);
	});

	test.each<[string, CsvOptions['columns'], RegExp]>([
		['First name', undefined, /no column for the agent's last name. Name it "last name"/],
		['Last name', undefined, /no column for the agent's first name/],
		['Wie', { agentFirstName: 'Wie' }, /no column for the agent's last name/],
		['First name;Last name', { agentFirstName: 'Wie' }, /"Wie" for the agent's first name, but the source has no/],
		['Wie', undefined, /no column for the agent\. /],
	])('says which is missing: %s', (names, columns, message) => {
		const issue = failure(file(names, names.replace(/[^;]+/g, 'x')), { ...BY_NAME, columns });
		expect([issue.code, issue.message]).toEqual(['missingColumn', expect.stringMatching(message)]);
		expect(issue.facts).toMatchObject({ missing: [{}] });
	});

	test('two first names are ambiguous', () => {
		expect(failure(file('Voornaam;Roepnaam;Achternaam', 'Jan;Jef;Peeters'), BY_NAME)).toMatchObject({
			code: 'ambiguousColumn',
			facts: { field: 'agentFirstName' },
		});
	});
});

describe('columns of names', () => {
	test('are two where there is none for the whole name', () => {
		const parts = { agentFirstName: 4, agentLastName: 2 };
		expect(nameColumnsOf(parts, 'agent')).toEqual({ FirstName: 4, LastName: 2, NamePrefix: undefined });
		expect(nameColumnsOf({ ...parts, agentNamePrefix: 3 }, 'agent')).toMatchObject({ NamePrefix: 3 });
		for (const others of [{ ...parts, agent: 0 }, { agentFirstName: 4 }, { agentLastName: 2 }, {}])
			expect(nameColumnsOf(others, 'agent')).toBeNull();
		expect(nameColumnsOf(parts, 'supervisor')).toBeNull();
	});

	test('of a field are those that it is read from', () => {
		const columns = { agentFirstName: 4, agentLastName: 2, supervisor: 0, callCenter: 1 };
		expect(columnsOfField(columns, 'agent')).toEqual([4, 2]);
		expect(columnsOfField(columns, 'supervisor')).toEqual([0]);
		expect(columnsOfField(columns, 'callCenter')).toEqual([1]);
		expect(columnsOfField(columns, 'tenant')).toEqual([]);
		expect(columnsOfField({}, 'agent')).toEqual([]);
	});

	const settled = (found: ReadonlyArray<readonly [ColumnField, number[]]>, byHand: readonly ColumnField[] = []) => {
		const columns: Found = new Map(found);
		const missing = settleNames(['a', 'Name', 'c'], columns, ['agent'], (field) => byHand.includes(field));
		return [missing, Object.fromEntries(columns)];
	};

	test('lack a part only where the other one is there, and no column of whole names', () => {
		expect(settled([])).toEqual([[], {}]);
		expect(settled([['agentFirstName', [0]]])).toEqual([['agentLastName'], { agentFirstName: [0] }]);
		expect(settled([['agentLastName', [0]]])).toEqual([['agentFirstName'], { agentLastName: [0] }]);
		const both: Array<[ColumnField, number[]]> = [
			['agentFirstName', [0]],
			['agentLastName', [2]],
		];
		expect(settled(both)).toEqual([[], Object.fromEntries(both)]);
		expect(settled([...both.slice(1), ['agent', [1]]])).toEqual([[], { agent: [1] }]);
		// Of three columns none is known to be the name.
		expect(settled([...both, ['agent', [1]]])).toEqual([[], { agent: [1, 0, 2] }]);
	});

	test('are as they were set by hand', () => {
		const all: Array<[ColumnField, number[]]> = [
			['agent', [1]],
			['agentFirstName', [0]],
			['agentLastName', [2]],
			['agentNamePrefix', [3]],
		];
		expect(settled(all, ['agent'])).toEqual([[], { agent: [1] }]);
		expect(settled(all, ['agentFirstName'])).toEqual([[], Object.fromEntries(all.slice(1))]);
		expect(settled(all.slice(0, 2), ['agentNamePrefix'])).toEqual([[], { agentFirstName: [0], agentLastName: [1] }]);
	});
});

describe('a column of whole names that is called after both parts', () => {
	test.each([
		'Last Name, First Name',
		'Surname, first name',
		'First name / last name',
		'Achternaam, voornaam',
		'Naam, voornaam',
		'Nom, prénom',
		'Prénom Nom',
		'Nachname, Vorname',
		'Name, Vorname',
	])('is read as the names are written: %s', (name) => {
		const read = source(`Supervisor;${name};Queue\nAn Claes;Maes, Sofie;cc1\nAn Claes;Jan Peeters;cc1\n`, BY_NAME);
		expect(pairs(read)).toEqual(['An Claes cc1 Maes, Sofie', 'An Claes cc1 Jan Peeters']);
		expect(codes(read)).toEqual([]);
		expect(source(`"${name}",Queue\n"Maes, Sofie",cc1\n`, OF_AGENTS).rows).toHaveLength(1);
	});

	const rows = 'An Claes,"Maes, Sofie",cc1\nAn Claes,"Bos, Bea",cc1\n';

	test('is reported where the header splits it in two', () => {
		const issue = failure(`Supervisor,Last Name, First Name,Queue\n${rows}`, BY_NAME);
		expect(issue).toMatchObject({ code: 'suspectColumn', line: 1, facts: { problem: 'splitName', field: 'agent' } });
		expect(issue.message).toMatch(
			/^The header has "Last Name, First Name" as two columns, but the rows have one \("Maes, Sofie"\)/,
		);
		const both = 'Supervisor last name, Supervisor first name,Queue,Naam, voornaam\n"Claes, An",cc1,"Maes, Sofie"\n';
		expect(failure(both, BY_NAME)).toMatchObject({
			facts: { problem: 'splitName', field: 'supervisor', cell: 'Claes, An' },
		});
	});

	test('is two where the rows have two, or most of them', () => {
		const header = 'Supervisor,Last Name, First Name,Queue';
		expect(pairs(source(`${header}\nAn Claes,Maes, Sofie,cc1\n`, BY_NAME))).toEqual(['An Claes cc1 Maes, Sofie']);
		const mixed = source(`${header}\nAn Claes,Maes,Sofie,cc1\nAn Claes,"Bos, Bea",cc1\n`, BY_NAME);
		expect([mixed.rows.length, mixed.rejected.length]).toEqual([1, 1]);
		const apart = 'Last name,Queue,First name,Supervisor';
		expect(source(`${apart}\n"Maes, Sofie",cc1,An Claes\n`, BY_NAME).rejected).toMatchObject([{ code: 'raggedRow' }]);
	});
});

describe('a part that is set by hand beside whole names', () => {
	test('says that the whole names are not read, and what to do', () => {
		const file = 'Supervisor;Agent;TV;Queue\nAn Claes;Maes, Sofie;;cc1\n';
		const issue = failure(file, { ...BY_NAME, columns: { agentNamePrefix: 'TV' } });
		expect(issue.message).toBe(
			"'Column Mapping' sets the column \"TV\" as the prefix of the agent's last name, so names are read from their " +
				'parts, and not from column "Agent". Remove the entry to read "Agent", or give first and last name columns ' +
				'of their own. Found: the columns "Supervisor", "Agent", "TV", "Queue".',
		);
	});

	test('says so only if both columns are there', () => {
		const file = (name: string) => `Supervisor;${name};TV;Queue\nAn Claes;Maes, Sofie;;cc1\n`;
		const says = (name: string, columns: Partial<CsvOptions['columns']>) =>
			failure(file(name), { ...BY_NAME, columns }).message;
		expect(says('x', { agentNamePrefix: 'TV' })).toMatch(/^There is no column for the agent's first name/);
		expect(says('Agent', { agentNamePrefix: 'XY' })).toMatch(/the source has no such column/);
		expect(says('Agent', { agentNamePrefix: 'TV', agentFirstName: 'XY' })).toMatch(
			/^'Column Map.*own\. .*no such column/,
		);
		expect(says('Agent', { agentNamePrefix: 'TV', callCenter: 'x' })).toMatch(/their own\. .*"x" for the call center/);
		expect(says('Agent', { agentFirstName: 'Agent', agentLastName: 'TV', callCenter: 'x' })).toMatch(
			/"x" for the call center/,
		);
	});
});
