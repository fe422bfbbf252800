/** Secrets are found in whatever spelling an answer has them. */

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { MASK, Redactor, SHORTEST_SECRET } from '../../lib/apio/redaction';

const hex = (text: string) => Buffer.from(text).toString('hex');
const base64 = (text: string) => Buffer.from(text).toString('base64');
const base64Url = (text: string) => Buffer.from(text).toString('base64url');
const percent = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const entities = (text: string, write: (code: number) => string) => [...text].map((character) => `&${write(character.codePointAt(0) ?? 0)};`).join('');
const units = (text: string) => Array.from({ length: text.length }, (_, at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`).join('');
const named = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;').replaceAll('é', '&eacute;');

const SPELLINGS: Record<string, (secret: string) => string> = {
	'as it is': (secret) => secret,
	trimmed: (secret) => secret.trim(),
	'with spaces around it': (secret) => ` ${secret}  `,
	'percent-encoded': encodeURIComponent,
	'percent-encoded, small hexadecimal digits': (secret) => encodeURIComponent(secret).replace(/%../g, (escape) => escape.toLowerCase()),
	'percent-encoded, every byte': percent,
	'percent-encoded, every byte, capitals': (secret) => percent(secret).toUpperCase(),
	'percent-encoded twice': (secret) => encodeURIComponent(encodeURIComponent(secret)),
	'as a form': (secret) => new URLSearchParams([['', secret]]).toString().slice(1),
	'in JSON': (secret) => JSON.stringify(secret).slice(1, -1),
	'in JSON within JSON': (secret) => JSON.stringify(JSON.stringify(secret)).slice(1, -1),
	'in JSON, slashes escaped': (secret) => JSON.stringify(secret).slice(1, -1).replaceAll('/', '\\/'),
	'in JSON, ASCII only': units,
	'in JSON, ASCII only, capitals': (secret) => units(secret).toUpperCase().replaceAll('\\U', '\\u'),
	'as HTML': named,
	'as HTML twice': (secret) => named(named(secret)),
	'as HTML, decimal': (secret) => entities(secret, (code) => `#${code}`),
	'as HTML, hexadecimal': (secret) => entities(secret, (code) => `#x${code.toString(16)}`),
	'as HTML, hexadecimal, capitals': (secret) => entities(secret, (code) => `#X${code.toString(16).toUpperCase()}`),
	'as HTML, with zeros': (secret) => entities(secret, (code) => `#${String(code).padStart(6, '0')}`),
	base64,
	base64Url,
	'base64 behind a user': (secret) => base64(`u:${secret}`),
	'base64 behind a longer user': (secret) => base64(`us:${secret}`),
	'base64 behind a still longer user': (secret) => base64(`use:${secret}`),
	'base64 within something longer': (secret) => base64(`user:${secret}@host`),
	'base64url within something longer': (secret) => base64Url(`?>${secret}?>`),
	'base64 in lines': (secret) => base64(`a longer text before it: ${secret} and one behind it`).replace(/.{20}/g, '$&\r\n'),
	'base64, percent-encoded': (secret) => encodeURIComponent(base64(secret)),
	'base64 of percent-encoding': (secret) => base64(encodeURIComponent(secret)),
	'base64 of Latin-1': (secret) => Buffer.from(secret, 'latin1').toString('base64'),
	hexadecimal: hex,
	'hexadecimal, capitals': (secret) => hex(secret).toUpperCase(),
	'hexadecimal within something longer': (secret) => hex(`user:${secret}@host`),
};

const SECRETS = {
	password: 'Grüße & "Küsse" <3 + 100 %/\\é',
	'password of digits': '90210-4711',
	'pasted token': ' tok_9f8e7d6c5b4a39281706 ',
	'token with a plus sign': 'ab+cd/ef==gh+ij',
	JWT: 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJqYW4iLCJleHAiOjE3MDB9.s5n-GLh_2Kd9aQ0pZx1Yc7u8w3Rt6VbE4mNq',
	'cookie value': 'abcdefghij0123456789;%20',
	emoji: 'pass🔑wörd',
};

describe.each(Object.entries(SECRETS))('%s', (_, secret) => {
	const redactor = new Redactor([secret]);

	it.each(Object.keys(SPELLINGS))('%s', (name) => {
		const spelled = SPELLINGS[name](secret);
		const masked = redactor.mask(`before|${spelled}|after`);
		expect(masked).toContain(MASK);
		for (const spell of Object.values(SPELLINGS)) expect(masked).not.toContain(spell(secret).trim());
		expect(masked).toMatch(/^before\|/);
		expect(masked).toMatch(/\|after$/);
	});
});

it('finds any secret in any spelling, and leaves what is around it as it was', () => {
	const spellings = fc.constantFrom(...Object.values(SPELLINGS));
	const text = fc.string({ unit: 'grapheme', maxLength: 40 });
	const secrets = fc.string({ unit: 'grapheme', minLength: 8, maxLength: 40 }).filter((secret) => secret.trim().length >= 8 && /[\p{L}\p{N}]{4}/u.test(secret));
	fc.assert(
		fc.property(secrets, spellings, text, text, (secret, spell, before, after) => {
			const masked = new Redactor([secret]).mask(`${before}\n|${spell(secret)}|\n${after}`);
			return masked.includes(MASK) && masked.startsWith(`${before}\n|`) && masked.endsWith(`|\n${after}`);
		}),
		{ seed: 9, numRuns: 2_000 },
	);
});

it('leaves a text alone that has no secret in it', () => {
	const redactor = new Redactor(['Grüße+100%', 'tok_9f8e7d6c5b4a39281706']);
	for (const text of ['', 'agent an@x', '{"a":"%41&amp;\\u0041"}', base64('nothing'), '%', '&#;', '\\u12', '%zz&unknown;&#99999999;']) expect(redactor.mask(text)).toBe(text);
});

it(`leaves secrets of fewer than ${SHORTEST_SECRET} characters where they stand`, () => {
	const redactor = new Redactor(['abc', '', '   ', '🔑🔑🔑']);
	expect(redactor.mask('abcabc   🔑🔑🔑')).toBe('abcabc   🔑🔑🔑');
	expect(new Redactor(['abcd']).mask('xabcdx')).toBe(`x${MASK}x`);
});

it('hides a secret as a whole where another is a part of it, and two that overlap together', () => {
	expect(new Redactor(['part', 'a-part-of-it']).mask('sent a-part-of-it')).toBe(`sent ${MASK}`);
	expect(new Redactor(['12345678', '56789abc']).mask('<123456789abc>')).toBe(`<${MASK}>`);
});

it('masks names, texts and numbers of a value, and nothing else', () => {
	const redactor = new Redactor(['90210471']);
	expect(redactor.maskAll({ a: [90210471, 1, true, null, 'x90210471'], 90210471: { b: 'ok' } })).toEqual({ [MASK]: { b: 'ok' }, a: [MASK, 1, true, null, `x${MASK}`] });
});
