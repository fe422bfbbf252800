import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { documentationWorld, startSimulator, type Fault, type Simulator } from '../../simulator';
import { send, signInAtGateway } from './http-client';
import { agents, SUPERVISED, TEST1, TEST2 } from './platform';

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startSimulator({ world: documentationWorld() });
});
afterEach(async () => await simulator.stop());

const headers = () => ({ authorization: `Bearer ${simulator.account.m2mToken}` });
const add = async () => await send('POST', simulator.coreUrl + SUPERVISED, { headers: headers(), body: agents(TEST2) });
const members = () => simulator.state().supervisedAgents[0].members;
const befall = (fault: Fault) => simulator.setFaults({ rules: [{ fault, times: 1 }] });

describe('over HTTP', () => {
	it('listens on loopback only and shows its addresses', () => {
		expect(simulator.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
		expect([simulator.gatewayUrl, simulator.coreUrl, simulator.adminUrl]).toEqual(
			['/api/v1', '/api/v01/p1', '/_admin'].map((path) => simulator.url + path),
		);
	});

	it('serves both entry points over one world', async () => {
		expect((await add()).status).toBe(201);
		const cookie = await signInAtGateway(simulator);
		const read = await send('GET', simulator.gatewayUrl + SUPERVISED, { headers: { cookie } });
		expect((read.json as { supervised_agents: object[] }).supervised_agents).toHaveLength(2);
	});

	it('reads a body of GET and of DELETE, with letters beyond ASCII', async () => {
		const url = `${simulator.coreUrl}/tenants/foo/groups/foogroup/users/`;
		const found = await send('GET', url, { headers: headers(), body: { insensitiveUserLastNameContains: 'é' } });
		expect(found.json).toEqual({ users: [] });
		const removed = await send('DELETE', simulator.coreUrl + SUPERVISED, {
			headers: headers(),
			body: agents(TEST1),
		});
		expect(removed.json).toEqual({ supervised_agents: [] });
	});

	it.each<[Fault['kind'] & ('resetBefore' | 'resetAfter' | 'truncated'), string[]]>([
		['resetBefore', [TEST1]],
		['resetAfter', [TEST1, TEST2]],
		['truncated', [TEST1, TEST2]],
	])('breaks the connection on %s', async (kind, after) => {
		befall({ kind });
		await expect(add()).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(members()).toEqual(after);
		expect(simulator.stats()).toMatchObject(kind === 'truncated' ? { truncated: 1 } : { resets: 1 });
	});

	it('lets an answer drip to its end', async () => {
		befall({ kind: 'drip', ms: 1 });
		const answer = await add();
		expect([answer.status, answer.headers['content-length']]).toEqual([201, String(answer.text.length)]);
		expect(answer.json).toEqual({
			supervised_agents: [expect.objectContaining({ userId: TEST1 }), expect.objectContaining({ userId: TEST2 })],
		});
	});

	it('sends a malformed body whole', async () => {
		befall({ kind: 'malformed' });
		const answer = await add();
		expect([answer.status, answer.json]).toEqual([201, undefined]);
		expect(answer.text.length).toBe(Number(answer.headers['content-length']));
	});

	it('answers slowly and late', async () => {
		befall({ kind: 'slow', ms: 30 });
		expect((await add()).status).toBe(201);
		befall({ kind: 'slow', ms: 30, late: true });
		const late = await send('DELETE', simulator.coreUrl + SUPERVISED, { headers: headers(), body: agents(TEST2) });
		expect([late.status, members()]).toEqual([200, [TEST1]]);
	});

	it('refuses what does not accept JSON', async () => {
		const ask = async (accept: string) =>
			(await send('GET', simulator.coreUrl + SUPERVISED, { headers: { ...headers(), accept } })).status;
		expect(await ask('text/html')).toBe(406);
		for (const accept of ['*/*', 'application/json', 'application/json,text/html;q=0.9', 'application/*'])
			expect(await ask(accept)).toBe(200);
	});

	it('rejects when the port is taken', async () => {
		const port = Number(new URL(simulator.url).port);
		await expect(startSimulator({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
	});
});

describe('the admin API', () => {
	const admin = async (method: string, path: string, body?: unknown) =>
		await send(method, `${simulator.adminUrl}/${path}`, { body });

	it('shows state, statistics, requests and changes, and is not counted itself', async () => {
		await add();
		expect((await admin('GET', 'state')).json).toEqual(simulator.state());
		expect((await admin('GET', 'stats')).json).toMatchObject({
			requests: 1,
			byMethod: { POST: 1 },
			byStatus: { 201: 1 },
			appliedWrites: 1,
		});
		expect((await admin('GET', 'requests')).json).toMatchObject([
			{ seq: 1, method: 'POST', path: `/api/v01/p1${SUPERVISED}`, credentials: 'm2mToken', applied: true },
		]);
		expect((await admin('GET', 'changes')).json).toMatchObject([
			{ added: [TEST2], before: [TEST1], after: [TEST1, TEST2], by: 'client', request: 1 },
		]);
		expect((await admin('GET', 'requests?since=1')).json).toEqual([]);
		expect((await admin('GET', 'changes?limit=0')).json).toEqual([]);
	});

	it('sets faults and settings, edits lists, voids sessions and begins anew', async () => {
		await admin('PUT', 'faults', { rules: [{ fault: { kind: 'statusBefore', status: 500 }, times: 1 }] });
		expect((await add()).status).toBe(500);
		expect((await admin('GET', 'faults')).json).toMatchObject({ rules: [{ times: 1 }] });
		expect((await admin('PUT', 'settings', { alreadyThere: 'tolerate' })).json).toMatchObject({
			alreadyThere: 'tolerate',
			notThere: 'error',
		});
		expect((await admin('GET', 'settings')).json).toMatchObject({ alreadyThere: 'tolerate' });
		await admin('POST', 'edit', {
			kind: 'supervisedAgents',
			userId: 'fooSupervisorUser',
			callCenterId: 'fooCallCenter',
			add: [TEST2],
		});
		expect(members()).toEqual([TEST1, TEST2]);
		const cookie = await signInAtGateway(simulator);
		expect((await admin('POST', 'lose-sessions')).status).toBe(200);
		expect((await send('GET', simulator.gatewayUrl + SUPERVISED, { headers: { cookie } })).status).toBe(401);
		await admin('POST', 'reset');
		expect(members()).toEqual([TEST1]);
		expect(simulator.stats()).toMatchObject({ requests: 0, firstAt: null });
		await admin('POST', 'reset', { seeded: { agents: 7, supervisors: 2, callCenters: 2 } });
		expect(simulator.state().users).toBe(9);
		await admin('POST', 'reset', { world: documentationWorld() });
		expect(simulator.state().users).toBe(4);
	});

	it.each<[string, string, unknown]>([
		['PUT', 'settings', { colour: 'red' }],
		['PUT', 'faults', { chance: { seed: 1, probabilities: { slow: 2 } } }],
		['POST', 'edit', { kind: 'supervisedAgents', userId: 'nobody', callCenterId: 'fooCallCenter' }],
		['POST', 'edit', { kind: 'supervisedAgents', userId: 'foouser', callCenterId: 'fooCallCenter' }],
		[
			'POST',
			'edit',
			{ kind: 'supervisedAgents', userId: 'fooSupervisorUser', callCenterId: 'fooCallCenter', add: ['foouser'] },
		],
	])('refuses %s %s %j with 400 and says why', async (method, path, body) => {
		const answer = await admin(method, path, body);
		expect(answer.status).toBe(400);
		expect((answer.json as { error: string }).error).not.toBe('');
	});

	it('names its requests if another one is sent', async () => {
		const answer = await admin('GET', 'nothing');
		expect(answer.status).toBe(404);
		expect((answer.json as { known: string[] }).known).toContain('GET state');
	});
});
