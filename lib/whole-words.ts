/** Finds a name in a text as a whole word: `an@x.be` is not found in `jan@x.be`, `an@x.bea` or `an@x.be.example`. */

/** Signs that names are made of. */
const PART_OF_NAME = /[\p{L}\p{M}\p{N}_@]/u;

/** Signs that join the parts of a name; elsewhere they end a sentence or say what to do with the name. */
const JOINS = /[.+\-&]/;

/** Before a name as well, as in `o'brien`; behind it they end a quotation, or say whose something is. */
const JOINS_BEFORE = /[.+\-&'’]/;

/** Where the text has the name as a whole. */
function* wordStarts(text: string, name: string): Generator<number> {
	if (name === '') return;
	for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + 1)) {
		const end = at + name.length;
		if (!goesOn(text[at - 1], text[at - 2], JOINS_BEFORE) && !goesOn(text[end], text[end + 1], JOINS)) yield at;
	}
}

/** Whether a name goes on in these two signs, the nearer one first. */
function goesOn(sign: string | undefined, beyond: string | undefined, joins: RegExp): boolean {
	if (sign === undefined) return false;
	return PART_OF_NAME.test(sign) || (joins.test(sign) && beyond !== undefined && PART_OF_NAME.test(beyond));
}

/** Case counts: fold both where it should not. */
export function containsWholeWord(text: string, name: string): boolean {
	return !wordStarts(text, name).next().done;
}

/** The text with each whole occurrence of the name replaced. */
export function replaceWholeWord(text: string, name: string, by: string): string {
	let replaced = '';
	let from = 0;
	for (const at of wordStarts(text, name)) {
		// Occurrences that overlap are one.
		if (at < from) continue;
		replaced += text.slice(from, at) + by;
		from = at + name.length;
	}
	return replaced + text.slice(from);
}

/**
 * Those of the names that the text has; not those that it has only within longer ones of them, as `acme` in `acme
 * north`.
 */
export function wholeWordsIn<Name extends string>(text: string, names: Iterable<Name>): Set<Name> {
	const found = new Set<Name>();
	let rest = text;
	for (const name of [...new Set(names)].sort((a, b) => b.length - a.length)) {
		const without = replaceWholeWord(rest, name, '\u0000');
		if (without === rest) continue;
		found.add(name);
		rest = without;
	}
	return found;
}
