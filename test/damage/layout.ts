/**
 * The shape of a good file: its columns and their names, separators and encoding, and the settings that it is read
 * with.
 */

import type { ColumnField, CsvOptions, Field } from '../../lib/csv';
import { SeededRandom } from '../../tools/seeded-random';
import type { Encoding } from './encoding';
import { shuffled } from './good-world';
import { hasCommas } from './words';
import type { GoodWorld } from './world';

export type ColumnRole = ColumnField | 'name' | 'note' | 'blank';

export interface Column {
	readonly role: ColumnRole;
	readonly header: string;
}

/** Which cells stand between quotation marks though they need not; `texts`: names and notes. */
export type Quoting = 'needed' | 'all' | 'some' | 'texts';

export interface Layout {
	readonly encoding: Encoding;
	readonly delimiter: string;
	readonly newline: string;
	readonly quoting: Quoting;
	readonly columns: readonly Column[];
	/** Between the members of one cell; null where every pair has a row. */
	readonly memberSeparator: string | null;
	/** Which lines end with a separator more. */
	readonly trailing: 'none' | 'header' | 'below';
	/** Fields whose column has several values, no blank cell, and a default beside it. */
	readonly fullColumns: readonly Field[];
	readonly options: CsvOptions;
}

/** From the table of docs/csv.md. */
const HEADERS: Readonly<Record<Field, readonly string[]>> = {
	supervisor: [
		'supervisor',
		'Team leader',
		'manager',
		'Leidinggevende',
		'superviseur',
		"Chef d'équipe",
		'Vorgesetzter',
		'Teamleiter',
	],
	agent: [
		'agent',
		'Agents',
		'User ID',
		'user',
		'Employee',
		'member',
		'Medewerker',
		'gebruiker',
		'Employé',
		'Mitarbeiter',
	],
	callCenter: [
		'call center',
		'Call Center',
		'call_centre',
		'Queue',
		'callcenter',
		'Wachtrij',
		"File d'attente",
		'service user id',
	],
	tenant: ['tenant', 'Tenant', 'Service Provider', 'enterprise', 'Klant', 'entreprise', 'Mandant'],
	group: ['group', 'Group ID', 'Groep', 'groupe', 'Gruppe'],
	action: ['action', 'Action', 'Operation', 'actie', 'Wijziging', 'modification', 'Aktion', 'Änderung'],
};
const ATTRIBUTE_HEADERS: Readonly<Partial<Record<string, Readonly<Partial<Record<Field, readonly string[]>>>>>> = {
	emailAddress: {
		agent: ['E-mail', 'Mail', 'Courriel', 'Agent e-mail'],
		supervisor: ['Supervisor e-mail', 'E-mail leidinggevende', 'Courriel du responsable'],
	},
	phoneNumber: { agent: ['Téléphone', 'Telefoon', 'Telefonnummer'], supervisor: ['Telefoon teamleider'] },
	extension: { agent: ['Durchwahl', 'Toestel', 'Extension'], supervisor: ['Extension supervisor'] },
	fullName: {
		agent: ['Naam', 'Nom complet', 'Vollständiger Name'],
		supervisor: ['Nom du responsable', 'Manager name'],
	},
};
/** Of first name, last name and what stands between them. */
const PART_HEADERS = {
	agent: [
		['First name', 'Last name', 'Surname prefix'],
		['Voornaam', 'Naam', 'Tussenvoegsel'],
		['Prénom', 'Nom', 'Particule'],
		['Vorname', 'Nachname', 'Namensvorsatz'],
	],
	supervisor: [
		['Supervisor first name', 'Supervisor last name', 'Supervisor surname prefix'],
		['Voornaam leidinggevende', 'Naam leidinggevende', 'Tussenvoegsel leidinggevende'],
		['Prénom du responsable', 'Nom du responsable', 'Particule du responsable'],
	],
} as const;
const NAME_HEADERS = ['Name', 'Naam', 'Surname', 'Nom', 'Full name'];
const NOTE_HEADERS = ['Note', 'Remarks', 'Opmerking', 'Remarque', 'Valid from', 'Site'];

export function layoutOf(random: SeededRandom, world: GoodWorld): Layout {
	const encoding = random.weighted<Encoding>(
		[6, 'utf8'],
		[3, 'utf8-bom'],
		[1, 'utf16le'],
		[1, 'utf16be'],
		[2, 'windows-1252'],
	);
	const delimiter = random.weighted([4, ';'], [3, ','], [2, '\t'], [1, '|']);
	const { words } = world;
	const byName = words?.matching.people === 'fullName';
	const { columns, defaults, fullColumns } = fieldsOf(random, world);
	if (random.chance(0.4)) columns.push({ role: 'name', header: byName ? 'Nickname' : random.pick(NAME_HEADERS) });
	if (random.chance(0.45)) columns.push({ role: 'note', header: random.pick(NOTE_HEADERS) });
	const byHand = random.chance(0.1) ? random.pick(columns) : null;
	const mapped = byHand !== null && isField(byHand.role) ? { columns: { [byHand.role]: 'X-1' } } : {};
	const named = columns.map((column) =>
		column.role in (mapped.columns ?? {}) ? { ...column, header: 'X-1' } : column,
	);
	const ordered = random.chance(0.6) ? shuffled(random, named) : named;
	if (random.chance(0.1)) ordered.push({ role: 'blank', header: random.chance(0.5) ? '' : 'Comment' });
	// Something must show the encoding.
	if (encoding === 'windows-1252') ordered.push({ role: 'note', header: 'Été' });
	const agentIsMember = world.kind === 'supervisedAgents';
	const isOneMember = agentIsMember && columns.some(({ role }) => role === 'agentFirstName');
	const commas = words !== undefined && hasCommas(words, world.kind);
	const separators = [';', '|', ',', '\n', ', ', '; '].filter(
		(text) => (text.trim() !== delimiter || random.chance(0.6)) && !(commas && text.includes(',')),
	);
	return {
		encoding,
		delimiter,
		newline: random.pick(['\n', '\r\n']),
		quoting: random.pick(['needed', 'needed', 'all', 'some', 'texts']),
		columns: ordered,
		trailing: random.weighted([8, 'none'], [1, 'header'], [1, 'below']),
		fullColumns,
		memberSeparator: !isOneMember && random.chance(0.4) ? random.pick(separators) : null,
		options: {
			kind: world.kind,
			...(words === undefined ? {} : { matching: words.matching }),
			...defaults,
			...(random.chance(0.4) ? { defaultDomain: world.domain } : {}),
			...mapped,
			...(random.chance(0.1) ? { delimiter } : {}),
		},
	};
}

/** Share of the files with full columns beside defaults, among those whose columns can be that. */
const FULL_COLUMNS = 0.6;

type Defaults = Pick<CsvOptions, 'tenantId' | 'groupId' | 'callCenterId'>;

/** The columns that the desired changes need, and the defaults in place of some of them or beside them. */
function fieldsOf(
	random: SeededRandom,
	world: GoodWorld,
): { columns: Column[]; defaults: Defaults; fullColumns: readonly Field[] } {
	const { kind, desired, settings } = world;
	const isFull = random.chance(FULL_COLUMNS);
	const fullColumns: Field[] = [];
	const defaults: { -readonly [Name in keyof Defaults]: Defaults[Name] } = {};
	const columns: Column[] = [];
	const add = (field: Field) => columns.push(...columnsFor(random, field, world));
	const scope = (field: Field, name: keyof Defaults, left: number) => {
		const values = new Set(desired.map(({ list }) => list[name]));
		const [first] = values;
		const bare = values.size === 1 && random.chance(left);
		if (!bare) add(field);
		const full = isFull && values.size > 1;
		if (full) fullColumns.push(field);
		if (first !== null && (bare || full || random.chance(0.3))) defaults[name] = first;
	};
	scope('tenant', 'tenantId', 0.7);
	scope('group', 'groupId', 0.7);
	if (kind === 'supervisedAgents') add('supervisor');
	add('agent');
	if (kind === 'supervisedAgents') scope('callCenter', 'callCenterId', 0.3);
	else add('callCenter');
	if (settings.mode === 'actionColumn' || (settings.mode === 'mirror' && random.chance(0.07))) add('action');
	return { columns, defaults, fullColumns };
}

/** One column, or those of a name in parts. */
function columnsFor(random: SeededRandom, field: Field, { words }: GoodWorld): Column[] {
	const isPerson = field === 'supervisor' || field === 'agent';
	if (isPerson && words?.matching.people === 'fullName' && random.chance(0.6)) {
		const [first, last, prefix] = random.pick<readonly string[]>(PART_HEADERS[field]);
		const parts: Column[] = [
			{ role: `${field}FirstName`, header: first },
			{ role: `${field}LastName`, header: last },
		];
		return random.chance(0.4) ? [...parts, { role: `${field}NamePrefix`, header: prefix }] : parts;
	}
	const own = words === undefined ? [] : (ATTRIBUTE_HEADERS[words.matching.people]?.[field] ?? []);
	return [{ role: field, header: random.pick([...HEADERS[field], ...own]) }];
}

function isField(role: ColumnRole): role is ColumnField {
	return role !== 'name' && role !== 'note' && role !== 'blank';
}
