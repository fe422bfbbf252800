/** Messages about one and about several, and with a part of the facts unknown. */

import { describe, expect, test } from '@jest/globals';
import { hiddenScopeText, messageOf } from '../../lib/report';
import { namedId } from '../../lib/report/html/markup';
import { guardsHeading, named } from '../../lib/report/messages';
import type { Facts, Issue } from '../../lib/sync';
import { ref } from './runs';

const first = { problem: 'list', list: ref('sup@x'), said: 'No.' } as const;
const url = 'https://apio.example/api/v1';
const missing = (lists: number): Issue => ({
	code: 'missingLists',
	facts: { lists, url, first: { code: 'missingList', facts: first } },
});
const unread = (lists: number): Issue => ({
	code: 'forbidden',
	facts: { problem: 'allReads', scopes: [], lists, first: { list: first.list, said: 'No.' } },
});
const notShown = (count: number, lists = 9): Issue => ({
	code: 'listsNotShown',
	facts: { notShown: count, lists, limit: 0, percent: 0, runs: 1 },
});
const more = (count: number): Issue => ({
	code: 'moreFindings',
	facts: { of: 'blankCell', more: count, unit: 'line', last: null },
});
const noProgress = (seconds: number): Issue => ({ code: 'stopped', facts: { problem: 'noProgress', seconds } });
const contested = (foreign: Facts<'contested'>['foreign']): Issue => ({
	code: 'contested',
	facts: { foreign, plans: 1 },
});
const others = (named: number, said = ''): Issue => ({
	code: 'othersNotLookedAt',
	facts: { tenantId: 'acme', groupId: 'brussels', named, said },
});
const NOBODY = { first: [], more: 0 };
const heldFor = (lines: number[]): Issue => ({
	code: 'rowNotCarriedOut',
	facts: {
		lines: { first: lines, more: 0 },
		means: 'member',
		cause: { problems: [{ column: null, code: 'blankCell', facts: { problem: 'noAction' } }], moreProblems: 0 },
	},
});

test.each<[Issue, string]>([
	[missing(1), 'The platform does not have the list that the source names. '],
	[missing(2), 'The platform has none of the 2 lists that the source names. '],
	[unread(1), 'The account of the credential may not read the list that the source names. '],
	[unread(2), 'The account of the credential may read none of the 2 lists that the source names. '],
	[notShown(1, 1), ': the only list that the source names does not exist on the platform, is forbidden or '],
	[notShown(1), '1 of the 9 lists that the source names (11.1 %) does not exist on the platform, is forbidden or '],
	[notShown(2), '2 of the 9 lists that the source names (22.2 %) do not exist on the platform, are forbidden or '],
	[more(1), "1 more finding with the code 'blankCell'."],
	[more(2), "2 more findings with the code 'blankCell'."],
	[noProgress(1), 'refused every request for 1 second because'],
	[noProgress(2), 'refused every request for 2 seconds because'],
	[others(1), 'only the lists of the named supervisor. '],
	[others(2), 'only the lists of the 2 named supervisors. '],
	[others(1, 'Not now.'), "in 'Supervisor Names or IDs'. It said: Not now."],
	[heldFor([7]), 'Held because line 7 of the source cannot be carried out and names this member: There is no action'],
	[heldFor([7, 8]), 'Held because lines 7 and 8 of the source cannot be carried out and name this member: There is'],
	[contested({ added: NOBODY, removed: NOBODY }), 'The list kept changing. The run stopped trying after 1 new plan. '],
	[
		contested({ added: { first: ['a@x'], more: 0 }, removed: NOBODY }),
		'The list kept changing (added meanwhile: a@x). The run stopped trying after 1 new plan. ',
	],
])('%j', (issue, expected) => {
	expect(messageOf(issue)).toContain(expected);
});

test('a name that is the ID again is not repeated', () => {
	expect(named({ id: 'a@x', name: 'a@x' })).toBe('a@x');
	expect(named({ id: 'a@x', name: '' })).toBe('a@x');
	expect(named({ id: 'a@x', name: 'An' })).toBe('An (a@x)');
	expect(namedId('a@x', 'a@x').text).toBe('<bdi dir="ltr" class="">a@x</bdi>');
});

describe('a tenant of which the platform shows no list', () => {
	test.each([
		[1, 'The only list of tenant acme is missing on the platform: check that ID.'],
		[2, 'All 2 lists of tenant acme are missing on the platform: check that ID.'],
	])('is reported with its %d lists', (lists, expected) => {
		expect(hiddenScopeText({ tenantId: 'acme', groupId: null, lists, why: 'missing' })).toBe(expected);
	});
});

test('a plan was not stopped, but a run by it would stop', () => {
	expect(guardsHeading(true, 'sync')).toBe('The run was stopped before the first write, because:');
	expect(guardsHeading(true, 'plan')).toBe('The run would stop before the first write, because:');
	expect(guardsHeading(false, 'sync')).toBe('Removals were held back, because:');
	expect(guardsHeading(false, 'plan')).toBe('Removals would be held back, because:');
});
