/** A good file: what a world is to be asked for, written down in one of the shapes that docs/csv.md allows. */

import type { CsvOptions, Field } from '../../lib/csv';
import type { ListRef } from '../../lib/sync/kinds';
import { Dice } from '../chaos/dice';
import { shuffled, type GoodWorld, type Wish } from './world';

export type Encoding = 'utf8' | 'utf8-bom' | 'utf16le' | 'utf16be' | 'windows-1252';

export type ColumnRole = Field | 'name' | 'note' | 'blank';

export interface Column {
	readonly role: ColumnRole;
	readonly header: string;
}

export interface Piece {
	readonly role: 'sep' | 'title' | 'header' | 'row' | 'blank' | 'closing';
	/** As they stand in the file, quotation marks included. */
	readonly cells: readonly string[];
	/** What they mean. */
	readonly values: readonly string[];
	/** Its line end; '' for a last line that has none. */
	readonly end: string;
}

export interface GoodFile {
	readonly encoding: Encoding;
	readonly delimiter: string;
	readonly newline: string;
	readonly columns: readonly Column[];
	readonly pieces: readonly Piece[];
	readonly options: CsvOptions;
	/** Fields whose cells are blank in some rows, for the default. */
	readonly blankMeansDefault: ReadonlySet<Field>;
	/** Between the members of one cell; null where every pair has a row. */
	readonly memberSeparator: string | null;
}

/** From the table of docs/csv.md. */
const HEADERS: Readonly<Record<Field, readonly string[]>> = {
	supervisor: ['supervisor', 'Supervisor', 'Team leader', 'manager', 'Leidinggevende', 'superviseur', "Chef d'équipe", 'Vorgesetzter', 'Teamleiter'],
	agent: ['agent', 'Agents', 'User ID', 'user', 'Employee', 'member', 'Medewerker', 'gebruiker', 'Employé', 'Mitarbeiter'],
	callCenter: ['call center', 'Call Center', 'call_centre', 'Queue', 'callcenter', 'Wachtrij', "File d'attente", 'Warteschlange', 'service user id'],
	tenant: ['tenant', 'Tenant', 'Service Provider', 'enterprise', 'Klant', 'entreprise', 'Mandant'],
	group: ['group', 'Group ID', 'Groep', 'groupe', 'Gruppe'],
	action: ['action', 'Action', 'Operation', 'actie', 'Wijziging', 'modification', 'Aktion', 'Änderung'],
};
const NAME_HEADERS = ['Name', 'Naam', 'Surname', 'Nom', 'Full name'];
const NOTE_HEADERS = ['Note', 'Remarks', 'Opmerking', 'Remarque', 'Valid from', 'Site'];
const SURNAMES = ['Ende', 'Total', 'Maes', 'Fin', 'De Wit', 'Peeters', 'Van den Einde', 'Sommers', 'Dubois', 'Müller', 'Count'];
const FIRST_NAMES = ['An', 'Bea', 'Jan', 'Zoë', 'André', 'K.', 'Els'];
const NOTES = ['', '', '', '2026-01-05', 'part-time', 'total 4', 'agent', 'ring first', '+32 2 512 67 78', 'Fin de contrat', 'n/a', 'site #2', '12', 'été'];
const TITLES = ['Export of 5 January 2026', 'Agents per supervisor', 'HR night file', 'Liste du personnel'];
const CLOSINGS = ['Total: 12', 'Einde rapport', 'Fin du fichier', 'End of report', 'Totaal 7'];
const ACTIONS: Readonly<Record<Wish['want'], readonly string[]>> = {
	add: ['add', 'Add', 'toevoegen', 'ajouter', 'hinzufügen', '+'],
	remove: ['remove', 'Remove', 'verwijderen', 'supprimer', 'löschen', '-'],
};

interface Row {
	readonly list: ListRef;
	readonly members: readonly string[];
	readonly want: Wish['want'];
}

export function fileOf(world: GoodWorld): GoodFile {
	const dice = new Dice(world.seed * 104_729 + 71);
	const { kind, settings, domain } = world;
	const encoding = dice.weighted<Encoding>([6, 'utf8'], [3, 'utf8-bom'], [1, 'utf16le'], [1, 'utf16be'], [2, 'windows-1252']);
	const delimiter = dice.weighted([4, ';'], [3, ','], [2, '\t'], [1, '|']);
	const newline = dice.pick(['\n', '\r\n']);
	const memberSeparator = dice.chance(0.4) ? dice.pick([';', '|', ',', '\n', ', ', '; '].filter((text) => text.trim() !== delimiter || dice.chance(0.6))) : null;
	const defaultDomain = dice.chance(0.4) ? domain : undefined;
	const rows = rowsOf(dice, world, memberSeparator !== null);
	const blankRows = new Map<Field, ReadonlySet<Row>>();

	const tenants = new Set(world.wishes.map(({ list }) => list.tenantId));
	const groups = new Set(world.wishes.map(({ list }) => list.groupId));
	const callCenters = new Set(world.wishes.map(({ list }) => list.callCenterId));
	const defaults: { tenantId?: string; groupId?: string; callCenterId?: string } = {};
	const columns: Column[] = [];
	const scope = (field: 'tenant' | 'group' | 'callCenter', values: ReadonlySet<string | null>, setDefault: (value: string) => void) => {
		const [only] = [...values].filter((value) => value !== null);
		const bare = values.size === 1 && only !== undefined && dice.chance(field === 'callCenter' ? 0.3 : 0.7);
		if (!bare) columns.push(column(dice, field));
		if (only !== undefined && (bare || dice.chance(0.3))) {
			setDefault(only);
			// One blank cell alone is taken for a slip; more of them, for a habit.
			const blank = dice.some(rows, 0.4).filter(({ list }) => (field === 'tenant' ? list.tenantId : field === 'group' ? list.groupId : list.callCenterId) === only);
			if (!bare && blank.length > 1 && dice.chance(0.5)) blankRows.set(field, new Set(blank));
		}
	};
	scope('tenant', tenants, (value) => (defaults.tenantId = value));
	scope('group', groups, (value) => (defaults.groupId = value));
	if (kind === 'supervisedAgents') {
		columns.push(column(dice, 'supervisor'), column(dice, 'agent'));
		scope('callCenter', callCenters, (value) => (defaults.callCenterId = value));
	} else {
		columns.push(column(dice, 'agent'), column(dice, 'callCenter'));
	}
	if (settings.mode === 'actionColumn' || (settings.mode === 'mirror' && dice.chance(0.07))) columns.push(column(dice, 'action'));
	if (dice.chance(0.4)) columns.push({ role: 'name', header: dice.pick(NAME_HEADERS) });
	if (dice.chance(0.45)) columns.push({ role: 'note', header: dice.pick(NOTE_HEADERS) });
	const byHand = dice.chance(0.1) ? dice.pick(columns) : null;
	const named = columns.map((entry) => (entry === byHand && isField(entry.role) ? { ...entry, header: 'X-1' } : entry));
	const ordered = dice.chance(0.6) ? shuffled(dice, named) : named;
	if (dice.chance(0.1)) ordered.push({ role: 'blank', header: dice.chance(0.5) ? '' : 'Comment' });
	if (encoding === 'windows-1252') ordered.push({ role: 'note', header: 'Été' });

	const quoting = dice.pick(['needed', 'needed', 'all', 'some', 'texts'] as const);
	const write = (value: string, role: ColumnRole): string => {
		const needed = value.includes(delimiter) || /["\r\n]/.test(value);
		const chosen = quoting === 'all' || (quoting === 'some' && dice.chance(0.4)) || (quoting === 'texts' && (role === 'name' || role === 'note'));
		return needed || chosen ? `"${value.replaceAll('"', '""')}"` : value;
	};
	const piece = (role: Piece['role'], values: readonly string[]): Piece => ({
		role,
		values,
		cells: values.map((value, at) => (role === 'header' && quoting !== 'all' ? quoteIfNeeded(value, delimiter) : write(value, ordered[at]?.role ?? 'note'))),
		end: newline,
	});
	const local = (id: string) => (defaultDomain !== undefined && dice.chance(0.8) ? id.replace(`@${defaultDomain}`, '') : id);
	const spelt = (id: string) => (world.simulator.idCase === 'insensitive' && dice.chance(0.05) ? id.toUpperCase() : id);
	const valueOf = (role: ColumnRole, row: Row): string => {
		const { list, members, want } = row;
		const blank = blankRows.get(role as Field)?.has(row) === true;
		switch (role) {
			case 'tenant':
				return blank ? '' : list.tenantId;
			case 'group':
				return blank ? '' : list.groupId;
			case 'supervisor':
				return spelt(local(list.userId));
			case 'agent':
				return kind === 'supervisedAgents' ? members.map((member) => spelt(local(member))).join(memberSeparator ?? ';') : spelt(local(list.userId));
			case 'callCenter':
				if (kind === 'agentCallCenters') return members.map((member) => spelt(local(member))).join(memberSeparator ?? ';');
				return blank ? '' : local(list.callCenterId ?? '');
			case 'action':
				return dice.pick(ACTIONS[want]);
			case 'name':
				return nameOf(dice, delimiter);
			case 'note':
				return noteOf(dice, delimiter, ordered.length, newline);
			case 'blank':
				return '';
		}
	};
	const pieces: Piece[] = [];
	if (dice.chance(0.05)) pieces.push({ role: 'sep', values: [], cells: [`sep=${delimiter}`], end: newline });
	else if (dice.chance(0.2)) {
		for (const title of shuffled(dice, TITLES).slice(0, dice.whole(1, 2))) pieces.push({ role: 'title', values: [title], cells: [title], end: newline });
		if (dice.chance(0.5)) pieces.push({ role: 'blank', values: [''], cells: [''], end: newline });
	}
	pieces.push(piece('header', ordered.map(({ header }) => header)));
	for (const row of rows) {
		pieces.push(piece('row', ordered.map(({ role }) => valueOf(role, row))));
		if (dice.chance(0.02)) pieces.push({ role: 'blank', values: [''], cells: [''], end: newline });
	}
	if (dice.chance(0.15)) pieces.push({ role: 'closing', values: [], cells: [dice.pick(CLOSINGS)], end: newline });
	if (dice.chance(0.4)) pieces[pieces.length - 1] = { ...pieces[pieces.length - 1], end: '' };

	const options: CsvOptions = {
		kind,
		...defaults,
		...(defaultDomain === undefined ? {} : { defaultDomain }),
		...(byHand !== null && isField(byHand.role) ? { columns: { [byHand.role]: 'X-1' } } : {}),
		...(dice.chance(0.1) ? { delimiter } : {}),
	};
	return { encoding, delimiter, newline, columns: ordered, pieces, options, blankMeansDefault: new Set(blankRows.keys()), memberSeparator };
}

function isField(role: ColumnRole): role is Field {
	return role !== 'name' && role !== 'note' && role !== 'blank';
}

function column(dice: Dice, field: Field): Column {
	return { role: field, header: dice.pick(HEADERS[field]) };
}

function quoteIfNeeded(value: string, delimiter: string): string {
	return value.includes(delimiter) || /["\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A row for each pair, or one or two rows for each list. */
function rowsOf(dice: Dice, { wishes }: GoodWorld, several: boolean): Row[] {
	if (!several) return wishes.map(({ list, member, want }) => ({ list, members: [member], want }));
	const byList = new Map<ListRef, Wish[]>();
	for (const wish of wishes) byList.set(wish.list, [...(byList.get(wish.list) ?? []), wish]);
	const rows: Row[] = [];
	for (const [list, all] of byList) {
		for (const want of ['add', 'remove'] as const) {
			const members = all.filter((wish) => wish.want === want).map(({ member }) => member);
			const cut = members.length > 1 && dice.chance(0.3) ? dice.whole(1, members.length - 1) : members.length;
			for (const part of [members.slice(0, cut), members.slice(cut)]) if (part.length > 0) rows.push({ list, members: part, want });
		}
	}
	return rows;
}

function nameOf(dice: Dice, delimiter: string): string {
	const surname = dice.pick(SURNAMES);
	const first = dice.pick(FIRST_NAMES);
	return dice.weighted([5, surname], [3, `${first} ${surname}`], [2, `${surname}${delimiter} ${first}`], [1, `${first} "Jef" ${surname}`], [1, '']);
}

function noteOf(dice: Dice, delimiter: string, width: number, newline: string): string {
	const note = dice.pick(NOTES);
	const other = dice.pick(NOTES);
	return dice.weighted([7, note], [1, `${note}${width > 4 || delimiter !== '\n' ? delimiter : ''}${other}`], [1, width > 4 ? `${note}${newline}${other}` : note], [1, `said "${note}"`]);
}

export function textOf(pieces: readonly Piece[], delimiter: string): string {
	return pieces.map((piece) => rawOf(piece, delimiter) + piece.end).join('');
}

export function rawOf({ cells }: Piece, delimiter: string): string {
	return cells.join(delimiter);
}

export function encode(text: string, encoding: Encoding): Buffer {
	switch (encoding) {
		case 'utf8':
			return Buffer.from(text);
		case 'utf8-bom':
			return Buffer.from(`\ufeff${text}`);
		case 'utf16le':
			return Buffer.from(`\ufeff${text}`, 'utf16le');
		case 'utf16be':
			return Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
		case 'windows-1252':
			return Buffer.from(text, 'latin1');
	}
}

const DECODERS = {
	utf8: new TextDecoder('utf-8', { fatal: true }),
	utf16le: new TextDecoder('utf-16le', { fatal: true }),
	utf16be: new TextDecoder('utf-16be', { fatal: true }),
};

/** Null where the bytes are not in this encoding. */
export function decode(bytes: Uint8Array, encoding: Encoding): string | null {
	if (encoding === 'windows-1252') return Buffer.from(bytes).toString('latin1');
	try {
		return DECODERS[encoding === 'utf8-bom' ? 'utf8' : encoding].decode(bytes);
	} catch {
		return null;
	}
}
