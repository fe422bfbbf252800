/**
 * How a careful person reads a file: by RFC 4180 and docs/csv.md to the letter, and nothing guessed. Tells whether a
 * damaged file is itself a good file of other ids that exist, which is the only damage that nobody can see.
 */

import { foldId, listKey, type ListRef } from '../../lib/sync/model/list';
import type { ColumnField, Field } from '../../lib/csv';
import type { GoodFile } from './file';
import { callCenterOf, hasCommas, personOf } from './words';
import { NOBODY, type GoodWorld, type DesiredChange } from './world';

/** Records of a well-formed file; null where a quotation mark stands where none may stand, or is not closed. */
export function recordsOf(text: string, delimiter: string): string[][] | null {
	const records: string[][] = [];
	let cells: string[] = [];
	let at = 0;
	const { length } = text;
	while (at < length) {
		let cell = '';
		if (text[at] === '"') {
			let from = at + 1;
			for (;;) {
				const close = text.indexOf('"', from);
				if (close === -1) return null;
				cell += text.slice(from, close);
				at = close + 1;
				if (text[at] !== '"') break;
				cell += '"';
				from = at + 1;
			}
		} else {
			const from = at;
			while (at < length && text[at] !== delimiter && text[at] !== '\n' && text[at] !== '\r') {
				if (text[at] === '"') return null;
				at++;
			}
			cell = text.slice(from, at);
		}
		cells.push(cell);
		if (at < length && text[at] === delimiter) {
			at++;
			if (at < length) continue;
			cells.push('');
		} else if (at < length && text[at] !== '\n' && text[at] !== '\r') return null;
		if (text[at] === '\r') at++;
		if (text[at] === '\n') at++;
		records.push(cells);
		cells = [];
	}
	return records;
}

const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** The one-letter words as well: a sign of one character may become one of them. */
const WORDS: Readonly<Record<DesiredChange['want'], ReadonlySet<string>>> = {
	add: new Set(['add', 'toevoegen', 'ajouter', 'hinzufügen', '+', 'a']),
	remove: new Set(['remove', 'verwijderen', 'supprimer', 'löschen', '-', 'r', 'd']),
};

function trimmed(cell: string): string {
	return cell.replace(INVISIBLE, '').trim();
}

/** What one row asks for; null where it is no complete row of ids that exist. */
function meaningOf(cells: readonly string[], file: GoodFile, world: GoodWorld): DesiredChange[] | null {
	const { columns, options } = file;
	const ends = file.trailing === 'below' ? 1 : 0;
	if (cells.length !== columns.length + ends || (ends === 1 && trimmed(cells.at(-1) ?? '') !== '')) return null;
	const cellOf = (field: ColumnField) => {
		const at = columns.findIndex(({ role }) => role === field);
		return at === -1 ? null : trimmed(cells[at]);
	};
	const scopeOf = (field: Field, fallback: string | undefined) => {
		const cell = cellOf(field);
		if (cell === null || (cell === '' && file.blankMeansDefault.has(field))) return fallback ?? null;
		return cell === '' ? null : cell;
	};
	const idOf = (id: string) =>
		options.defaultDomain !== undefined && !id.includes('@') ? `${id}@${options.defaultDomain}` : id;
	const tenantId = scopeOf('tenant', options.tenantId);
	const groupId = scopeOf('group', options.groupId);
	const supervised = world.kind === 'supervisedAgents';
	const personIn = (role: 'supervisor' | 'agent') => cellOf(role) ?? nameInParts(role, cellOf);
	const owner = personIn(supervised ? 'supervisor' : 'agent');
	const callCenter = supervised ? scopeOf('callCenter', options.callCenterId) : '';
	const memberCell = supervised ? personIn('agent') : cellOf('callCenter');
	if (tenantId === null || groupId === null || !owner || callCenter === null || memberCell === null) return null;
	const { words } = world;
	const group = world.groups.find(
		(one) => foldId(one.tenantId) === foldId(tenantId) && foldId(one.groupId) === foldId(groupId),
	);
	const person = (text: string) =>
		words === undefined || words.matching.people === 'userId'
			? idOf(text)
			: personOf(words, [...(group?.supervisors ?? []), ...(group?.agents ?? [])], text);
	const queue = (text: string) =>
		words === undefined || words.matching.callCenters === 'id' || text === options.callCenterId
			? idOf(text)
			: callCenterOf(words, group?.callCenters ?? [], text);
	const userId = person(owner);
	const callCenterId = supervised ? queue(callCenter) : null;
	if (userId === null || (supervised && callCenterId === null)) return null;
	const asked: ListRef = { kind: world.kind, tenantId, groupId, userId, callCenterId };
	const key = listKey(asked);
	const list = world.refs.get(key);
	const eligible = world.eligible.get(key);
	if (list === undefined || eligible === undefined) return null;
	const want = wantOf(cellOf('action'), world);
	if (want === null) return null;
	if (memberCell === '')
		return world.settings.allowClear && world.settings.mode === 'mirror' ? [{ list, member: NOBODY, want }] : null;
	const desired: DesiredChange[] = [];
	const separator = words !== undefined && hasCommas(words, world.kind) ? /\r\n|[;|\n\r]/ : /\r\n|[;|,\n\r]/;
	for (const part of memberCell.split(separator)) {
		const member = supervised ? person(trimmed(part)) : queue(trimmed(part));
		if (trimmed(part) === '' || member === null || !eligible.has(foldId(member))) return null;
		desired.push({ list, member, want });
	}
	return desired;
}

/** A name in two columns; null where it lacks one of the two, or is more than one. */
function nameInParts(role: 'supervisor' | 'agent', cellOf: (field: ColumnField) => string | null): string | null {
	const [first, last] = [cellOf(`${role}FirstName`), cellOf(`${role}LastName`)];
	const prefix = cellOf(`${role}NamePrefix`) ?? '';
	if (first === null || last === null) return null;
	if (first === '' && last === '' && prefix === '') return '';
	const isOne = first !== '' && last !== '' && !/[;|,\n\r]/.test(first + last + prefix);
	return isOne ? `${prefix} ${last}, ${first}` : null;
}

function wantOf(cell: string | null, { settings }: GoodWorld): DesiredChange['want'] | null {
	const byMode = settings.mode === 'removeOnly' ? 'remove' : 'add';
	if (cell === null) return settings.mode === 'actionColumn' ? null : byMode;
	const word = cell.toLowerCase();
	const want = WORDS.add.has(word) ? 'add' : WORDS.remove.has(word) ? 'remove' : null;
	return settings.mode === 'actionColumn' || want === byMode ? want : null;
}

export interface Indistinguishable {
	/**
	 * `otherIds`: a row is a complete row of other ids that exist. `shorter`: the file ends early, but at a row's end.
	 * `clears`: the only row of a list names nobody, where clearing lists is allowed.
	 */
	readonly as: 'otherIds' | 'shorter' | 'clears';
	/** What the damaged file asks for. */
	readonly desired: readonly DesiredChange[];
}

/** Whether the damaged text looks like a good file that asks for something else; null where it does not. */
export function indistinguishable(
	good: string,
	damaged: string,
	goodFile: GoodFile,
	world: GoodWorld,
): Indistinguishable | null {
	const before = recordsOf(good, goodFile.delimiter);
	const after = recordsOf(damaged, goodFile.delimiter);
	if (before === null) throw new Error('The good file is not well-formed.');
	if (after === null || after.length > before.length) return null;
	const headerAt = goodFile.pieces.findIndex(({ role }) => role === 'header');
	const isRow = (at: number) => at > headerAt && goodFile.pieces[at]?.role === 'row';
	const rows = after.filter((_, at) => isRow(at));
	// What ends the other rows shows that a row lacks its end; a single row is as wide as the header without it.
	const lacksEnd = rows.length === 1 && rows[0].length === goodFile.columns.length;
	const file: GoodFile = lacksEnd ? { ...goodFile, trailing: 'none' } : goodFile;
	const differing = after.map((_, at) => at).filter((at) => !same(after[at], before[at]));
	const cut = after.length < before.length;
	if (after.length <= headerAt || differing.length > 1) return null;
	if (differing.length === 0) return cut ? { as: 'shorter', desired: desiredOf(after, isRow, file, world) } : null;
	const [at] = differing;
	if (!isRow(at) || (cut && at !== after.length - 1)) return null;
	const meaning = meaningOf(after[at], file, world);
	if (meaning === null) return null;
	const unchanged = sameDesired(meaning, meaningOf(before[at], goodFile, world) ?? []);
	if (unchanged && !cut) return null;
	const desired = desiredOf(after, isRow, file, world);
	if (!meaning.some(({ member }) => member === NOBODY)) return { as: unchanged ? 'shorter' : 'otherIds', desired };
	return desired.filter(({ list }) => list === meaning[0].list).length === 1 ? { as: 'clears', desired } : null;
}

function desiredOf(
	records: readonly string[][],
	isRow: (at: number) => boolean,
	file: GoodFile,
	world: GoodWorld,
): DesiredChange[] {
	return records.flatMap((cells, at) => (isRow(at) ? (meaningOf(cells, file, world) ?? []) : []));
}

function same(a: readonly string[], b: readonly string[]): boolean {
	return a.length === b.length && a.every((cell, at) => cell === b[at]);
}

function sameDesired(a: readonly DesiredChange[], b: readonly DesiredChange[]): boolean {
	const keyOf = ({ list, member, want }: DesiredChange) => `${listKey(list)}\n${foldId(member)}\n${want}`;
	return a.map(keyOf).sort().join() === b.map(keyOf).sort().join();
}
