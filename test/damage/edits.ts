/** What a kind of damage works on, and the edits of one record that the kinds are made of. */

import type { Field } from '../../lib/csv';
import type { SeededRandom } from '../../tools/seeded-random';
import { encode } from './encoding';
import { rawOf, textOf, type GoodFile, type Piece } from './file';

/** What a kind works on. */
export interface Hit {
	readonly random: SeededRandom;
	readonly file: GoodFile;
	/** Index of the piece. */
	readonly at: number;
	readonly piece: Piece;
	readonly raw: string;
}

/**
 * New text of the record with its line end, or new bytes of the whole file; null where the kind does not apply here.
 */
export type Effect = (hit: Hit) => { readonly record: string } | { readonly bytes: Buffer } | null;

export const record = (text: string) => ({ record: text });

/** The record with these raw cells. */
export function rejoined({ file, piece }: Hit, cells: readonly string[]): { record: string } {
	return record(cells.join(file.delimiter) + piece.end);
}

/** One raw cell replaced. */
export function withCell(hit: Hit, column: number, cell: string): { record: string } {
	return rejoined(
		hit,
		hit.piece.cells.map((old, at) => (at === column ? cell : old)),
	);
}

export function spliced(hit: Hit, at: number, length: number, put: string): { record: string } {
	return record(hit.raw.slice(0, at) + put + hit.raw.slice(at + length) + hit.piece.end);
}

export function anyColumn({ random, piece }: Hit): number {
	return random.integer(0, piece.cells.length - 1);
}

/** Three times in four a cell that the row needs, because a note tells nobody who answers the phone. */
export function likelyColumn(hit: Hit): number {
	const needed = hit.file.columns.flatMap(({ role }, at) =>
		role === 'name' || role === 'note' || role === 'blank' ? [] : [at],
	);
	return hit.random.chance(0.75) ? hit.random.pick(needed) : anyColumn(hit);
}

/** A place in the raw record, within a cell that the row most likely needs. */
export function anyPlace(hit: Hit): number {
	const column = likelyColumn(hit);
	const from = hit.piece.cells.slice(0, column).reduce((sum, cell) => sum + cell.length + 1, 0);
	const { length } = hit.piece.cells[column] ?? '';
	return Math.min(from + hit.random.integer(0, Math.max(0, length - 1)), Math.max(0, hit.raw.length - 1));
}

export function indexesOf(text: string, wanted: string): number[] {
	const found: number[] = [];
	for (let at = text.indexOf(wanted); at !== -1; at = text.indexOf(wanted, at + 1)) found.push(at);
	return found;
}

/** The field's cell with another id that nobody has. */
export function slipped(field: Field): Effect {
	return (hit) => {
		const { random, file, piece } = hit;
		const column = file.columns.findIndex(({ role }) => role === field);
		if (column === -1) return null;
		const cell = piece.cells[column];
		if (/^"?\s*"?$/.test(cell)) return null;
		// Doubling the last character of the local part is the slip of a finger that leaves an id complete.
		const end = /[@";|,]|$/.exec(cell.slice(1))?.index ?? 0;
		const at = 1 + end;
		const put = random.pick([cell[at - 1] ?? 'x', String(random.integer(1, 9)), 'x']);
		return withCell(hit, column, cell.slice(0, at) + put + cell.slice(at));
	};
}

export function otherRow({ random, file, at }: Hit): Piece | null {
	const others = file.pieces.filter((piece, index) => piece.role === 'row' && index !== at);
	return others.length === 0 ? null : random.pick(others);
}

/** Text of the whole file with this in the record's place. */
export function whole({ file, at }: Hit, replacement: string): string {
	const { pieces, delimiter } = file;
	return textOf(pieces.slice(0, at), delimiter) + replacement + textOf(pieces.slice(at + 1), delimiter);
}

/** Bytes of the whole file with the record's own bytes changed by `change`. */
export function withBytes(hit: Hit, change: (bytes: Buffer) => Buffer | null): { bytes: Buffer } | null {
	const { file, at, piece } = hit;
	const before = encode(textOf(file.pieces.slice(0, at), file.delimiter), file.encoding);
	const all = encode(textOf(file.pieces, file.delimiter), file.encoding);
	const upTo = encode(
		textOf(file.pieces.slice(0, at), file.delimiter) + rawOf(piece, file.delimiter) + piece.end,
		file.encoding,
	).length;
	const changed = change(all.subarray(before.length, upTo));
	return changed === null
		? null
		: { bytes: Buffer.concat([all.subarray(0, before.length), changed, all.subarray(upTo)]) };
}
