/**
 * Names of columns that hold an attribute of people, or the name of a call center, in English, Dutch, French and
 * German: alone for agents (`E-mail`), and with a role (`E-mail du responsable`). Compared by `plainName`.
 */

import type { CallCenterAttribute, PersonAttribute, TextRule } from '../sync';
import { COLUMN_ALIASES, plainName } from './aliases';
import { type ColumnField, type Field, NAME_PARTS, type NameField, type NamePart, type Role, ROLES } from './options';

/** A whole name; where the first name has a column of its own, the last name. */
const NAME = ['name', 'naam', 'nom'];

const ATTRIBUTE_ALIASES: Readonly<Record<TextRule['attribute'], readonly string[]>> = {
	emailAddress: [
		...['e-mail', 'mail', 'e-mail address', 'mail address', 'work e-mail', 'e-mailadres', 'mailadres', 'courriel'],
		...['adresse e-mail', 'adresse mail', 'adresse électronique', 'mél', 'E-Mail-Adresse', 'Mailadresse'],
	],
	phoneNumber: [
		...['phone', 'phone number', 'telephone', 'telephone number', 'work phone', 'telefoon', 'telefoonnummer'],
		...['téléphone', 'numéro de téléphone', 'tél', 'Telefon', 'Telefonnummer', 'Rufnummer', 'msisdn'],
	],
	extension: [
		...['extension', 'extension number', 'phone extension', 'toestel', 'toestelnummer', 'binnennummer'],
		...['poste', 'numéro de poste', 'numéro interne', 'Durchwahl', 'Durchwahlnummer', 'Nebenstelle'],
	],
	fullName: [
		...['full name', ...NAME, 'volledige naam', 'nom complet', 'nom et prénom', 'prénom et nom'],
		...['vollständiger Name', 'Vor- und Nachname', 'naam en voornaam', 'voornaam en naam'],
		...['last name first name', 'first name last name', 'surname first name', 'first name surname'],
		...['family name given name', 'given name family name', 'name first name', 'first name name'],
		...['achternaam voornaam', 'voornaam achternaam', 'familienaam voornaam', 'voornaam familienaam', 'naam voornaam'],
		...['voornaam naam', 'nom prénom', 'prénom nom', 'nom de famille prénom', 'prénom nom de famille'],
		...['Nachname Vorname', 'Vorname Nachname', 'Name Vorname', 'Vorname Name', 'Familienname Vorname'],
	],
	name: NAME,
};

/** A prefix is what the Dutch keep apart: `van der`. Titles are no part of a name. */
const NAME_PART_ALIASES: Readonly<Record<NamePart, readonly string[]>> = {
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
};

/** `e-mail supervisor`, `E-mail du responsable`, `naam van de leidinggevende`, `Name des Teamleiters`. */
const BETWEEN = ['', 'of', 'of the', 'van', 'van de', 'van het', 'du', 'de la', "de l'", 'de', 'des', 'der', 'vom'];

/** Further words for a role, beside another word. */
const INFLECTED: Readonly<Partial<Record<Field, readonly string[]>>> = {
	supervisor: ['Vorgesetzten', 'Teamleiters', 'supervisors', 'managers'],
	agent: ['Mitarbeiters', 'Benutzers', 'employees'],
};

/** Every name of a column with one of the aliases, by the role whose it is. */
function namesWith(aliases: readonly string[], roles: readonly Field[]): Map<string, Field> {
	const names = new Map<string, Field>();
	for (const [alias, role] of aliases.flatMap((text) => roles.map((one) => [text, one] as const))) {
		if (role === 'agent') names.set(plainName(alias), role);
		for (const known of [...COLUMN_ALIASES[role], ...(INFLECTED[role] ?? [])]) {
			names.set(plainName(`${known} ${alias}`), role);
			for (const between of BETWEEN) names.set(plainName(`${alias} ${between} ${known}`), role);
		}
	}
	return names;
}

/** The names of columns that are named after what people or call centers are matched by. */
export const FIELD_BY_ATTRIBUTE = new Map<PersonAttribute | CallCenterAttribute, Map<string, Field>>();
for (const attribute of Object.keys(ATTRIBUTE_ALIASES) as Array<TextRule['attribute']>) {
	const roles = attribute === 'name' ? (['callCenter'] as const) : ROLES;
	FIELD_BY_ATTRIBUTE.set(attribute, namesWith(ATTRIBUTE_ALIASES[attribute], roles));
}

const ROLE_BY_NAME = namesWith(NAME, ROLES) as ReadonlyMap<string, Role>;

/** Whose name a column has that is called `Name`, alone or with the role. */
export function roleOfPlainName(name: string): Role | null {
	return ROLE_BY_NAME.get(plainName(name)) ?? null;
}

/** The names of columns that have a part of a name. */
export const FIELD_BY_PART = new Map<string, NameField>();
for (const part of NAME_PARTS) {
	for (const [name, role] of namesWith(NAME_PART_ALIASES[part], ROLES))
		FIELD_BY_PART.set(name, `${role as Role}${part}`);
}

/** Names by which a column is known, for messages; those of what people are matched by come first. */
export function knownNames(field: ColumnField, people: PersonAttribute = 'userId'): readonly string[] {
	for (const part of NAME_PARTS) {
		if (field === `agent${part}`) return NAME_PART_ALIASES[part];
		if (field === `supervisor${part}`) return NAME_PART_ALIASES[part].map((name) => `supervisor ${name}`);
	}
	const aliases = COLUMN_ALIASES[field as Field];
	if (people === 'userId' || (field !== 'agent' && field !== 'supervisor')) return aliases;
	const named = ATTRIBUTE_ALIASES[people].slice(0, 4).map((name) => (field === 'agent' ? name : `${field} ${name}`));
	return [...named, ...aliases];
}
