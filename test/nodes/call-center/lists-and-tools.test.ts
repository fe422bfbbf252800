/** The lists behind 'From List', and the node in the hands of an AI agent. */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { ApioCallCenter } from '../../../nodes/ApioCallCenter/ApioCallCenter.node';
import { documentationWorld, startSimulator, type Simulator } from '../../../simulator';
import { listSearch, runAsTool } from '../../support/engine';
import { AGENT_ADDRESS, passwordFor, startDocumented, SUPERVISOR_ADDRESS, tokenFor } from './harness';

const B = 'APIOTestCallCenterB@sip.netaxis.be';
const [ONE, TWO] = ['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be'];

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startDocumented();
});
afterEach(async () => await simulator.stop());

describe('lists', () => {
	const options = (parameters: INodeParameters) => ({
		type: new ApioCallCenter(),
		parameters,
		credential: tokenFor(simulator),
	});

	it.each<[string, INodeParameters, string | undefined, string[]]>([
		['searchTenants', {}, undefined, ['foo']],
		['searchGroups', { tenantId: { __rl: true, mode: 'list', value: 'foo' } }, undefined, ['foogroup']],
		['searchUsers', AGENT_ADDRESS, 'test1', [ONE]],
		['searchUsers', AGENT_ADDRESS, 'supervisor', ['fooSupervisorUser']],
		['searchSupervisors', AGENT_ADDRESS, 'supervisor', ['fooSupervisorUser']],
		['searchCallCenters', AGENT_ADDRESS, 'foo call', ['fooCallCenter']],
		['searchCallCenterAgents', SUPERVISOR_ADDRESS, '', [ONE, TWO]],
		['searchAssignedCallCenters', AGENT_ADDRESS, 'Center B', [B]],
		['searchJoinableCallCenters', AGENT_ADDRESS, 'Center B', [B]],
		['searchDnis', AGENT_ADDRESS, undefined, ['Test DNIS <APIOTestCallCenterP@sip.netaxis.be>']],
	])('%s', async (method, parameters, filter, expected) => {
		const { results } = await listSearch(options(parameters), method, filter);
		expect(results.map(({ value }) => value)).toEqual(expected);
	});

	it('has every list that a parameter asks for', () => {
		const node = new ApioCallCenter();
		const asked = [...JSON.stringify(node.description).matchAll(/"searchListMethod":"(\w+)"/g)].map(
			([, method]) => method,
		);
		expect(asked.length).toBeGreaterThan(10);
		expect([...new Set(asked)].sort()).toEqual(Object.keys(node.methods.listSearch).sort());
	});

	it('says what to choose first', async () => {
		await expect(listSearch(options({ tenantId: '' }), 'searchGroups')).rejects.toThrow("Choose 'Tenant' first");
		await expect(listSearch(options({ tenantId: '={{ $json.t }}' }), 'searchGroups')).rejects.toThrow(
			"Choose 'Tenant' first",
		);
	});

	it('says that the account may not see a list', async () => {
		const world = {
			...documentationWorld(),
			accounts: [
				{
					username: 'end',
					password: 'end-password',
					userLevel: 0 as const,
					tenantId: 'foo',
					groupId: 'foogroup',
					userId: 'foouser',
				},
			],
		};
		const other = await startSimulator({ world });
		const credential = passwordFor(other, 'gatewayPassword');
		await expect(
			listSearch({ type: new ApioCallCenter(), parameters: {}, credential }, 'searchTenants'),
		).rejects.toThrow("switch this field to 'By ID'");
		await other.stop();
	});
});

describe('as a tool of an AI agent', () => {
	const fromAi = (key: string) => `={{ $fromAI('${key}', 'an id', 'string') }}`;
	const tool = (parameters: INodeParameters) => ({
		type: new ApioCallCenter(),
		parameters,
		credential: tokenFor(simulator),
	});

	it('reads with the arguments that the agent fills in', async () => {
		const parameters = {
			resource: 'supervisedAgent',
			operation: 'getAll',
			...SUPERVISOR_ADDRESS,
			supervisorId: fromAi('supervisor'),
		};
		const { answer } = await runAsTool(tool(parameters), { supervisor: 'fooSupervisorUser' });
		expect(JSON.stringify(answer)).toContain(ONE);
	});

	it('writes a list that the agent gives as text', async () => {
		const parameters = {
			resource: 'supervisedAgent',
			operation: 'add',
			...SUPERVISOR_ADDRESS,
			memberIds: fromAi('agents'),
		};
		await runAsTool(tool(parameters), { agents: TWO });
		expect(simulator.state().supervisedAgents.find(({ userId }) => userId === 'fooSupervisorUser')?.members).toEqual([
			ONE,
			TWO,
		]);
	});

	it('reports to the agent what was refused', async () => {
		const parameters = { resource: 'agentProfile', operation: 'get', ...AGENT_ADDRESS, agentId: fromAi('agent') };
		const { answer } = await runAsTool(tool(parameters), { agent: 'nobody@sip.netaxis.be' });
		expect(JSON.stringify(answer)).toContain("'Agent'");
	});

	it('does not empty a list because the agent gave nobody', async () => {
		const parameters = {
			resource: 'supervisedAgent',
			operation: 'replace',
			...SUPERVISOR_ADDRESS,
			memberIds: fromAi('agents'),
		};
		const { answer } = await runAsTool(tool(parameters), { agents: '' });
		expect(JSON.stringify(answer)).toContain('Allow Empty List');
		expect(simulator.requests()).toEqual([]);
	});
});
