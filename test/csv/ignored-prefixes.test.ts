/** Prefixes of last names in a column that is not read: `Jan Berg` and `Jan van den Berg` are two people. */

import { describe, expect, test } from '@jest/globals';
import { failure, pairs, source } from './reading';

const BY_NAME = { matching: { people: 'fullName', callCenters: 'id', country: null } } as const;
const BLANK = 'An Claes;Maes, Els;;Sales\n';

describe('a column of prefixes beside whole names', () => {
	const file = (rows: string) => `Leidinggevende;Medewerker;Tussenvoegsel;Wachtrij\n${rows}`;
	const expected = {
		code: 'suspectColumn',
		facts: { problem: 'prefixBesideWhole', name: 'Tussenvoegsel', whole: 'Medewerker', cell: 'van den' },
	};

	test('is refused if one of its cells is filled, however far below', () => {
		expect(failure(file('An Claes;Berg, Jan;van den;Sales\n'), BY_NAME)).toMatchObject(expected);
		expect(failure(file(`${BLANK.repeat(40)}An Claes;Berg, Jan;van den;Sales\n`), BY_NAME)).toMatchObject(expected);
		expect(failure(file('An Claes;Berg, Jan;van den;Sales\n'), BY_NAME).message).toMatch(
			/^Column "Tussenvoegsel" has the prefix .*\("van den"\), but column "Medewerker" has whole names/,
		);
	});

	test('is refused whatever its cell is', () => {
		expect(failure(file('An Claes;Berg, Jan;Freiherr;Sales\n'), BY_NAME)).toMatchObject({
			facts: { ...expected.facts, cell: 'Freiherr' },
		});
	});

	test('is ignored if it is blank, or if the whole names were set by hand', () => {
		expect(pairs(source(file(BLANK), BY_NAME))).toHaveLength(1);
		const columns = { agent: 'Medewerker' };
		expect(pairs(source(file('An Claes;Berg, Jan;van den;Sales\n'), { ...BY_NAME, columns }))).toHaveLength(1);
	});

	test("of supervisors' names is refused too", () => {
		const header = 'Supervisor;Supervisor surname prefix;Agent;Queue';
		expect(failure(`${header}\nClaes, An;de;Maes, Els;Sales\n`, BY_NAME)).toMatchObject({
			facts: { problem: 'prefixBesideWhole', field: 'supervisorNamePrefix' },
		});
	});
});

describe('a column with any other name', () => {
	const file = (name: string, ...cells: readonly string[]) =>
		`Leidinggevende;Voornaam;${name};Achternaam;Wachtrij\n` +
		cells.map((cell, index) => `An Claes;Jan${'abcdefgh'[index]};${cell};Berg;Sales\n`).join('');

	test.each([
		['Middle name', ['Maria', 'van den']],
		['Middle name', ['Maria', 'de']],
		['Middle name', ['', 'de']],
		['x', ['van', 'Jo']],
	])('is refused if one cell is a prefix: %s %j', (name, cells) => {
		const facts = { problem: 'particles', name, cell: cells[1]?.startsWith('J') === true ? 'van' : cells[1] };
		expect(failure(file(name, ...cells), BY_NAME)).toMatchObject({ code: 'suspectColumn', facts });
	});

	test.each([
		['Middle name', ['Maria', 'J.', '']],
		['Taal', ['nl', 'de', 'fr']],
		['Land', ['BE', 'DE', 'LUX']],
	])('has none: %s %j', (name, cells) => {
		expect(pairs(source(file(name, ...cells), BY_NAME))).toHaveLength(cells.length);
	});

	test('has none beside a column of prefixes that is read', () => {
		const header = 'Leidinggevende;Voornaam;Tussenvoegsel;Achternaam;x;Wachtrij';
		const columns = { supervisor: 'Leidinggevende' };
		const file = `${header}\nAn Claes;Jan;van den;Berg;van der;Sales\n`;
		expect(pairs(source(file, { ...BY_NAME, columns }))).toHaveLength(1);
	});

	test('has none for ids', () => {
		expect(pairs(source('Supervisor;Agent;Tussenvoegsel;Queue\ns@x;a@x;van den;c@x\n'))).toHaveLength(1);
	});
});
