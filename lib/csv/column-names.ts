/** What a column may mean by its name. */

import { FIELD_BY_NAME, plainName } from './aliases';
import { FIELD_BY_ATTRIBUTE, FIELD_BY_PART } from './attribute-aliases';
import type { ColumnField, ReadOptions } from './options';

/** By names as `plainName` writes them. */
type Table = ReadonlyMap<string, ColumnField>;
type Find = (plain: string, table: Table) => ColumnField | null;

/**
 * What a column of this name may mean, in two groups; the first goes before the second. Columns named after the
 * attribute by which people are matched are in the first, because many files have `E-mail` beside `Agent`. Full names
 * have no such preference, because `Name` may be the name of anybody: beside another column for the same people, the
 * user has to map it.
 */
export function candidatesOf(
	name: string,
	{ matching }: ReadOptions,
	find: Find = fieldCalled,
): readonly ColumnField[][] {
	const { people = 'userId', callCenters = 'id' } = matching ?? {};
	const [ofPeople, ofCallCenters] = [FIELD_BY_ATTRIBUTE.get(people), FIELD_BY_ATTRIBUTE.get(callCenters)];
	const plain = plainName(name);
	const fieldsIn = (...tables: ReadonlyArray<Table | undefined>) =>
		tables.flatMap((table) => (table === undefined ? [] : (find(plain, table) ?? [])));
	return people === 'fullName'
		? [fieldsIn(ofCallCenters), fieldsIn(FIELD_BY_PART, FIELD_BY_NAME, ofPeople)]
		: [fieldsIn(ofPeople, ofCallCenters), fieldsIn(FIELD_BY_NAME)];
}

/** The same for a name with one typing mistake (`acton`, `grup`); none for a name that is known. */
export function nearCandidatesOf(name: string, options: ReadOptions): readonly ColumnField[] {
	return candidatesOf(name, options).flat().length > 0 ? [] : candidatesOf(name, options, fieldNear).flat();
}

/**
 * The same for the name of a further column of a field: with a number or the like anywhere (`Agent 2 ID`, `Second
 * agent`; `Agent_1`, as programs name the second column of a name), with a typing mistake, or with both.
 */
export function furtherCandidatesOf(name: string, options: ReadOptions): readonly ColumnField[] {
	if (candidatesOf(name, options).flat().length > 0 || NOT_MISSPELT.has(plainName(name))) return [];
	const texts = withoutNumbers(name);
	const named = texts.flatMap((text) => candidatesOf(text, options).flat());
	const isLong = (text: string) => plainName(text).length > 1;
	return named.length > 0 ? named : [name, ...texts].filter(isLong).flatMap((text) => nearCandidatesOf(text, options));
}

/**
 * Names that programs give to columns without one: pandas (`Unnamed: 2`), SheetJS (`__EMPTY_1`), spreadsheets and
 * databases (`Column3`, `Kolom3`, `Field3`, `F3`), R (`X.1`, `V3`, `...3`), Spark (`_c3`); or a number alone.
 */
const GIVEN = new RegExp(
	'^(?:unnamed(?:[: _]+\\d+(?:_level_\\d+)?)?|__empty(?:_\\d+)?|x\\.\\d+|[fv]\\d+|_c\\d+|\\.\\.\\.\\d+|\\d+|' +
		'(?:column|col|kolom|spalte|colonne|columna|colonna|field|veld|feld|champ)[ _.]?\\d+)$',
	'i',
);

export function isGivenByProgram(name: string): boolean {
	return GIVEN.test(name.trim());
}

/** Whether a name begins or ends with one of the field: a separator may have been lost between two names. */
export function isJoinedWith(field: ColumnField, name: string, options: ReadOptions): boolean {
	const joined: Find = (plain, table) => {
		for (const [alias, one] of table)
			if (one === field && (plain.startsWith(alias) || plain.endsWith(alias))) return field;
		return null;
	};
	return candidatesOf(name, options, joined).flat().length > 0;
}

/** `2nd`, `2e`, `2ème`, `2te`, as `plainName` writes them. */
const ORDINAL = /^\d+(?:st|n?de?|rd|th|s?te[rn]?|era?|i?e?[rm]?e)$/;

/** Words that distinguish one column of a field from another, as `plainName` writes them. */
const ORDINAL_WORDS = new Set([
	...['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'],
	...['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
	...['other', 'another', 'additional', 'extra', 'more', 'secondary', 'backup', 'alternate', 'alternative', 'alt'],
	...['deputy', 'continued', 'copy'],
	...['eerste', 'tweede', 'derde', 'vierde', 'vijfde', 'zesde', 'zevende', 'achtste', 'negende', 'tiende'],
	...['een', 'twee', 'drie', 'vier', 'vijf', 'zes', 'zeven', 'acht', 'negen', 'tien'],
	...['andere', 'ander', 'bijkomende', 'overige'],
	...['premier', 'premiere', 'deuxieme', 'seconde', 'troisieme', 'quatrieme', 'cinquieme', 'sixieme'],
	...['un', 'deux', 'trois', 'quatre', 'cinq', 'autre', 'autres', 'supplementaire', 'supplementaires'],
	...['eins', 'zwei', 'drei', 'funf', 'sechs', 'sieben', 'neun', 'zehn', 'funfte', 'funfter', 'sechste', 'sechster'],
	...[
		'erste',
		'erster',
		'zweite',
		'zweiter',
		'dritte',
		'dritter',
		'vierte',
		'vierter',
		'anderer',
		'weiterer',
		'weitere',
	],
]);

/** The same, where they begin or end a name: elsewhere they belong to it (`File d'attente`). */
const ORDINAL_ENDS = new Set([
	...['a', 'b', 'c', 'd', 'i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x', 'bis', 'ter'],
]);

/** The same, where the name has a number: without one, `Agent number` and `Agent choice` are other columns. */
const NUMBER_WORDS = new Set([
	...['nr', 'no', 'num', 'number', 'nummer', 'numero', 'n'],
	...['choice', 'keuze', 'choix', 'wahl', 'preference', 'voorkeur', 'reserve'],
]);

/** A name of more words is no name of a field. */
const MAX_WORDS = 12;

/** As `plainName` writes it, without one of the ordinals in it, without its numbers, and without all of them. */
export function withoutNumbers(name: string): readonly string[] {
	const words = name
		.split(/[^\p{L}\p{M}\p{N}]+/u)
		// `agent2Id` is two words, `2ND` is one.
		.flatMap((word) => (ORDINAL.test(plainName(word)) ? word : word.split(/(?<=[\p{Ll}\d])(?=\p{Lu})/u)))
		.map(plainName)
		.filter((word) => word !== '');
	if (words.length > MAX_WORDS) return [];
	const noDigits = (text: string) => text.replace(/\d+/g, '');
	const hasNumber = words.some((word) => noDigits(word) !== word);
	const named = [...words.keys()].filter((index) => noDigits(words[index] ?? '') !== '');
	const isOrdinal = words.map((word, index) => {
		const isEnd = index === named[0] || index === named.at(-1);
		if (ORDINAL.test(word) || ORDINAL_WORDS.has(word) || (isEnd && ORDINAL_ENDS.has(word))) return true;
		return hasNumber && NUMBER_WORDS.has(noDigits(word));
	});
	const without = (isLeftOut: (index: number) => boolean) => words.filter((_, index) => !isLeftOut(index)).join('');
	const texts = [
		...words.flatMap((_, index) => (isOrdinal[index] === true ? without((one) => one === index) : [])),
		noDigits(words.join('')),
		noDigits(without((index) => isOrdinal[index] === true)),
	];
	return [...new Set(texts)].filter((text) => text !== words.join(''));
}

function fieldCalled(plain: string, table: Table): ColumnField | null {
	return table.get(plain) ?? null;
}

/** Words that are one edit away from the name of a column and are no misspelling. */
const NOT_MISSPELT = new Set([
	...['plant', 'charge', 'auction', 'grouper', 'employer', 'employed', 'managed', 'queued', 'salaire', 'salaried'],
	...['iphone', 'gmail', 'argent', 'posten', 'posted', 'post', 'salaries', 'mandat', 'kant', 'locataires', 'aktien'],
	...['active', 'actief', 'actif', 'activ', 'changed', 'changes', 'operations'],
	'modifications',
]);

/** Short names are ignored, but for one of two letters (`cc`) that has lost one: nothing else is called like that. */
function fieldNear(plain: string, table: Table): ColumnField | null {
	if (plain.length === 1) return [...table].find(([alias]) => alias.length === 2 && alias.includes(plain))?.[1] ?? null;
	if (NOT_MISSPELT.has(plain)) return null;
	const halves = aliasesByHalves(table);
	for (const length of [plain.length - 1, plain.length, plain.length + 1]) {
		for (const half of halvesOf(plain, length)) {
			const alias = halves.get(half)?.find((one) => isOneEditAway(plain, one));
			if (alias !== undefined) return table.get(alias) ?? null;
		}
	}
	return null;
}

/**
 * One edit leaves the first or the second half of an alias as it is, if its middle is in neither. A header may have
 * thousands of names, and a table tens of thousands of aliases, which mostly begin or end alike.
 */
function halvesOf(plain: string, length: number): readonly string[] {
	const half = (length - 1) >> 1;
	return [`${length} ${plain.slice(0, half)}-`, `${length} -${plain.slice(-half)}`];
}

const ALIASES_BY_HALVES = new WeakMap<Table, Map<string, string[]>>();

function aliasesByHalves(table: Table): ReadonlyMap<string, readonly string[]> {
	const known = ALIASES_BY_HALVES.get(table);
	if (known !== undefined) return known;
	const halves = new Map<string, string[]>();
	for (const alias of table.keys()) {
		if (alias.length < 5) continue;
		for (const half of halvesOf(alias, alias.length)) {
			const others = halves.get(half);
			if (others === undefined) halves.set(half, [alias]);
			else others.push(alias);
		}
	}
	ALIASES_BY_HALVES.set(table, halves);
	return halves;
}

/** Damerau-Levenshtein distance one: a letter inserted, deleted, changed, or swapped with the next one. */
function isOneEditAway(a: string, b: string): boolean {
	if (Math.abs(a.length - b.length) > 1) return false;
	let start = 0;
	while (start < a.length && a[start] === b[start]) start++;
	let end = 0;
	while (end < Math.min(a.length, b.length) - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	const restA = a.slice(start, a.length - end);
	const restB = b.slice(start, b.length - end);
	if (restA.length <= 1 && restB.length <= 1) return true;
	return restA.length === 2 && restB.length === 2 && restA[0] === restB[1] && restA[1] === restB[0];
}
