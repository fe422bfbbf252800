/** Options are refused before anything is read if what they say cannot be. */

import { expect, test } from '@jest/globals';
import { fieldMappedTwice, wrongDomain, wrongOption } from '../../lib/csv/options-check';
import { SETTINGS } from './reading';

test.each<[Parameters<typeof wrongOption>[0], object]>([
	[
		{ ...SETTINGS, tenantId: 'a\nb' },
		{ problem: 'defaultId', field: 'tenant', cause: { code: 'severalValues', facts: { problem: 'inOneId' } } },
	],
	[
		{ ...SETTINGS, groupId: '#REF!' },
		{ problem: 'defaultId', field: 'group', cause: { code: 'mangledId' } },
	],
	[
		{ ...SETTINGS, callCenterId: 'cc@' },
		{ problem: 'defaultId', field: 'callCenter', cause: { code: 'invalidId' } },
	],
	[
		{ ...SETTINGS, defaultDomain: 'acme be' },
		{ problem: 'domain', value: 'acme be' },
	],
	[
		{ ...SETTINGS, delimiter: ';;' },
		{ problem: 'delimiter', value: ';;' },
	],
	[
		{ ...SETTINGS, delimiter: '' },
		{ problem: 'delimiter', value: '' },
	],
	[
		{ ...SETTINGS, delimiter: '"' },
		{ problem: 'delimiter', value: '"' },
	],
])('%j', (options, facts) => {
	expect(wrongOption(options)).toMatchObject({ code: 'invalidOption', facts, line: null });
});

test.each([
	SETTINGS,
	{ ...SETTINGS, tenantId: undefined, groupId: ' ', callCenterId: '' },
	{ ...SETTINGS, tenantId: 'Total: 12', groupId: 'a, b', callCenterId: 'cc1' },
	{ ...SETTINGS, delimiter: '😀' },
])('nothing is wrong with %j', (options) => {
	expect(wrongOption(options)).toBeNull();
});

test.each<[Parameters<typeof wrongOption>[0]['columns'], string, string]>([
	[{ supervisor: 'Boss', agent: 'Boss' }, 'supervisor', 'agent'],
	[{ agent: 'Wie', callCenter: ' wie ' }, 'agent', 'callCenter'],
	[{ agentLastName: 'Naam', agentNamePrefix: 'Naam' }, 'agentLastName', 'agentNamePrefix'],
	[{ group: '*', action: '*' }, 'group', 'action'],
	[{ tenant: 'Org', action: 'Org' }, 'tenant', 'action'],
	[{ supervisor: 'Org', group: 'Org' }, 'supervisor', 'group'],
])('one column is not read for two fields: %j', (columns, first, second) => {
	const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
	expect(wrongOption({ ...SETTINGS, matching, columns })).toMatchObject({
		code: 'invalidOption',
		facts: { problem: 'columnOfTwoFields', first, second, value: Object.values(columns ?? {})[0] },
	});
});

test('one column may be tenant and group, and columns that are not read may repeat', () => {
	for (const columns of [{ tenant: 'Org', group: 'Org' }, { agentLastName: 'x', agentNamePrefix: 'x' }, { agent: '' }])
		expect(wrongOption({ ...SETTINGS, columns })).toBeNull();
});

test('a field has one column', () => {
	const columns = [{ name: 'A1', field: 'agent' }, { field: 'group' }, { name: 'A2', field: 'agent' }] as const;
	const facts = { problem: 'fieldMappedTwice', field: 'agent', first: 'A1', second: 'A2' };
	expect(fieldMappedTwice(columns)).toEqual({ code: 'invalidOption', facts });
	expect(fieldMappedTwice([columns[0], columns[1], { name: ' A1 ', field: 'agent' }])).toBeNull();
	expect(fieldMappedTwice([{ name: ' ', field: 'agent' }, { field: 'agent' }, columns[0]])).toBeNull();
	expect(fieldMappedTwice([{ name: 'A1' }, { name: 'A2' }])).toBeNull();
});

test('a domain may have its @ and spaces around it, and nothing else between them', () => {
	for (const defaultDomain of [undefined, '', ' acme.be ', '@acme.be', 'acme', 'é1.acme.be', 'a-', '-a'])
		expect([defaultDomain, wrongDomain({ defaultDomain })]).toEqual([defaultDomain, null]);
	for (const defaultDomain of ['a@b', '@@a', '@ a', 'a"', "a'", 'a;b', 'a,b', 'a|b', '-', '--', '.be', 'a.'])
		expect(wrongDomain({ defaultDomain })).toMatchObject({ problem: 'domain' });
	expect(wrongDomain({ defaultDomain: '@a b' })).toEqual({ problem: 'domain', value: 'a b' });
});
