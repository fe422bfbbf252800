/**
 * Takes secrets out of what the platform, or a proxy before it, sends back: some of them echo what they were sent.
 *
 * A text is looked at as it stands and with its escapes resolved (percent-encoding, HTML entities, JSON and JavaScript escapes,
 * up to `MOST_LEVELS` within each other), each time for the secret itself, for its hexadecimal digits and for its base64 and
 * base64url, wherever these begin within something longer (`user:password`). What is found is masked in the text as it came.
 * The work is linear in the length of the text.
 */

import { isObject } from './json';
import { asMeant } from './pasted';

export const MASK = '[hidden]';

/**
 * Characters. Shorter secrets are left where they stand: they would blank out half of every message and hide nothing, for whoever
 * sees a message with gaps can tell what fits.
 */
export const SHORTEST_SECRET = 4;

/** Escapes within escapes that are resolved, e.g. `%2526` or `&amp;quot;`. */
const MOST_LEVELS = 4;

/** What base64 holds of a secret at either end together with its neighbours takes up to so many characters, padding included. */
const BASE64_MARGIN = 4;

/** Fewer characters of base64 may as well be a word. */
const SHORTEST_BASE64 = 4;

/** In the order of their codes from 160 (HTML 4, section 24.2). */
const LATIN_1 = `nbsp iexcl cent pound curren yen brvbar sect uml copy ordf laquo not shy reg macr deg plusmn sup2 sup3 acute micro para
middot cedil sup1 ordm raquo frac14 frac12 frac34 iquest Agrave Aacute Acirc Atilde Auml Aring AElig Ccedil Egrave Eacute Ecirc Euml Igrave
Iacute Icirc Iuml ETH Ntilde Ograve Oacute Ocirc Otilde Ouml times Oslash Ugrave Uacute Ucirc Uuml Yacute THORN szlig agrave aacute acirc
atilde auml aring aelig ccedil egrave eacute ecirc euml igrave iacute icirc iuml eth ntilde ograve oacute ocirc otilde ouml divide oslash
ugrave uacute ucirc uuml yacute thorn yuml`.split(/\s+/);

const ENTITIES: ReadonlyMap<string, string> = new Map([
	...Object.entries({
		quot: '"', amp: '&', apos: "'", lt: '<', gt: '>', Tab: '\t', NewLine: '\n', excl: '!', num: '#', dollar: '$', percnt: '%', lpar: '(', rpar: ')',
		ast: '*', plus: '+', comma: ',', period: '.', sol: '/', colon: ':', semi: ';', equals: '=', quest: '?', commat: '@', lsqb: '[', lbrack: '[',
		bsol: '\\', rsqb: ']', rbrack: ']', Hat: '^', lowbar: '_', grave: '`', lcub: '{', lbrace: '{', verbar: '|', vert: '|', rcub: '}', rbrace: '}',
	}),
	...LATIN_1.map((name, index): [string, string] => [name, String.fromCharCode(160 + index)]),
]);

const BACKSLASHED: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };

/** One part of a view that came of one part of the view below it. */
interface Piece {
	readonly begin: number;
	readonly sourceBegin: number;
	/** Of the part below; null where both are the same, character by character. */
	readonly sourceLength: number | null;
}

/** A text made from another, every character of which knows where it came from. */
interface View {
	readonly text: string;
	readonly pieces: readonly Piece[];
	/** Null for the text as it came. */
	readonly below: View | null;
}

interface Span {
	readonly begin: number;
	readonly end: number;
}

type Replace = (match: RegExpExecArray) => string | null;

export class Redactor {
	/** As bytes, in every state of being resolved. */
	readonly #plain: readonly string[];
	readonly #hexadecimal: readonly string[];
	/** In the alphabet of base64url. */
	readonly #base64: readonly string[];

	/** @param secrets as they were given; they are also looked for as they were meant */
	constructor(secrets: readonly string[]) {
		const given = [...new Set(secrets.flatMap((secret) => [secret, secret.trim(), asMeant(secret)]))].filter((secret) => [...secret].length >= SHORTEST_SECRET);
		this.#plain = [...new Set(given.flatMap((secret) => levels(asBytes(secret)).map(({ text }) => spaced(text))))].filter(isLong);
		const written = [...new Set(given.flatMap(writings))];
		this.#hexadecimal = written.map((bytes) => Buffer.from(bytes, 'latin1').toString('hex'));
		this.#base64 = [...new Set(written.flatMap(base64Parts))];
	}

	/** Whether any secret is in the text, in any spelling. */
	finds(text: string): boolean {
		return this.#plain.length > 0 && this.#spansIn(text).length > 0;
	}

	/** The text with every secret in it masked. */
	mask(text: string): string {
		const spans = this.#plain.length > 0 ? this.#spansIn(text).sort((a, b) => a.begin - b.begin) : [];
		let masked = '';
		let done = 0;
		for (const { begin, end } of spans) {
			if (begin >= done) masked += text.slice(done, begin) + MASK;
			done = Math.max(done, end);
		}
		return done === 0 ? text : masked + text.slice(done);
	}

	/** The same JSON value with every secret in its texts, numbers and names masked. */
	maskAll(value: unknown): unknown {
		if (typeof value === 'string') return this.mask(value);
		if (typeof value === 'number') return this.finds(String(value)) ? MASK : value;
		if (Array.isArray(value)) return value.map((entry) => this.maskAll(entry));
		if (!isObject(value)) return value;
		return Object.fromEntries(Object.entries(value).map(([name, entry]) => [this.mask(name), this.maskAll(entry)]));
	}

	#spansIn(text: string): Span[] {
		const spans: Span[] = [];
		for (const level of levels(text)) {
			find(level, spaced(level.text), this.#plain, (span) => spans.push(span));
			const unbroken = replaced(level, /[\r\n]+/g, () => '');
			find(unbroken, base64Url(unbroken.text), this.#base64, ({ begin, end }) => spans.push(withMargin(text, begin, end)));
			const digits = replaced(level, /[\s:-]+/g, () => '');
			find(digits, lowerCase(digits.text), this.#hexadecimal, (span) => spans.push(span));
		}
		return spans;
	}
}

function isLong(text: string): boolean {
	return text.length >= SHORTEST_SECRET;
}

/** UTF-8, one character for each byte: what percent-encoding, hexadecimal digits and base64 are made of. */
function asBytes(text: string): string {
	return Buffer.from(text, 'utf8').toString('latin1');
}

/** What an encoder may have been given: the secret, or the secret as it stands in an address, in JSON or in a text of one byte a character. */
function writings(secret: string): string[] {
	const wellFormed = Buffer.from(secret, 'utf8').toString('utf8');
	const written = [asBytes(secret), encodeURIComponent(wellFormed), asBytes(JSON.stringify(wellFormed).slice(1, -1))];
	return [...new Set([...written, Buffer.from(secret, 'latin1').toString('latin1')])];
}

/**
 * The characters of base64 that nothing but the secret decides, for each of the three places at which it may begin within
 * a group of three bytes.
 */
function base64Parts(bytes: string): string[] {
	const parts = [0, 1, 2].map((before) => {
		const encoded = Buffer.from('\0'.repeat(before) + bytes, 'latin1').toString('base64url');
		const bits = (before + bytes.length) * 8;
		return encoded.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6));
	});
	return parts.filter((part) => part.length >= SHORTEST_BASE64);
}

/** The text as bytes, and that with its escapes resolved, as long as there are any. */
function levels(text: string): View[] {
	const found: View[] = [replaced({ text, pieces: [], below: null }, /[^\x00-\x7f]+/g, ([match]) => asBytes(match))];
	while (found.length <= MOST_LEVELS) {
		const below = found[found.length - 1];
		const resolved = replaced(below, ESCAPE, meaningOf);
		if (resolved === below) break;
		found.push(resolved);
	}
	return found;
}

const ESCAPE =
	/%([0-9a-f]{2})|%u([0-9a-f]{4})|&#([0-9]{1,8});?|&#x([0-9a-f]{1,8});?|&([a-z][a-z0-9]{1,8});|\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})|\\u([0-9a-f]{4})|\\u\{([0-9a-f]{1,6})\}|\\x([0-9a-f]{2})|\\(["'\\/bfnrt])/gi;

/** What an escape stands for, as bytes; null where it stands for nothing. */
function meaningOf(match: RegExpExecArray): string | null {
	const [, percent, percentU, decimal, hexadecimal, entity, high, low, unit, point, byte, backslashed] = match;
	if (percent) return String.fromCharCode(parseInt(percent, 16));
	if (backslashed) return BACKSLASHED[backslashed] ?? backslashed;
	if (entity) {
		const character = ENTITIES.get(entity);
		return character === undefined ? null : asBytes(character);
	}
	if (high) return asBytes(String.fromCharCode(parseInt(high, 16), parseInt(low, 16)));
	const code = decimal ? Number(decimal) : parseInt(percentU ?? hexadecimal ?? unit ?? point ?? byte, 16);
	return code <= 0x10ffff ? asBytes(String.fromCodePoint(code)) : null;
}

/** @returns `below` itself where there is nothing to replace */
function replaced(below: View, pattern: RegExp, replace: Replace): View {
	const { text } = below;
	const pieces: Piece[] = [];
	const parts: string[] = [];
	let length = 0;
	let done = 0;
	const keep = (end: number) => {
		pieces.push({ begin: length, sourceBegin: done, sourceLength: null });
		parts.push(text.slice(done, end));
		length += end - done;
	};
	pattern.lastIndex = 0;
	for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
		const replacement = replace(match);
		if (replacement === null) continue;
		keep(match.index);
		pieces.push({ begin: length, sourceBegin: match.index, sourceLength: match[0].length });
		parts.push(replacement);
		length += replacement.length;
		done = match.index + match[0].length;
	}
	if (done === 0) return below;
	keep(text.length);
	return { text: parts.join(''), pieces, below };
}

/** @param text the view's, perhaps with other characters in the same places */
function find(view: View, text: string, wanted: readonly string[], tell: (span: Span) => void): void {
	for (const part of wanted) {
		for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) {
			tell({ begin: origin(view, at, 0), end: origin(view, at + part.length - 1, 1) });
		}
	}
}

/** @param side 0: where the character's origin begins; 1: where it ends */
function origin(view: View, place: number, side: 0 | 1): number {
	let at = place;
	for (let { pieces, below }: View = view; below; { pieces, below } = below) {
		if (pieces.length === 0) continue;
		const { begin, sourceBegin, sourceLength } = pieces[lastUpTo(pieces, at)];
		// The end of a character is looked for at the character, and lies one further in the text as it came.
		at = sourceLength === null ? sourceBegin + at - begin : sourceBegin + (side === 0 ? 0 : sourceLength - 1);
	}
	return at + side;
}

/** The last piece that begins at `place` or before it. Pieces of no length are followed by one that begins at the same place. */
function lastUpTo(pieces: readonly Piece[], place: number): number {
	let low = 0;
	let high = pieces.length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if (pieces[middle].begin <= place) low = middle;
		else high = middle - 1;
	}
	return low;
}

/** In forms a plus sign stands for a space. */
function spaced(text: string): string {
	return text.replaceAll('+', ' ');
}

function base64Url(text: string): string {
	return text.replaceAll('+', '-').replaceAll('/', '_');
}

/** Of ASCII only, so that every character keeps its place. */
function lowerCase(text: string): string {
	return text.replace(/[A-F]+/g, (letters) => letters.toLowerCase());
}

function withMargin(text: string, begin: number, end: number): Span {
	const belongs = (at: number) => /[A-Za-z0-9+/_=-]/.test(text[at] ?? ' ');
	let [first, last] = [begin, end];
	while (begin - first < BASE64_MARGIN && belongs(first - 1)) first--;
	while (last - end < BASE64_MARGIN && belongs(last)) last++;
	return { begin: first, end: last };
}
