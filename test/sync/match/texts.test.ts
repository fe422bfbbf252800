/** The form in which texts are compared: names, phone numbers, extensions, email addresses, and what a form finds. */

import { describe, expect, it } from '@jest/globals';
import { matchText } from '../../../lib/sync/match/attribute';
import { fullNameOf, isParticles, lastAndFirst, nameOf, visible } from '../../../lib/sync/match/name';
import { phoneNumberOf } from '../../../lib/sync/match/phone-number';
import { TextIndex } from '../../../lib/sync/match/text-index';

describe('a name', () => {
	it.each([
		['Fußball', 'fussball'],
		['Ægir', 'aegir'],
		['Œuvre', 'oeuvre'],
		['Søren', 'soren'],
		['Đorđe', 'dorde'],
		['Guðrún', 'gudrun'],
		['Łukasz', 'lukasz'],
		['Þór', 'thor'],
		['Alo\u0131s', 'alois'],
		['Γιώργος', 'γιωργοσ'],
		['R&D', 'r&d'],
		[' Jan\t(2)\u00a0', 'jan 2'],
		['Peeters-Maes', 'peeters maes'],
		['a\u200bb', 'ab'],
		['12', '12'],
	])('%j is compared as %j', (text, form) => {
		expect(nameOf(text)).toBe(form);
	});

	it.each(['', ' ', '-', '&', '+ #', '€', '😀', '\u0301'])(
		'is not %j, which has neither a letter nor a digit',
		(text) => {
			expect(nameOf(text)).toBeNull();
		},
	);

	it('shows without what is invisible', () => {
		expect(visible('a\u00ad\u200bb\ufeff c')).toBe('ab c');
	});

	it('may have its last name first, with a comma and nothing but names', () => {
		expect(fullNameOf('Jan Maes')).toBe('jan maes');
		expect(fullNameOf('Maes, Jan')).toBe('maes,jan');
		for (const text of ['Maes,', ', Jan', ',', 'Maes, Jan, Dr', 'Maes, -', '-, Jan'])
			expect([text, fullNameOf(text)]).toEqual([text, null]);
	});

	const PARTICLES = [
		...['van', 'de', 'den', 'der', 'het', 't', 'ter', 'ten', 'te', 'op', 'in', 'aan', 's', 'vander', 'vanden'],
		...['du', 'des', 'd', 'la', 'le', 'les', 'von', 'zu', 'zum', 'zur', 'vom', 'am', 'del', 'della', 'di', 'da', 'dos'],
	];

	it.each(PARTICLES)('has the particle %s in its last name, wherever it is written', (particle) => {
		expect(lastAndFirst('berg', `jan ${particle}`)).toBe(`${particle} berg,jan`);
		expect(isParticles(particle.toUpperCase())).toBe(true);
	});

	it('has only particles behind a first name in its last name', () => {
		expect(lastAndFirst('berg', 'jan van den')).toBe('van den berg,jan');
		expect(lastAndFirst('berg', 'jan van piet')).toBe('berg,jan van piet');
		expect(lastAndFirst('berg', 'van jan')).toBe('berg,van jan');
		expect(lastAndFirst('berg', 'van')).toBe('berg,van');
		expect(lastAndFirst('berg', 'van den')).toBe('den berg,van');
	});

	it('is nothing but particles where each of its words is one', () => {
		for (const text of ['van der', "van 't", 'De La']) expect([text, isParticles(text)]).toEqual([text, true]);
		for (const text of ['van der berg', 'jan', '', '-', 'vande'])
			expect([text, isParticles(text)]).toEqual([text, false]);
	});
});

describe('a phone number', () => {
	it.each([
		['02 512 67 78', '+3225126778'],
		['0032 2 512 67 78', '+3225126778'],
		['+32 (0)2 512 67 78', '+3225126778'],
		['123', '123'],
		['+12', null],
		['+123', '+123'],
		['12', null],
		['+123456789012345', '+123456789012345'],
		['+1234567890123456', null],
		['1234567890123456', null],
		['x123456', null],
		['123456x', null],
		['12+3456', null],
		['225126778.0', null],
		['225.0126', '2250126'],
		['', null],
		['+', null],
		// Beyond the calling code a 0 stays where the country has it as part of its numbers, and so does a 1.
		['+39 06 1234 5678', '+390612345678'],
		['+7 8 495 123 45 67', '+784951234567'],
		['+1 1 212 555 0123', '+112125550123'],
	])('%j in Belgium is compared as %j', (text, form) => {
		expect(phoneNumberOf(text, 'BE')).toBe(form);
	});

	it('without a trunk prefix is complete where all numbers have as many digits', () => {
		expect(phoneNumberOf('2125550123', 'US')).toBe('+12125550123');
		expect(phoneNumberOf('12125550123', 'US')).toBe('+12125550123');
		expect(phoneNumberOf('1125550123', 'US')).toBe('+1125550123');
		expect(phoneNumberOf('225550121', 'US')).toBe('225550121');
		expect(phoneNumberOf('225126770', 'BE')).toBe('225126770');
	});

	it('stays as it is where no country is known', () => {
		expect(phoneNumberOf('02 512 67 78', null)).toBe('025126778');
		expect(phoneNumberOf('00 32 2 512 67 78', null)).toBe('+3225126778');
	});
});

describe('a text', () => {
	const form = (text: string, attribute: Parameters<typeof matchText>[1]['attribute']) =>
		matchText(text, { attribute, country: 'BE' });

	it.each([
		['Jan@X.be', 'jan@x.be'],
		[' jan@x.be\u200b', 'jan@x.be'],
		['a b@x.be', null],
		['jan@x.be jan', null],
		['a jan@x.be', null],
		['@x.be', null],
		['jan@', null],
		['a@b@c', null],
		['a@b@', null],
	])('%j is the email address %j', (text, address) => {
		expect(form(text, 'emailAddress')).toBe(address);
	});

	it.each([
		['678', '678'],
		['(6 7)-8', '678'],
		['x678', null],
		['678x', null],
		['', null],
		['1'.repeat(20), '1'.repeat(20)],
		['1'.repeat(21), null],
	])('%j is the extension %j', (text, extension) => {
		expect(form(text, 'extension')).toBe(extension);
	});

	it('is a phone number, a full name, or the name of a call center', () => {
		expect(form('０２ 512 67 78', 'phoneNumber')).toBe('+3225126778');
		expect(form('Maes, Jan', 'fullName')).toBe('maes,jan');
		expect(form('Maes, Jan', 'name')).toBe('maes jan');
	});
});

describe('entries by their texts', () => {
	const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, name: '' }));

	it('are one, none, or several, each once and sorted', () => {
		const index = new TextIndex();
		for (const [text, entry] of [
			['one', a],
			['one', a],
			['three', c],
			['three', a],
			['three', b],
			['three', b],
			['three', a],
			[null, a],
		] as const)
			index.add(text, entry);
		expect(index.find('one')).toEqual({ found: 'one', candidate: a });
		expect(index.find('three')).toEqual({ found: 'several', candidates: [a, b, c] });
		expect(index.find('none')).toEqual({ found: 'none' });
		expect(index.find(null)).toEqual({ found: 'none' });
	});
});
