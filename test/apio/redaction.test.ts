/** Secrets are found in whatever spelling an answer has them. */

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';

import { MASK, Redactor, MIN_SECRET_LENGTH } from '../../lib/apio/redaction';
import { base64, SPELLINGS } from '../support/spellings';

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
	const secrets = fc
		.string({ unit: 'grapheme', minLength: 8, maxLength: 40 })
		.filter((secret) => secret.trim().length >= 8 && /[\p{L}\p{N}]{4}/u.test(secret));
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
	for (const text of [
		'',
		'agent an@x',
		'{"a":"%41&amp;\\u0041"}',
		base64('nothing'),
		'%',
		'&#;',
		'\\u12',
		'%zz&unknown;&#99999999;',
	])
		expect(redactor.mask(text)).toBe(text);
});

it(`leaves secrets of fewer than ${MIN_SECRET_LENGTH} characters where they stand`, () => {
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
	expect(redactor.maskAll({ a: [90210471, 1, true, null, 'x90210471'], 90210471: { b: 'ok' } })).toEqual({
		[MASK]: { b: 'ok' },
		a: [MASK, 1, true, null, `x${MASK}`],
	});
});
