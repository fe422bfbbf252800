/**
 * Takes secrets out of what the platform, or a proxy before it, sends back: some of them echo what they were sent.
 *
 * A text is looked at as it stands and with its escapes resolved (percent-encoding, HTML entities, JSON and JavaScript
 * escapes, up to `MAX_LEVELS` within each other), each time for the secret itself, for its hexadecimal digits and for
 * its base64 and base64url, wherever these begin within something longer (`user:password`). What is found is masked in
 * the text as it came. The work is linear in the length of the text.
 */

import { isObject } from './json';
import { cleanPastedText } from '../pasted-text';

export const MASK = '[hidden]';

/**
 * Minimum length of a secret to be masked, in characters. Masking a shorter one would blank out half of every message
 * and hide nothing, because the gaps show what it is.
 */
export const MIN_SECRET_LENGTH = 4;

/** Escapes within escapes that are resolved, e.g. `%2526` or `&amp;quot;`. */
const MAX_LEVELS = 4;

/**
 * What base64 holds of a secret at either end together with its neighbours takes up to so many characters, padding
 * included.
 */
const BASE64_MARGIN = 4;

/** Fewer characters of base64 may as well be a word. */
const MIN_BASE64_LENGTH = 4;

/** In the order of their codes from 160 (HTML 4, section 24.2). */
const LATIN_1 =
	`nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute
micro para middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig
Ccedil Egrave Eacute Ecirc Euml Igrave Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash
Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc atilde auml aring aelig ccedil egrave eacute
ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash ugrave uacute ucirc
uuml yacute thorn yuml`.split(/\s+/);

const ENTITIES: ReadonlyMap<string, string> = new Map([
	...Object.entries({
		quot: '"',
		amp: '&',
		apos: "'",
		lt: '<',
		gt: '>',
		Tab: '\t',
		NewLine: '\n',
		excl: '!',
		num: '#',
		dollar: '$',
		percnt: '%',
		lpar: '(',
		rpar: ')',
		ast: '*',
		plus: '+',
		comma: ',',
		period: '.',
		sol: '/',
		colon: ':',
		semi: ';',
		equals: '=',
		quest: '?',
		commat: '@',
		lsqb: '[',
		lbrack: '[',
		bsol: '\\',
		rsqb: ']',
		rbrack: ']',
		Hat: '^',
		lowbar: '_',
		grave: '`',
		lcub: '{',
		lbrace: '{',
		verbar: '|',
		vert: '|',
		rcub: '}',
		rbrace: '}',
	}),
	...LATIN_1.map((name, index): [string, string] => [name, String.fromCharCode(160 + index)]),
]);

const BACKSLASHED: Readonly<Record<string, string>> = {
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
	'"': '"',
	"'": "'",
	'\\': '\\',
	'/': '/',
};

/**
 * Characters of a text in which single places are masked; a longer one that has a secret in it is masked as a whole.
 */
const MAX_MASKED_LENGTH = 4 * 1024 * 1024;

/**
 * A text as bytes (UTF-8), one character for each: what percent-encoding, hexadecimal digits and base64 are made of.
 * Changing the case of such a text leaves every character in its place.
 */
interface View {
	readonly bytes: string;
	/** The positions of each byte in the original text; null if they are not needed. */
	readonly origin: Origin | null;
}

interface Origin {
	readonly begins: Uint32Array;
	readonly ends: Uint32Array;
}

interface Span {
	readonly begin: number;
	readonly end: number;
}

export class Redactor {
	/** As bytes, in every state of being resolved. */
	readonly #plain: readonly string[];
	readonly #hexadecimal: readonly string[];
	/** In both alphabets. */
	readonly #base64: readonly string[];

	/** @param secrets as they were given; they are also looked for as they were meant */
	constructor(secrets: readonly string[]) {
		const given = [...new Set(secrets.flatMap((secret) => [secret, secret.trim(), cleanPastedText(secret)]))].filter(
			(secret) => [...secret].length >= MIN_SECRET_LENGTH,
		);
		this.#plain = [...new Set(given.flatMap((secret) => statesOf(secret)))].filter(isLong);
		const written = [...new Set(given.flatMap(writings))];
		this.#hexadecimal = written.map((bytes) => Buffer.from(bytes, 'latin1').toString('hex'));
		this.#base64 = [
			...new Set(
				written.flatMap(base64Parts).flatMap((part) => [part, part.replaceAll('-', '+').replaceAll('_', '/')]),
			),
		];
	}

	/** Whether any secret is in the text, in any spelling. */
	finds(text: string): boolean {
		return this.#plain.length > 0 && levels({ bytes: asBytes(text), origin: null }, (level) => this.#isIn(level));
	}

	/** The text with every secret in it masked. */
	mask(text: string): string {
		// Tracing the positions of secrets costs far more than detecting one.
		if (!this.finds(text)) return text;
		if (text.length > MAX_MASKED_LENGTH) return MASK;
		let masked = '';
		let done = 0;
		for (const { begin, end } of this.#spansIn(text).sort((a, b) => a.begin - b.begin)) {
			if (begin >= done) masked += text.slice(done, begin) + MASK;
			done = Math.max(done, end);
		}
		return masked + text.slice(done);
	}

	/** The same JSON value with every secret in its texts, numbers and names masked. */
	maskAll(value: unknown): unknown {
		if (typeof value === 'string') return this.mask(value);
		if (typeof value === 'number') return this.finds(String(value)) ? MASK : value;
		if (Array.isArray(value)) return value.map((entry) => this.maskAll(entry));
		if (!isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([name, entry]) => [this.mask(name), this.maskAll(entry)]));
	}

	#isIn({ bytes }: View): boolean {
		const isAny = (wanted: readonly string[], where: string) => wanted.some((part) => where.includes(part));
		if (
			isAny(this.#plain, spaced(bytes)) ||
			isAny(this.#base64, bytes) ||
			isAny(this.#hexadecimal, bytes.toLowerCase())
		)
			return true;
		return LINE_ENDS.test(bytes) && isAny(this.#base64, inOneLine({ bytes, origin: null }).bytes);
	}

	#spansIn(text: string): Span[] {
		const spans: Span[] = [];
		levels(traced(text), (level) => {
			find(level, spaced(level.bytes), this.#plain, (span) => spans.push(span));
			find(level, level.bytes.toLowerCase(), this.#hexadecimal, (span) => spans.push(span));
			const line = inOneLine(level);
			find(line, line.bytes, this.#base64, ({ begin, end }) => spans.push(withMargin(text, begin, end)));
			return false;
		});
		return spans;
	}
}

function isLong(text: string): boolean {
	return text.length >= MIN_SECRET_LENGTH;
}

function asBytes(text: string): string {
	return Buffer.from(text, 'utf8').toString('latin1');
}

function traced(text: string): View {
	const output = new Output(Buffer.byteLength(text), true);
	let at = 0;
	for (const character of text) {
		const end = at + character.length;
		for (const byte of Buffer.from(character)) output.put(byte, at, end);
		at = end;
	}
	return output.view();
}

/** As bytes, as it stands and with its escapes resolved. */
function statesOf(secret: string): string[] {
	const states: string[] = [];
	levels({ bytes: asBytes(secret), origin: null }, ({ bytes }) => {
		states.push(spaced(bytes));
		return false;
	});
	return states;
}

/**
 * What an encoder may have been given: the secret, or the secret as it stands in an address, in JSON or in a text of
 * one byte a character.
 */
function writings(secret: string): string[] {
	const wellFormed = Buffer.from(secret, 'utf8').toString('utf8');
	const written = [asBytes(secret), encodeURIComponent(wellFormed), asBytes(JSON.stringify(wellFormed).slice(1, -1))];
	return [...new Set([...written, Buffer.from(secret, 'latin1').toString('latin1')])];
}

/**
 * The characters of base64 that nothing but the secret decides, for each of the three places at which it may begin
 * within a group of three bytes.
 */
function base64Parts(bytes: string): string[] {
	const parts = [0, 1, 2].map((before) => {
		const encoded = Buffer.from('\0'.repeat(before) + bytes, 'latin1').toString('base64url');
		const bits = (before + bytes.length) * 8;
		return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6));
	});
	return parts.filter((part) => part.length >= MIN_BASE64_LENGTH);
}

/** Shows `look` the view, and that with its escapes resolved again and again, until it says that it has seen enough. */
function levels(first: View, look: (level: View) => boolean): boolean {
	let level = first;
	for (let resolved = 0; !look(level); resolved++) {
		if (resolved === MAX_LEVELS || !/[%&\\]/.test(level.bytes)) return false;
		level = withoutEscapes(level);
	}
	return true;
}

/** A buffer of bytes to append to, with their origin if it is traced. */
class Output {
	readonly #bytes: Buffer;
	readonly #origin: Origin | null;
	#length = 0;

	constructor(maxBytes: number, isTraced: boolean) {
		this.#bytes = Buffer.alloc(maxBytes);
		this.#origin = isTraced ? { begins: new Uint32Array(maxBytes), ends: new Uint32Array(maxBytes) } : null;
	}

	put(byte: number, begin: number, end: number): void {
		if (this.#origin) {
			this.#origin.begins[this.#length] = begin;
			this.#origin.ends[this.#length] = end;
		}
		this.#bytes[this.#length++] = byte;
	}

	view(): View {
		return { bytes: this.#bytes.toString('latin1', 0, this.#length), origin: this.#origin };
	}
}

/** An escape is never shorter than what it stands for. */
function withoutEscapes({ bytes, origin }: View): View {
	const output = new Output(bytes.length, origin !== null);
	let at = 0;
	while (at < bytes.length) {
		const code = bytes.charCodeAt(at);
		const escape = code === PERCENT || code === AMPERSAND || code === BACKSLASH ? escapeAt(bytes, at, code) : null;
		const end = at + (escape?.length ?? 1);
		const [from, to] = origin ? [origin.begins[at], origin.ends[end - 1]] : [0, 0];
		if (escape === null) output.put(code, from, to);
		else if (escape.isByte || escape.code < 0x80) output.put(escape.code, from, to);
		else for (const byte of Buffer.from(String.fromCodePoint(escape.code))) output.put(byte, from, to);
		at = end;
	}
	return output.view();
}

const [PERCENT, AMPERSAND, BACKSLASH] = [37, 38, 92];

interface Escape {
	/** A byte, or a code point. */
	readonly code: number;
	readonly isByte: boolean;
	/** Of the escape, in characters. */
	readonly length: number;
}

function escapeAt(bytes: string, at: number, code: number): Escape | null {
	if (code === PERCENT) return percentAt(bytes, at);
	return code === AMPERSAND ? entityAt(bytes, at) : backslashedAt(bytes, at);
}

/** `%41`, `%u0041`. */
function percentAt(bytes: string, at: number): Escape | null {
	const byte = hexadecimalAt(bytes, at + 1, 2);
	if (byte !== null) return { code: byte, isByte: true, length: 3 };
	const unit = bytes[at + 1] === 'u' ? hexadecimalAt(bytes, at + 2, 4) : null;
	return unit === null ? null : { code: unit, isByte: false, length: 6 };
}

/** `&#65;`, `&#x41;`, `&lt;`; browsers also take them without the semicolon. */
function entityAt(bytes: string, at: number): Escape | null {
	ENTITY.lastIndex = at;
	const [whole, decimal, hexadecimal, name] = ENTITY.exec(bytes) ?? [''];
	const named = name === undefined ? undefined : ENTITIES.get(name)?.charCodeAt(0);
	const code = named ?? (decimal ? Number(decimal) : parseInt(hexadecimal ?? '', 16));
	return code <= 0x10ffff ? { code, isByte: false, length: whole.length } : null;
}

const ENTITY = /&(?:#([0-9]{1,8})|#[xX]([0-9a-fA-F]{1,8})|([A-Za-z][A-Za-z0-9]{1,8}));?/y;

/** `\n`, `\x41`, `\u0041`, `\ud83d\ude00`, `\u{1f600}`. */
function backslashedAt(bytes: string, at: number): Escape | null {
	const letter = bytes[at + 1];
	const character = BACKSLASHED[letter];
	if (character !== undefined) return { code: character.charCodeAt(0), isByte: true, length: 2 };
	if (letter === 'x') return codeOf(hexadecimalAt(bytes, at + 2, 2), 4);
	if (letter !== 'u' && letter !== 'U') return null;
	const unit = hexadecimalAt(bytes, at + 2, 4);
	if (unit === null) return bracedAt(bytes, at);
	const low = unit >= 0xd800 && unit <= 0xdbff && bytes[at + 6] === '\\' ? hexadecimalAt(bytes, at + 8, 4) : null;
	if (low === null || low < 0xdc00 || low > 0xdfff) return codeOf(unit, 6);
	return codeOf(0x10000 + (unit - 0xd800) * 0x400 + low - 0xdc00, 12);
}

function bracedAt(bytes: string, at: number): Escape | null {
	const close = bytes.slice(at, at + 10).indexOf('}');
	const code = bytes[at + 2] === '{' && close > 3 ? hexadecimalAt(bytes, at + 3, close - 3) : null;
	return code !== null && code <= 0x10ffff ? codeOf(code, close + 1) : null;
}

function codeOf(code: number | null, length: number): Escape | null {
	return code === null ? null : { code, isByte: false, length };
}

function hexadecimalAt(bytes: string, at: number, digits: number): number | null {
	let value = 0;
	for (let place = at; place < at + digits; place++) {
		const code = bytes.charCodeAt(place);
		const isDigit = code >= 48 && code <= 57;
		const letter = (code | 32) - 97;
		if (!isDigit && !(letter >= 0 && letter <= 5)) return null;
		value = value * 16 + (isDigit ? code - 48 : letter + 10);
	}
	return value;
}

/** Base64 is often written in lines. */
function inOneLine(view: View): View {
	const { bytes, origin } = view;
	if (!LINE_ENDS.test(bytes)) return view;
	if (origin === null) return { bytes: bytes.replace(/[\r\n]+/g, ''), origin };
	const output = new Output(bytes.length, true);
	for (let at = 0; at < bytes.length; at++) {
		if (!LINE_ENDS.test(bytes[at])) output.put(bytes.charCodeAt(at), origin.begins[at], origin.ends[at]);
	}
	return output.view();
}

const LINE_ENDS = /[\r\n]/;

/** @param bytes the view's, perhaps with other characters in the same places */
function find({ origin }: View, bytes: string, wanted: readonly string[], tell: (span: Span) => void): void {
	for (const part of wanted) {
		for (let at = bytes.indexOf(part); at >= 0; at = bytes.indexOf(part, at + part.length)) {
			if (origin) tell({ begin: origin.begins[at], end: origin.ends[at + part.length - 1] });
		}
	}
}

/** In forms a plus sign stands for a space. */
function spaced(text: string): string {
	return text.includes('+') ? text.replaceAll('+', ' ') : text;
}

function withMargin(text: string, begin: number, end: number): Span {
	const belongs = (at: number) => /[A-Za-z0-9+/_=-]/.test(text[at] ?? ' ');
	let [first, last] = [begin, end];
	while (begin - first < BASE64_MARGIN && belongs(first - 1)) first--;
	while (last - end < BASE64_MARGIN && belongs(last)) last++;
	return { begin: first, end: last };
}
