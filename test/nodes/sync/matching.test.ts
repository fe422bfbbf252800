/** People as HR names them: in a file, in items and in JSON, and what of it comes back. */

import { describe, expect, it } from '@jest/globals';
import { ApioCallCenterSync } from '../../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import type { WorldSpec } from '../../../simulator';
import { bench } from './bench';
import { supervised } from './platform';

const CC = 'cc@acme.example';
const BOSS = 'boss@acme.example';
const NAMES = [
	['jan@acme.example', 'Jan', 'Peeters'],
	['an@acme.example', 'An', 'Claes'],
	['bea@acme.example', 'Bea', 'Bos'],
	['bea2@acme.example', 'Bea', 'Bos'],
	[BOSS, 'Sofie', 'Maes'],
];

function world(): WorldSpec {
	const users = NAMES.map(([userId, firstName, lastName]) => ({ userId, firstName, lastName }));
	const agents = users.slice(0, 4).map(({ userId }) => userId);
	const callCenters = [{ serviceUserId: CC, name: 'Sales', agents, supervisors: { [BOSS]: [agents[2]] } }];
	return { tenants: [{ tenantId: 'acme', groups: [{ groupId: 'brussels', users, callCenters }] }] };
}

const at = bench(world);
const BY_NAME = { matchPeopleBy: 'fullName', matchCallCentersBy: 'name', mode: 'addOnly' };
const ROWS = [
	{ supervisor: 'Maes, Sofie', agent: 'jan  PEETERS', 'call center': 'sales' },
	{ supervisor: 'Sofie Maes', agent: ['Claes, An', 'Bos, Bea'], 'call center': 'Sales' },
];

describe('people by full name', () => {
	it.each([
		[
			'CSV',
			{
				csv: 'supervisor;agent;call center\n"Maes, Sofie";jan  PEETERS;sales\nSofie Maes;"Claes, An|Bos, Bea";Sales\n',
			},
		],
		['items', { items: ROWS.map((json) => ({ json })), parameters: { source: 'items' } }],
		['JSON', { parameters: { source: 'json', rowsJson: JSON.stringify(ROWS) } }],
	])('are synced from %s', async (_, given) => {
		const parameters = { ...BY_NAME, ...('parameters' in given ? given.parameters : {}) };
		const landed = await at.sync({ ...given, parameters });
		expect(supervised(at.simulator, BOSS, CC)).toEqual(['an@acme.example', 'bea@acme.example', 'jan@acme.example']);
		expect(landed.summary[0].json).toMatchObject({
			matched: {
				people: { by: 'fullName', matched: 3, notFound: 0, several: 1 },
				summary:
					'People matched by full name: 3; not found: 0; several: 1. ' +
					'Call centers matched by name: 1; not found: 0; several: 0',
			},
			counts: { rejectedRows: 1 },
		});
		expect(landed.changes[0].json).toMatchObject({
			supervisorName: 'Sofie Maes',
			callCenterName: 'Sales',
			adds: [{ name: 'An Claes' }, { name: 'Jan Peeters' }],
		});
		expect(landed.rejected[0].json).toMatchObject({ code: 'personAmbiguous', row: { supervisor: 'Sofie Maes' } });
		expect(landed.rejected[0].json.message).toContain('Bea Bos (bea2@acme.example) and Bea Bos (bea@acme.example)');
	});
});

it('the panel says which columns each choice needs', () => {
	const notices = new ApioCallCenterSync().description.properties.filter(({ name }) => name === 'columnsNotice');
	const shown = notices.map(({ displayOptions }) => JSON.stringify(displayOptions));
	expect(new Set(shown).size).toBe(2 * 5 * 2);
	for (const { displayName } of notices) expect(displayName).toContain('docs/csv.md#templates');
});
