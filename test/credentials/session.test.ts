/**
 * Sessions on n8n's real engine: signed in once however many ask, renewed when lost, refreshed rather than signed in
 * anew.
 */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { sleep } from 'n8n-workflow';

import { accountKey } from '../../lib/apio/sign-in/account';
import { serializeSession } from '../../lib/apio/sign-in/session';
import { connect, type Connection } from '../../nodes/shared/n8n-transport';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import type { Simulator } from '../../simulator';
import { EngineCredentials, executeContext, testCredential } from '../support/engine';
import { passwordFor, startDocumented, tokenFor } from '../nodes/call-center/harness';
import { listen } from './listener';

const PROFILE = '/tenants/foo/groups/foogroup/users/foouser/services/call_centers/';
const FIFTY = Array.from({ length: 50 });

let simulator: Simulator;
beforeEach(async () => {
	simulator = await startDocumented();
});
afterEach(async () => await simulator.stop());

async function connected(credential: EngineCredentials, signal?: AbortSignal): Promise<Connection> {
	return await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }), { signal });
}

async function statuses({ transport }: Connection, body?: object): Promise<Record<string, number>> {
	const replies = await Promise.all(
		FIFTY.map(async () => await transport({ method: 'GET', path: PROFILE, ...(body && { body: { ...body } }) })),
	);
	const counts: Record<string, number> = {};
	for (const reply of replies) {
		const key = reply.kind === 'answer' ? String(reply.status) : reply.code;
		counts[key] = (counts[key] ?? 0) + 1;
	}
	return counts;
}

describe.each(['corePassword', 'gatewayPassword'] as const)('%s', (method) => {
	it('signs in once for 50 parallel first requests, and once more when the session is dropped in mid-run', async () => {
		simulator.setSettings({ loadBalancerCookie: true });
		const connection = await connected(new EngineCredentials(passwordFor(simulator, method)));
		expect(await statuses(connection)).toEqual({ 200: 50 });
		expect(simulator.stats().signIns).toBe(1);

		simulator.loseSessions();
		expect(await statuses(connection)).toEqual({ 200: 50 });
		// APIO Core gives a new access token for the refresh token; the gateway knows the password only.
		expect(simulator.stats()).toMatchObject(
			method === 'corePassword' ? { signIns: 1, refreshes: 1 } : { signIns: 2, refreshes: 0 },
		);
	});

	it('renews a lost session for reads with criteria in the body as well', async () => {
		const connection = await connected(new EngineCredentials(passwordFor(simulator, method)));
		expect(await statuses(connection, { enrichCcInfo: true })).toEqual({ 200: 50 });
		expect(simulator.stats().signIns).toBe(1);

		simulator.loseSessions();
		expect(await statuses(connection, { enrichCcInfo: true })).toEqual({ 200: 50 });
		const { signIns, refreshes } = simulator.stats();
		expect(signIns + refreshes).toBe(2);
	});

	it('tries a refused sign-in once, not fifty times, and sends nothing else', async () => {
		const credential = new EngineCredentials(passwordFor(simulator, method, { password: 'wrong-password' }));
		expect(await statuses(await connected(credential))).toEqual({ 'signIn-refused': 50 });
		expect(simulator.stats()).toMatchObject({ refusedSignIns: 1, requests: 1 });
	});

	it.each(['is new', 'was lost'])(
		'sends nothing once it is cancelled while it signs in, because the session %s',
		async (session) => {
			const cancelling = new AbortController();
			const credential = new EngineCredentials(passwordFor(simulator, method));
			if (session === 'was lost') {
				await statuses(await connected(credential));
				simulator.loseSessions();
			}
			const before = simulator.requests().length;
			const isSignIn = ({ path }: { path: string }) => /auth|login/.test(path);
			simulator.setFaults({ rules: [{ match: { path: '(auth|login)' }, fault: { kind: 'slow', ms: 300 } }] });
			const replies = statuses(await connected(credential, cancelling.signal));
			while (!simulator.requests().slice(before).some(isSignIn)) await sleep(1);
			cancelling.abort();
			const sent = simulator.requests().length;
			expect(await replies).toEqual({ cancelled: 50 });
			expect(
				simulator
					.requests()
					.slice(sent)
					.filter((request) => !isSignIn(request)),
			).toEqual([]);
		},
	);

	it('waits for what has left when it is cancelled', async () => {
		const cancelling = new AbortController();
		simulator.setSettings({ latencyMs: 100 });
		const credential = new EngineCredentials(passwordFor(simulator, method));
		await statuses(await connected(credential));
		const before = simulator.requests().length;
		const replies = statuses(await connected(credential, cancelling.signal));
		while (simulator.requests().length < before + 50) await sleep(1);
		cancelling.abort();
		expect(await replies).toEqual({ 200: 50 });
	});

	it('keeps what it has when n8n starts anew with a stored session', async () => {
		const credential = new EngineCredentials(passwordFor(simulator, method));
		await statuses(await connected(credential));
		const again = new EngineCredentials(credential.data);
		expect(await statuses(await connected(again))).toEqual({ 200: 50 });
		expect(simulator.stats().signIns).toBe(1);
		expect(again.stored).toBe(0);
	});
});

describe('a session that is left in a credential which was changed', () => {
	it.each(['corePassword', 'gatewayPassword'] as const)(
		"is not sent to another platform's address (%s)",
		async (method) => {
			const credential = new EngineCredentials(passwordFor(simulator, method));
			await statuses(await connected(credential));
			const received: string[] = [];
			const elsewhere = await listen((request, response) => {
				received.push(JSON.stringify(request.headers));
				response.writeHead(401).end();
			});
			const baseUrl = String(credential.data.baseUrl).replace(/^http:..[^/]+/, elsewhere.url);
			const { transport } = await connected(new EngineCredentials({ ...credential.data, baseUrl }));
			await transport({ method: 'GET', path: PROFILE });
			await elsewhere.stop();
			expect(received.length).toBeGreaterThan(0);
			const {
				access = '',
				refresh = '',
				cookies = {},
			} = JSON.parse(String(credential.data.sessionToken)) as {
				access?: string;
				refresh?: string;
				cookies?: Record<string, string>;
			};
			for (const secret of [access, refresh, ...Object.values(cookies)].filter(Boolean))
				expect(received.join()).not.toContain(secret);
		},
	);

	it.each(['corePassword', 'gatewayPassword'] as const)("is not taken for another user's (%s)", async (method) => {
		const credential = new EngineCredentials(passwordFor(simulator, method));
		await statuses(await connected(credential));
		const other = { ...credential.data, username: 'somebody-else', password: ['an', 'other'].join('-') };
		expect((await testCredential(other)).status).toBe('Error');
		expect(await statuses(await connected(new EngineCredentials(other)))).toEqual({ 'signIn-refused': 50 });
	});
});

describe('APIO Core', () => {
	it('falls back to the password when the refresh token is not accepted either', async () => {
		const fields = passwordFor(simulator, 'corePassword');
		const { baseUrl, username, password } = fields as Record<string, string>;
		const account = accountKey({ baseUrl, method: 'corePassword', username, password });
		const sessionToken = serializeSession(
			{ kind: 'core', access: 'no-longer-known', refresh: 'no-longer-known-either' },
			account,
		);
		const { transport } = await connected(new EngineCredentials({ ...fields, sessionToken }));
		const before = simulator.requests().length;
		expect(await transport({ method: 'GET', path: PROFILE })).toMatchObject({ kind: 'answer', status: 200 });
		const asked = simulator.requests().slice(before);
		expect(asked.map(({ path, status }) => [path.split('/').at(-1) || 'profile', status])).toEqual([
			['profile', 401],
			['access_token', 401],
			['login', 200],
			['profile', 200],
		]);
	});
});

describe('an access token', () => {
	it('needs no session and stores none', async () => {
		const credential = new EngineCredentials(tokenFor(simulator));
		expect(await statuses(await connected(credential))).toEqual({ 200: 50 });
		expect(simulator.stats()).toMatchObject({ requests: 50, signIns: 0 });
		expect(credential.stored).toBe(0);
	});
});
