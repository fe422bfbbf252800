/** What each operation hands on when it succeeds, on n8n's real engine against the simulator. */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { Simulator } from '../../../simulator';
import { AGENT_ADDRESS, runCallCenter, startDocumented, SUPERVISOR_ADDRESS, tokenFor } from './harness';

const B = 'APIOTestCallCenterB@sip.netaxis.be';
const S = 'APIOTestCallCenterS@sip.netaxis.be';
const P = 'APIOTestCallCenterP@sip.netaxis.be';
const [ONE, TWO] = ['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be'];

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startDocumented();
});
afterEach(async () => await simulator.stop());

const profile = { resource: 'agentProfile', ...AGENT_ADDRESS };
const callCenter = { resource: 'callCenter', ...AGENT_ADDRESS };
const supervised = { resource: 'supervisedAgent', ...SUPERVISOR_ADDRESS };
const supervisedBy = () =>
	simulator.state().supervisedAgents.find(({ userId }) => userId === 'fooSupervisorUser')?.members;

describe('Agent Profile', () => {
	it('gets a flat profile of at most ten fields', async () => {
		const { json } = await runCallCenter(simulator, { parameters: { ...profile, operation: 'get' } });
		expect(json).toEqual([
			{
				userId: 'foouser',
				agentACDState: 'Available',
				agentUnavailableCode: '',
				agentThresholdProfileName: 'Default Agent Threshold Profile',
				enableGuardTimer: false,
				guardTimerSeconds: 5,
				outgoingCallDNIS: 'Test DNIS',
				callCenters: [B, S],
				availableIn: expect.any(Array),
			},
		]);
	});

	it('gets everything with names, and without the record id', async () => {
		simulator.setSettings({ recordInternalId: true });
		const { json } = await runCallCenter(simulator, {
			parameters: { ...profile, operation: 'get', simplify: false, options: { includeNames: true } },
		});
		expect(json[0]).toMatchObject({
			numberConsecutiveBouncedCallsToForceAgentUnavailable: 3,
			outgoingCallDNIS: { serviceUserId: P, name: 'Test DNIS' },
			call_centers: [
				{ serviceUserId: B, name: 'APIO Test Call Center B' },
				{ serviceUserId: S, name: 'APIO Test Call Center S' },
			],
		});
		expect(json[0]).not.toHaveProperty('_record_internal_id');
	});

	it('changes what is given and nothing else, and clears the outgoing DNIS', async () => {
		const { json, error } = await runCallCenter(simulator, {
			parameters: {
				...profile,
				operation: 'update',
				settings: { agentACDState: 'Wrap-Up', guardTimerSeconds: '7', enableGuardTimer: 'true' },
				outgoingDnis: 'clear',
			},
		});
		expect(error).toBeUndefined();
		expect(JSON.parse(simulator.requests()[0].body)).toEqual({
			agentACDState: 'Wrap-Up',
			guardTimerSeconds: 7,
			enableGuardTimer: true,
			outgoingCallDNIS: null,
		});
		expect(json[0]).toMatchObject({
			userId: 'foouser',
			agentACDState: 'Wrap-Up',
			guardTimerSeconds: 7,
			useDefaultGuardTimer: true,
		});
	});

	it('finds the only DNIS of a call center', async () => {
		await runCallCenter(simulator, {
			parameters: { ...profile, operation: 'update', outgoingDnis: 'set', dnis: { __rl: true, mode: 'id', value: P } },
		});
		const [lookUp, write] = simulator.requests();
		expect(lookUp.path.endsWith('/dnis/')).toBe(true);
		expect(JSON.parse(write.body)).toEqual({ outgoingCallDNIS: { serviceUserId: P, name: 'Test DNIS' } });
	});

	it('says whether the agent takes calls of each call center', async () => {
		const availability = {
			callCenter: [
				{ id: { __rl: true, mode: 'list', value: B }, available: true },
				{ id: S, available: false },
			],
		};
		const { json } = await runCallCenter(simulator, { parameters: { ...profile, operation: 'update', availability } });
		expect(json[0]).toMatchObject({
			call_centers: [
				{ serviceUserId: B, available: true },
				{ serviceUserId: S, available: false },
			],
		});
	});
});

describe('Call Center and DNIS', () => {
	it('gets the call centers that the agent may join, one item each, up to the limit', async () => {
		const parameters = { ...callCenter, operation: 'getAvailable' };
		expect((await runCallCenter(simulator, { parameters })).json).toEqual([{ serviceUserId: B }, { serviceUserId: S }]);
		expect((await runCallCenter(simulator, { parameters: { ...parameters, limit: 1 } })).json).toHaveLength(1);
		expect(
			(await runCallCenter(simulator, { parameters: { ...parameters, limit: 1, returnAll: true } })).json,
		).toHaveLength(2);
	});

	it('assigns exactly the given call centers, in every form of the parameter', async () => {
		const rows = { specifyMembers: 'rows', members: { member: [{ id: { __rl: true, mode: 'list', value: B } }] } };
		expect(
			(await runCallCenter(simulator, { parameters: { ...callCenter, operation: 'assign', ...rows } })).json,
		).toEqual([{ userId: 'foouser', success: true, callCenters: [B] }]);
		await runCallCenter(simulator, {
			parameters: { ...callCenter, operation: 'assign', memberIds: `["${S}", "${B}"]` },
		});
		const list = simulator.state().agentCallCenters.find(({ userId }) => userId === 'foouser');
		expect([...(list?.members ?? [])].sort()).toEqual([B, S]);
	});

	it('gets the DNIS', async () => {
		const { json } = await runCallCenter(simulator, {
			parameters: { resource: 'dnis', operation: 'getAvailable', ...AGENT_ADDRESS },
		});
		expect(json).toEqual([{ serviceUserId: P, name: 'Test DNIS' }]);
	});
});

describe('Supervised Agent', () => {
	it('gets the list', async () => {
		const { json } = await runCallCenter(simulator, { parameters: { ...supervised, operation: 'getAll' } });
		expect(json).toMatchObject([
			{ userId: ONE, lastName: 'Test1', department: { departmentName: 'test_department_initial' } },
		]);
	});

	it('adds, removes and replaces, and returns the list after the write', async () => {
		const added = await runCallCenter(simulator, { parameters: { ...supervised, operation: 'add', memberIds: TWO } });
		expect(added.json).toMatchObject([{ supervisorId: 'fooSupervisorUser', success: true, agentCount: 2 }]);
		const removed = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'remove', memberIds: `={{ ['${ONE}'] }}` },
		});
		expect(removed.json).toMatchObject([{ agentCount: 1, supervised_agents: [{ userId: TWO }] }]);
		await runCallCenter(simulator, { parameters: { ...supervised, operation: 'replace', memberIds: ONE } });
		expect(supervisedBy()).toEqual([ONE]);
	});

	it('empties a list only if allowed, and then sends the empty list', async () => {
		const refused = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'replace', memberIds: '' },
		});
		expect(refused.error?.message).toContain("'Agents' names no agent");
		expect(simulator.requests()).toEqual([]);
		const emptied = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'replace', memberIds: '', allowEmpty: true },
		});
		expect(emptied.json).toMatchObject([{ agentCount: 0 }]);
		expect(simulator.requests()[0].body).toBe('{"supervised_agents":[]}');
		expect(supervisedBy()).toEqual([]);
	});

	it.each<[string, unknown]>([
		['true', '={{ true }}'],
		['false', '={{ false }}'],
		['an object', '={{ ({}) }}'],
		['an object with other fields', '={{ ({ name: "x" }) }}'],
		['null', '={{ null }}'],
		['undefined', '={{ undefined }}'],
		['a field that the item does not have', '={{ $json.agents }}'],
		['nought', '={{ 0 }}'],
		['no number', '={{ NaN }}'],
		['a list with null in it', `={{ ['${ONE}', null] }}`],
		['a list with a blank entry', `={{ ['${ONE}', ' '] }}`],
		['a list with true in it', `={{ ['${ONE}', true] }}`],
		['a list with an object without an id', `={{ ['${ONE}', {}] }}`],
		['a list in a list', `={{ [['${ONE}']] }}`],
		['a list cut short', `["${ONE}"`],
		['JSON that is no list', '{"userId":"x"}'],
		['the words of nothing', 'undefined'],
		['the words of an object', '=[object Object]'],
		['the word for nothing among ids', `=${ONE}, {{ $json.agent }}`],
		['a place left empty', `${ONE},,${TWO}`],
		['a separator with nobody behind it', `${ONE},\n`],
		['separators alone', ' , '],
	])('refuses %s, which is no list of ids', async (_name, memberIds) => {
		const before = supervisedBy();
		const assigned = { ...callCenter, operation: 'assign', memberIds: memberIds as string, allowEmpty: true };
		for (const parameters of [
			{ ...supervised, operation: 'replace', memberIds: memberIds as string, allowEmpty: true },
			assigned,
		]) {
			const { error } = await runCallCenter(simulator, { parameters });
			expect(error?.message).toMatch(
				/'(?:Agents|Call Centers)'(?: \(entry \d\))? is (?:not a list of IDs|no ID|empty)/,
			);
		}
		expect(simulator.requests()).toEqual([]);
		expect(supervisedBy()).toEqual(before);
	});

	it.each<[string, string]>([
		['an empty list', '={{ [] }}'],
		['an empty list as text', ' [ ] '],
		['an empty text', ''],
		['blanks', ' \u200b'],
	])('reads %s as an empty list', async (_name, memberIds) => {
		const parameters = { ...supervised, operation: 'replace', memberIds, allowEmpty: true };
		expect((await runCallCenter(simulator, { parameters })).error).toBeUndefined();
		expect(supervisedBy()).toEqual([]);
	});

	it('reads ids as those of a file are read', async () => {
		const memberIds = `\r\n"${ONE}"\u200b;\r\n\ufeff${TWO}\r\n\r\n`;
		await runCallCenter(simulator, {
			parameters: { ...supervised, supervisorId: '\u200b"fooSupervisorUser"', operation: 'replace', memberIds },
		});
		expect(supervisedBy()).toEqual([ONE, TWO]);
	});

	it('sends criteria in the query string where the credential says so', async () => {
		const filters = {
			filter: [
				{ field: 'UserId', mode: 'Contains', value: 'test1' },
				{ field: 'UserDepartment', value: 'test_department_initial' },
			],
		};
		const parameters = {
			...supervised,
			operation: 'getAll',
			filters,
			options: { combineWithOr: true, responseSizeLimit: 5 },
		};
		const { json } = await runCallCenter(simulator, {
			parameters,
			credential: tokenFor(simulator, { searchCriteriaIn: 'query' }),
		});
		const [request] = simulator.requests();
		expect(request.body).toBe('');
		expect(Object.fromEntries(new URLSearchParams(request.query))).toEqual({
			insensitiveUserIdContains: 'test1',
			sensitiveUserDepartmentEquals: 'test_department_initial',
			combineWithOr: 'true',
			responseSizeLimit: '5',
		});
		expect(json).toHaveLength(1);
	});

	it('returns the filtered list even if a proxy drops the filter', async () => {
		await runCallCenter(simulator, { parameters: { ...supervised, operation: 'add', memberIds: TWO } });
		simulator.setSettings({ proxyDropsGetBody: true });
		const parameters = {
			...supervised,
			operation: 'getAll',
			filters: { filter: [{ field: 'Dn', mode: 'Equals', value: '+32 2 512 67 79' }] },
		};
		expect((await runCallCenter(simulator, { parameters })).json).toMatchObject([{ userId: TWO }]);
		const wanted = { ...callCenter, operation: 'getAvailable', options: { callCenterIdEquals: S } };
		expect((await runCallCenter(simulator, { parameters: wanted })).json).toEqual([{ serviceUserId: S }]);
	});
});

it('runs every item with its own parameters, and pairs results with items', async () => {
	const items = [ONE, TWO].map((id) => ({ json: { id } }));
	const { outputs } = await runCallCenter(simulator, {
		parameters: { ...profile, operation: 'get', agentId: '={{ $json.id }}' },
		items,
	});
	expect(outputs[0].map(({ json, pairedItem }) => [json.userId, pairedItem])).toEqual([
		[ONE, { item: 0 }],
		[TWO, { item: 1 }],
	]);
});

it('waits as long as Retry-After says, and loses nothing', async () => {
	simulator.setFaults({ rules: [{ fault: { kind: 'throttle', retryAfter: '1' }, times: 1 }] });
	const { json, error } = await runCallCenter(simulator, { parameters: { ...profile, operation: 'get' } });
	expect(error).toBeUndefined();
	expect(json).toHaveLength(1);
	expect(simulator.requests().map(({ status }) => status)).toEqual([429, 200]);
});
