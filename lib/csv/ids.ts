/** One id as a cell has it, made into the id that it means; and a register that keeps each id once. */

import { MAX_SCOPE_ID } from '../id-lengths';
import { foldId } from '../sync';
import { closingLine } from './aliases';
import type { FindingCode } from './findings';

export interface IdRule {
	/** Users and call centers (`name@domain`), or tenants and groups, which may have commas and the like in them. */
	readonly type: 'user' | 'scope';
	/** Characters, counted as the platform does: code points. */
	readonly maxLength: number;
	/** Without `@`; null where ids are taken as they stand. */
	readonly domain: string | null;
}

/** What ids of tenants and groups must look like. */
export const SCOPE_RULE: IdRule = { type: 'scope', maxLength: MAX_SCOPE_ID, domain: null };

export interface IdProblem {
	readonly code: FindingCode;
	/** Says what is wrong with the cell; begins with its content. */
	readonly message: string;
}

export interface CleanId {
	readonly id: string;
	/** Whether anything but the domain was changed: white space, invisible characters, a spreadsheet's protection. */
	readonly trimmed: boolean;
}

/** A number that a spreadsheet rounded: `1.23E+11`; Belgian, French and German ones write `1,23E+11`. */
const SCIENTIFIC = /^[+-]?\d+([.,]\d+)?E\+?\d+$/i;
/** A spreadsheet's error values, and a column too narrow for its number. */
const SPREADSHEET_ERRORS: ReadonlySet<string> = new Set([
	...['#N/A', '#NA', '#NAME', '#NAME?', '#REF!', '#VALUE!', '#DIV/0!', '#NULL!', '#NUM!', '#ERROR!', '#SPILL!'],
	...['#NOM?', '#VALEUR!', '#NOMBRE!'],
	...['#NAAM?', '#VERW!', '#WAARDE!', '#DEEL/0!', '#GETAL!', '#NB'],
	...['#BEZUG!', '#WERT!', '#ZAHL!', '#NV'],
]);
const TOO_NARROW = /^#+$/;
/** What programs write where they have nothing. */
const NO_VALUE = /^(null|undefined|nan|n\/a|\[object Object\])$/i;
/** Zero-width and direction marks, soft hyphen, byte order mark: they come along from web pages and chat. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const CONTROL = /\p{Cc}/u;
const LINE_BREAK = /[\n\r\u2028\u2029]/;
/** What stands between ids of users, also where it was typed on an Asian keyboard or came from typography. */
const SEVERAL_USERS = /[;,|\n\r\u2028\u2029\uff1b\uff0c\uff5c\u3001]/;
/** The usual case, told at once: nothing to trim, nothing to complain about. */
const PLAIN = /^[A-Za-z0-9_@.-]+$/;

/** What a cell that is not blank means. */
export function readId(text: string, rule: IdRule): CleanId | IdProblem {
	let id = PLAIN.test(text) ? text : withoutProtection(text.replace(INVISIBLE, '').trim()).normalize('NFC');
	const trimmed = id !== text;
	const problem = problemOf(id, text, rule);
	if (problem !== null) return problem;
	if (rule.domain !== null && !id.includes('@')) id = `${id}@${rule.domain}`;
	if (id.length > rule.maxLength && [...id].length > rule.maxLength) {
		return {
			code: 'tooLongId',
			message:
				`${shown(id)} has ${[...id].length} characters; the platform takes at most ${rule.maxLength}. Correct ` +
				'the cell.',
		};
	}
	return { id, trimmed };
}

/** `=""` is how an export that protects every cell from Excel writes a blank one. */
export function isBlank(text: string): boolean {
	// Nearly every cell begins with a letter or a digit.
	const first = text.charCodeAt(0);
	if (first > 32 && first < 127) return text === '=""';
	return text === '' || text.replace(INVISIBLE, '').trim() === '';
}

/** A text in a message: quoted, single-line, not endless. */
export function shown(text: string): string {
	const short = [...text.slice(0, 120)].length > 60 ? `${[...text].slice(0, 59).join('')}…` : text;
	return JSON.stringify(short);
}

function problemOf(id: string, cell: string, rule: IdRule): IdProblem | null {
	if (NO_VALUE.test(id))
		return {
			code: 'mangledId',
			message: `${shown(id)} is what a program writes where it has no id. Enter the id and export once more.`,
		};
	if (SCIENTIFIC.test(id) || isSpreadsheetError(id)) {
		return {
			code: 'mangledId',
			message:
				`${shown(id)} is what a spreadsheet made of an id. Format the column as text, enter the id again and ` +
				'export once more.',
		};
	}
	if (!/[\p{L}\p{N}]/u.test(id))
		return { code: 'invalidId', message: `${shown(cell)} has no letter and no digit in it. Correct the cell.` };
	if ((rule.type === 'user' ? SEVERAL_USERS : LINE_BREAK).test(id)) {
		return {
			code: 'severalValues',
			message: `${shown(id)} looks like several values where one is expected. Give each its own row.`,
		};
	}
	const wrong = wrongCharacter(id);
	if (wrong !== null) return { code: 'invalidId', message: `${shown(id)} has ${wrong}. Correct the cell.` };
	if (rule.type === 'scope') return null;
	const at = id.indexOf('@');
	if (at === -1) {
		if (!/[\s:=(]/.test(id) || closingLine(id) !== 'phrase') return null;
		return {
			code: 'invalidId',
			message: `${shown(id)} is what a report writes in a total or closing line, and no id. Correct the cell.`,
		};
	}
	if (at === 0 || at === id.length - 1 || at !== id.lastIndexOf('@')) {
		return {
			code: 'invalidId',
			message:
				`${shown(id)} is not a complete id: one @ with a name before and a domain behind it is expected. ` +
				'Correct the cell.',
		};
	}
	return null;
}

function isSpreadsheetError(id: string): boolean {
	return id.startsWith('#') && (TOO_NARROW.test(id) || SPREADSHEET_ERRORS.has(id.toUpperCase()));
}

function wrongCharacter(id: string): string | null {
	if (CONTROL.test(id)) return 'a control character in it';
	if (id.includes('"')) return 'a stray quotation mark in it';
	if (id.includes('\ufffd')) return 'a character that could not be read in it (the file mixes encodings)';
	return null;
}

/**
 * `="0032"` keeps leading zeros in Excel; `"name"` is what is left of quotes behind a space; `'+1`, `'=1`, `'@x` is how
 * exports keep a cell from being run as a formula.
 */
function withoutProtection(text: string): string {
	const enclosed = /^=?"([^"]*)"$/.exec(text);
	if (enclosed !== null) return (enclosed[1] ?? '').trim();
	return /^'[=+\-@＝＋－＠\t]/.test(text) ? text.slice(1).trim() : text;
}

/**
 * Gives each id a number, keeps its first spelling, and finds it again by any spelling. Cells that were taken as they
 * stand are found without being cleaned again: files repeat themselves.
 */
export class IdRegister {
	readonly #numbers = new Map<string, number>();
	readonly #spellings: string[] = [];

	constructor(readonly rule: IdRule) {}

	/** The number of a cell seen before that needed no cleaning. */
	known(text: string): number | undefined {
		return this.#numbers.get(text);
	}

	/** The number of an id that `readId` handed out for this text. */
	number(text: string, clean: CleanId): number {
		const folded = foldId(clean.id);
		let number = this.#numbers.get(folded);
		if (number === undefined) {
			number = this.#spellings.push(clean.id) - 1;
			this.#numbers.set(folded, number);
		}
		if (!clean.trimmed && text !== folded) this.#numbers.set(text, number);
		return number;
	}

	/** Every text and id that was met, folded or as it stood. */
	texts(): IterableIterator<string> {
		return this.#numbers.keys();
	}

	spelling(number: number): string {
		return this.#spellings[number] ?? '';
	}
}
