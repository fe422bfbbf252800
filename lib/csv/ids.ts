/** Parses the id in a cell, and a register that stores each id once. */

import { foldId, matchText, type Facts, type IdIssue, type TextRule } from '../sync';
import { MAX_SCOPE_ID } from '../id-lengths';
import { closingPhrase } from './closing-lines';

export interface IdRule {
	/** Users and call centers (`name@domain`), or tenants and groups, which may have commas and the like in them. */
	readonly type: 'user' | 'scope';
	/** Characters, counted as the platform does: code points. */
	readonly maxLength: number;
	/** The default domain without `@`; null if none is added. */
	readonly domain: string | null;
	/** If it is no id but a text that is looked up: what it has to be. */
	readonly text?: TextRule;
}

/** The rule for ids of tenants and groups. */
export const SCOPE_RULE: IdRule = { type: 'scope', maxLength: MAX_SCOPE_ID, domain: null };

export interface CleanId {
	readonly id: string;
	/** Whether anything but the domain was changed: white space, invisible characters, a spreadsheet's protection. */
	readonly trimmed: boolean;
}

/** A number as spreadsheets and scripts write it: `1.23E+11`, `1e-7`; in Belgium, France and Germany `1,23E+11`. */
const SCIENTIFIC = /^[+-]?\d+([.,]\d+)?E[+-]?\d+$/i;
/**
 * A spreadsheet's error values, in any of its languages (`#REF!`, `#NAAM?`, `#N/A`, `#N/B`, `#NV`, `Err:502`), and a
 * column too narrow for its number.
 */
const SPREADSHEET_ERROR = /^(?:#+|#[\p{L}\d/_¡¿]+[!?]|#N\/?[AB]|#NV|#NAME|Err:\d{3})$/iu;
/** Texts that programs write for a missing value. */
const NO_VALUE = /^(null|undefined|nan|-?infinity|none|n\/a|\\N|\(null\)|<null>|\[object Object\])$/i;
/** An object or a list as JSON, or what separators leave of it. */
const JSON_PART = /^[[{]+["\]}]|^"[^"]*":|"[\]}]+$/;
/** Zero-width and direction marks, soft hyphen, byte order mark: they come along from web pages and chat. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
const CONTROL = /\p{Cc}/u;
const LINE_BREAK = /[\n\r\u2028\u2029]/;
/** Separators between ids of users, also from Asian keyboards or typography. */
const SEVERAL_USERS = /[;,|\n\r\u2028\u2029\uff1b\uff0c\uff5c\u3001]/;
/** In a name a comma may stand between last and first name. */
const SEVERAL_NAMES = /[;|\n\r\u2028\u2029\uff1b\uff5c]/;
/** The fast path: an id that needs no cleaning and has no problem. */
const PLAIN = /^[A-Za-z0-9_@.-]+$/;

/** Parses a cell that is not blank. */
export function readId(text: string, rule: IdRule): CleanId | IdIssue {
	let id = cleaned(text);
	const trimmed = id !== text;
	const problem = problemOf(id, text, rule);
	if (problem !== null) return problem;
	if (rule.domain !== null && !id.includes('@')) id = `${id}@${rule.domain}`;
	const characters = id.length <= rule.maxLength ? id.length : countCharacters(id);
	if (characters > rule.maxLength)
		return { code: 'tooLongId', facts: { value: excerpt(id), characters, max: rule.maxLength } };
	return { id, trimmed };
}

/** A number as the text of a cell. Beyond 2^53 digits are lost, as in a spreadsheet's `1.23E+20`, which is no id. */
export function textOfNumber(value: number): string {
	const isRounded = Number.isInteger(value) && !Number.isSafeInteger(value);
	return isRounded ? value.toExponential().toUpperCase() : String(value);
}

/** Without white space around it, invisible characters and a spreadsheet's protection. */
export function cleaned(text: string): string {
	return PLAIN.test(text) ? text : withoutProtection(text.replace(INVISIBLE, '').trim()).normalize('NFC');
}

/** `=""` is blank too: some exports protect every cell from Excel like this. */
export function isBlank(text: string): boolean {
	// Nearly every cell begins with a letter or a digit.
	const first = text.charCodeAt(0);
	if (first > 32 && first < 127) return text === '=""';
	return text === '' || text.replace(INVISIBLE, '').trim() === '';
}

/** Code points; without an array of them, which takes a hundred times the memory of the text. */
function countCharacters(text: string): number {
	let count = 0;
	for (let at = 0; at < text.length; at += (text.codePointAt(at) as number) > 0xffff ? 2 : 1) count++;
	return count;
}

/** The beginning of a text, for a message. */
export function excerpt(text: string): string {
	if (text.length <= 60) return text;
	// Enough for 61 characters of two code units each.
	const characters = [...text.slice(0, 122)];
	return characters.length > 60 ? `${characters.slice(0, 59).join('')}…` : text;
}

/** What a program or a spreadsheet wrote for a value; null if the text is none of these. */
export function mangledId(id: string): IdIssue | null {
	const value = excerpt(id);
	if (NO_VALUE.test(id)) return { code: 'mangledId', facts: { problem: 'placeholder', value } };
	const isSpreadsheets = SCIENTIFIC.test(id) || SPREADSHEET_ERROR.test(id);
	return isSpreadsheets ? { code: 'mangledId', facts: { problem: 'spreadsheet', value } } : null;
}

function problemOf(id: string, cell: string, rule: IdRule): IdIssue | null {
	const mangled = mangledId(id);
	if (mangled !== null) return mangled;
	const value = excerpt(id);
	const invalid = (problem: Exclude<Facts<'invalidId'>['problem'], 'noLetters' | 'endsWithinCharacter'>): IdIssue => {
		return { code: 'invalidId', facts: { problem, value } };
	};
	if (JSON_PART.test(id)) return invalid('json');
	if (!/[\p{L}\p{N}]/u.test(id)) return { code: 'invalidId', facts: { problem: 'noLetters', value: excerpt(cell) } };
	if (severalIn(rule).test(id)) return { code: 'severalValues', facts: { problem: 'inOneId', value } };
	if (CONTROL.test(id)) return invalid('control');
	if (id.includes('"')) return invalid('quotationMark');
	if (id.includes('\ufffd')) return invalid('unreadable');
	if (rule.type === 'scope') return null;
	if (rule.text !== undefined) {
		if (closingPhrase(id) !== null) return invalid('closingLine');
		return matchText(id, rule.text) === null
			? { code: 'wrongAttribute', facts: { value, by: rule.text.attribute } }
			: null;
	}
	const at = id.indexOf('@');
	if (at === -1) return /[\s:=(*]|--/.test(id) && closingPhrase(id) !== null ? invalid('closingLine') : null;
	return at === 0 || at === id.length - 1 || at !== id.lastIndexOf('@') ? invalid('incomplete') : null;
}

function severalIn({ type, text }: IdRule): RegExp {
	if (type === 'scope') return LINE_BREAK;
	return hasCommas(text) ? SEVERAL_NAMES : SEVERAL_USERS;
}

/** Whether a comma may be part of such a text. */
export function hasCommas(text: TextRule | undefined): boolean {
	return text?.attribute === 'fullName' || text?.attribute === 'name';
}

/**
 * `="0032"` keeps leading zeros in Excel; `"name"` is what is left of quotes behind a space; `'+1`, `'=1`, `'@x` is how
 * exports keep a cell from being run as a formula, `'0032` how spreadsheets mark a number as text.
 */
function withoutProtection(text: string): string {
	const enclosed = /^=?"([^"]*)"$/.exec(text);
	if (enclosed !== null) return (enclosed[1] ?? '').trim();
	return /^'[\d=+\-@＝＋－＠\t]/.test(text) ? text.slice(1).trim() : text;
}

/** In place of the number of an id. */
export const NONE = -1;

/**
 * Gives each id a number and keeps its first spelling. Ids are equal in any spelling. A cell that needed no cleaning is
 * found directly when it repeats.
 */
export class IdRegister {
	readonly #numbers = new Map<string, number>();
	readonly #spellings: string[] = [];

	constructor(readonly rule: IdRule) {}

	/** The number of a cell seen before that needed no cleaning. */
	known(text: string): number | undefined {
		return this.#numbers.get(text);
	}

	/** The number of an id that `readId` returned for this text. */
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

	/** All texts and ids, folded or original. */
	texts(): IterableIterator<string> {
		return this.#numbers.keys();
	}

	spelling(number: number): string {
		return this.#spellings[number] ?? '';
	}
}
