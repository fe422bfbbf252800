/** The kinds of damage that can happen to one record of a good file, or to its end. */

import type { SeededRandom } from '../../tools/seeded-random';
import {
	anyColumn,
	anyPlace,
	indexesOf,
	likelyColumn,
	otherRow,
	record,
	rejoined,
	slipped,
	spliced,
	whole,
	withBytes,
	withCell,
	type Effect,
	type Hit,
} from './edits';
import { decode, encode } from './encoding';
import { rawOf, textOf, type GoodFile, type Piece } from './file';

export interface Damaged {
	readonly kind: DamageKind;
	readonly bytes: Buffer;
	/** Index among the file's pieces. */
	readonly at: number;
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz0123456789.-_@';
const SEPARATORS = [';', ',', '\t', '|'];
const INVISIBLES = ['\u200b', '\u00ad', '\u00a0', '\u2060', '\u200f'];
const CONTROLS = ['\u0000', '\u0001', '\u0007', '\u001a', '\u001b', '\u007f', '\u000b', '\u000c', '\u0085', '\u2028'];
const MANGLED = [
	...['#N/A', '1,23E+11', '1.23E+11', '#REF!', '#NAME?', '########', '#VALEUR!'],
	...['0', 'NULL', 'null', 'undefined', '[object Object]', 'TRUE', '?'],
];
const CLOSING_WORDS = [
	'Total',
	'Ende',
	'Fin',
	'Som',
	'End of report',
	'Total: 12',
	'Einde',
	'Sum',
	'Count 3',
	'Totaal: 7',
	'TOTAL (12)',
];
const HEADER_WORDS: Readonly<Record<string, readonly string[]>> = {
	supervisor: ['manager', 'supervisor'],
	agent: ['user', 'agent'],
	callCenter: ['queue', 'call center'],
	tenant: ['tenant', 'enterprise'],
	group: ['group', 'groep'],
	action: ['action', 'change'],
};

const charLost: Effect = (hit) => spliced(hit, anyPlace(hit), 1, '');
const charAdded: Effect = (hit) => spliced(hit, anyPlace(hit), 0, hit.random.pick([...LETTERS]));
const charChanged: Effect = (hit) => spliced(hit, anyPlace(hit), 1, hit.random.pick([...LETTERS]));
const cellEmptied: Effect = (hit) => {
	const column = likelyColumn(hit);
	return withCell(hit, column, hit.piece.cells[column].startsWith('"') && hit.random.chance(0.5) ? '""' : '');
};
/** What is left blank for a default is a habit, or else damage: the row is of another list. */
const defaultedCellEmptied: Effect = (hit) => {
	const { random, file } = hit;
	const columns = file.columns.flatMap(({ role }, at) => ((file.fullColumns as string[]).includes(role) ? [at] : []));
	return columns.length === 0 ? null : withCell(hit, random.pick(columns), random.pick(['', ' ', '\u00a0']));
};
const cellLost: Effect = (hit) => {
	const column = anyColumn(hit);
	return rejoined(
		hit,
		hit.piece.cells.filter((_, at) => at !== column),
	);
};
const cellsSwapped: Effect = (hit) => {
	const { cells } = hit.piece;
	const column = hit.random.integer(0, cells.length - 2);
	return rejoined(hit, [...cells.slice(0, column), cells[column + 1], cells[column], ...cells.slice(column + 2)]);
};
const separatorLost: Effect = (hit) => {
	const column = hit.random.integer(0, hit.piece.cells.length - 2);
	const { cells } = hit.piece;
	return rejoined(hit, [...cells.slice(0, column), cells[column] + cells[column + 1], ...cells.slice(column + 2)]);
};
const separatorAdded: Effect = (hit) => {
	const { random, file, raw } = hit;
	const at = random.weighted([1, 0], [2, raw.length], [4, random.integer(0, raw.length)]);
	return spliced(hit, at, 0, random.chance(0.8) ? file.delimiter : random.pick(SEPARATORS));
};
const separatorChanged: Effect = (hit) => {
	const { random, file, piece } = hit;
	const column = random.integer(0, piece.cells.length - 2);
	const other = random.pick([...SEPARATORS, ' ', '.', ':'].filter((text) => text !== file.delimiter));
	const { cells } = piece;
	return rejoined(hit, [
		...cells.slice(0, column),
		cells[column] + other + cells[column + 1],
		...cells.slice(column + 2),
	]);
};
const quoteLost: Effect = (hit) => {
	const quotes = indexesOf(hit.raw, '"');
	return quotes.length === 0 ? null : spliced(hit, hit.random.pick(quotes), 1, '');
};
const quoteAdded: Effect = (hit) => {
	const { random, raw, piece, file } = hit;
	const starts = piece.cells.map(
		(_, column) => piece.cells.slice(0, column).join(file.delimiter).length + Math.min(column, 1),
	);
	const at = random.weighted(
		[3, random.pick(starts)],
		[1, Math.max(0, random.pick(starts) - 1)],
		[1, raw.length],
		[3, random.integer(0, raw.length)],
	);
	return spliced(hit, at, 0, '"');
};
const lineEndLost: Effect = (hit) =>
	hit.piece.end === '' || hit.at === hit.file.pieces.length - 1 ? null : record(hit.raw);
const lineEndAdded: Effect = (hit) => {
	const { random, file, raw } = hit;
	const at = random.chance(0.7) ? random.integer(1, raw.length) : anyPlace(hit);
	return spliced(hit, at, 0, random.pick([file.newline, '\r', '\n']));
};
const caseChanged: Effect = (hit) => {
	const at = anyPlace(hit);
	const char = hit.raw[at] ?? '';
	const other = char === char.toUpperCase() ? char.toLowerCase() : char.toUpperCase();
	return other === char ? null : spliced(hit, at, 1, other);
};

/** Kinds that befall a row. */
const ROW_DAMAGE = {
	charLost,
	charAdded,
	charChanged,
	charsTransposed: (hit: Hit) => {
		const at = Math.min(anyPlace(hit), hit.raw.length - 2);
		return at < 0 ? null : spliced(hit, at, 2, (hit.raw[at + 1] ?? '') + (hit.raw[at] ?? ''));
	},
	caseChanged,
	cellEmptied,
	defaultedCellEmptied,
	cellLost,
	cellAdded: (hit: Hit) => {
		const { cells } = hit.piece;
		const column = hit.random.integer(0, cells.length);
		const added = hit.random.pick(['', 'x', otherRow(hit)?.cells[0] ?? '', '-']);
		return rejoined(hit, [...cells.slice(0, column), added, ...cells.slice(column)]);
	},
	cellDoubled: (hit: Hit) => {
		const { cells } = hit.piece;
		const column = anyColumn(hit);
		return rejoined(hit, [...cells.slice(0, column + 1), ...cells.slice(column)]);
	},
	cellMoved: (hit: Hit) => {
		const from = anyColumn(hit);
		const cells = hit.piece.cells.filter((_, at) => at !== from);
		const to = hit.random.integer(0, cells.length);
		return from === to ? null : rejoined(hit, [...cells.slice(0, to), hit.piece.cells[from], ...cells.slice(to)]);
	},
	// As a spreadsheet does that deletes a cell and shifts the others over.
	cellsShifted: (hit: Hit) => {
		const { cells } = hit.piece;
		const column = anyColumn(hit);
		if (hit.random.chance(0.7)) return rejoined(hit, [...cells.filter((_, at) => at !== column), '']);
		return rejoined(hit, [...cells.slice(0, column), '', ...cells.slice(column)].slice(0, cells.length));
	},
	cellOverNeighbour: (hit: Hit) => {
		const column = hit.random.integer(0, hit.piece.cells.length - 2);
		const [from, to] = hit.random.chance(0.5) ? [column, column + 1] : [column + 1, column];
		return withCell(hit, to, hit.piece.cells[from]);
	},
	cellsSwapped,
	cellFromOtherRow: (hit: Hit) => {
		const other = otherRow(hit);
		const to = likelyColumn(hit);
		const from = anyColumn(hit);
		return other === null || from === to ? null : withCell(hit, to, other.cells[from] ?? '');
	},
	cellOfSameColumn: (hit: Hit) => {
		const other = otherRow(hit);
		const column = likelyColumn(hit);
		return other === null ? null : withCell(hit, column, other.cells[column] ?? '');
	},
	cellMangled: (hit: Hit) =>
		withCell(hit, likelyColumn(hit), hit.random.pick(MANGLED.filter((text) => !text.includes(hit.file.delimiter)))),
	cellBlanked: (hit: Hit) =>
		withCell(hit, likelyColumn(hit), hit.random.pick([' ', '   ', '\u00a0', '\u200b', '\u00ad', '" "'])),
	invisibleAdded: (hit: Hit) => spliced(hit, anyPlace(hit), 0, hit.random.pick([...INVISIBLES, ' '])),
	controlAdded: (hit: Hit) => spliced(hit, anyPlace(hit), hit.random.integer(0, 1), hit.random.pick(CONTROLS)),
	separatorLost,
	separatorAdded,
	separatorChanged,
	allSeparatorsChanged: (hit: Hit) => {
		const other = hit.random.pick(SEPARATORS.filter((text) => text !== hit.file.delimiter));
		return record(hit.piece.cells.join(other) + hit.piece.end);
	},
	quoteLost,
	quoteAdded,
	quotesAsId: (hit: Hit) =>
		withCell(hit, likelyColumn(hit), hit.random.pick(['""""', '""""""', '"', "'", '" ""', "''"])),
	rowQuoted: (hit: Hit) => record(`"${hit.raw.replaceAll('"', '""')}"${hit.piece.end}`),
	lineEndLost,
	lineEndAdded,
	lineEndChanged: (hit: Hit) => {
		const other = hit.random.pick(
			['\r', '\n', '\r\n', '\n\r', ' ', '\u2028', '\u0085', '\u000b'].filter((end) => end !== hit.piece.end),
		);
		return hit.piece.end === '' ? null : record(hit.raw + other);
	},
	supervisorSlipped: slipped('supervisor'),
	callCenterSlipped: slipped('callCenter'),
	tenantSlipped: slipped('tenant'),
	groupSlipped: slipped('group'),
	agentSlipped: slipped('agent'),
	actionChanged: (hit: Hit) => {
		const column = hit.file.columns.findIndex(({ role }) => role === 'action');
		return column === -1
			? null
			: withCell(hit, column, hit.random.pick(['', '?', 'ad', 'remov', 'yes', 'x', 'add remove', '0']));
	},
	memberPlaceEmpty: (hit: Hit) => {
		const { random, file, piece } = hit;
		const column = file.columns.findIndex(
			({ role }) => role === (file.options.kind === 'supervisedAgents' ? 'agent' : 'callCenter'),
		);
		if (column === -1) return null;
		const separator =
			file.memberSeparator?.trim() === '' ? '\n' : (file.memberSeparator?.trim() ?? random.pick([',', ';', '|']));
		const members = piece.values[column].split(file.memberSeparator ?? separator);
		const place = random.integer(0, members.length);
		// A place of its own that is empty, or one that lost its member.
		const lost = members.length > 1 && place < members.length && random.chance(0.5) ? 1 : 0;
		const left = [...members.slice(0, place), '', ...members.slice(place + lost)];
		return withCell(hit, column, `"${left.join(separator)}"`);
	},
	closingWord: (hit: Hit) => {
		const { random, piece } = hit;
		const column = random.weighted([2, 0], [3, likelyColumn(hit)]);
		const changed = withCell(hit, column, random.pick(CLOSING_WORDS));
		return random.chance(0.8) || piece.cells.length < 3
			? changed
			: rejoined(hit, [random.pick(CLOSING_WORDS), ...piece.cells.slice(1, -1)]);
	},
	headerRepeated: (hit: Hit) => {
		const header = hit.file.pieces.find(({ role }) => role === 'header') as Piece;
		return record(`${rawOf(header, hit.file.delimiter)}${hit.file.newline}${hit.raw}${hit.piece.end}`);
	},
	headerWords: (hit: Hit) => {
		const { random, file, raw, piece } = hit;
		const words = file.columns.map(({ role, header }) =>
			HEADER_WORDS[role] === undefined ? header : random.pick(HEADER_WORDS[role]),
		);
		const line = words.join(file.delimiter);
		const header = file.pieces.find(({ role }) => role === 'header') as Piece;
		if (line === rawOf(header, file.delimiter)) return null;
		// A header in place of a row is a row deleted, which no reader can see.
		return record(`${line}${file.newline}${raw}${piece.end}`);
	},
	byteLost: (hit: Hit) =>
		withBytes(hit, (bytes) => {
			const places = multibyte(bytes, hit.file);
			if (places.length === 0) return null;
			const at = hit.random.pick(places);
			return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]);
		}),
	byteChanged: (hit: Hit) =>
		withBytes(hit, (bytes) => {
			const places = multibyte(bytes, hit.file);
			if (places.length === 0) return null;
			const changed = Buffer.from(bytes);
			changed[hit.random.pick(places)] = hit.random.pick([0, 0x3f, 0x80, 0xa0, 0xe9, 0xff]);
			return changed;
		}),
	fileCut: (hit: Hit) => {
		const { at, file, raw } = hit;
		const all = encode(textOf(file.pieces, file.delimiter), file.encoding);
		const upTo = (length: number) =>
			encode(textOf(file.pieces.slice(0, at), file.delimiter) + raw.slice(0, length), file.encoding).length;
		return { bytes: all.subarray(0, hit.random.integer(upTo(1), upTo(raw.length))) };
	},
} satisfies Record<string, Effect>;

/** Kinds that befall the header. */
const HEADER_DAMAGE = {
	headerCharLost: charLost,
	headerCharAdded: charAdded,
	headerCharChanged: charChanged,
	headerCellEmptied: cellEmptied,
	headerCellLost: cellLost,
	headerCellsSwapped: cellsSwapped,
	headerCellReplaced: (hit: Hit) => {
		const others = [...MANGLED.slice(0, 7), 'Total', 'column1', 'x'].filter(
			(text) => !text.includes(hit.file.delimiter),
		);
		return withCell(hit, likelyColumn(hit), hit.random.pick(others));
	},
	headerSeparatorLost: separatorLost,
	headerSeparatorAdded: separatorAdded,
	headerSeparatorChanged: separatorChanged,
	headerQuote: (hit: Hit) => (hit.random.chance(0.5) ? quoteLost(hit) : null) ?? quoteAdded(hit),
	headerCut: (hit: Hit) => ROW_DAMAGE.fileCut(hit),
	headerLineEndLost: lineEndLost,
	headerLineEndAdded: lineEndAdded,
} satisfies Record<string, Effect>;

export type DamageKind = keyof typeof ROW_DAMAGE | keyof typeof HEADER_DAMAGE;

const ROW_KINDS = Object.keys(ROW_DAMAGE) as Array<keyof typeof ROW_DAMAGE>;
const HEADER_KINDS = Object.keys(HEADER_DAMAGE) as Array<keyof typeof HEADER_DAMAGE>;
const ALL_DAMAGE: Readonly<Record<DamageKind, Effect>> = { ...ROW_DAMAGE, ...HEADER_DAMAGE };
export const DAMAGE_KINDS: readonly DamageKind[] = [...ROW_KINDS, ...HEADER_KINDS];

/** Bytes that are part of a character of several. In UTF-16 all are. */
function multibyte(bytes: Buffer, { encoding }: GoodFile): number[] {
	const all = [...bytes.keys()];
	if (encoding === 'windows-1252') return [];
	return encoding === 'utf8' || encoding === 'utf8-bom' ? all.filter((at) => bytes[at] >= 0x80) : all;
}

/** Some damage to a record of the file; what comes out is never the good file. */
export function damage(random: SeededRandom, file: GoodFile): Damaged {
	const good = encode(textOf(file.pieces, file.delimiter), file.encoding);
	const rows = file.pieces.flatMap(({ role }, at) => (role === 'row' ? [at] : []));
	const headerAt = file.pieces.findIndex(({ role }) => role === 'header');
	for (;;) {
		const isEmptied = file.fullColumns.length > 0 && random.chance(0.1);
		const any = random.chance(0.85) ? random.pick(ROW_KINDS) : random.pick(HEADER_KINDS);
		const kind = isEmptied ? 'defaultedCellEmptied' : any;
		const at = kind in HEADER_DAMAGE ? headerAt : random.chance(0.1) ? (rows.at(-1) as number) : random.pick(rows);
		const piece = file.pieces[at];
		const hit: Hit = { random, file, at, piece, raw: rawOf(piece, file.delimiter) };
		const effect = ALL_DAMAGE[kind](hit);
		if (effect === null) continue;
		const bytes = 'bytes' in effect ? effect.bytes : encode(whole(hit, effect.record), file.encoding);
		if (!bytes.equals(good)) return { kind, bytes, at };
	}
}

/** The piece before and after, for a diagnosis. */
export function recordAfter({ bytes, at, kind }: Damaged, file: GoodFile): string {
	const text = decode(bytes, file.encoding) ?? bytes.toString('latin1');
	const before = textOf(file.pieces.slice(0, at), file.delimiter);
	const after = textOf(file.pieces.slice(at + 1), file.delimiter);
	const body = text.replace(/^\ufeff/, '').slice(before.length);
	return kind !== 'fileCut' && after !== '' && body.endsWith(after) ? body.slice(0, -after.length) : body.slice(0, 200);
}
