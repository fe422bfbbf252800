/** What a column may mean by its name, misspelt or numbered. */

import { expect, test } from '@jest/globals';
import {
	candidatesOf,
	furtherCandidatesOf,
	isGivenByProgram,
	isJoinedWith,
	nearCandidatesOf,
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
	'acxon, actxyon, atxion, axcion, axtixn, actionxx, ctio, act, noitca, usex, plant, acitn, acitxn, acitxon, x, a'.split(
		', ',
	),
)('%s is not nearly anything', (name) => {
	expect(nearCandidatesOf(name, IDS)).toEqual([]);
});

test('names of five letters and of two may have lost one', () => {
	expect(['Agen', 'roup', 'C'].map((name) => nearCandidatesOf(name, IDS))).toEqual([
		['agent'],
		['group'],
		['callCenter'],
	]);
});

test('a program may have given a name, with spaces around it', () => {
	expect([' Column6 ', 'Unnamed: 2', 'Column', 'Note 6'].map(isGivenByProgram)).toEqual([true, true, false, false]);
});

test('a name that is known is not nearly another one', () => {
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
