/** Sign-in data leave for the host of the Base URL and for no other, whatever that URL looks like. */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import type { ICredentialDataDecryptedObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import { ApioApi } from '../../credentials/ApioApi.credentials';
import { baseUrlProblem, coreRoot, normalBaseUrl, staysWith } from '../../lib/base-url';
import { rateLimiterFor } from '../../lib/rate-limit';
import { samePlatform } from '../../lib/sync/documents/plan-hash';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { n8nClock } from '../../nodes/shared/clock';
import { connect } from '../../nodes/shared/n8n-transport';
import type { Simulator } from '../../simulator';
import { executeContext, testCredential } from '../support/engine';
import { passwordFor, startDocumented, tokenFor } from '../nodes/call-center/harness';
import { listen, type Listener } from './listener';

const METHODS = ['accessToken', 'corePassword', 'gatewayPassword'] as const;

let accounts = 0;

/** Each is another account: sessions of the same one are shared. */
const fieldsFor = (baseUrl: string, signInMethod: string) => ({
	baseUrl,
	signInMethod,
	accessToken: ['a', 'token'].join('-'),
	username: `user-${++accounts}`,
	password: ['a', 'password'].join('-'),
});

/** Where a sign-in and a request would go. */
async function addressesOf(baseUrl: string, method: string): Promise<string[]> {
	const asked: string[] = [];
	const helpers = {
		httpRequest: async (options: IHttpRequestOptions) => {
			asked.push(options.url);
			return await Promise.resolve({
				statusCode: 200,
				body: { access_token: 'a-new-token' },
				headers: { 'set-cookie': ['sessionid=abcdefgh'] },
			});
		},
	};
	const credentials = { ...fieldsFor(baseUrl, method), sessionToken: '' } as ICredentialDataDecryptedObject;
	const type = new ApioApi();
	const made = await type.preAuthentication
		.call({ helpers } as unknown as IHttpRequestHelper, credentials)
		.catch(() => null);
	if (made === null) return asked;
	const authenticate = type.authenticate as (
		credentials: object,
		options: IHttpRequestOptions,
	) => Promise<IHttpRequestOptions>;
	const sent = await authenticate({ ...credentials, ...made }, { url: `${normalBaseUrl(baseUrl)}/tenants/` });
	return [...asked, sent.url];
}

/** A Base URL beside the host that it names; null where it is refused. */
const ADDRESSES: ReadonlyArray<[string, string | null]> = [
	['https://portal.example.com', 'portal.example.com'],
	['https://portal.example.com/', 'portal.example.com'],
	['https://pbx.example.com:8443', 'pbx.example.com:8443'],
	['https://p', 'p'],
	['https://p1/p1', 'p1'],
	['https://api.example.com/api/v01/p1', 'api.example.com'],
	['  https://api.example.com/api/v01/p1/ \n', 'api.example.com'],
	['\u200bhttps://api.example.com/api/v01/p1\u200b\ufeff', 'api.example.com'],
	['https://api\u00ad.exam\u200bple.com/api/v1', 'api.example.com'],
	['HTTPS://API.Example.COM/api/v1', 'api.example.com'],
	['https://api.example.com:443/api/v1', 'api.example.com'],
	['https://api.example.com./api/v1', 'api.example.com'],
	['https://api.example.com/api/../../../v1', 'api.example.com'],
	['https://api.example.com/%2e%2e/%2e%2e/p1', 'api.example.com'],
	['https://api.example.com/api%2fv1%2f..%2fp1', 'api.example.com'],
	['https://api.example.com/%5cevil.example/p1', 'api.example.com'],
	['https://api.example.com/@evil.example/p1', 'api.example.com'],
	['https://bücher.example/api/v1', 'xn--bcher-kva.example'],
	['https://apio。example.com/api/v1', 'apio.example.com'],
	['https://127.1/api/v1', '127.0.0.1'],
	['https://[::1]:8443/api/v1', '[::1]:8443'],
	['https://api.example.com@evil.example/api/v1', null],
	['https://api.example.com:443@evil.example/api/v1', null],
	['https://@evil.example/api/v1', null],
	['https://:@evil.example/api/v1', null],
	['https://api.example.com\\@evil.example/api/v1', null],
	['https:\\\\api.example.com\\api\\v1', null],
	['https://evil.example\\.api.example.com/api/v1', null],
	['https://evil.example#api.example.com/api/v1', null],
	['https://evil.example?api.example.com/api/v1', null],
	['https://api.example.com/api/v1?', null],
	['https:api.example.com/api/v1', null],
	['https:/api.example.com/api/v1', null],
	['https:///api.example.com/api/v1', null],
	['//api.example.com/api/v1', null],
	['api.example.com/api/v1', null],
	['localhost:8080/api/v1', null],
	['https://api.example.com//evil.example/p1', null],
	['ftp://api.example.com/api/v1', null],
	['javascript:alert(1)//https://api.example.com', null],
	['https://', null],
	['https://api.example.com:99999/api/v1', null],
	['https://exa mple.com/api/v1', null],
];

describe.each(ADDRESSES)('%j', (baseUrl, host) => {
	it('is not looked at where it is longer than any address', () => {
		expect(baseUrlProblem(`https://x.example/${'a'.repeat(7_900)}`)).toBeNull();
		expect(baseUrlProblem(`https://x.example/${'a'.repeat(8_000)}`)).toMatch(/^is not an address/);
	});

	it('is refused, or is the one host that is asked', async () => {
		expect(baseUrlProblem(baseUrl) === null).toBe(host !== null);
		for (const method of METHODS) {
			const asked = await addressesOf(baseUrl, method);
			const hosts = asked.map((address) => new URL(address).host);
			expect([...new Set(hosts)]).toEqual(host === null ? [] : [host]);
			// The connection of an access token is tried once a minute.
			if (method !== 'accessToken') expect(hosts).toHaveLength(host === null ? 0 : 2);
		}
	});
});

it('a sign-in at APIO Core leaves out the prefix of the path, and nothing of the host', () => {
	expect(coreRoot('https://portal.example.com')).toBe('https://portal.example.com');
	expect(coreRoot('https://portal.example.com/p1')).toBe('https://portal.example.com');
	expect(coreRoot('https://portal.example.com:8443/api/v01/p12')).toBe('https://portal.example.com:8443/api/v01');
	expect(coreRoot('https://portal.example.com/api/v1')).toBe('https://portal.example.com/api/v1');
});

describe('what leaves with the sign-in', () => {
	const baseUrl = 'https://api.example.com/api/v1';
	const authenticate = async (options: object) =>
		await (new ApioApi().authenticate as (credentials: object, options: object) => Promise<IHttpRequestOptions>)(
			fieldsFor(baseUrl, 'accessToken'),
			options,
		);

	it.each([
		'https://evil.example/',
		'http://api.example.com/',
		'https://api.example.com:8443/',
		'https://api.example.com.evil.example/',
		'//evil.example/',
		'https://api.example.com@evil.example/',
		'https://user@api.example.com/',
		'/tenants/',
		'',
		'https:\\\\evil.example\\',
	])('is not sent to %j', async (url) => {
		await expect(authenticate({ url })).rejects.toMatchObject({ problem: 'wrongAddress' });
		await expect(authenticate({ uri: url })).rejects.toMatchObject({ problem: 'wrongAddress' });
	});

	it.each([
		[{ url: `${baseUrl}/tenants/` }, `${baseUrl}/tenants/`],
		[{ baseURL: ` ${baseUrl}/\u200b`, url: '/tenants/' }, `${baseUrl}/tenants/`],
		[{ baseURL: 'https://API.example.com.:443/api/v1', url: 'tenants/' }, `${baseUrl}/tenants/`],
	])('is sent to the platform: %j', async (options, address) => {
		expect(await authenticate(options)).toMatchObject({
			url: address,
			baseURL: undefined,
			disableFollowRedirect: true,
			followRedirect: false,
			followAllRedirects: false,
		});
	});

	it('is not sent to another host by way of the base', async () => {
		await expect(authenticate({ baseURL: 'https://evil.example/', url: '/tenants/' })).rejects.toMatchObject({
			problem: 'wrongAddress',
		});
		await expect(authenticate({ baseURL: baseUrl, url: 'https://evil.example/' })).rejects.toMatchObject({
			problem: 'wrongAddress',
		});
		await expect(authenticate({ baseURL: baseUrl, url: '//evil.example/' })).rejects.toMatchObject({
			problem: 'wrongAddress',
		});
	});
});

describe('one spelling for one platform', () => {
	const same = [
		'https://api.example.com/api/v1',
		' https://API.example.com/api/v1/ ',
		'https://api.example.com:443/api/v1',
		'\u200bhttps://api.example.com./api/v1\u200b',
	];

	it('in plans and journals, and for the pace', () => {
		expect(new Set(same.map(normalBaseUrl)).size).toBe(1);
		expect(new Set(same.map(samePlatform)).size).toBe(1);
		expect(new Set(same.map((url) => rateLimiterFor(url, n8nClock, Math.random))).size).toBe(1);
		expect(samePlatform('https://api.example.com/api/v1')).not.toBe(samePlatform('http://api.example.com/api/v1'));
	});

	it('keeps other schemes, hosts and ports apart', () => {
		for (const other of [
			'http://api.example.com/',
			'https://api.example.com:444/',
			'https://b.example.com/',
			'https://api.example.com@b/',
		]) {
			expect(staysWith('https://api.example.com/api/v1', other)).toBe(false);
		}
	});
});

describe('a platform that sends the sign-in elsewhere', () => {
	const listeners: Listener[] = [];
	afterEach(async () => {
		for (const listener of listeners.splice(0)) await listener.stop();
	});

	it.each([301, 302, 303, 307, 308])('with status %i is not followed, by no way of signing in', async (status) => {
		const arrived: string[] = [];
		const elsewhere = await listen((request, response) => {
			arrived.push(`${request.method} ${request.url}`);
			response.end('{"access_token":"abcdefgh"}');
		});
		const platform = await listen((request, response) =>
			response.writeHead(status, { location: `${elsewhere.url}${request.url}` }).end(),
		);
		listeners.push(elsewhere, platform);
		for (const method of METHODS) {
			const credential = fieldsFor(`${platform.url}/api/v01/p1`, method);
			const { status: tested } = await testCredential(credential);
			expect(tested).toBe('Error');
			const { transport } = await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }));
			for (const request of [
				{ method: 'GET', path: '/x/' },
				{ method: 'GET', path: '/x/', body: { a: 1 } },
				{ method: 'PUT', path: '/x/', body: { a: 1 } },
			] as const) {
				await transport(request);
			}
		}
		expect(arrived).toEqual([]);
	});
});

describe('a Base URL and a token with white space, invisible characters and the name of a scheme', () => {
	let simulator: Simulator;
	beforeEach(async () => {
		simulator = await startDocumented();
	});
	afterEach(async () => await simulator.stop());

	it.each(METHODS)('works in the test and in the nodes (%s)', async (method) => {
		const given = method === 'accessToken' ? tokenFor(simulator) : passwordFor(simulator, method);
		const credential = {
			...given,
			baseUrl: `\u00a0 ${String(given.baseUrl)}/ \u200b\n`,
			...(method === 'accessToken' ? { accessToken: `\u200b bearer ${String(given.accessToken)}\n` } : {}),
		};
		expect(await testCredential(credential)).toEqual({ status: 'OK', message: 'Connection successful!' });
		const { transport, baseUrl } = await connect(
			executeContext({ type: new ApioCallCenter(), parameters: {}, credential }),
		);
		expect(baseUrl).toBe(given.baseUrl);
		expect(await transport({ method: 'GET', path: '/tenants/' })).toMatchObject({ kind: 'answer', status: 200 });
	});
});
