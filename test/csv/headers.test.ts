/** Which column is which field, and what is reported where a header cannot be used. */

import { describe, expect, test } from '@jest/globals';
import { nearCandidatesOf } from '../../lib/csv/column-names';
import { defaultOf, headerFailure, isComplete, matchHeader, requiredFields, uniqueNames } from '../../lib/csv/header';
import type { ReadOptions } from '../../lib/csv/options';
import { codes, failure, pairs, SETTINGS, source, sourceOfItems } from './reading';

const ALL: ReadOptions = { kind: 'supervisedAgents' };
const HEADER = ['Supervisor', 'Agent', 'Call center', 'Tenant', 'Group'];

describe('the columns of a header', () => {
	test('are found by their names, and the others are reported', () => {
		expect(matchHeader([...HEADER, 'Note', ' ', 'Action'], ALL)).toEqual({
			columns: { supervisor: 0, agent: 1, callCenter: 2, tenant: 3, group: 4, action: 7 },
			ambiguous: [],
			missing: [],
			unused: [5],
			recognized: 6,
		});
	});

	test("of agents' call centers have no supervisor, and no default for the call center", () => {
		const options: ReadOptions = { kind: 'agentCallCenters', callCenterId: 'main', tenantId: 'T' };
		expect(requiredFields(options)).toEqual(['agent', 'callCenter', 'group']);
		expect(requiredFields(ALL)).toEqual(['supervisor', 'agent', 'callCenter', 'tenant', 'group']);
		expect(defaultOf('callCenter', options)).toBeNull();
		expect(defaultOf('callCenter', { ...options, kind: 'supervisedAgents' })).toBe('main');
		expect(matchHeader(['Supervisor', 'Agent', 'Queue', 'Group'], options)).toMatchObject({
			columns: { agent: 1, callCenter: 2, group: 3 },
			unused: [0],
			missing: [],
		});
	});

	test('may be missing or ambiguous', () => {
		const match = matchHeader(['Agent', 'User', 'Member', 'Queue'], ALL);
		expect(match).toEqual({
			columns: { callCenter: 3 },
			ambiguous: [{ field: 'agent', names: ['Agent', 'User', 'Member'] }],
			missing: ['supervisor', 'tenant', 'group'],
			unused: [],
			recognized: 2,
		});
		expect([isComplete(match), isComplete({ ...match, missing: [] }), isComplete({ ...match, ambiguous: [] })]).toEqual(
			[false, false, false],
		);
		expect(isComplete({ ...match, missing: [], ambiguous: [] })).toBe(true);
	});

	test('set by hand win over known names, and are first searched as they are written', () => {
		const by = (columns: ReadOptions['columns'], ...names: string[]) => matchHeader(names, { ...ALL, columns });
		expect(by({ agent: 'Login' }, 'Supervisor', 'Agent', 'login ', 'Queue')).toMatchObject({
			columns: { supervisor: 0, agent: 2, callCenter: 3 },
			unused: [1],
		});
		expect(by({ agent: 'login' }, 'LOGIN', 'login')).toMatchObject({ columns: { agent: 1 }, unused: [0] });
		expect(by({ agent: 'Log-in' }, 'LOG IN', 'login')).toMatchObject({
			ambiguous: [{ field: 'agent', names: ['LOG IN', 'login'] }],
		});
		expect(by({ agent: '?' }, '!', 'x')).toMatchObject({ columns: {}, missing: expect.arrayContaining(['agent']) });
		expect(by({ supervisor: 'Agent' }, 'Agent', 'User').columns).toEqual({ supervisor: 0, agent: 1 });
		expect(by({ agent: ' ' }, 'Agent').columns).toEqual({ agent: 0 });
		expect(by({ action: 'Todo' }, ...HEADER)).toMatchObject({ missing: ['action'] });
		expect(by({ tenant: 'Firma' }, ...HEADER, 'Firma')).toMatchObject({ columns: { tenant: 5 }, unused: [3] });
	});
});

describe('a header that cannot be used', () => {
	const issueOf = (names: readonly string[], options: ReadOptions = ALL) =>
		headerFailure(names, matchHeader(names, options), options, 3);

	test('names the fields that it lacks, how each may be called, and the columns that it has', () => {
		expect(issueOf(['Supervisor', '', 'Agent', 'Name'])).toMatchObject({
			code: 'missingColumn',
			line: 3,
			facts: {
				missing: [
					{ field: 'callCenter', setByHand: null },
					{ field: 'tenant', setByHand: null },
					{ field: 'group', setByHand: null },
				],
				found: ['Supervisor', 'Agent', 'Name'],
				more: false,
				misspelt: null,
			},
		});
		const [{ known }] = (issueOf(['Supervisor']) as { facts: { missing: Array<{ known: string[] }> } }).facts.missing;
		expect(known.slice(0, 3)).toEqual(['agent', 'agents', 'agent id']);
		expect(known).toHaveLength(8);
	});

	test('names the column that may be misspelt, and one that was set by hand and is not there', () => {
		expect(issueOf(['Note', 'Suprvisor', 'Agent', 'Queue', 'Tenant', 'Group'])).toMatchObject({
			facts: { misspelt: 'Suprvisor' },
		});
		expect(issueOf(['Acton', 'Agent', 'Queue', 'Tenant', 'Group'])).toMatchObject({ facts: { misspelt: null } });
		expect(issueOf(HEADER, { ...ALL, columns: { agent: 'Login' } })).toMatchObject({
			facts: { missing: [{ field: 'agent', setByHand: 'Login' }] },
		});
	});

	test('names twenty of its columns and says that there are more', () => {
		const names = (count: number) => Array.from({ length: count }, (_, index) => `c${index}`);
		expect(issueOf(names(20))).toMatchObject({ facts: { found: names(20), more: false } });
		expect(issueOf(names(21))).toMatchObject({ facts: { found: names(20), more: true } });
	});

	test('names the columns that are ambiguous', () => {
		expect(issueOf(['Agent', 'User ID'])).toEqual({
			code: 'ambiguousColumn',
			facts: { field: 'agent', names: ['Agent', 'User ID'] },
			line: 3,
		});
		expect(issueOf(HEADER)).toBeNull();
	});
});

describe('columns that are numbered', () => {
	test.each([
		['as people name them', 'Agent;Agent 2;Agent 3', ['Agent', 'Agent 2', 'Agent 3']],
		['as programs name the second of a name', 'Agent;Agent_1', ['Agent', 'Agent_1']],
		['from the first on', 'agent1;agent2', ['agent1', 'agent2']],
	])('are never left out: %s', (_, names, facts) => {
		const cells = names.split(';').map((__, index) => `a${index}`);
		const file = `Supervisor;Call center;${names}\njan;cc1;${cells.join(';')}\n`;
		expect(failure(file)).toMatchObject({ code: 'ambiguousColumn', facts: { field: 'agent', names: facts } });
		expect(failure(file).message).toMatch(/Only the chosen column is read: .* give each member a row of its own/);
		expect(pairs(source(file, { columns: { agent: facts[0] } }))).toEqual(['jan cc1 a0']);
	});

	test.each([
		['Agent name;Agent name 2', 'agent'],
		['Name;Name (2)', 'agent'],
		['First name;Last name;First name 2;Last name 2', 'agentFirstName'],
		['Voornaam;Naam;Naam 2', 'agentLastName'],
	])('are ambiguous where people are matched by full name: %s', (names, field) => {
		const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
		const cells = names.split(';').map((__, index) => `Jan${index}`);
		const refused = failure(`Supervisor;Call center;${names}\nAn Claes;cc1;${cells.join(';')}\n`, { matching });
		expect(refused).toMatchObject({ code: 'ambiguousColumn', facts: { field } });
	});

	test('are ambiguous only for the fields that people and call centers are matched by', () => {
		const matching = { people: 'emailAddress', callCenters: 'name', country: null } as const;
		const file = (names: string) => `Supervisor;${names}\na@x;${names.replace(/[^;]+/g, 'b@x')}\n`;
		expect(failure(file('E-mail;E-mail 2;Queue'), { matching })).toMatchObject({ facts: { field: 'agent' } });
		expect(failure(file('E-mail;Call center name;Call center name 2'), { matching })).toMatchObject({
			facts: { field: 'callCenter' },
		});
		expect(pairs(source(file('E-mail;Phone;Phone 2;Queue'), { matching }))).toHaveLength(1);
	});

	test('are as ambiguous among items, and for the call centers of agents', () => {
		const item = { Agent: 'an', 'Call center': 'cc1', 'Call center_1': 'cc2' };
		expect(() => sourceOfItems([item], { kind: 'agentCallCenters' })).toThrow(/^ambiguousColumn/);
	});

	test('are no header by themselves, because ids look like that', () => {
		const file = 'Suprvisor;Agent;Call center\nsupervisor1;agent1;queue1\nsupervisor1;agent2;queue1\n';
		expect(failure(file)).toMatchObject({ code: 'missingColumn', line: 1 });
	});
});

test('names of columns become unique keys', () => {
	expect(uniqueNames(['a', 'a', ' a ', '', '\ufeffb', 'a (2)', 'column 4'])).toEqual([
		'a',
		'a (2)',
		'a (3)',
		'column 4',
		'b',
		'a (2) (2)',
		'column 4 (2)',
	]);
});

describe('a name is one slip away from a known one', () => {
	test.each([
		['Acton', 'action'],
		['Actionn', 'action'],
		['Actoin', 'action'],
		['Axtion', 'action'],
		['ction', 'action'],
		['grup', 'group'],
		['Tennant', 'tenant'],
		['Enterprice', 'tenant'],
		['Suprvisor', 'supervisor'],
		['Call cneter', 'callCenter'],
		['Mitarbieter', 'agent'],
	])('%s: %s', (name, field) => {
		expect(nearCandidatesOf(name, SETTINGS)).toEqual([field]);
	});

	test.each(['Plant', 'Charge', 'Auction', 'Grouper', 'Acon', 'Atcoin', 'gru', 'use', 'name', 'Actionable', 'Noitca'])(
		'%s is not',
		(name) => {
			expect(nearCandidatesOf(name, SETTINGS)).toEqual([]);
		},
	);
});

describe('the separator', () => {
	test.each([
		[';', 'Supervisor;Agent;Call center\njan;an;cc1\n'],
		['\t', 'Supervisor\tAgent\tCall center\njan\tan\tcc1\n'],
		[',', 'Supervisor,Agent,Call center\njan,an,cc1\n'],
		['|', 'Supervisor|Agent|Call center\njan|an|cc1\n'],
	])('%j is found by the header', (delimiter, file) => {
		const read = source(file);
		expect(read.format).toEqual({ encoding: 'UTF-8', delimiter, headerLine: 1 });
		expect(pairs(read)).toEqual(['jan cc1 an']);
	});

	test('that the file names in its first line is taken, quoted, with spaces or separators behind it', () => {
		for (const first of ['sep=^', '"sep=^"', 'SEP=^', 'sep=^;;', 'sep=^, \t'])
			for (const end of ['\n', '\r\n', '\r']) {
				const read = source(`${first}${end}Supervisor^Agent^Call center${end}jan^an^cc1${end}`);
				expect([first, pairs(read), read.format]).toEqual([
					first,
					['jan cc1 an'],
					{ encoding: 'UTF-8', delimiter: '^', headerLine: 2 },
				]);
				expect(read.findings).toEqual([]);
			}
		expect(failure('sep=\nSupervisor^Agent^Call center\n').code).toBe('missingColumn');
		expect(failure('xsep=^\nSupervisor^Agent^Call center\n').code).toBe('missingColumn');
	});

	test('that is named further down, or after other characters, is a title', () => {
		expect(source('\nsep=|\nSupervisor;Agent;Call center\njan;an;cc1\n').findings).toMatchObject([
			{ code: 'titleRow', line: 2 },
		]);
		expect(failure('sep=|x\nSupervisor^Agent^Call center\n').code).toBe('missingColumn');
	});

	test('that the file names wrongly is reported, with the one that was found', () => {
		expect(source('sep=|\nSupervisor;Agent;Call center\njan;an;cc1\n').findings).toEqual(
			[{ level: 'warning', line: 1, column: null, code: 'wrongSepLine', facts: { said: '|', found: ';' } }].map(
				(finding) => expect.objectContaining(finding),
			),
		);
	});

	test('set by hand is not guessed anew: the file is refused, with the one that fits', () => {
		expect(failure('Title\nSupervisor,Agent,Call center\n', { delimiter: ';' })).toMatchObject({
			code: 'wrongDelimiter',
			facts: { problem: 'option', found: ',', option: ';' },
			line: 2,
		});
		expect(failure('Supervisor,Agent\n', { delimiter: ';' }).code).toBe('missingColumn');
		expect(pairs(source('Supervisor^Agent^Call center\njan^an^cc1\n', { delimiter: '^' }))).toEqual(['jan cc1 an']);
	});

	test.each([
		[',', 'an,cc1\nbea,cc1\n'],
		[',', 'an,cc1\nbea;cc1\nchris,cc1\n'],
		[';', 'an,cc1\nbea;cc1\nchris;cc1\n'],
		[';', 'an;cc1\nbea;cc1\n'],
		// With neither the rows are all as wide as the header, and the first one wins.
		[';', 'an,cc1\nbea;cc1\n'],
		[';', ''],
	])('where the header allows several is %j, which most rows have', (delimiter, rows) => {
		const read = source(`Agent,;Call center\n${rows}`, { kind: 'agentCallCenters' });
		expect(read.format?.delimiter).toBe(delimiter);
	});

	test('of an incomplete header is the one that gives most columns, or the widest header', () => {
		const found = (file: string) => (failure(file).facts as { found: string[] }).found;
		expect(found('a,b,c\n')).toEqual(['a', 'b', 'c']);
		expect(found('a,b,c;d\n')).toEqual(['a', 'b', 'c;d']);
		expect(found('Supervisor|a,b,c,d\n')).toEqual(['Supervisor', 'a,b,c,d']);
		expect(found('a,b;c;d\n1,2\n3,4\n')).toEqual(['a', 'b;c;d']);
		expect(found('a,b;c;d\n1;2;3\n3,4\n4;5;6\n')).toEqual(['a,b', 'c', 'd']);
		expect(found('Title\n\nSupervisor;Agent\njan;an\n')).toEqual(['Supervisor', 'Agent']);
	});

	test('is not found behind a quotation mark that is never closed, nor in a line without an end', () => {
		expect(failure('"Supervisor;Agent;Call center\njan;an;cc1\n')).toMatchObject({
			code: 'unclosedQuote',
			facts: { problem: 'noHeader' },
			line: 1,
		});
		expect(failure('\n\n"Supervisor;Agent\n')).toMatchObject({ code: 'unclosedQuote', line: 3 });
		expect(failure(`${'x;'.repeat(40_000)}\n`)).toMatchObject({ code: 'headerTooLong', facts: { kilobytes: 64 } });
	});

	test('that was named is kept where the header is ambiguous with it', () => {
		const file = 'x;Agent;Agent;y,Agent,Call center\nx;an;bea;y,an,cc1\n';
		expect(failure(file, { kind: 'agentCallCenters', delimiter: ';' }).code).toBe('ambiguousColumn');
		expect(failure(`sep=;\n${file}`, { kind: 'agentCallCenters' }).code).toBe('ambiguousColumn');
	});

	test('is named in a line that is no header', () => {
		expect(failure('sep=;\nSupervisor;Agent\n').code).toBe('missingColumn');
		expect(failure('sep=;\na;b;c\n').facts).toMatchObject({ found: ['a', 'b', 'c'] });
		expect(failure('sep=;').code).toBe('emptyFile');
	});

	test('where the header allows several is that of the larger share of its rows', () => {
		const read = source('Agent,;Call center\nan;"cc1\nx,y\nz,w"\nbea;"c,c"\n', { kind: 'agentCallCenters' });
		expect(read.format?.delimiter).toBe(';');
	});

	test('is not found where one of them leaves a quotation mark open beyond the head', () => {
		const file = `a,"b;c\n${'1;2\n'.repeat(20_000)}`;
		expect(failure(file)).toMatchObject({ code: 'unclosedQuote', facts: { problem: 'noHeader' }, line: 1 });
	});

	test('of a file in which every line is one quoted cell is reported', () => {
		expect(failure('"Supervisor,Agent,Call center";\n"jan,an,cc1";\n', { delimiter: ';' }).code).toBe('wrongDelimiter');
		expect(failure('"Supervisor,Agent,Call center";x\n"jan,an,cc1";y\n', { delimiter: ';' }).code).toBe(
			'missingColumn',
		);
		expect(failure('"Supervisor;Agent;Call center"\n"jan;an;cc1"\n', { delimiter: ',' })).toMatchObject({
			code: 'wrongDelimiter',
			facts: { problem: 'quotedLines', inner: ';' },
			line: 1,
		});
	});

	test('of a row that falls into one cell is reported with the row', () => {
		const read = source('Supervisor;Agent;Call center\njan;an;cc1\njan|bea|cc1\njan|bea\n');
		expect(read.rejected.map(({ line, problems: [{ code, facts }] }) => [line, code, facts])).toEqual([
			[3, 'wrongDelimiter', { problem: 'row', row: '|', header: ';' }],
			[4, 'raggedRow', { cells: 1, header: 3, named: 3, rows: 3 }],
		]);
		const two = source('Agent;Call center\nan;cc1\nbea,cc1\nchris,cc1;x;y\n', { kind: 'agentCallCenters' });
		expect(two.rejected.map(({ line, code }) => [line, code])).toEqual([
			[3, 'wrongDelimiter'],
			[4, 'raggedRow'],
		]);
	});
});

test('the line of the header is found below titles, which are reported', () => {
	const read = source('Agents of today\n;\n"Printed";;2026\nSupervisor;Agent;Call center\njan;an;cc1\n');
	expect(read.format?.headerLine).toBe(4);
	expect(read.findings.map(({ code, line, facts }) => [code, line, facts])).toEqual([
		['titleRow', 1, { value: 'Agents of today' }],
		['titleRow', 3, { value: 'Printed 2026' }],
	]);
	expect(read.mapping).toEqual({
		supervisor: 'Supervisor',
		agent: 'Agent',
		callCenter: 'Call center',
		tenant: null,
		group: null,
		action: null,
	});
});

test('an option that no row could use is refused before anything is read', () => {
	const problem = (options: object) => {
		const refused = failure('', { ...SETTINGS, ...options });
		return [refused.code, refused.facts, refused.line];
	};
	const invalid = (facts: object) => ['invalidOption', facts, null];
	for (const domain of ['a b', 'a@b', 'a;b', 'a,b', 'a|b', "a'b", 'a"b'])
		expect(problem({ defaultDomain: ` @${domain} ` })).toEqual(invalid({ problem: 'domain', value: domain }));
	for (const delimiter of ['', ';;', '"', '\n', '\r'])
		expect(problem({ delimiter })).toEqual(invalid({ problem: 'delimiter', value: delimiter }));
	expect(problem({ delimiter: '😀' })[0]).toBe('emptyFile');
	for (const [option, field] of [
		['tenantId', 'tenant'],
		['groupId', 'group'],
		['callCenterId', 'callCenter'],
	])
		expect(problem({ [option]: '#N/A' })).toEqual(
			invalid({
				problem: 'defaultId',
				field,
				cause: { code: 'mangledId', facts: { problem: 'spreadsheet', value: '#N/A' } },
			}),
		);
	expect(problem({ tenantId: 't'.repeat(31) })[0]).toBe('invalidOption');
	expect(problem({ tenantId: 't'.repeat(30), callCenterId: 't'.repeat(31), groupId: ' ' })[0]).toBe('emptyFile');
	expect(problem({ callCenterId: 'a@' })[0]).toBe('invalidOption');
});

test.each([
	['as it is', '', 'Supervisor'],
	['marked by its first file', '\ufeff', 'Supervisor'],
	['quoted', '\ufeff', '"Supervisor"'],
])('a header behind a byte order mark is the header once more, %s', (_, mark, first) => {
	const part = (agent: string) => `${first};Agent;Call center\njan;${agent};cc1\n`;
	const read = source(`${mark}${part('an')}\ufeff${part('bea')}\ufeffjan;chris;cc1\n`);
	expect(pairs(read)).toEqual(['jan cc1 an', 'jan cc1 bea', 'jan cc1 chris']);
	expect(codes(read)).toEqual(['repeatedHeader@3', 'trimmedValue@5']);
});
