/**
 * Columns with prefixes of last names (`van der`) that are not read: without them a name may be another person's. One
 * cell is enough, so every row is looked at.
 */

import { isParticles } from '../sync';
import { candidatesOf } from './column-names';
import { fieldsOf, isMapped, type HeaderMatch } from './header';
import { excerpt, isBlank } from './ids';
import { columnsOfField, isRole } from './name-columns';
import type { NameField, ReadFailure, ReadOptions } from './options';

interface Column {
	readonly column: number;
	readonly field: NameField;
	/** The column of whole names beside it, if it is called like a prefix. */
	readonly whole: number | null;
	/** The first cell with a prefix. */
	prefix: string | null;
	/** Whether a cell has more than a code of two or three letters: `de` is a language, too, beside `nl` and `fr`. */
	hasText: boolean;
	hasOthers: boolean;
}

export class IgnoredPrefixes {
	readonly #columns: readonly Column[];

	constructor(
		private readonly names: readonly string[],
		match: HeaderMatch,
		options: ReadOptions,
	) {
		this.#columns = options.matching?.people === 'fullName' ? ignoredColumns(names, match, options) : [];
	}

	row(cells: readonly string[]): void {
		for (const one of this.#columns) {
			const cell = cells[one.column] ?? '';
			if (isBlank(cell)) continue;
			const isPrefix = one.whole !== null || isParticles(cell);
			if (isPrefix) one.prefix ??= cell;
			else one.hasOthers = true;
			one.hasText ||= cell.trim().length > (isPrefix ? 2 : 3);
		}
	}

	failure(line: number | null): ReadFailure | null {
		for (const { column, field, whole, prefix, hasText, hasOthers } of this.#columns) {
			if (prefix === null) continue;
			const facts = { name: excerpt(this.names[column] ?? ''), cell: excerpt(prefix), field };
			if (whole !== null) {
				const beside = { problem: 'prefixBesideWhole', ...facts, whole: excerpt(this.names[whole] ?? '') } as const;
				return { code: 'suspectColumn', facts: beside, line };
			}
			if (hasText || !hasOthers) return { code: 'suspectColumn', facts: { problem: 'particles', ...facts }, line };
		}
		return null;
	}
}

/** A role whose whole name was set by hand says by itself that no other column is needed. */
function ignoredColumns(names: readonly string[], { columns, unused }: HeaderMatch, options: ReadOptions): Column[] {
	const none = { prefix: null, hasText: false, hasOthers: false };
	const roles = fieldsOf(options)
		.filter(isRole)
		.filter((role) => {
			const isRead = columnsOfField(columns, role).length > 0;
			return isRead && columns[`${role}NamePrefix`] === undefined && !isMapped(role, options);
		});
	return unused.flatMap((column): Column[] => {
		const fields = candidatesOf(names[column] ?? '', options).flat();
		const named = roles.find((role) => fields.includes(`${role}NamePrefix`));
		const isOfOther = named === undefined && fields.some((field) => field.endsWith('NamePrefix'));
		const role = isOfOther ? undefined : (named ?? roles.at(-1));
		if (role === undefined) return [];
		const whole = named === undefined ? null : (columns[named] ?? null);
		return [{ column, field: `${role}NamePrefix`, whole, ...none }];
	});
}
