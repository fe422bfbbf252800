/** The members in one cell: how they are separated, and which of them can be read. */

import { foldId } from '../sync';
import { hasCommas, type IdRegister, isBlank, readId } from './ids';

/**
 * Separates the members in one cell. A line break after another separator belongs to it. The comma of a number that a
 * spreadsheet mangled (`1,23E+11`) is no separator.
 */
const ID_SEPARATOR = /(?:[;|]|,(?!\d+E[+-]?\d))(?:[^\S\r\n]*(?:\r\n|[\r\n]))?|\r\n|[\r\n]/i;

/** The same between names: a comma may be part of one. */
const NAME_SEPARATOR = /[;|](?:[^\S\r\n]*(?:\r\n|[\r\n]))?|\r\n|[\r\n]/;

export class MemberCells {
	/** Null if the cell has one member: a name in two columns. */
	readonly #separator: RegExp | null;

	constructor(
		readonly register: IdRegister,
		isNameInParts: boolean,
	) {
		this.#separator = isNameInParts ? null : hasCommas(register.rule.text) ? NAME_SEPARATOR : ID_SEPARATOR;
	}

	/** The texts of the members in a cell, blank ones included. */
	splitCell(cell: string): string[] {
		return this.#separator?.test(cell) ? cell.split(this.#separator) : [cell];
	}

	/** The readable members of a row that is rejected for another reason. */
	readableIn(cell: string): string[] {
		return this.splitCell(cell).flatMap((text) => {
			const read = isBlank(text) ? null : readId(text, this.register.rule);
			return read === null || 'code' in read ? [] : [read.id];
		});
	}

	/** Whether a cell has more than one kind of separator: one of them is an error, or a line break within an id. */
	hasDifferentSeparators(cell: string): boolean {
		if (this.#separator === null) return false;
		const separators = cell.match(new RegExp(this.#separator, 'gi')) ?? [];
		return new Set(separators.map((found) => found.trim() || '\n')).size > 1;
	}
}

/** Whether the text looks truncated: no other id has the same domain (or none), and some id continues its domain. */
export function isCutShort(text: string, others: IdRegister): boolean {
	const { domain: added, text: rule } = others.rule;
	// Names and numbers have no part in common that would show it.
	if (rule !== undefined && rule.attribute !== 'emailAddress') return false;
	const id = foldId(text);
	const at = id.indexOf('@');
	if (at === -1 && added !== null) return false;
	const domain = at === -1 ? null : id.slice(at);
	let isContinued = false;
	for (const other of others.texts()) {
		const otherAt = other.indexOf('@');
		if (foldId(other) === id) continue;
		if (domain === null ? otherAt === -1 : otherAt !== -1 && other.slice(otherAt).toLowerCase() === domain)
			return false;
		isContinued ||= domain === null || (otherAt !== -1 && other.slice(otherAt).toLowerCase().startsWith(domain));
	}
	return isContinued;
}
