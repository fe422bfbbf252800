/** The credential is read once for many requests, and what n8n changes in it meanwhile is not missed. */

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { sleep, type ICredentialDataDecryptedObject } from 'n8n-workflow';

import type { JsonObject, Transport } from '../../lib/apio/transport';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { CACHE_MS, CachedCredential } from '../../nodes/shared/cached-credential';
import { connect } from '../../nodes/shared/n8n-transport';
import { redactorFor, secretsOf } from '../../nodes/shared/redaction';
import type { Simulator } from '../../simulator';
import { EngineCredentials, executeContext } from '../support/engine';
import { passwordFor, startDocumented, tokenFor } from '../nodes/call-center/harness';
import { listen, type Listener } from './listener';

const PROFILE = '/tenants/foo/groups/foogroup/users/foouser/services/call_centers/';

describe('on the engine', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startDocumented();
	});
	afterEach(async () => await simulator.stop());

	it.each(['accessToken', 'corePassword', 'gatewayPassword'] as const)(
		'is read once for many requests (%s)',
		async (method) => {
			const credential = new EngineCredentials(
				method === 'accessToken' ? tokenFor(simulator) : passwordFor(simulator, method),
			);
			const { transport } = await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }));
			const get = async (body?: { enrichCcInfo: boolean }) => await transport({ method: 'GET', path: PROFILE, body });
			for (let n = 0; n < 10; n++) expect(await get()).toMatchObject({ status: 200 });
			for (let n = 0; n < 10; n++) expect(await get({ enrichCcInfo: true })).toMatchObject({ status: 200 });
			// And once before it signs in.
			expect(credential.reads).toBe(method === 'accessToken' ? 1 : 2);
		},
	);

	it.each(['corePassword', 'gatewayPassword'] as const)('has the renewed session at once (%s)', async (method) => {
		const credential = new EngineCredentials(passwordFor(simulator, method));
		const { transport } = await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }));
		const get = async () => await transport({ method: 'GET', path: PROFILE });
		await get();
		simulator.loseSessions();
		await get();
		const before = simulator.requests().length;
		for (let n = 0; n < 10; n++) expect(await get()).toMatchObject({ status: 200 });
		// None was refused for want of a session.
		expect(simulator.requests().length - before).toBe(10);
		expect(credential.reads).toBe(3);
	});
});

describe('what changes in n8n while it is cached', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startDocumented();
	});
	afterEach(async () => {
		jest.restoreAllMocks();
		await simulator.stop();
	});
	const open = async (credential: EngineCredentials): Promise<Transport> =>
		(await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }))).transport;
	const get = async (transport: Transport, body?: JsonObject) =>
		await transport({ method: 'GET', path: PROFILE, body });
	const put = async (transport: Transport) => await transport({ method: 'PUT', path: PROFILE, body: { any: 'thing' } });
	const later = () => jest.spyOn(Date, 'now').mockReturnValue(Date.now() + CACHE_MS);
	const locked = (credential: EngineCredentials) =>
		jest.spyOn(credential, 'getDecrypted').mockRejectedValue(new Error('no database'));

	it.each(['corePassword', 'gatewayPassword'] as const)(
		'is not undone by a session that is renewed (%s)',
		async (method) => {
			const credential = new EngineCredentials(passwordFor(simulator, method));
			const transport = await open(credential);
			await get(transport);
			simulator.loseSessions();
			credential.edit({ searchCriteriaIn: 'query' });
			expect(await get(transport)).toMatchObject({ status: 200 });
			expect(credential.data.searchCriteriaIn).toBe('query');
		},
	);

	it.each([undefined, { enrichCcInfo: true }])(
		'is tried before a token is given up (criteria: %p)',
		async (criteria) => {
			const credential = new EngineCredentials(tokenFor(simulator, { accessToken: 'no-longer-valid' }));
			const transport = await open(credential);
			credential.edit(tokenFor(simulator));
			expect(await get(transport, criteria)).toMatchObject({ status: 200 });
		},
	);

	it('gives a refused token no second try where it is the same', async () => {
		const transport = await open(new EngineCredentials(tokenFor(simulator, { accessToken: 'not-valid' })));
		expect(await get(transport, { enrichCcInfo: true })).toMatchObject({ status: 401 });
		expect(simulator.requests()).toHaveLength(1);
	});

	it.each(['corePassword', 'gatewayPassword'] as const)(
		'is renewed although a session of another run is lost as well (%s)',
		async (method) => {
			const credential = new EngineCredentials(passwordFor(simulator, method));
			const [one, other] = [await open(credential), await open(credential)];
			await get(one);
			await get(other);
			simulator.loseSessions();
			await get(one);
			simulator.loseSessions();
			expect(await get(other)).toMatchObject({ status: 200 });
		},
	);

	it.each([
		['accessToken', false],
		['gatewayPassword', true],
	] as const)(
		'ends the run where it is the Base URL, so that no secret gets to the wrong platform (%s)',
		async (method, lost) => {
			const fields = method === 'accessToken' ? tokenFor(simulator) : passwordFor(simulator, method);
			const credential = new EngineCredentials(fields);
			const transport = await open(credential);
			await get(transport);
			credential.edit({
				baseUrl: 'http://127.0.0.1:1/api/v1',
				accessToken: 'of-another-platform',
				password: 'of-another-platform',
			});
			const before = simulator.requests().length;
			if (lost) simulator.loseSessions();
			else later();
			expect(await put(transport)).toMatchObject({
				kind: 'noAnswer',
				cause: 'signIn',
				maybeApplied: false,
				message: expect.stringContaining("'Base URL'"),
			});
			expect(simulator.requests().length - before).toBe(lost ? 1 : 0);
		},
	);

	it('leaves no write in doubt that was not sent, because it could not be read', async () => {
		const credential = new EngineCredentials(tokenFor(simulator));
		const transport = await open(credential);
		locked(credential);
		later();
		expect(await put(transport)).toMatchObject({
			kind: 'noAnswer',
			maybeApplied: false,
			message: expect.stringContaining('could not read the credential'),
		});
		expect(simulator.requests()).toEqual([]);
	});

	it.each([404, 401])(
		'does not get in the way of a refusal that came when it could not be read (%d)',
		async (status) => {
			const credential = new EngineCredentials(tokenFor(simulator, status === 401 ? { accessToken: 'not-valid' } : {}));
			const transport = await open(credential);
			simulator.setSettings({ latencyMs: 100 });
			const asked = transport({ method: 'PUT', path: PROFILE.replace('foouser', 'nobody'), body: { any: 'thing' } });
			while (simulator.requests().length === 0) await sleep(1);
			locked(credential);
			later();
			expect(await asked).toMatchObject(
				status === 401 ? { kind: 'noAnswer', maybeApplied: false } : { kind: 'answer', status },
			);
		},
	);
});

describe('a refusal that echoes the request', () => {
	let server: Listener | undefined;
	afterEach(async () => await server?.stop());

	it('shows nothing of what it was signed in with, although that has been replaced twice meanwhile', async () => {
		let sessions = 0;
		let refuse: (() => void) | undefined;
		server = await listen((request, response) => {
			const { url, method, headers } = request;
			const isSignIn = url?.endsWith('/login/') === true;
			if (isSignIn) response.setHeader('set-cookie', `sessionid=secret-number-${++sessions}`);
			const accepted = isSignIn || headers.cookie === `sessionid=secret-number-${sessions}`;
			const answer = (status: number) =>
				response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(headers));
			if (method === 'PUT') refuse = () => answer(400);
			else answer(accepted ? 200 : 401);
		});
		const fields = {
			baseUrl: `${server.url}/api/v1`,
			signInMethod: 'gatewayPassword',
			username: 'user',
			password: 'secret',
		};
		const credential = new EngineCredentials(fields);
		const { transport } = await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }));
		await transport({ method: 'GET', path: PROFILE });
		const refused = transport({ method: 'PUT', path: PROFILE, body: { any: 'thing' } });
		while (!refuse) await sleep(1);
		sessions++;
		await transport({ method: 'GET', path: PROFILE });
		refuse();
		expect(JSON.stringify(await refused)).toMatch(/"cookie":"sessionid=\[hidden\]"/);
	});

	it('hides a secret as a whole where another is a part of it', () => {
		const secrets = secretsOf({ password: 'part' }, { accessToken: 'a-part-of-it' });
		expect(redactorFor(secrets).mask('sent a-part-of-it')).toBe('sent [hidden]');
	});

	it('hides a token that was pasted with the name of its scheme', () => {
		const secrets = secretsOf({ accessToken: 'Bearer a-secret-token' });
		expect(redactorFor(secrets).mask('token a-secret-token')).toBe('token [hidden]');
	});
});

describe('while it is cached', () => {
	let stored: ICredentialDataDecryptedObject;
	let reads: number;
	let now: number;
	let cached: CachedCredential;
	const session = async () => (await cached.copy()).sessionToken;

	beforeEach(() => {
		[stored, reads, now] = [{ sessionToken: 'first' }, 0, 1_000_000];
		const read = async () => {
			reads++;
			return { ...stored };
		};
		cached = new CachedCredential({ ...stored }, read, () => now);
	});

	it('shows a change in n8n after a while, by one reading for all who ask', async () => {
		stored = { sessionToken: 'changed' };
		now += CACHE_MS - 1;
		expect(await session()).toBe('first');
		now += 1;
		await Promise.all(Array.from({ length: 10 }, session));
		expect(await session()).toBe('changed');
		expect(reads).toBe(1);
	});

	it('is read again when the clock was put back', async () => {
		stored = { sessionToken: 'changed' };
		now -= 3_600_000;
		expect(await session()).toBe('changed');
	});

	it('goes on with what it has when it cannot be read, and reports that to the caller', async () => {
		const failing = new CachedCredential(
			{ sessionToken: 'first' },
			async () => await Promise.reject(new Error('no database')),
			() => now,
		);
		now += CACHE_MS;
		await expect(failing.copy()).rejects.toThrow('no database');
		expect(await failing.copy()).toEqual({ sessionToken: 'first' });
	});

	it('takes what n8n renewed for a request, also for one that failed', async () => {
		await cached.use(async (given) => Object.assign(given, { sessionToken: 'second' }));
		expect(await session()).toBe('second');
		const failed = cached.use(async (given) => {
			given.sessionToken = 'third';
			throw new Error('reset');
		});
		await expect(failed).rejects.toThrow('reset');
		expect(await session()).toBe('third');
	});

	it('never goes back to an older session because its request took longer', async () => {
		let late = () => {};
		const slow = cached.use(async (given) => {
			await new Promise<void>((resolve) => (late = resolve));
			given.sessionToken = 'second';
		});
		await Promise.resolve();
		await cached.use(async (given) => Object.assign(given, { sessionToken: 'third' }));
		late();
		await slow;
		expect(await session()).toBe('third');
	});

	it('gives every request its own', async () => {
		const mine = await cached.copy();
		mine.sessionToken = 'mine';
		expect(await session()).toBe('first');
	});
});
