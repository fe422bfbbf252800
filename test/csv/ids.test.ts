/** What is an id, and how a cell without one is reported. */

import { describe, expect, test } from '@jest/globals';
import {
	excerpt,
	hasCommas,
	IdRegister,
	isBlank,
	readId,
	SCOPE_RULE,
	textOfNumber,
	type CleanId,
	type IdRule,
} from '../../lib/csv/ids';

const USER: IdRule = { type: 'user', maxLength: 20, domain: null };
const DOMAIN: IdRule = { ...USER, domain: 'x.be' };

describe('a spreadsheet or a program made it of what was there', () => {
	test.each([
		'#N/A, #NA, #NAME, #NAME?, #REF!, #VALUE!, #DIV/0!, #NULL!, #NUM!, #ERROR!, #SPILL!',
		'#NOM?, #VALEUR!, #NOMBRE!',
		'#NAAM?, #VERW!, #WAARDE!, #DEEL/0!, #GETAL!, #NB',
		'#BEZUG!, #WERT!, #ZAHL!, #NV, #, ##, ##########',
		'#N/B, #CALC!, #OVERLOOP!, #ÜBERLAUF!, #PROPAGATION!, #¡VALOR!, #¿NOMBRE?, #RIF!, Err:502',
		'1E5, 1e+5, 1E-5, 1e-7, 1.2E+11, 1,23E+11, -1.5E3, +2E10, 12345E10',
	])('%s', (values) => {
		for (const value of values.split(', '))
			for (const cell of [value, value.toLowerCase(), ` ${value} `])
				for (const rule of [USER, DOMAIN, SCOPE_RULE])
					expect([cell, readId(cell, rule)]).toEqual([
						cell,
						{ code: 'mangledId', facts: { problem: 'spreadsheet', value: cell.trim() } },
					]);
	});

	test.each([
		...['null', 'Undefined', 'NaN', 'n/a', '[object Object]'],
		...['None', '\\N', '(null)', '<NULL>', '-Infinity'],
	])('or had none: %s', (value) => {
		expect(readId(` ${value}`, DOMAIN)).toEqual({ code: 'mangledId', facts: { problem: 'placeholder', value } });
	});

	test.each(['#N/C', 'Err:50', 'nonesuch', '\\Na'])('not %s either', (value) => {
		expect(readId(value, USER)).toEqual({ id: value, trimmed: false });
	});

	test.each([
		'"name":"An"',
		'"":1',
		'[["an',
		'[{"',
		'"bea"]]',
		'{"id":"an"}',
		'{"id":"an"',
		'"name":"An"}',
		'["an"',
		'"bea"]',
		'[["an"]]',
		'{}',
		'[]',
	])('not %s, which is JSON', (value) => {
		expect(readId(value, DOMAIN)).toEqual({ code: 'invalidId', facts: { problem: 'json', value } });
	});

	test.each(['a"]b', 'a["b', 'a"b":c', 'a"]]b'])('not %s, which has a quotation mark', (value) => {
		expect(readId(value, USER)).toEqual({ code: 'invalidId', facts: { problem: 'quotationMark', value } });
	});

	test.each(['1E5a', 'a1E5', '1.E5', '1E--5', 'E5', '1.2.3E4', 'x#N/A', '#N/A2', '#1', 'a#', 'nullable', 'an/a'])(
		'not %s',
		(value) => {
			expect(readId(value, USER)).toEqual({ id: value, trimmed: false });
		},
	);
});

describe('an id', () => {
	test.each([
		['an', 'an'],
		[' an\t', 'an'],
		['\u00a0an\u200b', 'an'],
		['a\u00adn', 'an'],
		['\u2066an\u2069\ufeff', 'an'],
		['="0032"', '0032'],
		['"an"', 'an'],
		['=" an "', 'an'],
		["'+32", '+32'],
		["'00123", '00123'],
		["'7@x.be", '7@x.be'],
		["'=a", '=a'],
		["'-a", '-a'],
		["'@a", '@a'],
		["'＝a", '＝a'],
		["'＋ a", '＋ a'],
		["'－a", '－a'],
		["'＠a", '＠a'],
		["'\ta", 'a'],
		["'a", "'a"],
		["''a", "''a"],
		['re\u0301ne', 'réne'],
		['Jan Maes', 'Jan Maes'],
	])('%j is read as %j', (cell, id) => {
		expect(readId(cell, { ...USER, type: 'scope' })).toEqual({ id, trimmed: id !== cell });
	});

	test('gets the default domain where it has none, which is no trimming', () => {
		expect(readId('an', DOMAIN)).toEqual({ id: 'an@x.be', trimmed: false });
		expect(readId(' an', DOMAIN)).toEqual({ id: 'an@x.be', trimmed: true });
		expect(readId('an@y.be', DOMAIN)).toEqual({ id: 'an@y.be', trimmed: false });
	});

	test('has at most as many characters as the platform takes, domain included', () => {
		const [most, more] = ['😀'.repeat(20), '😀'.repeat(21)];
		expect(readId(`a${most.slice(2)}`, USER)).toEqual({ id: `a${most.slice(2)}`, trimmed: false });
		expect(readId(`a${more.slice(2)}`, USER)).toEqual({
			code: 'tooLongId',
			facts: { value: `a${more.slice(2)}`, characters: 21, max: 20 },
		});
		expect(readId('a'.repeat(20), USER)).toMatchObject({ id: 'a'.repeat(20) });
		expect(readId('a'.repeat(21), USER)).toMatchObject({ code: 'tooLongId', facts: { characters: 21 } });
		expect(readId('a'.repeat(15), DOMAIN)).toMatchObject({ id: `${'a'.repeat(15)}@x.be` });
		expect(readId('a'.repeat(16), DOMAIN)).toMatchObject({
			facts: { characters: 21, value: `${'a'.repeat(16)}@x.be` },
		});
	});

	test.each(['a;b', 'a,b', 'a|b', 'a\nb', 'a\rb', 'a\u2028b', 'a\u2029b', 'a；b', 'a，b', 'a｜b', 'a、b'])(
		'is one, and not %j',
		(cell) => {
			expect(readId(cell, USER)).toEqual({ code: 'severalValues', facts: { problem: 'inOneId', value: cell } });
			// Tenants and groups have all but line breaks in their names.
			const isBreak = /[\n\r\u2028\u2029]/.test(cell);
			expect('code' in readId(cell, SCOPE_RULE)).toBe(isBreak);
		},
	);

	test.each([
		['-', 'noLetters'],
		['@', 'noLetters'],
		['a\u0001b', 'control'],
		['a\u0085b', 'control'],
		['a"b', 'quotationMark'],
		['""a', 'quotationMark'],
		['a\ufffdb', 'unreadable'],
		['an@', 'incomplete'],
		['@x.be', 'incomplete'],
		['an@x@y', 'incomplete'],
		['Total: 12', 'closingLine'],
		['Total 12', 'closingLine'],
		['Einde rapport', 'closingLine'],
		['Total=12', 'closingLine'],
		['Total(12)', 'closingLine'],
	])('is not %j: %s', (cell, problem) => {
		expect(readId(cell, USER)).toEqual({ code: 'invalidId', facts: { problem, value: cell } });
	});

	test.each(['Total', 'Ende', 'Total 12@x.be', 'Jan: x', 'an@x.be'])('may be %j', (cell) => {
		expect(readId(cell, USER)).toEqual({ id: cell, trimmed: false });
	});

	test('of a tenant or a group may have an @ anywhere, or look like a closing line', () => {
		for (const id of ['an@', '@x', 'a@b@c', 'Total: 12'])
			expect(readId(id, SCOPE_RULE)).toEqual({ id, trimmed: false });
	});

	test('may have what looks like a protection within it', () => {
		for (const id of ["a'=b", "a'+b"]) expect(readId(id, USER)).toEqual({ id, trimmed: false });
	});

	test('that has no letter is reported as it stands in the cell', () => {
		expect(readId(' "" ', USER)).toEqual({ code: 'invalidId', facts: { problem: 'noLetters', value: ' "" ' } });
	});
});

test('a message shows 60 characters, or 59 and a sign that there are more', () => {
	for (const sign of ['a', '😀']) {
		expect(excerpt(sign.repeat(60))).toBe(sign.repeat(60));
		expect(excerpt(sign.repeat(61))).toBe(`${sign.repeat(59)}…`);
		expect(excerpt(sign.repeat(500))).toBe(`${sign.repeat(59)}…`);
	}
	expect(excerpt('')).toBe('');
});

test('blank is an invisible text, or an empty one with a formula escape', () => {
	for (const cell of ['', ' ', '\t\n', '\u00a0', '\u200b\ufeff', '\u00ad', '=""'])
		expect([cell, isBlank(cell)]).toEqual([cell, true]);
	for (const cell of ['a', '!', '~', '-', '""', '="a"', ' a', '\u0001', 'é', '0'])
		expect([cell, isBlank(cell)]).toEqual([cell, false]);
});

describe('a text that is looked up', () => {
	const named = (attribute: 'fullName' | 'emailAddress' | 'name'): IdRule => ({
		...USER,
		maxLength: 80,
		text: { attribute, country: null },
	});

	test('may be a name with a comma, and is one name', () => {
		for (const attribute of ['fullName', 'name'] as const) {
			expect(readId('Maes, An', named(attribute))).toEqual({ id: 'Maes, An', trimmed: false });
			for (const cell of ['An Maes;Bea Bos', 'An Maes|Bea Bos', 'An Maes\nBea Bos', 'An；Bea', 'An｜Bea'])
				expect(readId(cell, named(attribute))).toMatchObject({ code: 'severalValues' });
			expect(hasCommas(named(attribute).text)).toBe(true);
		}
		expect(hasCommas(named('emailAddress').text)).toBe(false);
		expect(hasCommas(undefined)).toBe(false);
	});

	test('is no closing line, and has to have the form of its attribute', () => {
		const rule = named('emailAddress');
		expect(readId('an@x.be', rule)).toEqual({ id: 'an@x.be', trimmed: false });
		expect(readId('an@x.be,bea@x.be', rule)).toMatchObject({ code: 'severalValues' });
		expect(readId('an', rule)).toEqual({ code: 'wrongAttribute', facts: { value: 'an', by: 'emailAddress' } });
		for (const attribute of ['fullName', 'emailAddress'] as const)
			expect(readId('Total: 12', named(attribute))).toEqual({
				code: 'invalidId',
				facts: { problem: 'closingLine', value: 'Total: 12' },
			});
	});
});

test('a number whose digits are lost is written as a spreadsheet does', () => {
	expect([0, 32, -7, 1.5, 2 ** 53 - 1].map(textOfNumber)).toEqual(['0', '32', '-7', '1.5', '9007199254740991']);
	expect(textOfNumber(2 ** 60)).toBe('1.152921504606847E+18');
});

test('a register numbers each id once, in any spelling, and finds texts that are ids as they stand', () => {
	const register = new IdRegister(DOMAIN);
	const numbers = ['An', 'an', ' AN', 'an@X.be', 'bea'].map((text) =>
		register.number(text, readId(text, DOMAIN) as CleanId),
	);
	expect(numbers).toEqual([0, 0, 0, 0, 1]);
	expect([register.spelling(0), register.spelling(1)]).toEqual(['An@x.be', 'bea@x.be']);
	const known = ['An', 'an', ' AN', 'an@X.be', 'an@x.be', 'bea', 'chris'].map((text) => register.known(text));
	expect(known).toEqual([0, 0, undefined, 0, 0, 1, undefined]);
	expect([...register.texts()]).toEqual(['an@x.be', 'An', 'an', 'an@X.be', 'bea@x.be', 'bea']);
});
