/** Matches columns to fields. */

import { plainName } from './aliases';
import { knownNames } from './attribute-aliases';
import { candidatesOf, furtherCandidatesOf, nearCandidatesOf } from './column-names';
import { excerpt, isBlank } from './ids';
import type { Facts } from '../sync';
import { columnsOfField, type Found, isRole, settleNames } from './name-columns';
import {
	type ColumnField,
	type Field,
	NAME_PARTS,
	type NameField,
	type ReadFailure,
	type ReadOptions,
} from './options';

export interface HeaderMatch {
	/** Index of the column by field. */
	readonly columns: Readonly<Partial<Record<ColumnField, number>>>;
	/** Fields that several columns match, with the names of these columns. */
	readonly ambiguous: ReadonlyArray<{ readonly field: ColumnField; readonly names: readonly string[] }>;
	/** Fields without which no row can be read. */
	readonly missing: readonly ColumnField[];
	/** Indexes of the columns that match no field. */
	readonly unused: readonly number[];
	/** How many fields were recognized, ambiguous ones included. */
	readonly recognized: number;
}

/** The fields of the kind, in the order of messages. */
export function fieldsOf({ kind, keysOnly = false }: ReadOptions): Field[] {
	const supervised = kind === 'supervisedAgents';
	const keys: Field[] = supervised ? ['supervisor', 'callCenter'] : ['agent'];
	const all: Field[] = supervised ? ['supervisor', 'agent', 'callCenter'] : ['agent', 'callCenter'];
	return [...(keysOnly ? keys : all), 'tenant', 'group', 'action'];
}

/** Parts of names, which columns may hold where people are matched by their names. */
export function nameFieldsOf(options: ReadOptions): NameField[] {
	if (options.matching?.people !== 'fullName') return [];
	return fieldsOf(options)
		.filter(isRole)
		.flatMap((role) => NAME_PARTS.map((part) => `${role}${part}` as const));
}

/** The default of a field for a blank cell or a missing column; null if there is none. */
export function defaultOf(field: Field, options: ReadOptions): string | null {
	const defaults: Partial<Record<Field, string | undefined>> = {
		callCenter: options.kind === 'supervisedAgents' ? options.callCenterId : undefined,
		tenant: options.tenantId,
		group: options.groupId,
	};
	const defaultId = defaults[field] ?? '';
	return isBlank(defaultId) ? null : defaultId;
}

function mayDefault(field: ColumnField, { kind }: ReadOptions): boolean {
	return field === 'tenant' || field === 'group' || (field === 'callCenter' && kind === 'supervisedAgents');
}

/** Indexes of the columns without which no row can be read. */
export function requiredColumns({ columns }: HeaderMatch, options: ReadOptions): number[] {
	return requiredFields(options).flatMap((field) => columnsOfField(columns, field));
}

/** The fields without which no row can be read. */
export function requiredFields(options: ReadOptions): Field[] {
	return fieldsOf(options).filter((field) => field !== 'action' && defaultOf(field, options) === null);
}

export function matchHeader(names: readonly string[], options: ReadOptions): HeaderMatch {
	const found: Found = new Map();
	const taken = new Set<number>();
	const fields = [...fieldsOf(options), ...nameFieldsOf(options)];
	for (const field of fields) {
		const wanted = options.columns?.[field];
		if (wanted === undefined || isBlank(wanted)) continue;
		const columns = columnsNamed(names, wanted);
		columns.forEach((column) => taken.add(column));
		found.set(field, columns);
	}
	const candidates = names.map((name) => candidatesOf(name, options));
	for (const rank of [0, 1] as const) {
		const open = fields.filter((field) => !found.has(field));
		for (const [column, { [rank]: [field] = [] }] of candidates.entries()) {
			if (field === undefined || taken.has(column) || !open.includes(field)) continue;
			found.set(field, [...(found.get(field) ?? []), column]);
			taken.add(column);
		}
	}
	addFurther(names, found, taken, options);
	const isByHand = (field: ColumnField) => fields.includes(field) && isMapped(field, options);
	const halves = settleNames(names, found, fields.filter(isRole), isByHand);
	const columns: Partial<Record<ColumnField, number>> = {};
	const ambiguous: Array<{ field: ColumnField; names: string[] }> = [];
	for (const [field, candidates] of found) {
		if (candidates.length === 1) columns[field] = candidates[0];
		else if (candidates.length > 1) ambiguous.push({ field, names: candidates.map((column) => names[column] ?? '') });
	}
	const required = new Set([...requiredFields(options), ...fields.filter(isByHand), ...halves]);
	const isInParts = (field: ColumnField) =>
		isRole(field) &&
		([`${field}FirstName`, `${field}LastName`] as const).some((part) => found.has(part) || halves.includes(part));
	const missing = fields.filter(
		(field) => required.has(field) && !isInParts(field) && (found.get(field) ?? []).length === 0,
	);
	const used = new Set([...found.values()].flat());
	const unused = [...names.keys()].filter((column) => !used.has(column) && !isBlank(names[column] ?? ''));
	return {
		columns,
		ambiguous,
		missing,
		unused,
		recognized: [...found.values()].filter((list) => list.length > 0).length,
	};
}

const WITHOUT_MEMBERS: ReadonlySet<ColumnField> = new Set(['tenant', 'group', 'action']);

/**
 * Several columns of one field, whose members would be left out: `Agent`, `Second agent`, `Agnet`. They make it
 * ambiguous. A single one may be anything: an id may look like that (`agent1`).
 */
function addFurther(names: readonly string[], found: Found, taken: Set<number>, options: ReadOptions): void {
	// A wrong delimiter leaves one column in a line, and every line of the head is tried as the header.
	if (names.length < 2) return;
	const further = names.map((name, column) => (taken.has(column) ? undefined : furtherCandidatesOf(name, options)[0]));
	for (const field of [...fieldsOf(options), ...nameFieldsOf(options)]) {
		if (WITHOUT_MEMBERS.has(field) || isMapped(field, options)) continue;
		const named = found.get(field) ?? [];
		const others = [...names.keys()].filter((column) => further[column] === field);
		if (others.length === 0 || named.length + others.length < 2) continue;
		found.set(field, [...named, ...others]);
	}
}

export function isComplete(match: HeaderMatch): boolean {
	return match.missing.length === 0 && match.ambiguous.length === 0;
}

/** Why a header cannot be used; null if it can. `line` is its line. */
export function headerFailure(
	names: readonly string[],
	match: HeaderMatch,
	options: ReadOptions,
	line: number | null,
): ReadFailure | null {
	const [ambiguous] = match.ambiguous;
	if (ambiguous !== undefined) {
		const facts = { field: ambiguous.field, names: ambiguous.names.map(excerpt) };
		return { code: 'ambiguousColumn', facts, line };
	}
	if (match.missing.length === 0) return null;
	const unread = wholeNotRead(names, match, options);
	const isReported = (field: ColumnField) => unread?.fields.includes(field) === true && !isMapped(field, options);
	const unreported = match.missing.filter((field) => !isReported(field));
	const missing = unreported.map((field) => ({
		field,
		setByHand: isMapped(field, options) ? excerpt(options.columns?.[field] ?? '') : null,
		hasDefault: mayDefault(field, options),
		known: knownNames(field, options.matching?.people).slice(0, 8),
	}));
	const filled = names.filter((name) => !isBlank(name));
	const near = match.unused
		.map((column) => names[column] ?? '')
		.find((name) => nearCandidatesOf(name, options).some((field) => match.missing.includes(field)));
	const facts = {
		missing,
		found: filled.slice(0, 20).map(excerpt),
		more: filled.length > 20,
		misspelt: near === undefined ? null : excerpt(near),
		wholeNotRead: unread?.facts ?? null,
	};
	return { code: 'missingColumn', facts, line };
}

/** The column of whole names beside a part of a name that is set by hand. */
function wholeNotRead(
	names: readonly string[],
	{ columns, missing, unused }: HeaderMatch,
	options: ReadOptions,
): { readonly fields: readonly ColumnField[]; readonly facts: Facts<'missingColumn'>['wholeNotRead'] } | null {
	for (const role of fieldsOf(options).filter(isRole)) {
		const parts = NAME_PARTS.map((part) => `${role}${part}` as const);
		const part = parts.find((field) => columns[field] !== undefined && isMapped(field, options));
		const whole = unused.find((column) =>
			candidatesOf(names[column] ?? '', options)
				.flat()
				.includes(role),
		);
		if (part === undefined || whole === undefined || !parts.some((field) => missing.includes(field))) continue;
		const facts = { part, name: excerpt(options.columns?.[part] ?? ''), whole: excerpt(names[whole] ?? '') };
		return { fields: parts, facts };
	}
	return null;
}

/** Names that can be keys: blank ones become `column 4`, repeated ones `name (2)`. */
export function uniqueNames(names: readonly string[]): string[] {
	const taken = new Set<string>();
	// Where the numbers of a name go on: counted from 2 each time, equal names would take the square of their number.
	const next = new Map<string, number>();
	return names.map((name, column) => {
		const base = isBlank(name) ? `column ${column + 1}` : name.replace(/\ufeff/g, '').trim();
		let number = next.get(base) ?? 2;
		let unique = base;
		for (; taken.has(unique); number++) unique = `${base} (${number})`;
		next.set(base, number);
		taken.add(unique);
		return unique;
	});
}

export function isMapped(field: ColumnField, options: ReadOptions): boolean {
	return !isBlank(options.columns?.[field] ?? '');
}

/** As it is written; else, case, spaces and accents aside. */
function columnsNamed(names: readonly string[], wanted: string): number[] {
	const indexes = names.map((_, column) => column);
	const exact = indexes.filter((column) => (names[column] ?? '').trim() === wanted.trim());
	if (exact.length > 0) return exact;
	const plain = plainName(wanted);
	return plain === '' ? [] : indexes.filter((column) => plainName(names[column] ?? '') === plain);
}
