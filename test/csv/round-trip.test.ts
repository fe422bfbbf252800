/** Which lists an export can write so that a sync reads back the same list and members. */

import { expect, test } from '@jest/globals';
import { idNotRoundTripped } from '../../lib/csv';

const LIST = {
	kind: 'supervisedAgents',
	...{ tenantId: 'Acme', groupId: 'Brussels', userId: 'Jan@acme.be', callCenterId: 'cc1@acme.be' },
} as const;

test('a list is read back where all its ids are as the platform has them', () => {
	expect(idNotRoundTripped(LIST, [], {})).toBeNull();
	expect(idNotRoundTripped({ ...LIST, callCenterId: null }, ['an', 'Bea@acme.be'], {})).toBeNull();
});

test.each([
	['tenantId', ' Acme'],
	['groupId', 'a\nb'],
	['userId', 'jan;piet@acme.be'],
	['userId', '"jan"@acme.be'],
	['callCenterId', 'cc1@acme.be '],
	['callCenterId', '#REF!'],
] as const)('the first id of a list that is read as another one, or as none, is returned: %s %j', (part, id) => {
	expect(idNotRoundTripped({ ...LIST, [part]: id }, ['#N/A'], {})).toBe(id);
});

test('a member that would be read as another one is returned; its case does not matter', () => {
	expect(idNotRoundTripped(LIST, ['an', 'a b', '#N/A', 'a,b'], {})).toBe('#N/A');
	expect(idNotRoundTripped(LIST, ['an', '\u200bbea'], {})).toBe('\u200bbea');
	// Composed and decomposed letters are one id in any spelling, as its case is.
	expect(idNotRoundTripped(LIST, ['re\u0301ne@acme.be'], {})).toBeNull();
	expect(idNotRoundTripped({ ...LIST, userId: 're\u0301ne@acme.be' }, [], {})).toBe('re\u0301ne@acme.be');
});

test('ids without a domain are not read back where a default domain is added', () => {
	const options = { defaultDomain: 'acme.be' };
	expect(idNotRoundTripped(LIST, ['bea@acme.be', 'an'], options)).toBe('an');
	expect(idNotRoundTripped({ ...LIST, userId: 'jan', callCenterId: null }, [], options)).toBe('jan');
	expect(idNotRoundTripped(LIST, ['bea@acme.be'], options)).toBeNull();
});
