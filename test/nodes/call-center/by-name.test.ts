/** 'By Name' in the parameters of people and call centers: one match, or the candidates in the message. */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import { startSimulator, type Simulator, type WorldSpec } from '../../../simulator';
import { DEFAULT_ACCOUNT } from '../../../simulator/world-spec';
import { listSearch } from '../../support/engine';
import { ApioCallCenter } from '../../../nodes/ApioCallCenter/ApioCallCenter.node';
import { passwordFor, runCallCenter, tokenFor } from './harness';

const [AN, JAN, JAN_TOO, ELS] = ['an@acme.example', 'jan1@acme.example', 'jan2@acme.example', 'els@acme.example'];
const [SALES, SUPPORT, SECOND_SUPPORT] = ['sales@acme.example', 'sup1@acme.example', 'sup2@acme.example'];

function world(): WorldSpec {
	const users = [
		{ userId: AN, firstName: 'An', lastName: 'Claes' },
		{ userId: JAN, firstName: 'Jan', lastName: 'Peeters' },
		{ userId: JAN_TOO, firstName: 'Jan', lastName: 'Peeters' },
		{ userId: ELS, firstName: 'Élise', lastName: 'Maes' },
	];
	const callCenters = [
		{ serviceUserId: SALES, name: 'Sales', agents: [JAN, JAN_TOO, ELS], supervisors: { [AN]: [JAN] } },
		{ serviceUserId: SUPPORT, name: 'Support', agents: [JAN] },
		{ serviceUserId: SECOND_SUPPORT, name: 'support' },
	];
	const accounts = [
		DEFAULT_ACCOUNT,
		{
			username: 'end',
			password: 'end-password',
			userLevel: 0 as const,
			tenantId: 'acme',
			groupId: 'brussels',
			userId: ELS,
		},
	];
	return { tenants: [{ tenantId: 'acme', groups: [{ groupId: 'brussels', users, callCenters }] }], accounts };
}

const person = (value: string) => ({ __rl: true, mode: 'personName', value });
const callCenter = (value: string) => ({ __rl: true, mode: 'callCenterName', value });
const GROUP = { tenantId: 'acme', groupId: 'brussels' };
const OF_AN = {
	...GROUP,
	resource: 'supervisedAgent',
	supervisorId: person('claes, an'),
	callCenterId: callCenter('SALES'),
};

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ world: world() });
});
afterEach(async () => await simulator.stop());

const run = async (parameters: object, items = 1) =>
	await runCallCenter(simulator, {
		parameters: parameters as INodeParameters,
		items: Array.from({ length: items }, () => ({ json: {} })),
		credential: tokenFor(simulator),
	});

describe('a name', () => {
	it('stands for the supervisor and the call center of one list', async () => {
		const { json } = await run({ ...OF_AN, operation: 'getAll' });
		expect(json.map(({ userId }) => userId)).toEqual([JAN]);
	});

	it('stands for members that are given one by one', async () => {
		const members = { member: [{ id: person('Elise Maes') }, { id: { __rl: true, mode: 'id', value: JAN_TOO } }] };
		const { error } = await run({ ...OF_AN, operation: 'add', specifyMembers: 'rows', members });
		expect(error).toBeUndefined();
		const list = simulator.state().supervisedAgents.find(({ userId }) => userId === AN);
		expect([...(list?.members ?? [])].sort()).toEqual([ELS, JAN, JAN_TOO].sort());
	});

	it('stands for a call center in options and in rows', async () => {
		const agent = { ...GROUP, resource: 'agentProfile', agentId: person('Elise Maes') };
		const options = { callCenterIdEquals: callCenter('sales') };
		const { json } = await run({ ...agent, operation: 'get', options });
		expect(json).toMatchObject([{ userId: ELS, callCenters: [SALES] }]);
		const availability = { callCenter: [{ id: callCenter('Sales'), available: false }] };
		expect((await run({ ...agent, operation: 'update', availability })).error).toBeUndefined();
		expect((await run({ ...agent, operation: 'get' })).json).toMatchObject([{ availableIn: [] }]);
	});

	it('is looked up once for all items, and never without a name', async () => {
		await run({ ...OF_AN, operation: 'getAll' }, 3);
		const paths = simulator.requests().map(({ path }) => path);
		expect(paths.filter((path) => path.endsWith('/users/'))).toHaveLength(1);
		expect(paths.filter((path) => path.endsWith('/services/call_centers/'))).toHaveLength(1);
		expect(paths).toHaveLength(5);
	});

	it('that several people have is refused with all of them, and nothing is written', async () => {
		const members = { member: [{ id: person('Jan Peeters') }] };
		const { error } = await run({ ...OF_AN, operation: 'replace', specifyMembers: 'rows', members });
		expect(error?.message).toContain("'Agents' matches 2 users of the group brussels");
		expect(error?.message).toContain(`Jan Peeters (${JAN}) and Jan Peeters (${JAN_TOO})`);
		expect(simulator.stats().appliedWrites).toBe(0);
		const center = await run({ ...OF_AN, operation: 'getAll', callCenterId: callCenter('Support') });
		expect(center.error?.message).toContain(`Support (${SUPPORT}) and support (${SECOND_SUPPORT})`);
	});

	it('that nobody has is refused, with the parameter and what to do', async () => {
		const { error } = await run({ ...OF_AN, operation: 'getAll', supervisorId: person('An Claessens') });
		expect(error?.message).toContain('\'Supervisor\' names no user of the group brussels: "An Claessens"');
		expect(error?.message).toContain("'By ID'");
		const signs = await run({ ...OF_AN, operation: 'getAll', supervisorId: person('--') });
		expect(signs.error?.message).toContain("'Supervisor' names no user");
	});

	it('cannot be looked up by an account that may not list', async () => {
		const credential = passwordFor(simulator, 'gatewayPassword', { username: 'end', password: 'end-password' });
		const parameters = { ...OF_AN, operation: 'getAll' } as unknown as INodeParameters;
		const { error } = await runCallCenter(simulator, { parameters, credential });
		expect(error?.message).toContain("enter the ID ('By ID')");
	});
});

describe('pickers of supervisors', () => {
	const search = async (parameters: object) => {
		const { results } = await listSearch(
			{
				type: new ApioCallCenter(),
				parameters: parameters as INodeParameters,
				credential: tokenFor(simulator),
			},
			'searchSupervisors',
		);
		return results.map(({ value }) => value);
	};
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	const everybody = [AN, ELS, JAN, JAN_TOO];

	it('list the supervisors of the call center if the platform lists them', async () => {
		simulator.setSettings({ listsSupervisors: true });
		expect(await search({ ...GROUP, callCenterId: byId(SALES) })).toEqual([AN]);
	});

	it('list all users otherwise, and before a call center is chosen', async () => {
		expect((await search({ ...GROUP, callCenterId: byId(SALES) })).sort()).toEqual(everybody);
		simulator.setSettings({ listsSupervisors: true });
		expect((await search({ ...GROUP, callCenterId: byId(SUPPORT) })).sort()).toEqual(everybody);
		expect((await search({ ...GROUP, callCenterId: callCenter('Sales') })).sort()).toEqual(everybody);
		expect((await search({ ...GROUP, callCenterId: byId('') })).sort()).toEqual(everybody);
	});
});
