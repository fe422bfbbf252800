/** Options are refused before anything is read if what they say cannot be. */

import { expect, test } from '@jest/globals';
import { wrongDomain, wrongOption } from '../../lib/csv/options-check';
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

test('a domain may have its @ and spaces around it, and nothing else between them', () => {
	for (const defaultDomain of [undefined, '', ' acme.be ', '@acme.be', ' @acme.be'])
		expect([defaultDomain, wrongDomain({ defaultDomain })]).toEqual([defaultDomain, null]);
	for (const defaultDomain of ['a@b', '@@a', '@ a', 'a"', "a'", 'a;b', 'a,b', 'a|b'])
		expect(wrongDomain({ defaultDomain })).toMatchObject({ problem: 'domain' });
	expect(wrongDomain({ defaultDomain: '@a b' })).toEqual({ problem: 'domain', value: 'a b' });
});
