/**
 * The credential's test button: OK for every account that can sign in, and a clear message for each way it goes wrong.
 */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { documentationWorld, startSimulator, type Simulator } from '../../simulator';
import { DEFAULT_ACCOUNT, type AccountSpec } from '../../simulator/world-spec';
import { testCredential } from '../support/engine';
import { passwordFor, tokenFor } from '../nodes/call-center/harness';
import { listen, type Listener } from './listener';

const WRONG = ['not', 'the', 'right', 'one'].join('-');

const ACCOUNTS: AccountSpec[] = [
	DEFAULT_ACCOUNT,
	{
		username: 'end-user',
		password: 'end-user-pass',
		userLevel: 0,
		tenantId: 'foo',
		groupId: 'foogroup',
		userId: 'foouser',
	},
	{ username: 'second-factor', password: 'factor-pass', userLevel: 16, twoFactor: { option: 'totp', code: '123456' } },
	{ username: 'old-password', password: 'old-pass', userLevel: 16, mustChangePassword: true },
];

let simulator: Simulator;
const listeners: Listener[] = [];
beforeEach(async () => {
	simulator = await startSimulator({ world: { ...documentationWorld(), accounts: ACCOUNTS } });
});
afterEach(async () => {
	await simulator.stop();
	for (const listener of listeners.splice(0)) await listener.stop();
});

describe('a sign-in that works', () => {
	it('is OK with an access token', async () => {
		expect(await testCredential(tokenFor(simulator))).toEqual({ status: 'OK', message: 'Connection successful!' });
	});

	it.each(['corePassword', 'gatewayPassword'] as const)('is OK with %s', async (method) => {
		expect((await testCredential(passwordFor(simulator, method))).status).toBe('OK');
		expect(simulator.stats().signIns).toBe(1);
	});

	it.each(['corePassword', 'gatewayPassword'] as const)(
		'is OK for an End User, who may not list tenants, with %s',
		async (method) => {
			const fields = passwordFor(simulator, method, { username: 'end-user', password: 'end-user-pass' });
			expect((await testCredential(fields)).status).toBe('OK');
			expect(simulator.requests().at(-1)?.status).toBe(403);
		},
	);

	it('is OK with a Base URL that ends in a slash', async () => {
		expect((await testCredential(tokenFor(simulator, { baseUrl: `${simulator.coreUrl}/` }))).status).toBe('OK');
	});
});

describe('a sign-in that does not work says why', () => {
	const messageOf = async (fields: Parameters<typeof testCredential>[0]) => {
		const { status, message } = await testCredential(fields);
		expect(status).toBe('Error');
		return message;
	};

	it('wrong access token', async () => {
		expect(await messageOf(tokenFor(simulator, { accessToken: WRONG }))).toContain('does not accept this sign-in');
	});

	it.each(['corePassword', 'gatewayPassword'] as const)('wrong password (%s), tried once only', async (method) => {
		const fields = passwordFor(simulator, method, { password: WRONG });
		expect(await messageOf(fields)).toContain("Check 'User' and 'Password'");
		expect(simulator.stats().refusedSignIns).toBe(1);
		expect(await messageOf(fields)).toContain("Check 'User' and 'Password'");
		expect(simulator.stats().refusedSignIns).toBe(1);
	});

	it('second factor asked for', async () => {
		const fields = passwordFor(simulator, 'corePassword', { username: 'second-factor', password: 'factor-pass' });
		expect(await messageOf(fields)).toContain('second factor');
	});

	it.each(['corePassword', 'gatewayPassword'] as const)(
		'password must be changed (%s), where the platform says so',
		async (method) => {
			const fields = passwordFor(simulator, method, { username: 'old-password', password: 'old-pass' });
			const { status, message } = await testCredential(fields);
			if (method === 'corePassword') expect(status).toBe('Error');
			if (status === 'Error') expect(message).toContain('must be changed');
		},
	);

	it('sign-in method of the other entry point', async () => {
		const core = passwordFor(simulator, 'corePassword', { baseUrl: simulator.gatewayUrl });
		expect(await messageOf(core)).toContain('/api/v01/p1');
		const gateway = passwordFor(simulator, 'gatewayPassword', { baseUrl: simulator.coreUrl });
		expect(await messageOf(gateway)).toContain('https://apio.example.com/api/v1');
	});

	it('Base URL without the prefix', async () => {
		expect(await messageOf(tokenFor(simulator, { baseUrl: simulator.url }))).toContain('prefix');
	});

	it.each([
		['accessToken', ''],
		['accessToken', '\ufeff'],
		['accessToken', '\n\n  '],
		['corePassword', ''],
		['gatewayPassword', ''],
	])('a web page at the Base URL (%s, after %j)', async (signInMethod, before) => {
		const page = await listen((_request, response) =>
			response.writeHead(200, { 'content-type': 'text/html' }).end(`${before}<!doctype html><title>Portal</title>`),
		);
		listeners.push(page);
		const message = await messageOf({
			baseUrl: `${page.url}/api/v1`,
			signInMethod,
			accessToken: 'a-token-0000',
			username: 'u',
			password: 'p-0000',
		});
		expect(message).toMatch(/Base URL/);
	});

	it('a redirect', async () => {
		const redirecting = await listen((_request, response) =>
			response.writeHead(301, { location: 'https://elsewhere.example/' }).end(),
		);
		listeners.push(redirecting);
		expect(
			await messageOf({
				baseUrl: `${redirecting.url}/api/v1`,
				signInMethod: 'accessToken',
				accessToken: 'a-token-0000',
			}),
		).toContain('another address');
	});

	it.each([
		'',
		'apio.example.com',
		'ftp://apio.example.com',
		'https://user:pass-word@apio.example.com/api/v1',
		'https://apio.example.com/api/v1?x=1',
	])('a Base URL that is none: %j', async (baseUrl) => {
		const message = await messageOf({ baseUrl, signInMethod: 'accessToken', accessToken: 'a-token-0000' });
		expect(message).toContain('Base URL');
		expect(message).not.toContain('pass-word');
	});

	it.each([
		[304, 'not the APIO API'],
		[407, 'asks for a sign-in of its own'],
		[418, 'not the APIO API'],
		[451, 'not the APIO API'],
		[511, 'asks for a sign-in of its own'],
		[522, 'fails at the moment'],
	])('an answer with status %d', async (status, says) => {
		const other = await listen((_request, response) => response.writeHead(status).end());
		listeners.push(other);
		const baseUrl = `${other.url}/api/v1`;
		expect(await messageOf({ baseUrl, signInMethod: 'accessToken', accessToken: 'a-token-0000' })).toContain(says);
	});

	it('the platform fails', async () => {
		simulator.setFaults({ rules: [{ fault: { kind: 'statusBefore', status: 503 }, times: 2 }] });
		const message = await messageOf(tokenFor(simulator));
		expect(message).toContain('fails at the moment');
	});
});
