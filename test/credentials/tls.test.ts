/**
 * A platform whose certificate nobody trusts: refused with a clear message, or accepted where the credential says so.
 */

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { ApioCallCenter } from '../../nodes/ApioCallCenter/ApioCallCenter.node';
import { connect } from '../../nodes/shared/n8n-transport';
import { executeContext, testCredential } from '../support/engine';
import { selfSigned } from '../support/self-signed';
import { listen, spoiltWay, type Listener } from './listener';

const TOKEN = ['some', 'token'].join('-');

let server: Listener;
beforeEach(async () => {
	server = await listen((request, response) => {
		response.setHeader('set-cookie', ['sessionid=abcdef; Path=/']);
		response.setHeader('content-type', 'application/json');
		response.end(request.url?.includes('/auth/login') ? `{"access_token":"${TOKEN}"}` : '{}');
	}, selfSigned());
});
afterEach(async () => await server.stop());

const fieldsFor = (signInMethod: string, ignoreSslIssues: boolean) => ({
	baseUrl: `${server.url}/api/${signInMethod === 'gatewayPassword' ? 'v1' : 'v01/p1'}`,
	signInMethod,
	accessToken: TOKEN,
	username: 'u',
	password: TOKEN,
	ignoreSslIssues,
});

describe.each(['accessToken', 'corePassword', 'gatewayPassword'])('%s', (method) => {
	it('is refused by default', async () => {
		const { status, message } = await testCredential(fieldsFor(method, false));
		expect(status).toBe('Error');
		expect(message).toContain('The TLS certificate of the platform is not trusted, because it is self-signed.');
		expect(message).toContain("'Ignore SSL Issues (Insecure)'");
		const { transport } = await connect(
			executeContext({ type: new ApioCallCenter(), parameters: {}, credential: fieldsFor(method, false) }),
		);
		for (const body of [undefined, { a: 1 }]) {
			expect(await transport({ method: 'GET', path: '/x/', body })).toMatchObject({
				kind: 'noAnswer',
				cause: 'unreachable',
				maybeApplied: false,
				message: expect.stringContaining('certificate'),
			});
		}
	});

	it('is accepted where the credential says so, on every way', async () => {
		expect((await testCredential(fieldsFor(method, true))).status).toBe('OK');
		const { transport } = await connect(
			executeContext({ type: new ApioCallCenter(), parameters: {}, credential: fieldsFor(method, true) }),
		);
		for (const body of [undefined, { a: 1 }]) {
			expect(await transport({ method: 'GET', path: '/x/', body })).toMatchObject({ kind: 'answer', status: 200 });
		}
	});
});

it.each([
	['text without TLS, as a proxy puts it there', Buffer.from('HTTP/1.1 502 Bad Gateway\r\n\r\n')],
	['an alert without TLS', Buffer.from([0x15, 3, 3, 0, 2, 2, 80])],
])('a write may have been applied where the answer is %s', async (_, spoilt) => {
	let arrived = 0;
	const platform = await listen((_request, response) => {
		arrived++;
		response.end('{}');
	}, selfSigned());
	const way = await spoiltWay(platform.url, spoilt, () => arrived > 0);
	const fields = {
		baseUrl: `${way.url}/api/v1`,
		signInMethod: 'accessToken',
		accessToken: TOKEN,
		ignoreSslIssues: true,
	};
	const { transport } = await connect(
		executeContext({ type: new ApioCallCenter(), parameters: {}, credential: fields }),
	);
	expect(await transport({ method: 'PUT', path: '/x/', body: { a: 1 } })).toMatchObject({
		kind: 'noAnswer',
		cause: 'reset',
		maybeApplied: true,
	});
	expect(arrived).toBe(1);
	await way.stop();
	await platform.stop();
});
