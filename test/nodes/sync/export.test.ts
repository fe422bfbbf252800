import { describe, expect, it } from '@jest/globals';
import { NodeConnectionTypes } from 'n8n-workflow';
import { DEFAULT_ACCOUNT, type WorldSpec } from '../../../simulator';
import { harness } from './harness';
import { csvItem, fileText, type Landed } from './engine';
import { ANNA, BRAM, SALES, SUPPORT, agent, csv, smallWorld, writes } from './platform';

const CARL = 'carl.supervisor@acme.example';
const GHENT = 'ghent@acme.example';

/** The small world, with names to be careful with, an empty list, and a second group that shares its call centers. */
function world(): WorldSpec {
	const small = smallWorld();
	const [{ groups, ...tenant }] = small.tenants;
	const [brussels] = groups;
	const [support, sales] = brussels.callCenters;
	const users = brussels.users.map((user, index) => ({
		...user,
		firstName: index === 0 ? '=Anna, "A"' : 'First',
		lastName: `Last\n${index}`,
	}));
	const callCenters = [
		{ ...support, name: '+Support; 24/7', supervisors: { ...support.supervisors, [CARL]: [agent(1)] } },
		{ ...sales, supervisors: { ...sales.supervisors, [BRAM]: [] } },
	];
	const ghent = { groupId: 'ghent', users: [{ userId: CARL }], callCenters: [{ serviceUserId: GHENT }] };
	return { tenants: [{ ...tenant, groups: [{ ...brussels, users, callCenters }, ghent] }] };
}

const at = harness(world, { listsSupervisors: true });

function rowsOf({ changes }: Landed): string[] {
	return changes.map(({ json }) => [json.supervisor, json.callCenter, json.agent].filter(Boolean).join(' '));
}

const LISTS = [
	...[1, 2, 3, 4].map((number) => `${ANNA} ${SUPPORT} ${agent(number)}`),
	`${BRAM} ${SUPPORT} ${agent(5)}`,
	`${ANNA} ${SALES} ${agent(6)}`,
].sort();

const GATEWAY = { username: DEFAULT_ACCOUNT.username, password: DEFAULT_ACCOUNT.password };

describe('Export of a group', () => {
	it.each(['coreUrl', 'gatewayUrl'] as const)('reads every list, and writes nothing (%s)', async (entryPoint) => {
		const credential =
			entryPoint === 'gatewayUrl'
				? { baseUrl: at.simulator.gatewayUrl, signInMethod: 'gatewayPassword', ...GATEWAY }
				: undefined;
		const landed = await at.exportLists({ entryPoint, credential });
		expect(landed.error).toBeUndefined();
		expect(rowsOf(landed).sort()).toEqual(LISTS);
		expect(landed.summary[0].json).toMatchObject({
			operation: 'export',
			status: 'partial',
			counts: { lists: 4, members: 6, emptyLists: 1, listsNotExported: 1 },
			emptyLists: [{ supervisor: BRAM, callCenter: SALES }],
		});
		expect(writes(at.simulator).filter(({ path }) => !path.includes('login'))).toEqual([]);
	});

	it('names a supervisor of another group, whose list it cannot read', async () => {
		const { rejected } = await at.exportLists();
		expect(rejected.map(({ json }) => [json.type, json.code, json.supervisor])).toEqual([['list', 'otherGroup', CARL]]);
	});

	it('sends one request for users, call centers, the supervisors of each, and each list', async () => {
		await at.exportLists();
		expect(at.simulator.requests().map(({ path }) => path)).toHaveLength(2 + 2 + 4);
	});

	it('puts names beside ids', async () => {
		const { changes } = await at.exportLists();
		expect(changes.find(({ json }) => json.agent === agent(1))?.json).toEqual({
			tenant: 'acme',
			group: 'brussels',
			supervisor: ANNA,
			supervisorName: "=Anna, 'A' Last 0",
			callCenter: SUPPORT,
			callCenterName: '+Support; 24/7',
			agent: agent(1),
			agentName: 'First Last 2',
		});
	});

	it('takes chosen call centers and supervisors, and names those without a list there', async () => {
		const parameters = { callCenterIds: SALES, supervisorIds: `${ANNA}, ${agent(1)}` };
		const landed = await at.exportLists({ parameters });
		expect(rowsOf(landed)).toEqual([`${ANNA} ${SALES} ${agent(6)}`]);
		expect(landed.rejected.map(({ json }) => [json.type, json.code])).toEqual([['notice', 'noListOf']]);
		expect(landed.summary[0].json.notices).toMatchObject([{ code: 'noListOf' }]);
	});

	it.each([
		['a list, as picked', [SALES], [ANNA]],
		['a list, from an expression', "={{ ['" + SALES + "'] }}", `={{ ['${ANNA}', '${BRAM}'] }}`],
		['text, as saved by earlier releases', SALES, `${ANNA}; ${BRAM}`],
		['text, from an expression', `={{ '${SALES}' }}`, `={{ '${ANNA},${BRAM}' }}`],
	])('takes chosen ids as %s', async (_, callCenterIds, supervisorIds) => {
		const landed = await at.exportLists({ parameters: { callCenterIds, supervisorIds } });
		expect(landed.error).toBeUndefined();
		expect(rowsOf(landed)).toEqual([`${ANNA} ${SALES} ${agent(6)}`]);
	});

	it('exports everybody if nobody is chosen, also as saved by earlier releases', async () => {
		for (const none of [[], '']) {
			const landed = await at.exportLists({ parameters: { callCenterIds: none, supervisorIds: none } });
			expect(rowsOf(landed).sort()).toEqual(LISTS);
		}
	});

	it('asks for tenant and group if none is chosen', async () => {
		const nothing = { __rl: true, mode: 'id', value: "={{ '' }}" };
		const { error } = await at.exportLists({ parameters: { groupId: nothing } });
		expect(error?.description).toContain("'Group'");
	});

	it('names the group that the platform does not know', async () => {
		const { error } = await at.exportLists({ parameters: { groupId: { __rl: true, mode: 'id', value: 'nowhere' } } });
		expect(error?.message).toBe('The platform shows none of the lists to export');
		expect(error?.description).toContain('group nowhere of tenant acme');
	});
});

describe('Export of call centers of agents', () => {
	const parameters = { kind: 'agentCallCenters' };

	it('reads the own list of everybody who is an agent', async () => {
		const landed = await at.exportLists({ parameters });
		expect(landed.error).toBeUndefined();
		expect(landed.summary[0].json).toMatchObject({ status: 'exported', counts: { lists: 7, members: 14 } });
		expect(landed.changes[0].json).toEqual({
			...{ tenant: 'acme', group: 'brussels', agent: agent(1), agentName: 'First Last 2' },
			...{ callCenter: SUPPORT, callCenterName: '+Support; 24/7' },
		});
	});

	it('reads chosen agents without looking for them', async () => {
		const landed = await at.exportLists({ parameters: { ...parameters, agentIds: `${agent(1)};${agent(8)}` } });
		expect(landed.summary[0].json).toMatchObject({
			status: 'exported',
			counts: { lists: 2, members: 2, emptyLists: 1 },
		});
		expect(at.simulator.stats().requests).toBe(4);
	});
});

describe('Export of what a source names', () => {
	it('uses only the keys of the file', async () => {
		const items = [
			csvItem(csv([...[1, 2].map((number) => [ANNA, SUPPORT, agent(number)]), [BRAM, SUPPORT, '1.2E+5']])),
		];
		const landed = await at.exportLists({ items, parameters: { exportScope: 'source', source: 'csv' } });
		expect(landed.error).toBeUndefined();
		expect(rowsOf(landed)).toHaveLength(5);
		expect(landed.summary[0].json).toMatchObject({ status: 'exported', counts: { lists: 2 } });
	});

	it('finds lists that it names in another case', async () => {
		const items = [{ json: { supervisor: ANNA.toUpperCase(), callCenter: SUPPORT.toUpperCase() } }];
		const landed = await at.exportLists({ items, parameters: { exportScope: 'source', source: 'items' } });
		expect(landed.changes.map(({ json }) => [json.supervisor, json.callCenter])).toEqual(
			[1, 2, 3, 4].map(() => [ANNA, SUPPORT]),
		);
	});

	it('takes items without a column of members, and pairs the rows with them', async () => {
		const items = [{ json: { agent: agent(1) } }, { json: { agent: 'nobody@acme.example' } }];
		const parameters = { kind: 'agentCallCenters', exportScope: 'source', source: 'items' };
		const landed = await at.exportLists({ items, parameters });
		expect(landed.changes.map(({ pairedItem }) => pairedItem)).toEqual([[{ item: 0 }], [{ item: 0 }]]);
		expect(landed.rejected[0].json).toMatchObject({ type: 'list', code: 'missingList', line: 2 });
	});

	it('refuses a source without a row', async () => {
		const { error } = await at.exportLists({
			items: [csvItem('supervisor;call center\n')],
			parameters: { exportScope: 'source', source: 'csv' },
		});
		expect(error?.message).toBe('The source cannot be used, so nothing was exported');
	});
});

describe('where the platform does not list supervisors', () => {
	const silent = harness(world);

	it('fails, and says what to do', async () => {
		const { error } = await silent.exportLists();
		expect(error?.description).toContain("'Supervisor Names or IDs'");
		expect(silent.simulator.stats().requests).toBe(4);
	});

	it('reads the lists of the named supervisors, and says that it read no others', async () => {
		const parameters = { supervisorIds: [ANNA, BRAM].join('\n') };
		const landed = await silent.exportLists({ parameters });
		expect(rowsOf(landed).sort()).toEqual(LISTS);
		expect(landed.summary[0].json).toMatchObject({ status: 'exported', notices: [{ code: 'supervisorsAsNamed' }] });
		expect(landed.hints.map(({ message }) => message).join()).toContain('does not list the supervisors');
	});
});

describe('the output of Export, read by Plan', () => {
	const limits = { removalPercentPerList: 0, removalCountTotal: 0 };

	it.each(['supervisedAgents', 'agentCallCenters'])('changes nothing as a file (%s)', async (kind) => {
		const [{ binary }] = (await at.exportLists({ parameters: { kind } })).summary;
		expect(fileText(binary, 'lists')).toMatch(/^\uFEFFtenant,group,/);
		const items = [{ json: {}, binary }];
		const nobody = { tenantId: '', groupId: '' };
		const parameters = { kind, source: 'csv', binaryPropertyName: 'lists', ...nobody };
		const planned = await at.plan({ items, parameters, options: limits });
		expect(planned.summary[0].json).toMatchObject({ status: 'unchanged', counts: { rejectedRows: 0 } });
	});

	it('changes nothing as items', async () => {
		const { changes } = await at.exportLists();
		const planned = await at.plan({ items: changes.map(({ json }) => ({ json })), options: limits });
		expect(planned.summary[0].json).toMatchObject({
			status: 'unchanged',
			counts: { rejectedRows: 0, lists: { unchanged: 3 } },
		});
	});
});

describe('Export as a tool', () => {
	it('shows an agent the lists in the summary, and no file', async () => {
		const node = { rewireOutputLogTo: NodeConnectionTypes.AiTool } as const;
		const landed = await at.exportLists({ node, parameters: { callCenterIds: SALES } });
		const shown = JSON.stringify(landed.run.data.resultData.runData);
		expect(shown).toContain(`"members":["${agent(6)}"]`);
		expect(shown).not.toContain('"binary"');
	});
});
