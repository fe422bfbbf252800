/** Why nothing answers, and what to do: in the credential's test with every sign-in method, and in every node. */

import { afterEach, describe, expect, it } from '@jest/globals';
import {
	sleep,
	type ICredentialDataDecryptedObject,
	type IHttpRequestHelper,
	type IHttpRequestOptions,
} from 'n8n-workflow';

import { ApioApi } from '../../credentials/ApioApi.credentials';
import { SignInError } from '../../lib/apio';
import { ConnectionProbe } from '../../nodes/shared/connection-probe';
import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { ApioCallCenterTrigger } from '../../nodes/ApioCallCenterTrigger/ApioCallCenterTrigger.node';
import { AGENT_ADDRESS } from '../nodes/call-center/harness';
import { launch } from '../nodes/sync/engine';
import { fetchTestEvent, listSearch, runNode, testCredential } from '../support/engine';
import '../support/fast';
import { selfSigned } from '../support/self-signed';
import { listen, type Listener } from './listener';

const METHODS = ['accessToken', 'corePassword', 'gatewayPassword'] as const;
const SECRET = ['top', 'secret', '0042'].join('-');

const listeners: Listener[] = [];
afterEach(async () => {
	for (const listener of listeners.splice(0)) await listener.stop();
});

function fieldsFor(url: string, signInMethod: string): ICredentialDataDecryptedObject {
	const baseUrl = `${url}/api/${signInMethod === 'gatewayPassword' ? 'v1' : 'v01/p1'}`;
	return { baseUrl, signInMethod, accessToken: SECRET, username: 'u', password: SECRET };
}

async function nothingThere(): Promise<string> {
	const closed = await listen(() => undefined);
	await closed.stop();
	return closed.url;
}

async function withoutTls(): Promise<string> {
	const plain = await listen((_request, response) => response.end('{}'));
	listeners.push(plain);
	return plain.url.replace('http:', 'https:');
}

async function withTlsAlone(): Promise<string> {
	const secure = await listen((_request, response) => response.end('{}'), selfSigned());
	listeners.push(secure);
	return secure.url.replace('https:', 'http:');
}

async function selfSignedThere(): Promise<string> {
	const secure = await listen((_request, response) => response.end('{}'), selfSigned());
	listeners.push(secure);
	return secure.url;
}

describe.each(METHODS)("the credential's test with %s", (method) => {
	it.each<[string, () => Promise<string>, RegExp, RegExp]>([
		['nothing answers', nothingThere, /nothing answers at the Base URL\./, /Check the host and port of the Base URL/],
		['no TLS is spoken', withoutTls, /no secure connection could be made\./, /begins with http:\/\//],
		['only TLS is spoken', withTlsAlone, /connection broke/, /begin the Base URL with https:\/\//],
		['the certificate is self-signed', selfSignedThere, /it is self-signed\./, /'Ignore SSL Issues \(Insecure\)'/],
	])('says that %s', async (_, server, what, whatToDo) => {
		const { status, message } = await testCredential(fieldsFor(await server(), method));
		expect(status).toBe('Error');
		expect(message).toMatch(what);
		expect(message).toMatch(whatToDo);
		expect(message).toMatch(/\.$/);
	});

	it.each([
		['ECONNREFUSED', 'connect', /nothing answers/],
		['ENOTFOUND', 'getaddrinfo', /host of the Base URL is not known\. Check the spelling/],
		['EAI_AGAIN', 'getaddrinfo', /name server does not answer\. Try again later/],
		['EHOSTUNREACH', 'connect', /no route to the host\. Check the host/],
		['ENETUNREACH', 'connect', /no route to its network\. Check the network/],
		['ETIMEDOUT', 'connect', /connecting took too long\. Check the host and port.*firewall/],
		['EPROTO', 'write', /no secure connection could be made\. Check the Base URL/],
		['DEPTH_ZERO_SELF_SIGNED_CERT', undefined, /because it is self-signed\. Have it issued/],
		['SELF_SIGNED_CERT_IN_CHAIN', undefined, /its chain has a self-signed certificate\. Have it issued/],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', undefined, /is not trusted\. Have it issued/],
		['CERT_HAS_EXPIRED', undefined, /has expired\. Have it renewed/],
		['ERR_TLS_CERT_ALTNAME_INVALID', undefined, /is for another host\. Enter the host/],
		['ETIMEDOUT', 'read', /did not answer in time\. Try again later/],
	])('explains %s (%s)', async (code, syscall, says) => {
		const failing = async () => {
			throw Object.assign(new Error(`${String(syscall)} ${code}`), { code, syscall });
		};
		const helpers = { httpRequest: failing } as unknown as IHttpRequestHelper['helpers'];
		const url = `https://${code.toLowerCase().replace(/_/g, '-')}.${String(syscall)}.example`;
		const credentials = { sessionToken: '', ...fieldsFor(url, method) };
		const asked = new ApioApi().preAuthentication.call({ helpers }, credentials);
		await expect(asked).rejects.toThrow(says);
		// n8n would show the code, or a text of its own, instead of a message that has one.
		await expect(asked).rejects.not.toThrow(code);
	});
});

it('tries the connection without the token, once a minute, and not for requests of our nodes', async () => {
	const sent: IHttpRequestOptions[] = [];
	const httpRequest = async (options: IHttpRequestOptions) => {
		sent.push(options);
		return { statusCode: 401, headers: {}, body: {} };
	};
	const helpers = { httpRequest } as unknown as IHttpRequestHelper['helpers'];
	const fields = { sessionToken: '', ...fieldsFor('https://tried-once.example', 'accessToken') };
	for (let round = 0; round < 3; round++)
		expect(await new ApioApi().preAuthentication.call({ helpers }, { ...fields })).toEqual({});
	expect(sent.map(({ method, url }) => `${method} ${url}`)).toEqual([
		'GET https://tried-once.example/api/v01/p1/tenants/',
	]);
	expect(JSON.stringify(sent)).not.toContain(SECRET);
});

it('tries a connection that nothing answers once for all who ask, and for as long as that took', async () => {
	let [now, sent] = [0, 0];
	const swallowed = async () => {
		sent++;
		await sleep(5);
		now += 20_000;
		return new SignInError('unreachable', 'swallowed');
	};
	const probe = new ConnectionProbe(() => now);
	const ask = async (key = 'one') => (await probe.problem(key, swallowed))?.message;
	expect(await Promise.all([ask(), ask(), ask()])).toEqual(['swallowed', 'swallowed', 'swallowed']);
	now += 19_999;
	expect(await ask()).toBe('swallowed');
	expect(sent).toBe(1);
	now += 1;
	await ask();
	await ask('another');
	expect(sent).toBe(3);
});

it('tries a connection that failed at once at the next request again', async () => {
	let problem: SignInError | null = new SignInError('unreachable', 'refused');
	const probe = new ConnectionProbe(() => 0);
	const ask = async () => await probe.problem('one', async () => problem);
	expect(await ask()).not.toBeNull();
	problem = null;
	expect(await ask()).toBeNull();
	problem = new SignInError('unreachable', 'refused');
	// Something answered just now.
	expect(await ask()).toBeNull();
});

it('tries a connection again after an attempt that came to no result', async () => {
	const attempts = [Promise.reject(new Error('no result')), Promise.resolve(null)];
	const probe = new ConnectionProbe(() => 0);
	const ask = async () => await probe.problem('one', async () => await (attempts.shift() ?? null));
	await expect(ask()).rejects.toThrow('no result');
	expect(await ask()).toBeNull();
});

describe.each(METHODS)('every node says it and what to do, with %s', (method) => {
	const ADVICE = 'Check the host and port of the Base URL in the credential, and whether APIO is running there.';
	const parameters = { resource: 'agentProfile', operation: 'get', ...AGENT_ADDRESS };

	it('APIO Call Center', async () => {
		const credential = fieldsFor(await nothingThere(), method);
		const { error } = await runNode({ type: new ApioCallCenter(), parameters, credential });
		expect(`${error?.message} ${error?.description}`).toContain('nothing answers at the Base URL');
		expect(`${error?.message} ${error?.description}`).toContain(ADVICE);
	});

	it('its pickers', async () => {
		const credential = fieldsFor(await nothingThere(), method);
		const search = listSearch({ type: new ApioCallCenter(), parameters: {}, credential }, 'searchTenants');
		const error = await search.then(
			() => null,
			(thrown: Error & { description?: string }) => `${thrown.message} ${thrown.description}`,
		);
		expect(error).toContain('nothing answers at the Base URL');
		expect(error).toContain(ADVICE);
	});

	it('APIO Call Center Trigger', async () => {
		const credential = fieldsFor(await nothingThere(), method);
		const watched = { watch: 'callCenterAgents', tenantId: 'a', groupId: 'b', callCenterId: 'c@d' };
		const polled = fetchTestEvent({ type: new ApioCallCenterTrigger(), parameters: watched, credential });
		const error = await polled.then(
			() => null,
			(thrown: Error & { description?: string }) => `${thrown.message} ${thrown.description}`,
		);
		expect(error).toContain('nothing answers at the Base URL');
		expect(error).toContain(ADVICE);
	});

	it('APIO Call Center Sync', async () => {
		const credential = fieldsFor(await nothingThere(), method);
		const rows = JSON.stringify([{ tenant: 'a', group: 'b', supervisor: 's@d', callCenter: 'c@d', agent: 'x@d' }]);
		const { error } = await launch({
			baseUrl: String(credential.baseUrl),
			credential,
			parameters: { operation: 'plan', source: 'json', rowsJson: rows },
		});
		expect(`${error?.message} ${error?.description}`).toContain('nothing answers at the Base URL');
		expect(`${error?.message} ${error?.description}`).toContain(ADVICE);
	});
});
