/** A header that can be read and is not to be trusted: a damaged name would send every row to another list. */

import { describe, expect, test } from '@jest/globals';
import { failure, pairs, read, source } from './reading';

const HEADER = 'Supervisor;Agent;Call center';

function suspect(file: string, options = {}) {
	const refused = failure(file, options);
	return refused.code === 'suspectColumn' ? { ...refused.facts, line: refused.line } : refused.code;
}

describe('a column that may be a part of names', () => {
	const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
	/** With these parts of the agent's name, under a supervisor and in a call center that are named in full. */
	const file = (names: string, cells: string) =>
		`Supervisor;Call center;${names}\nAn Claes;cc1;${cells}\nAn Claes;cc1;${cells.replace('Jan', 'Tom')}\n`;
	const prefix = { field: 'agentNamePrefix', line: 1 };

	test.each([
		['Voornaam;Tussenvoegse;Achternaam', { ...prefix, problem: 'misspelt', name: 'Tussenvoegse' }],
		['Voornaam;;Achternaam', { ...prefix, problem: 'unnamed', column: 4, cell: 'van der', name: null }],
		['Voornaam;x;Achternaam', { ...prefix, problem: 'particles', name: 'x', cell: 'van der' }],
	])('is not left out beside first and last name: %s', (names, facts) => {
		expect(suspect(file(names, 'Jan;van der;Berg'), { matching })).toEqual(facts);
	});

	test.each([
		['Voornam;Naam', { problem: 'misspelt', name: 'Voornam' }],
		[';Naam', { problem: 'unnamed', column: 3, cell: 'Jan', name: null }],
	])('is not left out beside a last name that would be the whole name: %s', (names, facts) => {
		const refused = suspect(file(names, 'Jan;Maes'), { matching });
		expect(refused).toEqual({ ...facts, field: 'agentFirstName', line: 1 });
	});

	test("is asked of supervisors' names as well", () => {
		const names = 'Voornam leidinggevende;Naam leidinggevende;Voornaam;Naam;Call center';
		expect(suspect(`${names}\nAn;Claes;Jan;Maes;cc1\n`, { matching })).toMatchObject({ field: 'supervisorFirstName' });
	});

	test.each(['Voornaam;Opmerking;Achternaam', 'Voornaam;Tussenvoegsel;Achternaam'])('is none: %s', (names) => {
		const cells = names.includes('Opmerking') ? 'Jan;nieuw;Berg' : 'Jan;van der;Berg';
		expect(pairs(source(file(names, cells), { matching }))).toHaveLength(2);
	});

	test('is none where people are matched by something else', () => {
		const ids = 'Supervisor;Call center;Agent;Voornaam;Tussenvoegse\ns@x;cc1;a@x;Jan;van der\n';
		expect(pairs(source(ids))).toHaveLength(1);
	});
});

describe('a column without a name', () => {
	test.each([
		['add', 'remove', 'action'],
		['+', '-', 'action'],
		['add', 'ghent', 'tenant'],
		['acme2', 'acme2', 'tenant'],
		['2', '1', 'tenant'],
		['1', '1', 'tenant'],
		['1', 'x2', 'tenant'],
		['1', '2x', 'tenant'],
		['1234567890', '1234567891', 'tenant'],
	])('that has %s and %s may be the %s', (first, second, field) => {
		const file = `;${HEADER}\n${first};jan;an;cc1\n${second};jan;bea;cc1\n`;
		expect(suspect(file)).toEqual({ problem: 'unnamed', column: 1, cell: first, name: null, field, line: 1 });
	});

	test.each([
		['1', '2'],
		['7', '123456789'],
		['', ' '],
	])('that has %j and %j is no such column', (first, second) => {
		expect(pairs(source(`;${HEADER}\n${first};jan;an;cc1\n${second};jan;bea;cc1\n`))).toHaveLength(2);
	});

	test('may be the first missing field that has a default', () => {
		const rows = 'x;jan;an;cc1;acme\ny;jan;bea;cc1;acme\n';
		expect(suspect(`;${HEADER};Tenant\n${rows}`)).toMatchObject({ field: 'group' });
		expect(suspect(`;${HEADER};Group\n${rows}`)).toMatchObject({ field: 'tenant' });
		expect(suspect(';Supervisor;Agent\nx;jan;an\ny;jan;bea\n', { callCenterId: 'main' })).toMatchObject({
			field: 'callCenter',
		});
		expect(suspect(`;${HEADER};Group;Tenant;Action\n${'x;jan;an;cc1;g;acme;add\n'}`)).toMatchObject({
			problem: 'unnamedMembers',
			field: 'agent',
		});
		expect(suspect(`;${HEADER};Group;Tenant\n${'x;jan;an;cc1;g;acme\n'}`)).toMatchObject({ field: 'agent' });
		expect(suspect(`;${HEADER};Group;Tenant\n${'add;jan;an;cc1;g;acme\n'}`)).toMatchObject({ field: 'action' });
	});

	test('says nothing in rows that do not reach it', () => {
		const { rows, rejected } = source(`${HEADER};\njan;an;cc1\njan;bea;cc1;\n`);
		expect([pairs({ rows }), rejected.length]).toEqual([['jan cc1 bea'], 1]);
	});

	test('may have a name that a spreadsheet made of it, and no other', () => {
		const file = (name: string) => `${name};${HEADER}\nx;jan;an;cc1\ny;jan;bea;cc1\n`;
		for (const name of ['#REF!', '1.2E+11', 'null'])
			expect(suspect(file(name))).toMatchObject({ problem: 'unnamed', column: 1, name, field: 'tenant' });
		for (const name of ['?', 'x'.repeat(40), 'Note']) expect(pairs(source(file(name)))).toHaveLength(2);
	});
});

describe('a column that has the default call center among its cells', () => {
	const file = (cells: readonly string[]) =>
		`Supervisor;Agent;Total\n${cells.map((cell, index) => `jan;an${index};${cell}\n`).join('')}`;
	const options = { callCenterId: 'main@acme.be', defaultDomain: 'acme.be' };

	test.each([[['main@acme.be', 'sales']], [['sales', 'MAIN@acme.be']]])(
		'beside another one may be the call center: %j',
		(cells) => {
			const facts = { problem: 'hasDefault', name: 'Total', cell: 'sales', field: 'callCenter' };
			expect(suspect(file(cells), options)).toMatchObject(facts);
		},
	);

	test('is the call center where rows are equal but for it, without an @ as well', () => {
		const facts = { problem: 'hasDefault', name: 'Total', cell: 'sales', field: 'callCenter' };
		expect(suspect('Supervisor;Agent;Total\njan;an;main\njan;bea;sales\nJan@acme.be;an;help\n', options)).toMatchObject(
			{
				...facts,
				cell: 'sales',
			},
		);
		expect(pairs(source('Supervisor;Agent;Total\njan;an;main\njan;bea;sales\njan;an;main\n', options))).toHaveLength(2);
		const byName = { ...options, matching: { people: 'fullName', callCenters: 'id', country: null } } as const;
		const names = 'Supervisor;Agent;Total\nJan Maes;An Claes;main\nJan Maes;Bea Claes;sales\n';
		expect(suspect(`${names}jan maes;an claes;sales\n`, byName)).toMatchObject(facts);
		expect(source(names, byName).rows).toHaveLength(2);
	});

	test.each([
		[['main@acme.be', 'main']],
		[['sales', 'help']],
		[['', 'main@acme.be']],
		[['main', 'sales']],
		[['sales@acme.be', 'help@acme.be']],
		[['main@acme.be', '#N/A']],
	])('or no other is not reported: %j', (cells) => {
		expect(pairs(source(file(cells), options))).toHaveLength(2);
	});
});

describe('a column with a name like that of a field', () => {
	test('may be a short one that lost a letter', () => {
		const facts = { problem: 'misspelt', name: 'c', field: 'callCenter' };
		expect(suspect('Supervisor;Agent;c\njan;an;cc1\n', { callCenterId: 'main' })).toMatchObject(facts);
	});

	test('is reported where a default stands in for the field', () => {
		expect(suspect(`Tennant;${HEADER}\nx;jan;an;cc1\n`)).toEqual({
			problem: 'misspelt',
			name: 'Tennant',
			field: 'tenant',
			line: 1,
		});
		expect(suspect(`Note;Grup;Tennant;${HEADER}\na;b;c;jan;an;cc1\n`)).toMatchObject({ field: 'group' });
	});

	test('is left alone where the field has its column, or nothing stands in for it', () => {
		expect(pairs(source(`Tennant;${HEADER};Tenant\nx;jan;an;cc1;acme\n`))).toEqual(['jan cc1 an']);
		expect(suspect(`Supervisr;${HEADER}\nx;jan;an;cc1\n`)).toBe('ambiguousColumn');
		// A supervisor is no matter of agents' call centers.
		expect(read('Supervisr;Agent;Call center\nx;an;cc1\n', { kind: 'agentCallCenters' }).ok).toBe(true);
	});
});

describe('two names between which the header lost a separator', () => {
	const rows = 'jan;an;cc1;\njan;bea;cc2;\n';

	test.each(['Call centerNote', 'NoteQueue', 'call centre Remarks'])(
		'are reported where rows are wider: %s',
		(name) => {
			const facts = { problem: 'misspelt', name, field: 'callCenter', line: 1 };
			expect(suspect(`Supervisor;Agent;${name}\n${rows}`, { callCenterId: 'main' })).toEqual(facts);
		},
	);

	test('are a name of their own elsewhere', () => {
		const options = { callCenterId: 'main' };
		const asWide = rows.replace(/;\n/g, '\n');
		expect(pairs(source(`Supervisor;Agent;Queue note\n${asWide}`, options))).toEqual(['jan main an', 'jan main bea']);
		expect(pairs(source(`Supervisor;Agent;Remarks\n${rows}`, options))).toEqual(['jan main an', 'jan main bea']);
		expect(pairs(source(`Queue note;${HEADER}\nx;jan;an;cc1;\nx;jan;bea;cc1;\n`, options))).toHaveLength(2);
	});
});

describe('lines that a quotation mark in the header swallowed', () => {
	const swallowed = (file: string) => {
		const refused = failure(file);
		return [refused.code, refused.facts, refused.line];
	};
	const expected = (line: number, isHeader: boolean) => [
		'unclosedQuote',
		{ problem: 'swallowedHeader', line, isHeader },
		line,
	];

	test('are reported', () => {
		expect(swallowed(`${HEADER};"Name\njan;an;cc1;Maes"\njan;bea;cc1;Bos\n`)).toEqual(expected(1, true));
		expect(swallowed(`"Title\njan;an;cc1\n"\n${HEADER}\njan;bea;cc1\n`)).toEqual(expected(1, false));
		// The mark that closes stands within a text: it was to open one.
		expect(swallowed(`${HEADER};"Name\njan"an\njan;bea;cc1;Bos\n`)).toEqual(expected(1, true));
	});

	test('are none where the break belongs to a name or a title', () => {
		expect(pairs(source(`${HEADER};"First\nname"\njan;an;cc1;An\n`))).toEqual(['jan cc1 an']);
		expect(pairs(source(`"Title\nof two lines; and more"\n${HEADER}\njan;an;cc1\n`))).toEqual(['jan cc1 an']);
		expect(pairs(source(`${HEADER};"First"name\njan;an;cc1;An\n`))).toEqual(['jan cc1 an']);
		// The first line of it is its own.
		expect(pairs(source(`"a;b;c\nof two lines"\n${HEADER}\njan;an;cc1\n`))).toEqual(['jan cc1 an']);
	});
});

describe('rows above the header', () => {
	const above = (first: string, rows = 'jan;an;cc1\n') => {
		const result = read(`${first}\n${rows}${HEADER}\njan;bea;cc1\n`);
		return result.ok ? result.source.rows.length : [result.failure.code, result.failure.facts, result.failure.line];
	};
	const expected = ['rowsAboveHeader', { damaged: 1, header: 3 }, 1];

	test.each([
		'Supervisor;Agent',
		'Suprvisor;Agnt;x',
		'Supervisor;;Agent',
		'Queue;Manager',
		'SupervisorAgentCall',
		'Agent;Call center',
		'isor;Agent;Call center',
		'SupervisorAge',
		'Super;visorAge',
		'entCall center',
		'Supervx;lcenter',
		'SupervisorAgentCall center',
		'SupervisorAgentxy',
		'SupervisorAgentx;yyyy',
	])('are reported where the first line may be a damaged header: %s', (first) => {
		expect(above(first)).toEqual(expected);
	});

	test.each([
		'Report',
		'User;admin',
		'Agent;Agent',
		'Supervisor;x',
		'Sup;x;y',
		'Super',
		'center',
		'x;y;z',
		'SupervisorAg',
		'SupervisorAgentxyz',
		'SupervisorAgentxyz;;',
		'ntCall center',
		'Supervx;center',
	])('are titles below another one: %s', (first) => {
		expect(above(first)).toBe(1);
	});

	test('are detected by half of the header, and not by the same letters twice', () => {
		const first = (line: string, header: string) => read(`${line}\nx;y\n${header}\nx;jan;an;cc1;y\n`).ok;
		expect(first('Supervisor', 'Nr;Supervisor;Agent;Queue;No')).toBe(true);
		expect(failure('Supervisor\nx;y\nSupervisor;Agent;Queue\njan;an;cc1\n').code).toBe('rowsAboveHeader');
		const [long, header] = ['Notes about each person', 'Supervisor;Agent;Queue'];
		expect(first(long, `${long};${header};${long}`)).toBe(true);
	});

	test('are titles where they fill one cell and end like the header', () => {
		const titles = 'Agents per supervisor\nListe du personnel\n';
		const options = { callCenterId: 'cc1' };
		expect(pairs(source(`${titles}Employé;supervisor\nan;jan\n`, options))).toEqual(['jan cc1 an']);
		// Were it the header, the row would be read no more.
		expect(read(`Agents per supervisor\nan;jan\nEmployé;supervisor\nan;jan\n`, options).ok).toBe(true);
		expect(read(`Employé.supervisor\nan;jan\nEmployé;supervisor\nan;jan\n`, options).ok).toBe(false);
		expect(read(`Employé.supervisor\nNotes\nEmployé;supervisor\nan;jan\n`, options).ok).toBe(true);
	});

	test('are titles where the header, named by hand, has no letter or digit', () => {
		const columns = { supervisor: '*', agent: '**', callCenter: '***' };
		expect(pairs(source('Report\nx;y\n*;**;***\njan;an;cc1\n', { columns }))).toEqual(['jan cc1 an']);
	});

	test('are none where nothing stands between it and the header', () => {
		expect(above('Supervisor;Agent', '')).toBe(1);
		expect(above('Supervisor;Agent', ';;\n\n')).toBe(1);
	});

	test('or the header was torn within the name of a column for which a default stands in', () => {
		expect(failure(`x;y;ten\nant;${HEADER}\nacme2;jan;an;cc1\n`)).toMatchObject({
			code: 'suspectColumn',
			facts: { problem: 'torn', from: 1, to: 2, field: 'tenant' },
			line: 1,
		});
		expect(failure(`Title\n\nx;ac\ntion;${HEADER}\nadd;jan;an;cc1\n`)).toMatchObject({
			facts: { problem: 'torn', from: 3, to: 4, field: 'action' },
		});
		// Another line stands between.
		expect(read(`x;ten\ny;z\nant;${HEADER}\nacme2;jan;an;cc1\n`).ok).toBe(true);
		// The tenant has its column, or needs one.
		expect(read(`ten\nant;${HEADER};Tenant\nx;jan;an;cc1;acme\n`).ok).toBe(true);
	});
});
