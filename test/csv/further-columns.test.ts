/** A second column of the members or of a key, which would be left out; and ordinary columns, which are none. */

import { describe, expect, test } from '@jest/globals';
import type { CsvOptions } from '../../lib/csv';
import { failure, pairs, source } from './reading';

function words(...lines: readonly string[]): string[] {
	return lines.flatMap((line) => line.split(', '));
}

describe('a second column of a field', () => {
	test.each(
		words(
			'Second agent, 2nd agent, 2. Agent, 2e agent, 2 Agent, Agent 2 ID, Agent2_id, agent2Id, Agent II, AgentII',
			'2ND AGENT, 2ndAgent',
			'Agent bis, Agent B, AgentB, B-Agent, Agnet, Agnet 2, Agent #2, Agent (2), 2ème agent',
			'Deuxième agent',
			'Tweede agent, 2de agent, Zweiter Agent, Agent 2 Login, Other agents, Member 2, Gebruiker_3, Agents 2',
			'Agent_id_1, Agent nr 2, Agent no. 2, Agent number 2, Agent Nr2, Mitarbeiter Nr. 2, Agent two, Agent twee',
			'Agent deux, Agent zwei, Agent VI, Sixth agent, Zesde medewerker, Sechster Mitarbeiter, Agent bis 2',
			'Agent 2nd choice, 2. Wahl Agent, Agent 2 (reserve), Medewerker keuze 3, Choix 2 agent',
			'Secondary agent, Backup agent, Autres agents, Overige medewerkers, Agents (continued), Deputy agent',
		),
	)('is refused: %s', (name) => {
		const expected = { code: 'ambiguousColumn', facts: { field: 'agent', names: ['Agent', name] } };
		expect(failure(`Supervisor;Agent;${name};Call center\ns@x;a@x;b@x;c@x\n`)).toMatchObject(expected);
	});

	test.each<[string, string, Partial<CsvOptions>]>([
		['Supervisor;Agent;Call center;Second call center', 'callCenter', {}],
		['Supervisor;Agent;Call center;2e wachtrij', 'callCenter', {}],
		['Supervisor;Agent;Call center;Supervisor B', 'supervisor', {}],
		['Agent;Call center;Call center II', 'callCenter', { kind: 'agentCallCenters' }],
		['Agent;Call center;Cal center', 'callCenter', { kind: 'agentCallCenters' }],
		['Agent;Second agent', 'agent', { kind: 'agentCallCenters', keysOnly: true }],
	])('of another field too: %s', (header, field, options) => {
		const cells = header.replace(/[^;]+/g, 'x@x');
		expect(failure(`${header}\n${cells}\n`, options)).toMatchObject({ code: 'ambiguousColumn', facts: { field } });
	});

	test('is asked of the columns by which people are matched', () => {
		const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
		const header = 'Supervisor;First name;Last name;Second first name;Call center';
		const expected = { code: 'ambiguousColumn', facts: { field: 'agentFirstName' } };
		expect(failure(`${header}\nAn Claes;Jan;Maes;Els;c@x\n`, { matching })).toMatchObject(expected);
	});
});

test('a number that distinguishes no columns is none: an employee number, a name of very many words', () => {
	for (const name of ['Agent number', `Agent ${'2nd '.repeat(5_000)}`])
		expect(source(`Supervisor;Agent;${name};Call center\ns@x;a@x;7;c@x\n`).mapping.agent).toBe('Agent');
});

test.each(['Active', 'Actief', 'Actif', 'Changed', 'Mandat', 'Salaries'])('%s is a word of its own', (name) => {
	expect(pairs(source(`Supervisor;Agent;Call center;${name}\ns;a;c;Yes\n`))).toEqual(['s c a']);
});

test.each(['tenant', 'group', 'action'] as const)('a second column without members is left out: %s', (field) => {
	const file = `Supervisor;Agent;Call center;${field};${field} 2\ns@x;a@x;c@x;add;x\n`;
	expect(source(file).mapping).toMatchObject({ [field]: field });
});

test.each([
	['phoneNumber', 'Phone', 'iPhone', '+3215000001'],
	['emailAddress', 'Mail', 'Gmail', 'a@x.be'],
	['extension', 'Poste', 'Posted', '1001'],
	['extension', 'Poste', 'Posten', '1001'],
] as const)('another word is no typing mistake in a column of people by %s: %s, %s', (people, name, other, cell) => {
	const matching = { people, callCenters: 'id', country: null } as const;
	const file = `${name} supervisor;${name};${other};Call center\n${cell};${cell};x;c@x\n`;
	expect(source(file, { matching }).mapping).toMatchObject({ supervisor: `${name} supervisor`, agent: name });
});

const ORDINARY = words(
	'Agent name, Agent e-mail, Agent department, Supervisor phone, Supervisor name',
	'Agent start date, Agent status, Floor',
	'Agent language, Agent skill 1, Agent skill 2, Call center name, Call center number',
	'Queue priority, Supervisor since',
	'Employee number, Employer, Employed, Salaire, Team, Team name, Department, Cost center, Location, Office',
	'Phone, Phone 2, Mobile, E-mail, Private e-mail, Second language, Address line 1, Address line 2',
	'Postal code, City',
	'Country, Birth date, Start date, End date, Contract type, Hours per week, FTE, Job title, Manager since',
	'Notes, C, A',
	'First name, Last name, Middle name, Gender, Badge ID, Shift 1, Shift 2',
	'Week 48, Q1, Agent group, User type, Membership, CC b2e, CC 3desk, Agent b note',
	'Plant, Charge, Auction, Grouper, Managed, Queued, Salaried, Argent',
);

test(`the ${ORDINARY.length} ordinary columns of exports are none`, () => {
	for (const name of ORDINARY) {
		const file = `Supervisor;Agent;Call center;${name}\ns@x;a@x;c@x;Mechelen\n`;
		expect([name, pairs(source(file))]).toEqual([name, ['s@x c@x a@x']]);
	}
	const all = `Supervisor;Agent;Call center;${ORDINARY.join(';')}\ns@x;a@x;c@x;${ORDINARY.map(() => 'x').join(';')}\n`;
	expect(pairs(source(all))).toEqual(['s@x c@x a@x']);
});

test.each(
	words(
		'Agent skill 2, Agent first name, Agent address line 2, Employee status 2026, Office 365 user',
		'Employee level 2 manager, Agent email 2, Agent choice, Queue priority 2',
	),
)('a column about the members is none: %s', (name) => {
	expect(pairs(source(`Supervisor;Agent;Call center;${name}\ns;a;c;French\n`))).toEqual(['s c a']);
});
