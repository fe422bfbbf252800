/** Every example request of the API's documentation, produced by an operation: method, path and body as documented. */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';

import type { Simulator } from '../../../simulator';
import { AGENT_ADDRESS, runCallCenter, startDocumented, SUPERVISOR_ADDRESS } from './harness';

const PROFILE = '/tenants/foo/groups/foogroup/users/foouser/services/call_centers/';
const SUPERVISED =
	'/tenants/foo/groups/foogroup/users/fooSupervisorUser/services/call_centers/fooCallCenter/supervised_agents/';
const B = 'APIOTestCallCenterB@sip.netaxis.be';
const S = 'APIOTestCallCenterS@sip.netaxis.be';
const P = 'APIOTestCallCenterP@sip.netaxis.be';
const AGENTS = ['ApioUserTest1@sip.netaxis.be', 'ApioUserTest2@sip.netaxis.be'];
const AGENTS_BODY = { supervised_agents: AGENTS.map((userId) => ({ userId })) };

interface Example {
	readonly title: string;
	readonly parameters: INodeParameters;
	readonly method: string;
	readonly path: string;
	readonly body?: object;
	/** What has to be true on the platform before. */
	readonly before?: (simulator: Simulator) => void;
}

const supervised = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'supervisedAgent',
	operation,
	...SUPERVISOR_ADDRESS,
	...more,
});
const profile = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'agentProfile',
	operation,
	...AGENT_ADDRESS,
	...more,
});
const callCenters = (operation: string, more: INodeParameters = {}): INodeParameters => ({
	resource: 'callCenter',
	operation,
	...AGENT_ADDRESS,
	...more,
});

const EXAMPLES: Example[] = [
	{ title: 'Profile: retrieve instance', parameters: profile('get'), method: 'GET', path: PROFILE },
	{
		title: 'Profile: retrieve with enrichCcInfo',
		parameters: profile('get', { options: { includeNames: true } }),
		method: 'GET',
		path: PROFILE,
		body: { enrichCcInfo: true },
	},
	{
		title: 'Profile: retrieve with sensitiveServiceUserIdEquals',
		parameters: profile('get', { options: { callCenterIdEquals: S } }),
		method: 'GET',
		path: PROFILE,
		body: { sensitiveServiceUserIdEquals: S },
	},
	{
		title: 'Profile: retrieve with enrichCcInfo and sensitiveServiceUserIdEquals',
		parameters: profile('get', { options: { includeNames: true, callCenterIdEquals: B } }),
		method: 'GET',
		path: PROFILE,
		body: { enrichCcInfo: true, sensitiveServiceUserIdEquals: B },
	},
	{
		title: 'Profile: update instance',
		parameters: profile('update', {
			settings: {
				agentACDState: 'Unavailable',
				agentThresholdProfileName: 'Default Agent Threshold Profile',
				agentUnavailableCode: '',
				useDefaultGuardTimer: true,
				enableGuardTimer: true,
				guardTimerSeconds: 15,
				forceAgentUnavailableOnDNDActivation: false,
				forceAgentUnavailableOnBouncedCallLimit: false,
				numberConsecutiveBouncedCallsToForceAgentUnavailable: 3,
				forceAgentUnavailableOnNotReachable: false,
				makeOutgoingCallsAsCallCenter: true,
				useSystemDefaultUnavailableSettings: true,
			},
			outgoingDnis: 'set',
			dnis: `Test DNIS <${P}>`,
			availability: { callCenter: [{ id: B, available: true }] },
		}),
		method: 'PUT',
		path: PROFILE,
		body: {
			agentACDState: 'Unavailable',
			agentThresholdProfileName: 'Default Agent Threshold Profile',
			agentUnavailableCode: '',
			useDefaultGuardTimer: true,
			enableGuardTimer: true,
			guardTimerSeconds: 15,
			forceAgentUnavailableOnDNDActivation: false,
			forceAgentUnavailableOnBouncedCallLimit: false,
			numberConsecutiveBouncedCallsToForceAgentUnavailable: 3,
			forceAgentUnavailableOnNotReachable: false,
			makeOutgoingCallsAsCallCenter: true,
			outgoingCallDNIS: { serviceUserId: P, name: 'Test DNIS' },
			useSystemDefaultUnavailableSettings: true,
			call_centers: [{ serviceUserId: B, available: true }],
		},
	},
	{
		title: 'Assign call center instance',
		parameters: callCenters('assign', { memberIds: `${B}, ${S}` }),
		method: 'PUT',
		path: PROFILE,
		body: { list: true, call_centers: [{ serviceUserId: B }, { serviceUserId: S }] },
	},
	{
		title: 'Available call centers',
		parameters: callCenters('getAvailable'),
		method: 'GET',
		path: `${PROFILE}available/`,
	},
	{
		title: 'Available call centers with enrichCcInfo',
		parameters: callCenters('getAvailable', { options: { includeNames: true } }),
		method: 'GET',
		path: `${PROFILE}available/`,
		body: { enrichCcInfo: true },
	},
	{
		title: 'Available call centers with sensitiveServiceUserIdEquals',
		parameters: callCenters('getAvailable', { options: { callCenterIdEquals: B } }),
		method: 'GET',
		path: `${PROFILE}available/`,
		body: { sensitiveServiceUserIdEquals: B },
	},
	{
		title: 'Available call centers with enrichCcInfo and sensitiveServiceUserIdEquals',
		parameters: callCenters('getAvailable', { options: { includeNames: true, callCenterIdEquals: B } }),
		method: 'GET',
		path: `${PROFILE}available/`,
		body: { enrichCcInfo: true, sensitiveServiceUserIdEquals: B },
	},
	{
		title: 'Available DNIS',
		parameters: { resource: 'dnis', operation: 'getAvailable', ...AGENT_ADDRESS },
		method: 'GET',
		path: `${PROFILE}dnis/`,
	},
	{
		title: 'Supervised agents: retrieve',
		parameters: supervised('getAll', {
			filters: { filter: [{ field: 'UserLastName', mode: 'Starts', value: 'Test', matchCase: true }] },
		}),
		method: 'GET',
		path: SUPERVISED,
		body: { sensitiveUserLastNameStarts: 'Test' },
	},
	{
		title: 'Supervised agents: replace',
		parameters: supervised('replace', { memberIds: AGENTS.join(',') }),
		method: 'PUT',
		path: SUPERVISED,
		body: AGENTS_BODY,
	},
	{
		title: 'Supervised agents: add',
		parameters: supervised('add', { memberIds: AGENTS.join(',') }),
		method: 'POST',
		path: SUPERVISED,
		body: AGENTS_BODY,
		before: (simulator) => simulator.setSettings({ alreadyThere: 'tolerate' }),
	},
	{
		title: 'Supervised agents: remove',
		parameters: supervised('remove', { memberIds: AGENTS.join(',') }),
		method: 'DELETE',
		path: SUPERVISED,
		body: AGENTS_BODY,
		before: (simulator) => simulator.setSettings({ notThere: 'tolerate' }),
	},
];

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startDocumented();
});
afterEach(async () => await simulator.stop());

describe('the examples of the documentation', () => {
	it.each(EXAMPLES)('$title', async ({ parameters, method, path, body, before }) => {
		before?.(simulator);
		const { error } = await runCallCenter(simulator, { parameters });
		expect(error).toBeUndefined();
		const [request, ...more] = simulator.requests();
		expect(more).toEqual([]);
		expect({ method: request.method, path: request.path, query: request.query }).toEqual({
			method,
			path: `/api/v01/p1${path}`,
			query: '',
		});
		expect(request.body === '' ? undefined : JSON.parse(request.body)).toEqual(body);
		expect(request.status).toBe(method === 'POST' ? 201 : 200);
	});
});
