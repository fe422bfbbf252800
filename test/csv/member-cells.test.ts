/** How several members stand in one cell, and whether the last one of a file looks cut off. */

import { describe, expect, test } from '@jest/globals';
import { IdRegister, readId, type CleanId, type IdRule } from '../../lib/csv/ids';
import { isCutShort, MemberCells } from '../../lib/csv/member-cells';

const USER: IdRule = { type: 'user', maxLength: 80, domain: null };
const rule = (attribute: 'fullName' | 'emailAddress' | 'phoneNumber'): IdRule => ({
	...USER,
	text: { attribute, country: 'BE' },
});

function cells(of: IdRule = USER, isNameInParts = false): MemberCells {
	return new MemberCells(new IdRegister(of), isNameInParts);
}

describe('members in a cell', () => {
	test.each<[string, string[]]>([
		['an', ['an']],
		['', ['']],
		['an;bea|chris,dirk', ['an', 'bea', 'chris', 'dirk']],
		['an\nbea\r\nchris\rdirk', ['an', 'bea', 'chris', 'dirk']],
		['an,\nbea; \t\r\nchris|\rdirk', ['an', 'bea', 'chris', 'dirk']],
		['an, bea', ['an', ' bea']],
		['an,,bea', ['an', '', 'bea']],
		['an,\n\nbea', ['an', '', 'bea']],
		// A number as spreadsheets write it in countries that put a comma before its decimals.
		['1,23E+11', ['1,23E+11']],
		['1,2E11;an', ['1,2E11', 'an']],
		['1,234e-5', ['1,234e-5']],
		['1,23', ['1', '23']],
		['1,2E+x', ['1', '2E+x']],
		['1,xE5', ['1', 'xE5']],
	])('%j are %j', (cell, places) => {
		expect(cells().splitCell(cell)).toEqual(places);
	});

	test('may have a comma in their names', () => {
		const names = cells(rule('fullName'));
		expect(names.splitCell('Maes, An; \nBos, Bea|Dox, Eva\nFox')).toEqual(['Maes, An', 'Bos, Bea', 'Dox, Eva', 'Fox']);
		expect(names.splitCell('Maes, An;\t \r\nBos, Bea')).toEqual(['Maes, An', 'Bos, Bea']);
		expect(names.hasDifferentSeparators('Maes, An; Bos, Bea')).toBe(false);
	});

	test('are one where its name is in two columns', () => {
		const divided = cells(rule('fullName'), true);
		expect(divided.splitCell('An; Maes')).toEqual(['An; Maes']);
		expect(divided.hasDifferentSeparators('a;b|c')).toBe(false);
	});

	test('that can be read are those that are ids', () => {
		expect(cells().readableIn('an; ;#REF!;bea@;chris ')).toEqual(['an', 'chris']);
	});

	test.each([
		['an;bea', false],
		['an; bea ;chris', false],
		['an,\nbea,chris', false],
		['an\nbea\r\nchris', false],
		['an', false],
		['an;bea,chris', true],
		['an;bea\nchris', true],
		['an|bea;chris', true],
	])('%j have different separators: %s', (cell, differ) => {
		expect(cells().hasDifferentSeparators(cell)).toBe(differ);
	});
});

describe('an id looks cut off', () => {
	function isCut(text: string, others: readonly string[], of: IdRule = USER): boolean {
		const register = new IdRegister(of);
		for (const other of others) register.number(other, readId(other, of) as CleanId);
		return isCutShort(text, register);
	}

	test.each<[string, string[], boolean]>([
		['bea@acme.b', ['an@acme.be'], true],
		['bea@', ['an@acme.be'], true],
		['BEA@ACME.B', ['an@acme.be', 'chris@Acme.Be'], true],
		['bea@acme.be', ['an@acme.be'], false],
		['bea@other', ['an@acme.be'], false],
		['bea@acme.b', ['an@acme.be', 'chris@acme.b'], false],
		['bea@acme.b', ['bea@acme.b'], false],
		['bea@acme.b', [], false],
		['bea@acme.b', ['an'], false],
		['bea', ['an@acme.be'], true],
		['bea', ['an@acme.be', 'chris'], false],
		['bea', ['bea'], false],
		['bea', [], false],
		['@acme.b', ['an@acme.be'], true],
	])('%j beside %j: %s', (text, others, cut) => {
		expect(isCut(text, others)).toBe(cut);
	});

	test('not for want of a domain where a default is added, and as before where it has one', () => {
		const domain = { ...USER, domain: 'acme.be' };
		expect(isCut('bea', ['an@other.be'], domain)).toBe(false);
		expect(isCut('bea@acme.b', ['an'], domain)).toBe(true);
	});

	test('as an address and not as a name or number', () => {
		expect(isCut('bea@acme.b', ['an@acme.be'], rule('emailAddress'))).toBe(true);
		expect(isCut('An Mae', ['An Maes', 'bea@acme.be'], rule('fullName'))).toBe(false);
		expect(isCut('02 512', ['02 512 67 78'], rule('phoneNumber'))).toBe(false);
	});
});
