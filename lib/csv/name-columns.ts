/**
 * First and last name in two columns, and what stands between them in a third one (`van der`). They are read as one
 * text that says which is which: `van der Berg, Jan`. Nobody is looked up by one half of a name.
 */

import type { RowIssue } from '../sync';
import { plainName } from './aliases';
import { roleOfPlainName } from './attribute-aliases';
import { withoutNumbers } from './column-names';
import { cleaned, isBlank, mangledId } from './ids';
import type { ColumnField, Field, NameField, Role } from './options';

/** Indexes of columns. */
export interface NameColumns {
	readonly FirstName: number;
	readonly LastName: number;
	readonly NamePrefix: number | undefined;
}

type Columns = Readonly<Partial<Record<ColumnField, number>>>;

export function isRole(field: ColumnField): field is Role {
	return field === 'supervisor' || field === 'agent';
}

/** Null where the names of the role are in one column, or in none. */
export function nameColumnsOf(columns: Columns, role: Role): NameColumns | null {
	const { [`${role}FirstName` as const]: FirstName, [`${role}LastName` as const]: LastName } = columns;
	if (columns[role] !== undefined || FirstName === undefined || LastName === undefined) return null;
	return { FirstName, LastName, NamePrefix: columns[`${role}NamePrefix`] };
}

/** Columns of a field: one, or those of a first and a last name. */
export function columnsOfField(columns: Columns, field: Field): readonly number[] {
	const names = isRole(field) ? nameColumnsOf(columns, field) : null;
	return names === null ? [columns[field] ?? []].flat() : [names.FirstName, names.LastName];
}

/** Blank where a part is missing or mangled. */
export function joinedName(cells: readonly string[], names: NameColumns): string {
	const [first, last, prefix] = partsOf(cells, names);
	if (first === '' || last === '' || [first, last, prefix].some((part) => mangledId(part) !== null)) return '';
	return `${prefix === '' ? last : `${prefix} ${last}`}, ${first}`;
}

/** Why a name is blank, and of which part; null where there is no name at all. */
export function problemOfName(
	cells: readonly string[],
	names: NameColumns,
	role: Role,
): { readonly field: ColumnField; readonly issue: RowIssue } | null {
	const [first, last, prefix] = partsOf(cells, names);
	for (const [part, text] of Object.entries({ FirstName: first, LastName: last, NamePrefix: prefix })) {
		const issue = mangledId(text);
		if (issue !== null) return { field: `${role}${part as keyof NameColumns}`, issue };
	}
	if (first === '' && last === '' && prefix === '') return null;
	const field: ColumnField = `${role}${last === '' ? 'LastName' : 'FirstName'}`;
	return { field, issue: { code: 'blankCell', facts: { problem: 'noValue', field } } };
}

function partsOf(cells: readonly string[], { FirstName, LastName, NamePrefix }: NameColumns): string[] {
	return [FirstName, LastName, NamePrefix].map((column) => {
		const cell = column === undefined ? '' : (cells[column] ?? '');
		return isBlank(cell) ? '' : cleaned(cell);
	});
}

export type Found = Map<ColumnField, number[]>;

/**
 * Decides for each role whether its names are in one column or in two. What was set by hand wins, and is only one of
 * the two (`wrongOption`); else columns for both are ambiguous. A first or last name alone is no name: beside a column
 * for whole names it is left out, else the other part is missing.
 *
 * @param isSetByHand whether the user named the column of the field
 * @returns the parts that are missing
 */
export function settleNames(
	names: readonly string[],
	found: Found,
	roles: readonly Role[],
	isSetByHand: (field: ColumnField) => boolean,
): NameField[] {
	return roles.flatMap((role): NameField[] => {
		const parts = [`${role}FirstName`, `${role}LastName`] as const;
		const all = [...parts, `${role}NamePrefix` as const];
		const release = (fields: readonly ColumnField[]) => fields.forEach((field) => found.delete(field));
		const has = (field: ColumnField) => (found.get(field) ?? []).length > 0;
		const isByHand = isSetByHand(role);
		if (!isByHand) nameBesideFirst(names, found, role);
		const lacking = parts.filter((part) => !has(part));
		if (!isByHand && lacking.length === 0) withoutIds(names, found, role);
		if (isByHand || all.some(isSetByHand)) {
			release(isByHand ? all : [role]);
			return isByHand ? [] : lacking;
		}
		if (!has(role) && lacking.length < 2) return lacking;
		if (has(role) && lacking.length === 0)
			found.set(
				role,
				[role, ...parts].flatMap((field) => found.get(field) ?? []),
			);
		release(all);
		return [];
	});
}

/** As `plainName` writes them: `Employee ID`, `Username`, `Matricule`; not `Personeelslid`, which is a person. */
const ID_NAME = /(?:(?<!sl)id|login|username|gebruikersnaam|benutzername|identifiant|nummer|number|matricule)$/;

/** A column that is called after an id has no names if others have both parts of them, as in exports of accounts. */
function withoutIds(names: readonly string[], found: Found, role: Role): void {
	const whole = (found.get(role) ?? []).filter((column) => !ID_NAME.test(plainName(names[column] ?? '')));
	if (whole.length > 0) found.set(role, whole);
	else found.delete(role);
}

/** `Naam` is the last name beside `Voornaam`, and the whole name without. */
function nameBesideFirst(names: readonly string[], found: Found, role: Role): void {
	const [first, last] = [`${role}FirstName`, `${role}LastName`] as const;
	if (!found.has(first) || found.has(last)) return;
	const whole = found.get(role) ?? [];
	const plain = whole.filter((column) => {
		const name = names[column] ?? '';
		return [name, ...withoutNumbers(name)].some((text) => roleOfPlainName(text) === role);
	});
	if (plain.length === 0) return;
	found.set(last, plain);
	found.set(
		role,
		whole.filter((column) => !plain.includes(column)),
	);
}
