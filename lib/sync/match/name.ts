/** Names of people and call centers in a normal form, without accents, case, white space and punctuation. */

/** Combining accents of Latin, Greek and Cyrillic letters. Marks of other scripts distinguish words. */
const ACCENTS = /[\u0300-\u036f]/g;

/** Letters that have no decomposition in Unicode, and what is written where a keyboard lacks them. */
const LETTERS: Readonly<Record<string, string>> = {
	ß: 'ss',
	æ: 'ae',
	œ: 'oe',
	ø: 'o',
	đ: 'd',
	ð: 'd',
	ł: 'l',
	þ: 'th',
	ı: 'i',
	ς: 'σ',
};
const LETTER = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'g');

/** Of the rest, signs such as `&`, `+` and `#` distinguish names. */
const LIKE_A_SPACE = /[\s\p{Cc}\p{Pd}\p{Pc}\p{Ps}\p{Pe}\p{Pi}\p{Pf}'"`´.,:;/\\!?]+/gu;

const INVISIBLE = /\p{Default_Ignorable_Code_Point}/gu;

/** Without zero-width characters, soft hyphens and the like, which come along from web pages. */
export function visible(text: string): string {
	return text.replace(INVISIBLE, '');
}

/**
 * A name in lower case without accents, its words divided by single spaces. Punctuation counts as a space:
 * `Peeters-Maes` and `Peeters Maes` are one name, `O'Brien` and `OBrien` are two. Null if it has neither a letter nor a
 * digit.
 */
export function nameOf(text: string): string | null {
	const plain = visible(text)
		.replace(LIKE_A_SPACE, ' ')
		.normalize('NFKD')
		.toLowerCase()
		.normalize('NFKD')
		.replace(ACCENTS, '')
		.replace(LETTER, (letter) => LETTERS[letter] ?? letter)
		.normalize('NFC')
		.replace(LIKE_A_SPACE, ' ')
		.trim();
	return /[\p{L}\p{N}]/u.test(plain) ? plain : null;
}

/** `First Last` or `Last, First` as it is written; the form with a comma says which is which. */
export function fullNameOf(text: string): string | null {
	const [before = '', after, ...more] = text.split(',');
	if (after === undefined) return nameOf(text);
	const last = nameOf(before);
	const first = nameOf(after);
	return last === null || first === null || more.length > 0 ? null : lastAndFirst(last, first);
}

/**
 * Last and first name, as `nameOf` writes them, as one text that says which is which. The Dutch put particles behind
 * the first name, in lists as in fields: `Berg, Jan van den` is `van den Berg, Jan`.
 */
export function lastAndFirst(last: string, first: string): string {
	const words = first.split(' ');
	let end = words.length;
	while (end > 1 && PARTICLES.has(words[end - 1] ?? '')) end--;
	return `${[...words.slice(end), last].join(' ')},${words.slice(0, end).join(' ')}`;
}

/** Whether a text has nothing but particles of last names: `van der`. */
export function isParticles(text: string): boolean {
	const name = nameOf(text);
	return name !== null && name.split(' ').every((word) => PARTICLES.has(word));
}

/** Of Dutch, French, German, Spanish, Portuguese and Italian last names, as `nameOf` writes them. */
const PARTICLES: ReadonlySet<string> = new Set([
	...['van', 'de', 'den', 'der', 'het', 't', 'ter', 'ten', 'te', 'op', 'in', 'aan', 's', 'vander', 'vanden'],
	...['du', 'des', 'd', 'la', 'le', 'les', 'von', 'zu', 'zum', 'zur', 'vom', 'am', 'del', 'della', 'di', 'da', 'dos'],
]);
