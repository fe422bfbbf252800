/** What a column may mean by its name, misspelt or numbered. */

import { expect, test } from '@jest/globals';
import {
	candidatesOf,
	furtherCandidatesOf,
	isGivenByProgram,
	isJoinedWith,
	nearCandidatesOf,
	withoutNumbers,
} from '../../lib/csv/column-names';
import type { ReadOptions } from '../../lib/csv/options';

const IDS: ReadOptions = { kind: 'supervisedAgents' };
const NAMES: ReadOptions = { ...IDS, matching: { people: 'fullName', callCenters: 'name', country: null } };

test.each(['acton', 'actiion', 'axtion', 'atcion', 'aciton', 'actionn', 'xaction', 'ction', 'Acti on s'])(
	'%s is nearly the action',
	(name) => {
		expect(nearCandidatesOf(name, IDS)).toEqual(['action']);
	},
);

test.each(
	'acxon, actxyon, atxion, axcion, axtixn, actionxx, ctio, act, noitca, usex, plant, acitn, acitxn, acitxon, x, a, '
		.concat('charge, auction, grouper, employer, employed, managed, queued, salaire, salaried, argent, ')
		.concat('salaries, mandat, kant, locataires, aktien, active, actief, actieve, actif, actifs, activ, aktiv, ')
		.concat('changed, changes, operations, modifications')
		.split(', '),
)('%s is near no known name', (name) => {
	expect(nearCandidatesOf(name, IDS)).toEqual([]);
});

test('names of five letters and of two may have lost one', () => {
	expect(['Agen', 'roup', 'C'].map((name) => nearCandidatesOf(name, IDS))).toEqual([
		['agent'],
		['group'],
		['callCenter'],
	]);
});

test.each(
	'Unnamed, unnamed: 5, Unnamed: 5_level_1, __EMPTY, __EMPTY_1, Column6, Kolom 6, Spalte_6, Colonne 6, Field.6, F6, V12'
		.concat(', X.1, _c5, ...6, 6, 12, col6, columna6, colonna6, veld6, feld6, champ12, \tUnnamed: 12 ')
		.split(', '),
)('%j is a generated name', (name) => {
	expect(isGivenByProgram(name)).toBe(true);
});

test.each('Column, Note 6, F, Field 6 b, My field 6, Unnamed: x, __EMPTY_, X1, c5, ..6, 6th'.split(', '))(
	'%j is given by a person',
	(name) => {
		expect(isGivenByProgram(name)).toBe(false);
	},
);

test('a known name is not near another one', () => {
	for (const name of ['agent', 'agents', 'Action']) expect([name, nearCandidatesOf(name, IDS)]).toEqual([name, []]);
	expect(candidatesOf('Action', IDS)).toEqual([[], ['action']]);
	for (const name of ['e-mail', 'First name']) expect(candidatesOf(name, IDS)).toEqual([[], []]);
	expect(candidatesOf('queue name', NAMES)).toEqual([['callCenter'], []]);
	expect(candidatesOf('Name', NAMES)).toEqual([[], ['agent']]);
});

test.each(['Agent 2', 'agent_12', '2 Agent', 'Agent 2 ID', 'Second agent', '2nd agent', 'Agent B', 'Agnet', 'Agnet 2'])(
	'%s is a further column for agents',
	(name) => {
		expect(furtherCandidatesOf(name, IDS)).toContain('agent');
	},
);

test.each(['Agent', 'note 2', 'Agent e-mail', '2', 'B', ''])('%s is no further column', (name) => {
	expect(furtherCandidatesOf(name, IDS)).toEqual([]);
});

test('a name may begin or end with that of a field, where a separator was lost', () => {
	for (const name of ['agentqueue', 'Note agent', 'Agent'])
		expect([name, isJoinedWith('agent', name, IDS)]).toEqual([name, true]);
	for (const name of ['note', 'my agent note', ''])
		expect([name, isJoinedWith('agent', name, IDS)]).toEqual([name, false]);
	expect(isJoinedWith('callCenter', 'agentqueue', IDS)).toBe(true);
	expect(isJoinedWith('supervisor', 'agentqueue', IDS)).toBe(false);
});

test('every slip of one character in a long name is detected, wherever it is', () => {
	for (const known of ['supervisor', 'medewerker', 'naam van de leidinggevende', 'voornaam teamleider']) {
		const plain = known.replaceAll(' ', '');
		for (const at of plain.slice(0, -1).split('').keys()) {
			const [before, char = '', next = '', after] = [plain.slice(0, at), plain[at], plain[at + 1], plain.slice(at + 2)];
			const slips = [
				before + next + after,
				`${before}q${char}${next}${after}`,
				`${before}q${next}${after}`,
				before + next + char + after,
			];
			const fields = candidatesOf(known, NAMES).flat();
			for (const slip of slips.filter((one) => one !== plain))
				expect([slip, nearCandidatesOf(slip, NAMES)]).toEqual([slip, expect.arrayContaining(fields)]);
		}
	}
});

test.each(
	'first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth, other, another, additional, extra, '
		.concat('one, two, three, four, five, six, seven, eight, nine, ten, more, secondary, backup, alternate, ')
		.concat('alternative, alt, deputy, continued, copy, ')
		.concat('eerste, tweede, derde, vierde, vijfde, zesde, zevende, achtste, negende, tiende, ')
		.concat('een, twee, drie, vier, vijf, zes, zeven, acht, negen, tien, andere, ander, bijkomende, overige, ')
		.concat('premier, première, deuxième, seconde, troisième, quatrième, cinquième, sixième, ')
		.concat('un, deux, trois, quatre, cinq, autre, autres, supplémentaire, supplémentaires, ')
		.concat('eins, zwei, drei, fünf, sechs, sieben, neun, zehn, fünfte, fünfter, sechste, sechster, ')
		.concat('erste, erster, zweite, zweiter, dritte, dritter, vierte, vierter, anderer, weiterer, weitere, ')
		.concat('1st, 2nd, 3rd, 4th, 12th, 2d, 2de, 2nde, 20ste, 2te, 2ter, 2ten, 20ster, 1er, 1era, ')
		.concat('2e, 2me, 2ème, 2ième, 1re, 1ère, 2, 12, a, b, c, d, i, ii, iii, iv, v, vi, vii, viii, ix, x, bis, ter')
		.split(', '),
)('%s marks a further column, before or behind its name', (ordinal) => {
	for (const name of [`${ordinal} CC`, `CC (${ordinal.toUpperCase()})`])
		expect([name, furtherCandidatesOf(name, IDS)]).toEqual([name, expect.arrayContaining(['callCenter'])]);
});

test.each(['nr', 'no', 'num', 'number', 'nummer', 'numéro', 'n'])(
	'%s 2 marks it as well, but not without a number',
	(word) => {
		for (const name of [`CC ${word} 2`, `CC ${word}2`, `2 ${word} CC`])
			expect([name, furtherCandidatesOf(name, IDS)]).toEqual([name, expect.arrayContaining(['callCenter'])]);
		expect(furtherCandidatesOf(`Team ${word}`, IDS)).toEqual([]);
		expect(withoutNumbers(`CC ${word}`)).toEqual([]);
	},
);

test('a suffix is an ordinal besides numbers, and a name of many words has none', () => {
	expect(furtherCandidatesOf('CC bis 2', IDS)).toEqual(['callCenter']);
	expect(withoutNumbers('a 2 b 3 c 4 d 5 e 6 f 7')).not.toEqual([]);
	expect(withoutNumbers('a 2 b 3 c 4 d 5 e 6 f 7 g')).toEqual([]);
});

test.each(['CC b2e', 'CC 3desk', 'Agent b note'])('%s has no ordinal', (name) => {
	expect(furtherCandidatesOf(name, IDS)).toEqual([]);
});

test.each<[string, readonly string[]]>([
	['Agent', []],
	["Chef d'équipe", []],
	["2. Chef d'équipe", ['chefdequipe']],
	['agent2Id', ['agentid']],
	['Second agent 2', ['agent2', 'secondagent', 'agent']],
	['Prénom 2', ['prenom']],
	['12', ['']],
])('numbers and ordinals are no part of a name: %s', (name, texts) => {
	expect(withoutNumbers(name)).toEqual(texts);
});

test.each([
	['phoneNumber', 'iPhone'],
	['emailAddress', 'Gmail'],
	['extension', 'Post'],
	['extension', 'Posted'],
	['extension', 'Posten'],
] as const)('by %s, %s is another word', (people, name) => {
	const options: ReadOptions = { ...IDS, matching: { people, callCenters: 'id', country: null } };
	expect([nearCandidatesOf(name, options), furtherCandidatesOf(name, options)]).toEqual([[], []]);
});
