import { describe, expect, it } from '@jest/globals';
import type { CountryCode } from '../../../lib/numbering-plans';
import { type TextRule, UserIndex, type UserInfo } from '../../../lib/sync';

type Attribute = Exclude<TextRule['attribute'], 'name'>;

function user(userId: string, more: Partial<UserInfo> = {}): UserInfo {
	return { userId, firstName: '', lastName: '', phoneNumber: '', extension: '', emailAddress: '', ...more };
}

/** The ids that each text finds: none, one, or several. */
function finding(users: readonly UserInfo[], attribute: Attribute, country: CountryCode | null = 'BE') {
	const index = new UserIndex(users, { attribute, country });
	return (text: string): string[] => {
		const match = index.find(text);
		if (match.found === 'one') return [match.candidate.id];
		return match.found === 'none' ? [] : match.candidates.map(({ id }) => id);
	};
}

describe('email addresses', () => {
	const find = finding([user('jan@acme', { emailAddress: 'Jan.Peeters@Acme.be' }), user('empty@acme')], 'emailAddress');

	it.each(['jan.peeters@acme.be', ' JAN.PEETERS@ACME.BE ', 'jan.peeters\u200b@acme.be'])('finds by %j', (text) => {
		expect(find(text)).toEqual(['jan@acme']);
	});

	it.each(['', ' ', 'jan@acme', 'jan.peeters', 'an.peeters@acme.be', 'jan.peeters@acme.bel', 'ján.peeters@acme.be'])(
		'finds nobody by %j',
		(text) => {
			expect(find(text)).toEqual([]);
		},
	);
});

describe('phone numbers', () => {
	const users = [user('jan@acme', { phoneNumber: '+3225126778' }), user('an@acme', { phoneNumber: '+32475123456' })];
	const find = finding([...users, user('empty@acme')], 'phoneNumber');

	it.each([
		...['+32 2 512 67 78', '003225126778', '02/512 67 78', '+3225126778', '(02) 512.67.78', '02 512-67-78'],
		...['+32 (0)2 512 67 78', '0032 (0)2 512 67 78', '+32-2-512-67-78', '(+32) 2 512 67 78', '０２ ５１２ ６７ ７８'],
		'02\u00a0512\u00a067\u00a078',
	])('finds by %j', (text) => {
		expect(find(text)).toEqual(['jan@acme']);
	});

	it.each([
		...['', '2 512 67 78', '3225126778', '+3125126778', '02 512 67 7', '02 512 67 789', '02 512 67 78 ext 3'],
		...['02 512 67 78 / 0475 12 34 56', '+32 + 2 512 67 78', '12', 'jan@acme'],
	])('finds nobody by %j', (text) => {
		expect(find(text)).toEqual([]);
	});

	it('does not take a decimal number for a phone number', () => {
		const digits = finding([user('jan@acme', { phoneNumber: '+32251267780' })], 'phoneNumber');
		expect(digits('02 512 67 78 0')).toEqual(['jan@acme']);
		expect(digits('0251267780.0')).toEqual([]);
		expect(digits('025126778.0')).toEqual([]);
	});

	it('finds a number that the platform shows in its national form', () => {
		expect(finding([user('jan@acme', { phoneNumber: '02 512 67 78' })], 'phoneNumber')('+3225126778')).toEqual([
			'jan@acme',
		]);
	});

	it('finds only numbers with a calling code where no country is set', () => {
		const findAbroad = finding(users, 'phoneNumber', null);
		expect(findAbroad('0032 2 512 67 78')).toEqual(['jan@acme']);
		expect(findAbroad('02 512 67 78')).toEqual([]);
	});

	it.each<[CountryCode, string, string, string]>([
		['IT', '+390612345678', '06 1234 5678', '6 1234 5678'],
		['IT', '+390612345678', '+39 06 12345678', '+39 6 12345678'],
		['FR', '+33142278186', '01 42 27 81 86', '1 42 27 81 86'],
		['LU', '+352261234', '26 12 34', '026 12 34'],
		['HU', '+3612345678', '06 1 234 5678', '0 1 234 5678'],
		['US', '+12125550123', '(212) 555-0123', '2 12-555-012'],
		['US', '+12125550123', '1 212 555 0123', '0 212 555 0123'],
		['US', '+32475123456', '011 32 475 12 34 56', '00 32 475 12 34 56'],
	])('of %s: %s is %s and not %s', (country, phoneNumber, written, other) => {
		const find = finding([user('jan@acme', { phoneNumber })], 'phoneNumber', country);
		expect(find(written)).toEqual(['jan@acme']);
		expect(find(other)).toEqual([]);
	});

	it('finds everybody who shares one', () => {
		const shared = { phoneNumber: '+3225126778' };
		expect(finding([user('b@acme', shared), user('a@acme', shared)], 'phoneNumber')('025126778')).toEqual([
			'a@acme',
			'b@acme',
		]);
	});
});

describe('extensions', () => {
	const find = finding([user('jan@acme', { extension: '0678' }), user('empty@acme')], 'extension');

	it.each(['0678', ' 06 78 ', '06-78'])('finds by %j', (text) => {
		expect(find(text)).toEqual(['jan@acme']);
	});

	it.each(['678', '', 'x0678', '06789'])('finds nobody by %j', (text) => {
		expect(find(text)).toEqual([]);
	});

	it.each(['678.0', '678,0', '67/80', '67.80'])('does not take %j for an extension', (text) => {
		expect(finding([user('jan@acme', { extension: '6780' })], 'extension')(text)).toEqual([]);
	});
});

describe('full names', () => {
	const named = (userId: string, firstName: string, lastName: string) => user(userId, { firstName, lastName });
	const find = finding(
		[
			named('jan@acme', 'Jan', 'Peeters'),
			named('berg@acme', 'Jan', 'van den Berg'),
			named('aloïs@acme', 'Aloïs', 'Müller-Strauß'),
			named('jp@acme', 'Jean-Pierre', "D'Hondt"),
			named('dutch@acme', 'Piet de', 'Wit'),
			named('desk@acme', '', 'Front Desk'),
			user('empty@acme'),
		],
		'fullName',
	);

	it.each([
		['jan@acme', ['Jan Peeters', 'Peeters, Jan', 'jan  PEETERS', 'Peeters Jan', 'PEETERS,Jan', 'Ján Peéters']],
		['berg@acme', ['Jan van den Berg', 'Van Den Berg, Jan', 'van den Berg Jan', 'Berg, Jan van den']],
		['aloïs@acme', ['Alois Muller Strauss', 'MÜLLER-STRAUSS, Aloïs', 'Alo\u0131\u0308s Müller Strauß']],
		['jp@acme', ['Jean Pierre D’Hondt', 'D Hondt, Jean-Pierre', "d'hondt jean–pierre"]],
		['dutch@acme', ['Piet de Wit', 'de Wit, Piet', 'Wit, Piet de']],
		['desk@acme', ['front desk']],
	])('finds %s', (id, texts) => {
		for (const text of texts) expect([text, find(text)]).toEqual([text, [id]]);
	});

	it.each([
		...[
			'',
			',',
			'Jan',
			'Peeters',
			'Jan, Peeters',
			'J. Peeters',
			'Dr. Jan Peeters',
			'Jan Peeters Maes',
			'Peeters, Jan, Dr',
		],
		...['Jan Vandenberg', 'Alois Strauss', 'Hondt, Jean-Pierre', 'Pierre, Jean D’Hondt'],
	])('finds nobody by %j', (text) => {
		expect(find(text)).toEqual([]);
	});

	it.each([
		['Jan', 'Maes, "Jr."', 'Maes Jr., Jan'],
		[' Jan  Piet ', 'van; Berg', 'van Berg, Jan Piet'],
		['Jan van', 'den Berg', 'den Berg, Jan van'],
		['', 'Piet de Wit', 'de Wit, Piet'],
		['Claes, Jean-Luc', '-', 'Jean-Luc, Claes'],
		['', 'Peeters', null],
		['-', ' ', null],
	])('says by which parts it finds %j %j', (firstName, lastName, written) => {
		const index = new UserIndex([named('jan@acme', firstName, lastName)], { attribute: 'fullName', country: null });
		const parts = index.partsOf('JAN@acme');
		expect(parts && `${parts.lastName}, ${parts.firstName}`).toBe(written);
		for (const text of [written ?? [], index.textOf('jan@acme') ?? []].flat())
			expect([text, index.find(text).found]).toEqual([text, text === '-' ? 'none' : 'one']);
		expect(index.partsOf('an@acme')).toBeNull();
	});

	it('finds a namesake whose whole name stands in one field', () => {
		const both = finding([named('1@a', 'Jan', 'Peeters'), named('2@a', '-', 'Peeters Jan')], 'fullName');
		for (const text of ['Jan Peeters', 'Peeters Jan', 'Peeters, Jan']) expect(both(text)).toEqual(['1@a', '2@a']);
	});

	it('finds homonyms, whatever their accents and whichever their last name is', () => {
		const homonyms = finding([named('1@a', 'Thomas', 'Martin'), named('2@a', 'Martín', 'Thomas')], 'fullName');
		expect(homonyms('Martin Thomas')).toEqual(['1@a', '2@a']);
		expect(homonyms('Martin, Thomas')).toEqual(['1@a']);
	});

	it('keeps the marks of scripts in which they distinguish words', () => {
		const hindi = finding([named('1@a', 'राम', 'कुमार')], 'fullName');
		expect(hindi('राम कुमार')).toEqual(['1@a']);
		expect(hindi('रमा कुमार')).toEqual([]);
	});
});

it('takes a user whom the platform shows twice for one', () => {
	const emailAddress = 'jan@acme.be';
	const find = finding([user('jan@acme', { emailAddress }), user('JAN@acme', { emailAddress })], 'emailAddress');
	expect(find(emailAddress)).toEqual(['jan@acme']);
});

it('gives candidates with their names', () => {
	const index = new UserIndex([user('jan@acme', { firstName: 'Jan ', lastName: ' Peeters', extension: '1' })], {
		attribute: 'extension',
		country: null,
	});
	expect(index.find('1')).toEqual({ found: 'one', candidate: { id: 'jan@acme', name: 'Jan Peeters' } });
});
