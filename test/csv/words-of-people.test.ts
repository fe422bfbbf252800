/** The words by which columns of names, addresses and numbers are known, alone and with the role whose they are. */

import { describe, expect, test } from '@jest/globals';
import { knownNames, roleOfPlainName } from '../../lib/csv/attribute-aliases';
import { candidatesOf, nearCandidatesOf } from '../../lib/csv/column-names';
import type { Matching } from '../../lib/sync/model/matching';

const matchedBy = (matching: Partial<Matching>) => ({
	kind: 'supervisedAgents' as const,
	matching: { people: 'userId' as const, callCenters: 'id' as const, country: null, ...matching },
});

const fieldOf = (name: string, matching: Partial<Matching>) =>
	candidatesOf(name, matchedBy(matching)).flat()[0] ?? null;

const FULL_NAME = matchedBy({ people: 'fullName' });

const ATTRIBUTES = {
	emailAddress: [
		...['e-mail', 'mail', 'e-mail address', 'mail address', 'work e-mail', 'e-mailadres', 'mailadres', 'courriel'],
		...['adresse e-mail', 'adresse mail', 'adresse électronique', 'mél', 'E-Mail-Adresse', 'Mailadresse', 'EMAIL'],
	],
	phoneNumber: [
		...['phone', 'phone number', 'telephone', 'telephone number', 'work phone', 'telefoon', 'telefoonnummer'],
		...['téléphone', 'numéro de téléphone', 'tél', 'Telefon', 'Telefonnummer', 'Rufnummer', 'MSISDN'],
	],
	extension: [
		...['extension', 'extension number', 'phone extension', 'toestel', 'toestelnummer', 'binnennummer'],
		...['poste', 'numéro de poste', 'numéro interne', 'Durchwahl', 'Durchwahlnummer', 'Nebenstelle'],
	],
	fullName: [
		...['name', 'naam', 'nom', 'full name', 'volledige naam', 'nom complet', 'nom et prénom', 'prénom et nom'],
		...['vollständiger Name', 'Vor- und Nachname', 'naam en voornaam', 'voornaam en naam'],
	],
} as const;

const PARTS = {
	FirstName: [
		...['first name', 'given name', 'given names', 'forename', 'voornaam', 'voornamen', 'roepnaam'],
		...['prénom', 'prénoms', 'Vorname', 'Vornamen', 'Rufname'],
	],
	LastName: [
		...['last name', 'surname', 'family name', 'achternaam', 'familienaam', 'geslachtsnaam'],
		...['nom de famille', 'Nachname', 'Familienname', 'Zuname'],
	],
	NamePrefix: [
		...['last name prefix', 'surname prefix', 'family name prefix', 'infix', 'tussenvoegsel', 'tussenvoegsels'],
		...['voorvoegsel', 'voorvoegsels', 'particule', 'Vorsatzwort', 'Namensvorsatz'],
	],
} as const;

/** How a role stands beside what a column has of it. */
const WITH_ROLE = (what: string, role: string) => [
	`${role} ${what}`,
	`${what} ${role}`,
	...['of', 'of the', 'van', 'van de', 'van het', 'du', 'de la', "de l'", 'de', 'des', 'der', 'vom'].map(
		(between) => `${what} ${between} ${role}`,
	),
];

const SUPERVISORS = ['supervisor', 'leidinggevende', 'Vorgesetzten', 'Teamleiters', 'supervisors', 'managers'];
const AGENTS = ['agent', 'medewerker', 'Mitarbeiters', 'Benutzers', 'employees'];

describe('a column of an attribute', () => {
	test.each(Object.entries(ATTRIBUTES))('is that of agents, or of the role that it names: %s', (by, names) => {
		const attribute = by as keyof typeof ATTRIBUTES;
		const field = (name: string) => fieldOf(name, { people: attribute });
		for (const name of names) {
			expect([name, field(name)]).toEqual([name, 'agent']);
			for (const role of SUPERVISORS)
				for (const both of WITH_ROLE(name, role)) expect([both, field(both)]).toEqual([both, 'supervisor']);
			for (const role of AGENTS)
				for (const both of WITH_ROLE(name, role)) expect([both, field(both)]).toEqual([both, 'agent']);
		}
	});

	test('is not known for another attribute, by another word, or where ids are read', () => {
		expect(fieldOf('phone', { people: 'emailAddress' })).toBeNull();
		expect(fieldOf('e-mail of nobody', { people: 'emailAddress' })).toBeNull();
		expect(fieldOf('', { people: 'fullName' })).toBeNull();
		expect(fieldOf('e-mail', { people: 'userId' })).toBeNull();
	});

	test('of call centers is their name, which has to say so', () => {
		expect(fieldOf('queue name', { callCenters: 'name' })).toBe('callCenter');
		expect(fieldOf('naam van de wachtrij', { callCenters: 'name' })).toBe('callCenter');
		expect(fieldOf('name', { callCenters: 'name' })).toBeNull();
		expect(fieldOf('queue e-mail', { people: 'emailAddress' })).toBeNull();
	});
});

describe('a column of a part of a name', () => {
	test.each(Object.entries(PARTS))('is that of agents, or of the role that it names: %s', (part, names) => {
		for (const name of names) {
			expect([name, fieldOf(name, { people: 'fullName' })]).toEqual([name, `agent${part}`]);
			const [first] = WITH_ROLE(name, 'supervisor');
			expect([first, fieldOf(first, { people: 'fullName' })]).toEqual([first, `supervisor${part}`]);
		}
		expect(knownNames(`agent${part}` as Parameters<typeof knownNames>[0])).toContain(names[0]);
		expect(knownNames(`supervisor${part}` as Parameters<typeof knownNames>[0])).toContain(`supervisor ${names[0]}`);
	});

	test('is nearly known by one edit', () => {
		expect(nearCandidatesOf('Frist name', FULL_NAME)).toEqual(['agentFirstName']);
		expect(nearCandidatesOf('Supervisor lastnam', FULL_NAME)).toEqual(['supervisorLastName']);
		expect(nearCandidatesOf('note', FULL_NAME)).toEqual([]);
		expect(fieldOf('note', { people: 'fullName' })).toBeNull();
	});
});

test('a column called Name has the name of agents, or of the role that it names', () => {
	expect(['Name', 'naam', 'NOM', 'supervisor name', 'Name des Teamleiters', 'note'].map(roleOfPlainName)).toEqual([
		...['agent', 'agent', 'agent', 'supervisor', 'supervisor', null],
	]);
});

test('other columns are known by the names of their fields', () => {
	expect(knownNames('supervisor')).toContain('team leader');
	expect(knownNames('callCenter')).toContain('queue');
});

test('a message names first what people are matched by, for these people only', () => {
	const ofPhones = ['phone', 'phone number', 'telephone', 'telephone number'];
	expect(knownNames('agent', 'phoneNumber')).toEqual([...ofPhones, ...knownNames('agent')]);
	const ofSupervisors = ofPhones.map((name) => `supervisor ${name}`);
	expect(knownNames('supervisor', 'phoneNumber')).toEqual([...ofSupervisors, ...knownNames('supervisor')]);
	expect(knownNames('callCenter', 'phoneNumber')).toEqual(knownNames('callCenter'));
});
