/** A good file: what a world is to be asked for, written down in one of the shapes that docs/csv.md allows. */

import type { Field } from '../../lib/csv';
import { foldId, type ListRef } from '../../lib/sync/model/list';
import { SeededRandom } from '../../tools/seeded-random';
import { layoutOf, type ColumnRole, type Layout } from './layout';
import { shuffled } from './good-world';
import { written, writtenCallCenter } from './words';
import type { GoodWorld, DesiredChange } from './world';

/** One record, with what is no row beside the header and the rows. */
export interface Piece {
	readonly role: 'sep' | 'title' | 'header' | 'row' | 'blank' | 'closing';
	/** As they stand in the file, quotation marks included. */
	readonly cells: readonly string[];
	/** What they mean. */
	readonly values: readonly string[];
	/** Its line end; '' for a last line that has none. */
	readonly end: string;
}

export interface GoodFile extends Layout {
	readonly pieces: readonly Piece[];
	/** Fields whose cells are blank in some rows, for the default. */
	readonly blankMeansDefault: ReadonlySet<Field>;
}

type NameRole = Extract<ColumnRole, `supervisor${string}Name${string}` | `agent${string}Name${string}`>;

interface Row {
	readonly list: ListRef;
	readonly members: readonly string[];
	readonly want: DesiredChange['want'];
}

const SURNAMES = [
	'Ende',
	'Total',
	'Maes',
	'Fin',
	'De Wit',
	'Peeters',
	'Van den Einde',
	'Sommers',
	'Dubois',
	'Müller',
	'Count',
];
const FIRST_NAMES = ['An', 'Bea', 'Jan', 'Zoë', 'André', 'K.', 'Els'];
const NOTES = [
	...['', '', '', '2026-01-05', 'part-time', 'total 4', 'agent', 'ring first', '+32 2 512 67 78', 'Fin de contrat'],
	...['n/a', 'site #2', '12', 'été'],
];
const TITLES = ['Export of 5 January 2026', 'Agents per supervisor', 'HR night file', 'Liste du personnel'];
const CLOSINGS = ['Total: 12', 'Einde rapport', 'Fin du fichier', 'End of report', 'Totaal 7'];
const ACTIONS: Readonly<Record<DesiredChange['want'], readonly string[]>> = {
	add: ['add', 'Add', 'toevoegen', 'ajouter', 'hinzufügen', '+'],
	remove: ['remove', 'Remove', 'verwijderen', 'supprimer', 'löschen', '-'],
};

export function fileOf(world: GoodWorld): GoodFile {
	const random = new SeededRandom(world.seed * 104_729 + 71);
	const drawn = layoutOf(random, world);
	const rows = rowsOf(random, world, drawn.memberSeparator !== null);
	const blanks = blanksOf(random, drawn, rows);
	const layout = { ...drawn, trailing: areEndsDistinct(drawn, rows, blanks) ? drawn.trailing : 'none' } as const;
	const writer = new Writer(random, world, layout, blanks);
	const pieces: Piece[] = [...writer.head()];
	for (const row of rows) {
		pieces.push(writer.row(row));
		if (random.chance(0.02)) pieces.push(writer.line('blank', ''));
	}
	if (random.chance(layout.fullColumns.length > 0 ? 0.6 : 0.15)) pieces.push(writer.closing(random.pick(CLOSINGS)));
	if (random.chance(0.4)) pieces.push({ ...(pieces.pop() as Piece), end: '' });
	return { ...layout, pieces, blankMeansDefault: new Set(blanks.keys()) };
}

/** Whether separators at the ends of lines differ from rows with a cell too many or too few. */
function areEndsDistinct(
	{ columns }: Layout,
	rows: readonly Row[],
	blanks: ReadonlyMap<Field, ReadonlySet<Row>>,
): boolean {
	const role = columns.at(-1)?.role as Field;
	const isFilled = !['name', 'note', 'blank'].includes(role) && !role.endsWith('NamePrefix');
	return isFilled && rows.length > 2 && !blanks.has(role);
}

/** A row for each pair, or one or two rows for each list. */
function rowsOf(random: SeededRandom, { desired }: GoodWorld, several: boolean): Row[] {
	if (!several) return desired.map(({ list, member, want }) => ({ list, members: [member], want }));
	const byList = new Map<ListRef, DesiredChange[]>();
	for (const change of desired) byList.set(change.list, [...(byList.get(change.list) ?? []), change]);
	const rows: Row[] = [];
	for (const [list, all] of byList) {
		for (const want of ['add', 'remove'] as const) {
			const members = all.filter((change) => change.want === want).map(({ member }) => member);
			const cut = members.length > 1 && random.chance(0.3) ? random.integer(1, members.length - 1) : members.length;
			const parts = [members.slice(0, cut), members.slice(cut)].filter(({ length }) => length > 0);
			rows.push(...parts.map((part) => ({ list, members: part, want })));
		}
	}
	return rows;
}

/**
 * Rows whose cell of a field is left blank for the default. One alone would be taken for a slip; more of them are a
 * habit.
 */
function blanksOf(
	random: SeededRandom,
	{ columns, options, fullColumns }: Layout,
	rows: readonly Row[],
): Map<Field, ReadonlySet<Row>> {
	const blanks = new Map<Field, ReadonlySet<Row>>();
	for (const [field, name] of [
		['tenant', 'tenantId'],
		['group', 'groupId'],
		['callCenter', 'callCenterId'],
	] as const) {
		if (fullColumns.includes(field) || options[name] === undefined || !columns.some(({ role }) => role === field))
			continue;
		const blank = random.some(rows, 0.4).filter(({ list }) => list[name] === options[name]);
		if (blank.length > 1 && random.chance(0.5)) blanks.set(field, new Set(blank));
	}
	return blanks;
}

class Writer {
	constructor(
		private readonly random: SeededRandom,
		private readonly world: GoodWorld,
		private readonly layout: Layout,
		private readonly blanks: ReadonlyMap<Field, ReadonlySet<Row>>,
	) {}

	/** Titles or a `sep=` line, and the header. */
	*head(): Generator<Piece> {
		const { random, layout } = this;
		const { columns, delimiter, quoting } = layout;
		if (random.chance(0.05)) yield this.line('sep', `sep=${delimiter}`);
		else if (random.chance(0.2)) {
			for (const title of shuffled(random, TITLES).slice(0, random.integer(1, 2))) yield this.line('title', title);
			if (random.chance(0.5)) yield this.line('blank', '');
		}
		const values = columns.map(({ header }) => header);
		yield {
			role: 'header',
			values,
			cells: this.ended(
				'header',
				values.map((value) => this.cell(value, quoting === 'all')),
			),
			end: layout.newline,
		};
	}

	/** A line that is no record of the table. */
	line(role: Piece['role'], text: string): Piece {
		return { role, values: [text], cells: [text], end: this.layout.newline };
	}

	/** A closing line, as wide as a row if a spreadsheet wrote it. */
	closing(text: string): Piece {
		const { columns, fullColumns } = this.layout;
		const width = this.random.chance(fullColumns.length > 0 ? 0.8 : 0.5) ? columns.length + this.more('below') : 1;
		const cells = [text, ...Array.from({ length: width - 1 }, () => '')];
		return { role: 'closing', values: cells, cells, end: this.layout.newline };
	}

	row(row: Row): Piece {
		const { columns, newline, quoting } = this.layout;
		const values = columns.map(({ role }) => this.valueOf(role, row));
		const chosen = columns.map(
			({ role }) =>
				quoting === 'all' || (quoting === 'some' ? this.random.chance(0.4) : quoting === 'texts' && isText(role)),
		);
		const cells = values.map((value, at) => this.cell(value, chosen[at]));
		return { role: 'row', values, cells: this.ended('below', cells), end: newline };
	}

	/** Separators behind the last column. */
	private more(where: Layout['trailing']): number {
		return this.layout.trailing === where ? 1 : 0;
	}

	private ended(where: Layout['trailing'], cells: readonly string[]): string[] {
		return [...cells, ...Array.from({ length: this.more(where) }, () => '')];
	}

	private cell(value: string, quoted: boolean): string {
		const needed = value.includes(this.layout.delimiter) || /["\r\n]/.test(value);
		return needed || quoted ? `"${value.replaceAll('"', '""')}"` : value;
	}

	private valueOf(role: ColumnRole, row: Row): string {
		const { list, want } = row;
		const supervised = list.callCenterId !== null;
		if (this.blanks.get(role as Field)?.has(row) === true) return '';
		switch (role) {
			case 'tenant':
				return list.tenantId;
			case 'group':
				return list.groupId;
			case 'supervisor':
				return this.person(list.userId);
			case 'agent':
				return supervised ? this.members(row) : this.person(list.userId);
			case 'callCenter':
				return supervised ? this.callCenter(list.callCenterId) : this.members(row);
			case 'supervisorFirstName':
			case 'supervisorLastName':
			case 'supervisorNamePrefix':
				return this.namePart(role, list.userId);
			case 'agentFirstName':
			case 'agentLastName':
			case 'agentNamePrefix':
				return this.namePart(role, supervised ? (row.members[0] ?? '') : list.userId);
			case 'action':
				return this.random.pick(ACTIONS[want]);
			case 'name':
				return this.name();
			case 'note':
				return this.note();
			case 'blank':
				return '';
		}
	}

	private members({ list, members }: Row): string {
		const text = (id: string) => (list.callCenterId === null ? this.callCenter(id) : this.person(id));
		return members.map(text).join(this.layout.memberSeparator ?? ';');
	}

	private person(id: string): string {
		const { words } = this.world;
		return words === undefined || words.matching.people === 'userId' ? this.id(id) : written(this.random, words, id);
	}

	/** What stands before the last name is in its own column, if there is one. */
	private namePart(role: NameRole, id: string): string {
		const shown = this.world.words?.people.get(foldId(id));
		if (shown === undefined) return '';
		if (role.endsWith('FirstName')) return shown.firstName;
		const [, prefix = '', rest = shown.lastName] = /^((?:van |den |der |de |du )+)(.+)$/i.exec(shown.lastName) ?? [];
		if (role.endsWith('NamePrefix')) return prefix.trim();
		const hasColumn = this.layout.columns.some((column) => column.role === role.replace('LastName', 'NamePrefix'));
		return hasColumn ? rest : shown.lastName;
	}

	private callCenter(id: string): string {
		const { words } = this.world;
		return words === undefined || words.matching.callCenters === 'id'
			? this.id(id)
			: writtenCallCenter(this.random, words, id);
	}

	/** With or without the default domain, and in another case where the platform does not mind. */
	private id(id: string): string {
		const { random, layout, world } = this;
		const { defaultDomain } = layout.options;
		const local = defaultDomain !== undefined && random.chance(0.8) ? id.replace(`@${defaultDomain}`, '') : id;
		return world.simulator.idCase === 'insensitive' && random.chance(0.05) ? local.toUpperCase() : local;
	}

	private name(): string {
		const { random, layout } = this;
		const surname = random.pick(SURNAMES);
		const first = random.pick(FIRST_NAMES);
		const both = [`${first} ${surname}`, `${surname}${layout.delimiter} ${first}`, `${first} "Jef" ${surname}`];
		return random.weighted([5, surname], [3, both[0]], [2, both[1]], [1, both[2]], [1, '']);
	}

	private note(): string {
		const { random, layout } = this;
		const note = random.pick(NOTES);
		const other = random.pick(NOTES);
		// In a narrow table a note of several lines may look like rows that a quotation mark swallowed.
		const several = layout.columns.length > 4 ? `${note}${layout.newline}${other}` : note;
		return random.weighted([7, note], [1, `${note}${layout.delimiter}${other}`], [1, several], [1, `said "${note}"`]);
	}
}

function isText(role: ColumnRole): boolean {
	return role === 'name' || role === 'note';
}

export function textOf(pieces: readonly Piece[], delimiter: string): string {
	return pieces.map((piece) => rawOf(piece, delimiter) + piece.end).join('');
}

export function rawOf({ cells }: Piece, delimiter: string): string {
	return cells.join(delimiter);
}
