/** Errors, their messages, and what continues after them: on n8n's real engine against the simulator. */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { sleep, type INodeParameters, type INodeProperties, type INodePropertyOptions } from 'n8n-workflow';

import { ApioCallCenter } from '../../../nodes/ApioCallCenter/ApioCallCenter.node';

import { documentationWorld, startSimulator, type FaultRule, type Simulator } from '../../../simulator';
import { DEFAULT_ACCOUNT } from '../../../simulator/world-spec';
import { listen } from '../../credentials/listener';
import { EngineCredentials } from '../../support/engine';
import { AGENT_ADDRESS, passwordFor, runCallCenter, startDocumented, SUPERVISOR_ADDRESS, tokenFor } from './harness';

const ONE = 'ApioUserTest1@sip.netaxis.be';
const profile = { resource: 'agentProfile', operation: 'get', ...AGENT_ADDRESS };
const update = { ...profile, operation: 'update' };
const supervised = { resource: 'supervisedAgent', ...SUPERVISOR_ADDRESS };

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startDocumented();
});
afterEach(async () => await simulator.stop());

describe('refused before a request leaves', () => {
	it.each<[string, INodeParameters, string]>([
		[
			'guard timer beyond its range',
			{ ...update, settings: { guardTimerSeconds: 26 } },
			"'Guard Timer (Seconds)' must be a whole number from 1 to 25 [item 0]",
		],
		['guard timer of none', { ...update, settings: { guardTimerSeconds: 0 } }, "'Guard Timer (Seconds)' must be"],
		[
			'bounced calls beyond their range',
			{ ...update, settings: { numberConsecutiveBouncedCallsToForceAgentUnavailable: 6 } },
			"'Bounced Calls Before Unavailable' must be a whole number from 1 to 5",
		],
		[
			'a state that does not exist',
			{ ...update, settings: { agentACDState: 'Asleep' } },
			"'ACD State' must be one of Sign-In",
		],
		[
			'outgoing calls without a DNIS',
			{ ...update, settings: { makeOutgoingCallsAsCallCenter: true } },
			"'Outgoing DNIS' is required",
		],
		[
			'outgoing calls while the DNIS is cleared',
			{ ...update, settings: { makeOutgoingCallsAsCallCenter: true }, outgoingDnis: 'clear' },
			"'Outgoing DNIS' is required",
		],
		['nothing to change', update, 'has no field to change'],
		[
			'a call center twice',
			{
				...update,
				availability: {
					callCenter: [
						{ id: 'a@x', available: true },
						{ id: 'A@x', available: false },
					],
				},
			},
			"'Availability per Call Center' names a call center twice",
		],
		['no agent', { ...profile, agentId: '  ' }, "'Agent' is empty"],
		['an id that is a way up', { ...profile, agentId: '..' }, "'Agent' is not an id"],
		['a tenant id that is too long', { ...profile, tenantId: 'x'.repeat(31) }, "'Tenant' is longer than 30 characters"],
		['nobody to add', { ...supervised, operation: 'add', memberIds: '' }, "'Agents' needs at least one agent"],
		['nobody to remove', { ...supervised, operation: 'remove', memberIds: ' , ' }, "'Agents' (entry 1) is empty"],
		[
			'a bad id among the agents',
			{ ...supervised, operation: 'add', memberIds: `={{ ['${ONE}', ''] }}` },
			"'Agents' (entry 2) is empty",
		],
		[
			'a size limit below 1',
			{ ...supervised, operation: 'getAll', options: { responseSizeLimit: 0 } },
			"'Response Size Limit' must be a whole number of at least 1",
		],
		[
			'"or" without a filter',
			{ ...supervised, operation: 'getAll', options: { combineWithOr: true } },
			"'Combine Filters With Or' needs at least one search criterion",
		],
		[
			'a filter without a value',
			{ ...supervised, operation: 'getAll', filters: { filter: [{ field: 'UserId', mode: 'Equals', value: '' }] } },
			"'Filters' is empty",
		],
		[
			'the same filter twice',
			{
				...supervised,
				operation: 'getAll',
				filters: {
					filter: [
						{ field: 'Dn', mode: 'Equals', value: '1' },
						{ field: 'Dn', mode: 'Equals', value: '2' },
					],
				},
			},
			"'Filters' has the same field",
		],
		[
			'no call center to assign',
			{ ...profile, resource: 'callCenter', operation: 'assign', memberIds: '' },
			"'Call Centers' names no call center",
		],
	])('%s', async (_title, parameters, message) => {
		const { error, json } = await runCallCenter(simulator, { parameters });
		expect(error?.message).toContain(message);
		expect(error?.context).toMatchObject({ itemIndex: 0 });
		expect(error?.description).toMatch(/^Nothing was sent/);
		expect(json).toEqual([]);
		expect(simulator.requests()).toEqual([]);
	});
});

describe('refused by the platform: names item, parameter and what the platform said', () => {
	it.each<[string, INodeParameters, string]>([
		['agent', { ...profile, agentId: 'nobody@sip.netaxis.be' }, "'Agent'"],
		['supervisor', { ...supervised, operation: 'getAll', supervisorId: 'nobody@sip.netaxis.be' }, "'Supervisor'"],
		['call center', { ...supervised, operation: 'getAll', callCenterId: 'nowhere@sip.netaxis.be' }, "'Call Center'"],
		['tenant', { ...profile, tenantId: 'nowhere' }, "'Tenant'"],
		['group', { ...profile, groupId: 'nowhere' }, "'Group'"],
	])('wrong %s', async (_title, parameters, name) => {
		const { error } = await runCallCenter(simulator, { parameters, items: [{ json: {} }] });
		expect(error?.message).toContain(name);
		expect(error?.message).toContain('[item 0]');
		expect(error?.message).toMatch(/: .*(not found|no such|unknown|nowhere|nobody)/i);
		expect(error?.description).toContain(name);
		expect(error?.httpCode).toBe('404');
	});

	it('an agent that cannot be supervised', async () => {
		const { error } = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'add', memberIds: 'nobody@sip.netaxis.be' },
		});
		expect(error?.message).toMatch(
			/^APIO refused the request because of 'Agents' \[item 0\]: .*nobody@sip\.netaxis\.be/,
		);
	});

	const an = {
		...supervised,
		operation: 'add',
		supervisorId: 'an@x.example',
		callCenterId: 'cc@x.example',
		tenantId: 'acme',
		groupId: 'north',
	};
	it.each<[string, INodeParameters, string, string]>([
		[
			'the supervisor, whose id ends a member',
			{ ...an, memberIds: 'jan@x.example' },
			'No such user: an@x.example',
			"'Supervisor'",
		],
		[
			'a member, whose id ends with the supervisor',
			{ ...an, memberIds: 'bo@x.example, jan@x.example' },
			'No such user: jan@x.example.',
			"'Agents'",
		],
		[
			'a member that goes on behind the supervisor',
			{ ...an, memberIds: 'an@x.example.be' },
			"User 'an@x.example.be' cannot be supervised (userId)",
			"'Agents'",
		],
		[
			'a tenant that is a part of the group',
			{ ...an, memberIds: 'bo@x.example', tenantId: 'acme', groupId: 'acme-north' },
			'Group acme-north does not exist',
			"'Group'",
		],
		[
			'a tenant that begins the group',
			{ ...an, memberIds: 'bo@x.example', tenantId: 'acme', groupId: 'acme north' },
			'Group acme north does not exist',
			"'Group'",
		],
		['the call center in another case', { ...an, memberIds: 'bo@x.example' }, 'CC@X.example is full', "'Call Center'"],
		[
			'both where both are named',
			{ ...an, memberIds: 'bo@x.example' },
			'bo@x.example is no agent of cc@x.example',
			"'Call Center', 'Agents'",
		],
		[
			'an argument by its name where no value is named',
			{ ...an, memberIds: 'bo@x.example' },
			'groupId is not valid',
			"'Group'",
		],
		[
			'a call center to assign',
			{ ...profile, resource: 'callCenter', operation: 'assign', memberIds: 'a@x.example, b@x.example' },
			'Cannot join b@x.example',
			"'Call Centers'",
		],
		[
			'a call center of the availability',
			{ ...update, availability: { callCenter: [{ id: 'b@x.example', available: true }] } },
			'Not an agent of b@x.example',
			"'Availability per Call Center'",
		],
		[
			'a threshold profile',
			{ ...update, settings: { agentThresholdProfileName: 'Strict 24/7' } },
			'Agent Threshold Profile not found: Strict 24/7',
			"'Threshold Profile Name'",
		],
		[
			'a filter, once',
			{
				...an,
				operation: 'getAll',
				filters: {
					filter: [
						{ field: 'Dn', mode: 'Equals', value: '+3225550001' },
						{ field: 'Dn', mode: 'Starts', value: '+3225550001' },
					],
				},
			},
			'Bad number +3225550001',
			"'Filters'",
		],
	])('blames %s', async (_title, parameters, message, names) => {
		const server = await listen((_request, response) => {
			response.writeHead(400, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ errors: [{ code: 2, message }] }));
		});
		const credential = {
			baseUrl: `${server.url}/api/v1`,
			signInMethod: 'accessToken',
			accessToken: 'a-token-of-some-length',
		};
		const { error } = await runCallCenter(simulator, { parameters, credential });
		await server.stop();
		expect(error?.message).toBe(`APIO refused the request because of ${names} [item 0]: ${message}`);
	});

	it('names no parameter whose name is only a part of a word', async () => {
		const server = await listen((_request, response) => {
			response.writeHead(400, { 'content-type': 'application/json' });
			response.end(JSON.stringify({ errors: [{ code: 2, message: "The user has DND on, so it couldn't be done" }] }));
		});
		const credential = {
			baseUrl: `${server.url}/api/v1`,
			signInMethod: 'accessToken',
			accessToken: 'a-token-of-some-length',
		};
		const { error } = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'getAll' },
			credential,
		});
		await server.stop();
		expect(error?.message).toMatch(/^APIO refused the request \[item 0\]: The user/);
	});

	it.each(['As IDs', 'One by One'])('calls the members what their field is called (%s)', async (choice) => {
		const { properties } = new ApioCallCenter().description;
		const isShown = ({ displayOptions: { show = {} } = {} }: INodeProperties) =>
			show.resource?.includes('supervisedAgent') && show.operation?.includes('add');
		const shown = properties.filter(isShown);
		const specify = shown.find(({ name }) => name === 'specifyMembers');
		const specifyMembers =
			(specify?.options as INodePropertyOptions[]).find(({ name }) => name === choice)?.value ?? '';
		const field = shown.find(({ displayOptions }) => displayOptions?.show?.specifyMembers?.includes(specifyMembers));
		const { error } = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'add', specifyMembers },
		});
		expect(error?.message).toContain(`'${field?.displayName}' needs at least one agent`);
	});

	it("keeps the platform's words although n8n replaces messages that contain a network code", async () => {
		const { error } = await runCallCenter(simulator, {
			parameters: { ...profile, agentId: 'moeperm.enoent@sip.netaxis.be' },
		});
		expect(error?.message).toContain('moeperm.enoent@sip.netaxis.be');
	});

	it('a redirect is not followed, so that nothing is lost on the way', async () => {
		simulator.setFaults({
			rules: [
				{ fault: { kind: 'statusBefore', status: 301, headers: { location: `${simulator.url}/elsewhere/?token=x` } } },
			],
		});
		const { error } = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'add', memberIds: ONE },
		});
		expect(error?.message).toContain('redirects requests');
		expect(error?.message).not.toContain('token=x');
		expect(simulator.requests()).toHaveLength(1);
	});
});

describe('no clear answer to a write', () => {
	it.each<[string, FaultRule['fault']]>([
		['a 5xx', { kind: 'statusAfter', status: 502 }],
		['a reset', { kind: 'resetAfter' }],
		['a truncated answer', { kind: 'truncated' }],
		['a malformed answer', { kind: 'malformed' }],
	])('%s: sent once, and the message asks to read first', async (_title, fault) => {
		simulator.setFaults({ rules: [{ fault, times: 1 }] });
		const { error } = await runCallCenter(simulator, {
			parameters: { ...supervised, operation: 'remove', memberIds: ONE },
		});
		expect(error?.description).toContain('The request may have been carried out');
		expect(simulator.requests()).toHaveLength(1);
	});
});

describe('continue on fail', () => {
	const items = [{ json: { id: 'foouser' } }, { json: { id: 'nobody@sip.netaxis.be' } }, { json: { id: ONE } }];
	const parameters = { ...profile, agentId: '={{ $json.id }}' };

	it('returns the other items, and the failed item with what happened and what to do', async () => {
		const { outputs, error } = await runCallCenter(simulator, { parameters, items, onError: 'continueRegularOutput' });
		expect(error).toBeUndefined();
		const [first, second, third] = outputs[0];
		expect([first.json.userId, third.json.userId]).toEqual(['foouser', ONE]);
		expect(Object.keys(second.json).sort()).toEqual(['details', 'error', 'message']);
		expect(second.json).toMatchObject({
			error: expect.stringContaining('[item 1]'),
			details: { status: 404, parameters: ['Agent'] },
		});
		expect(outputs[0].map(({ pairedItem }) => pairedItem)).toEqual([{ item: 0 }, { item: 1 }, { item: 2 }]);
	});

	it("sends it to the error output together with the input item's data", async () => {
		const { outputs } = await runCallCenter(simulator, { parameters, items, onError: 'continueErrorOutput' });
		expect(outputs[0].map(({ json }) => json.userId)).toEqual(['foouser', ONE]);
		expect(outputs[1]).toMatchObject([
			{ json: { id: 'nobody@sip.netaxis.be', error: expect.stringContaining("'Agent'") } },
		]);
	});

	it('one item that is forbidden does not stop the next', async () => {
		simulator.setFaults({ rules: [{ fault: { kind: 'forbidden' }, nth: 1 }] });
		const { outputs } = await runCallCenter(simulator, {
			parameters: profile,
			items: [{ json: {} }, { json: {} }],
			onError: 'continueRegularOutput',
		});
		expect(outputs[0][0].json).toMatchObject({ details: { status: 403 } });
		expect(outputs[0][1].json).toMatchObject({ userId: 'foouser' });
	});

	it('a refused credential is reported for each item, and tried once', async () => {
		const credential = passwordFor(simulator, 'gatewayPassword', { password: 'wrong-password' });
		const { outputs } = await runCallCenter(simulator, {
			parameters: profile,
			items: [{ json: {} }, { json: {} }],
			credential,
			onError: 'continueRegularOutput',
		});
		expect(outputs[0]).toHaveLength(2);
		expect(outputs[0][0].json.error).toContain('does not accept this user and password');
		expect(simulator.stats().refusedSignIns).toBe(1);
	});
});

describe('no secret in any output', () => {
	const SECRETS = { accessToken: DEFAULT_ACCOUNT.m2mToken, password: 'very secret/password&1' };
	const echo: Parameters<typeof listen>[0] = (request, response) => {
		const status = Number(new URL(request.url ?? '/', 'http://x').pathname.split('/')[4]) || 400;
		const said = JSON.stringify(request.headers);
		response.writeHead(status, { 'content-type': 'application/json' });
		response.end(
			JSON.stringify({
				errors: [
					{
						code: 9,
						message: said,
						details: { errors: { 0: { error_code: '1', level: 'Error', summary: said, detail: said } } },
					},
				],
			}),
		);
	};

	it.each(['400', '401', '403', '404', '422', '501'])(
		'although the platform echoes the request with status %s',
		async (tenantId) => {
			const server = await listen(echo);
			const credential = { baseUrl: `${server.url}/api/v1`, signInMethod: 'accessToken', ...SECRETS };
			for (const onError of ['stopWorkflow', 'continueRegularOutput', 'continueErrorOutput'] as const) {
				const { run, error } = await runCallCenter(simulator, {
					parameters: { ...profile, tenantId },
					credential,
					onError,
				});
				const everything = `${JSON.stringify(run)} ${inspected(error)}`;
				expect(everything).toContain('[hidden]');
				for (const secret of Object.values(SECRETS)) expect(everything).not.toContain(secret);
			}
			await server.stop();
		},
	);

	it.each<[string, FaultRule['fault'] | null]>([
		['a refusal', null],
		['a reset', { kind: 'resetBefore' }],
		['a lost session that cannot be renewed', { kind: 'unauthorized' }],
		['a server failure', { kind: 'statusAfter', status: 500 }],
		['a web page', { kind: 'statusBefore', status: 502, body: '<html><title>Bad gateway</title></html>' }],
	])('of a session: %s', async (_title, fault) => {
		const world = {
			...documentationWorld(),
			accounts: [{ username: 'u', password: SECRETS.password, userLevel: 16 as const }],
		};
		const other = await startSimulator({ world });
		other.setFaults({ rules: fault ? [{ fault, match: { method: 'POST', path: 'supervised_agents' } }] : [] });
		for (const method of ['corePassword', 'gatewayPassword'] as const) {
			const credential = new EngineCredentials(passwordFor(other, method));
			const parameters = { ...supervised, operation: 'add', memberIds: 'nobody@sip.netaxis.be' };
			const { run, error } = await runCallCenter(other, { parameters, credential });
			expect(error).toBeDefined();
			const session = JSON.parse(String(credential.data.sessionToken)) as {
				access?: string;
				refresh?: string;
				cookies?: Record<string, string>;
			};
			const secrets = [
				SECRETS.password,
				session.access,
				session.refresh,
				...Object.values(session.cookies ?? {}),
			].filter(Boolean);
			expect(secrets.length).toBeGreaterThan(1);
			for (const secret of secrets) expect(`${JSON.stringify(run)} ${inspected(error)}`).not.toContain(secret);
		}
		await other.stop();
	});
});

/** Everything that hangs on an error, causes and hidden properties included. */
function inspected(error: unknown, depth = 0): string {
	if (!(error instanceof Error) || depth > 5) return JSON.stringify(error) ?? '';
	const own = Object.getOwnPropertyNames(error).map((name) => {
		const value = (error as unknown as Record<string, unknown>)[name];
		return `${name}: ${value instanceof Error ? inspected(value, depth + 1) : safely(value)}`;
	});
	return own.join('\n');
}

function safely(value: unknown): string {
	const seen = new WeakSet<object>();
	return (
		JSON.stringify(value, (_name, entry: unknown) => {
			if (typeof entry !== 'object' || entry === null) return entry;
			if (seen.has(entry)) return undefined;
			seen.add(entry);
			return entry;
		}) ?? ''
	);
}

async function until(holds: () => boolean): Promise<void> {
	while (!holds()) await sleep(5);
}

it('stops between items when the execution is cancelled, and returns what was done', async () => {
	simulator.setSettings({ latencyMs: 100 });
	const items = Array.from({ length: 30 }, () => ({ json: {} }));
	let cancel: () => void = () => undefined;
	const running = runCallCenter(simulator, {
		parameters: profile,
		items,
		credential: tokenFor(simulator),
		onStart: (stop) => (cancel = stop),
	});
	await until(() => simulator.requests().length >= 2);
	cancel();
	const { run, json } = await running;
	expect(run.status).toBe('canceled');
	expect(json.length).toBeLessThan(30);
	// What had been sent was answered: nothing was cut off.
	expect(json).toHaveLength(simulator.requests().length);
});
