import { expect, it } from '@jest/globals';
import { CallCenterIndex } from '../../../lib/sync';

const index = new CallCenterIndex([
	{ serviceUserId: 'sales@acme', name: 'Sales (NL)' },
	{ serviceUserId: 'SALES@acme', name: 'Sales (NL)' },
	{ serviceUserId: 'helpdesk@acme', name: 'Hélp-Desk' },
	{ serviceUserId: 'c1@acme', name: 'R&D' },
	{ serviceUserId: 'c2@acme', name: 'Claims' },
	{ serviceUserId: 'c3@acme', name: 'claims' },
	{ serviceUserId: 'nameless@acme', name: '' },
]);

it.each([
	['sales@acme', ['Sales (NL)', ' sales nl', 'SALES  (nl)']],
	['helpdesk@acme', ['Help desk', 'help–desk', 'Hélp-Desk']],
	['c1@acme', ['R&D', 'r&d']],
])('finds %s', (id, texts) => {
	for (const text of texts) expect(index.find(text)).toMatchObject({ found: 'one', candidate: { id } });
});

it.each(['', '-', 'Sales', 'Helpdesk', 'RD', 'R D', 'sales@acme'])('finds none by %j', (text) => {
	expect(index.find(text)).toEqual({ found: 'none' });
});

it('finds all of one name', () => {
	expect(index.find('CLAIMS')).toEqual({
		found: 'several',
		candidates: [
			{ id: 'c2@acme', name: 'Claims' },
			{ id: 'c3@acme', name: 'claims' },
		],
	});
});

it('has the name of each, as the platform shows it first, or none', () => {
	const spaced = new CallCenterIndex([
		{ serviceUserId: 'a@acme', name: ' Sales (NL)\t' },
		{ serviceUserId: 'A@acme', name: 'Other' },
		{ serviceUserId: 'b@acme', name: ' ' },
	]);
	expect(['a@ACME', 'b@acme', 'c@acme'].map((id) => spaced.textOf(id))).toEqual(['Sales (NL)', null, null]);
	expect(spaced.find('sales nl')).toEqual({ found: 'one', candidate: { id: 'a@acme', name: 'Sales (NL)' } });
});
