/** People as HR names them: in a file, in items and in JSON, and what of it comes back. */

import { describe, expect, it } from '@jest/globals';
import { ApioCallCenterSync } from '../../../nodes/ApioCallCenterSync/ApioCallCenterSync.node';
import { reportedSource } from '../../../nodes/ApioCallCenterSync/run/operation';
import { readCsvBuffer } from '../../../lib/csv';
import { requiredFields } from '../../../lib/csv/header';
import type { Field, ReadOptions } from '../../../lib/csv/options';
import type { WorldSpec } from '../../../simulator';
import { harness } from './harness';
import { fileText } from './engine';
import { supervised } from './platform';

const CC = 'cc@acme.example';
const BOSS = 'boss@acme.example';
const NAMES = [
	['jan@acme.example', 'Jan', 'Peeters'],
	['an@acme.example', 'An', 'Claes'],
	['bea@acme.example', 'Bea', 'Bos'],
	['bea2@acme.example', 'Bea', 'Bos'],
	['jr@acme.example', 'Jan', 'Maes, "Jr."'],
	['whole@acme.example', '', 'Piet de Wit'],
	['single@acme.example', '', 'Madonna'],
	[BOSS, 'Sofie', 'Maes'],
	['carl@acme.example', 'Carl', 'van der Berg'],
];

function world(): WorldSpec {
	const users = NAMES.map(([userId, firstName, lastName]) => ({ userId, firstName, lastName }));
	const agents = users.slice(0, 7).map(({ userId }) => userId);
	const callCenters = [{ serviceUserId: CC, name: 'Sales', agents, supervisors: { [BOSS]: [agents[2]] } }];
	return { tenants: [{ tenantId: 'acme', groups: [{ groupId: 'brussels', users, callCenters }] }] };
}

const at = harness(world);
const BY_NAME = { matchPeopleBy: 'fullName', matchCallCentersBy: 'name', mode: 'addOnly' };
const ROWS = [
	{ supervisor: 'Maes, Sofie', agent: 'jan  PEETERS', 'call center': 'sales' },
	{ supervisor: 'Sofie Maes', agent: ['Claes, An', 'Bos, Bea'], 'call center': 'Sales' },
];

describe('people by full name', () => {
	it('are reported with the columns that were read for them where nobody is found', async () => {
		const header = 'Supervisor;Name;First name;Call center\n';
		const wrong = `${header}Sofie Maes;Jan Peeters;Tom;Sales\nSofie Maes;An Claes;Eva;Sales\n`;
		const says = /^No agent of the source was found by the full name, read from "First name" and "Name"\./;
		const refused = await at.sync({ csv: wrong, parameters: BY_NAME });
		expect(refused.error?.description).toMatch(says);
	});

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

describe('first and last names in two columns', () => {
	const HEADER = 'Voornaam leidinggevende;Naam leidinggevende;Voornaam;Naam;call center';

	it('are synced, and the rejected rows are corrected and synced', async () => {
		// Carl is no agent of the call center, which the platform refuses.
		const rows = ['Jan;Peeters', 'An;', 'Carl;Van der Berg'].map((names) => `Sofie;Maes;${names};sales`);
		const first = await at.sync({ csv: `${HEADER}\n${rows.join('\n')}\n`, parameters: BY_NAME });
		expect(supervised(at.simulator, BOSS, CC)).toEqual(['bea@acme.example', 'jan@acme.example']);
		expect(first.summary[0].json).toMatchObject({ matched: { people: { matched: 3, notFound: 0 } } });
		const toCorrect = fileText(first.summary[0].binary, 'rejectedRows');
		expect(toCorrect).toMatch(/^\uFEFF.*\r\nSofie;Maes;An;;sales;.*\r\nSofie;Maes;Carl;van der Berg;sales;add;/);
		const again = { ...BY_NAME, mode: 'actionColumn' };
		const second = await at.sync({ csv: toCorrect.replace(';An;;', ';An;Claes;'), parameters: again });
		expect(supervised(at.simulator, BOSS, CC)).toContain('an@acme.example');
		expect(second.rejected.map(({ json }) => json.member)).toEqual(['carl@acme.example']);
	});

	it('are written for people whom the source does not name', async () => {
		const fault = { kind: 'statusBefore', status: 400 } as const;
		at.simulator.setFaults({ rules: [{ fault, match: { method: ['DELETE', 'PUT'] } }] });
		const landed = await at.sync({
			csv: `${HEADER}\nSofie;Maes;Jan;Peeters;Sales\n`,
			parameters: { ...BY_NAME, mode: 'mirror' },
			options: { removalPercentPerList: 100 },
		});
		expect(fileText(landed.summary[0].binary, 'rejectedRows')).toContain('\r\nSofie;Maes;Bea;Bos;Sales;remove;');
	});

	it('are written so that they are read back; a row without two names says so', async () => {
		const ids = ['jr', 'whole', 'single'].map((name) => `${BOSS};${name}@acme.example;${CC}\n`);
		await at.sync({ csv: `supervisor;agent;call center\n${ids.join('')}`, parameters: { mode: 'addOnly' } });
		const fault = { kind: 'statusBefore', status: 400 } as const;
		at.simulator.setFaults({ rules: [{ fault, match: { method: ['DELETE', 'PUT'] } }] });
		const failed = await at.sync({
			csv: `${HEADER}\nSofie;Maes;Jan;Peeters;Sales\n`,
			parameters: { ...BY_NAME, mode: 'mirror' },
			options: { removalPercentPerList: 100 },
		});
		const toCorrect = fileText(failed.summary[0].binary, 'rejectedRows');
		expect(toCorrect).toContain('\r\nSofie;Maes;Jan;Maes Jr.;Sales;remove;');
		expect(toCorrect).toContain('\r\nSofie;Maes;Piet;de Wit;Sales;remove;');
		expect(toCorrect).toMatch(
			/\r\nSofie;Maes;;single@acme\.example;Sales;remove;.*first and a last name of single@acme\.example/,
		);
		at.simulator.setFaults({ rules: [] });
		const parameters = { ...BY_NAME, mode: 'actionColumn' };
		const options = { removalPercentPerList: 100 };
		const held = await at.sync({ csv: toCorrect, parameters, options });
		expect(held.rejected.map(({ json }) => json.code)).toContain('blankCell');
		const named = toCorrect.split('\r\n').filter((row) => !/;(Bos|single@acme\.example);/.test(row));
		await at.sync({ csv: named.join('\r\n'), parameters, options });
		expect(supervised(at.simulator, BOSS, CC)).toEqual(['bea@acme.example', 'jan@acme.example', 'single@acme.example']);
	});

	it('are set by hand', async () => {
		const column = [
			{ name: 'A', field: 'agentFirstName' },
			{ name: 'B', field: 'agentLastName' },
		];
		const csv = 'supervisor;A;B;call center\nSofie Maes;Jan;Peeters;Sales\n';
		await at.sync({ csv, parameters: BY_NAME, options: { columns: { column } } });
		expect(supervised(at.simulator, BOSS, CC)).toContain('jan@acme.example');
	});
});

it('keeps no cells of rows while lists are written', () => {
	const matching = { people: 'fullName', callCenters: 'id', country: null } as const;
	const options = { kind: 'supervisedAgents', tenantId: 'acme', groupId: 'brussels', matching } as const;
	const read = readCsvBuffer(Buffer.from('supervisor;agent;call center\nSofie Maes;Jan Peeters;cc\n'), options);
	if (!read.ok) throw new Error(read.failure.code);
	expect(read.source.cellsOf).toBeDefined();
	expect(reportedSource(read.source, 1)).not.toHaveProperty('cellsOf', expect.anything());
});

describe('the panel says which columns are needed', () => {
	const TITLES: Record<Field, string> = {
		supervisor: 'Supervisor',
		agent: 'Agent',
		callCenter: 'Call Center',
		tenant: 'Tenant',
		group: 'Group',
		action: 'Action',
	};
	const PEOPLE = ['emailAddress', 'extension', 'fullName', 'phoneNumber', 'userId'];
	const kinds = ['supervisedAgents', 'agentCallCenters'] as const;
	const ofSync = kinds.flatMap((kind) =>
		PEOPLE.flatMap((matchPeopleBy) =>
			['id', 'name'].flatMap((matchCallCentersBy) =>
				['plan', 'sync'].map((operation) => ({ operation, kind, matchPeopleBy, matchCallCentersBy })),
			),
		),
	);
	const ofLeavers = PEOPLE.map((matchPeopleBy) => ({ operation: 'removeEverywhere', matchPeopleBy }));
	const ofExport = kinds.map((kind) => ({ operation: 'export', exportScope: 'source', kind }));
	const { properties } = new ApioCallCenterSync().description;

	function shownFor(chosen: Record<string, string>): string[] {
		return properties
			.filter(({ name, displayOptions: { show = {} } = {} }) => {
				const holds = Object.entries(show).every(([parameter, values]) => values?.includes(chosen[parameter] ?? ''));
				return name === 'columnsNotice' && holds;
			})
			.map(({ displayName }) => displayName);
	}

	/** With no default, and with all of them. */
	function needed(chosen: Record<string, string>, defaults: Partial<ReadOptions>): string[] {
		const kind = (chosen.kind ?? 'agentCallCenters') as ReadOptions['kind'];
		const keysOnly = chosen.operation === 'export' || chosen.operation === 'removeEverywhere';
		return requiredFields({ kind, keysOnly, ...defaults }).map((field) => TITLES[field]);
	}

	it.each([...ofSync, ...ofLeavers, ...ofExport])('%j', (chosen) => {
		const shown = shownFor(chosen);
		expect(shown).toHaveLength(1);
		const [always, byDefault] = shown[0].split('without a default below');
		const columnsIn = (text: string) => [...text.matchAll(/<b>([^<]+)<\/b>/g)].map(([, name]) => name);
		const all = needed(chosen, {});
		const withDefaults = needed(chosen, { tenantId: 't', groupId: 'g', callCenterId: 'c@d' });
		expect(columnsIn(always).sort()).toEqual([...withDefaults].sort());
		expect(columnsIn(byDefault).sort()).toEqual(all.filter((name) => !withDefaults.includes(name)).sort());
		expect(shown[0]).toContain('docs/csv.md#templates');
	});

	it('has none if no source is read', () => {
		for (const operation of ['applyPlan', 'rollBack']) expect(shownFor({ operation })).toEqual([]);
		expect(shownFor({ operation: 'export', exportScope: 'group', kind: 'supervisedAgents' })).toEqual([]);
	});

	it('says that a mode needs the action', () => {
		const [notice] = properties.filter(({ name }) => name === 'actionColumnNotice');
		expect(notice.displayOptions?.show).toEqual({ operation: ['plan', 'sync'], mode: ['actionColumn'] });
		expect(notice.displayName).toContain('<b>Action</b>');
	});
});
