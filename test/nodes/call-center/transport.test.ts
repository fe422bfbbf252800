/** The transport over n8n's helpers, against servers that misbehave. */

import { afterEach, describe, expect, it } from '@jest/globals';

import { sleep } from 'n8n-workflow';

import { connectionExplanation, noAnswer } from '../../../nodes/shared/transport-failure';
import type { HttpRequest } from '../../../lib/apio/transport';
import { ApioCallCenter } from '../../../nodes/ApioCallCenter/ApioCallCenter.node';
import { readText } from '../../../nodes/shared/answer-body';
import { n8nClock } from '../../../nodes/shared/clock';
import { connect } from '../../../nodes/shared/n8n-transport';
import { listen, type Listener } from '../../credentials/listener';
import { executeContext } from '../../support/engine';

const listeners: Listener[] = [];
afterEach(async () => {
	for (const listener of listeners.splice(0)) await listener.stop();
});

interface Seen {
	method?: string;
	url?: string;
	headers: Record<string, unknown>;
	body: string;
}

async function served(answer: Parameters<typeof listen>[0], fields = {}, timeoutMs?: number) {
	const seen: Seen[] = [];
	const listener = await listen((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			seen.push({
				method: request.method,
				url: request.url,
				headers: request.headers,
				body: Buffer.concat(chunks).toString(),
			});
			answer(request, response);
		});
	});
	listeners.push(listener);
	const credential = {
		baseUrl: `${listener.url}/api/v1/`,
		signInMethod: 'accessToken',
		accessToken: ['a', 'token'].join('-'),
		...fields,
	};
	const context = executeContext({ type: new ApioCallCenter(), parameters: {}, credential });
	const { transport } = await connect(context, { timeoutMs });
	return { transport, seen, listener };
}

const json =
	(body: string, status = 200): Parameters<typeof listen>[0] =>
	(_request, response) => {
		response
			.writeHead(status, { 'Content-Type': 'application/json', 'X-Custom': 'Yes', 'Set-Cookie': ['a=1', 'b=2'] })
			.end(body);
	};

describe('what is sent', () => {
	it.each<[string, HttpRequest, string]>([
		['GET without a body', { method: 'GET', path: '/x/' }, ''],
		[
			'GET with a body',
			{ method: 'GET', path: '/x/', body: { combineWithOr: true, a: 'é' } },
			'{"combineWithOr":true,"a":"é"}',
		],
		[
			'PUT of an empty list',
			{ method: 'PUT', path: '/x/', body: { supervised_agents: [] } },
			'{"supervised_agents":[]}',
		],
		[
			'DELETE with a body',
			{ method: 'DELETE', path: '/x/', body: { supervised_agents: [{ userId: 'a' }] } },
			'{"supervised_agents":[{"userId":"a"}]}',
		],
		['POST with null', { method: 'POST', path: '/x/', body: { a: null } }, '{"a":null}'],
	])('%s arrives as it is', async (_title, request, body) => {
		const { transport, seen } = await served(json('{"ok":true}'));
		expect(await transport(request)).toMatchObject({ kind: 'answer', status: 200, body: { ok: true } });
		expect(seen).toHaveLength(1);
		expect(seen[0]).toMatchObject({ method: request.method, url: '/api/v1/x/', body });
		expect(seen[0].headers.authorization).toBe('Bearer a-token');
		expect(seen[0].headers['content-type']).toBe(body ? 'application/json' : undefined);
	});

	it('leaves percent-encoded paths and query values alone', async () => {
		const { transport, seen } = await served(json('{}'));
		await transport({ method: 'GET', path: '/users/a%40b%2Fc/', query: { q: 'a&b=c d+é', n: '1' } });
		await transport({ method: 'GET', path: '/users/a%40b%2Fc/', body: { x: 1 } });
		const [first, second] = seen.map(({ url }) => new URL(url ?? '', 'http://x'));
		expect([first.pathname, second.pathname]).toEqual(['/api/v1/users/a%40b%2Fc/', '/api/v1/users/a%40b%2Fc/']);
		expect(Object.fromEntries(first.searchParams)).toEqual({ q: 'a&b=c d+é', n: '1' });
	});
});

describe('what comes back', () => {
	it('has header names in lower case, several values joined', async () => {
		const { transport } = await served(json('{}'));
		expect(await transport({ method: 'GET', path: '/x/' })).toMatchObject({
			headers: { 'x-custom': 'Yes', 'set-cookie': 'a=1, b=2' },
		});
	});

	it.each([200, 201, 207, 400, 403, 404, 409, 429, 500, 503])('is an answer with status %i', async (status) => {
		for (const body of [undefined, { a: 1 }]) {
			const { transport } = await served(json('{"a":1}', status));
			expect(await transport({ method: 'GET', path: '/x/', body })).toMatchObject({
				kind: 'answer',
				status,
				body: { a: 1 },
			});
		}
	});

	it('is an answer with status 401 as well, also for a GET with a body', async () => {
		const { transport } = await served(json('{"error":"no"}', 401));
		expect(await transport({ method: 'PUT', path: '/x/', body: { a: 1 } })).toMatchObject({
			kind: 'answer',
			status: 401,
			body: { error: 'no' },
		});
		expect(await transport({ method: 'GET', path: '/x/', body: { a: 1 } })).toMatchObject({
			kind: 'answer',
			status: 401,
			body: { error: 'no' },
		});
	});

	it.each([404, 502])('is an answer with status %i without a body, also for a GET with a body', async (status) => {
		const { transport } = await served((_request, response) => response.writeHead(status).end());
		for (const body of [undefined, { a: 1 }]) {
			expect(await transport({ method: 'GET', path: '/x/', body })).toMatchObject({
				kind: 'answer',
				status,
				body: undefined,
			});
		}
	});

	it('is text if it is not JSON, and undefined if it is empty', async () => {
		const malformed = await served(json('{"a": [1, 2'));
		expect(await malformed.transport({ method: 'GET', path: '/x/' })).toMatchObject({
			kind: 'answer',
			body: '{"a": [1, 2',
		});
		const nothing = await served((_request, response) => response.writeHead(204).end());
		expect(await nothing.transport({ method: 'DELETE', path: '/x/', body: { a: 1 } })).toMatchObject({
			kind: 'answer',
			status: 204,
			body: undefined,
		});
	});

	it('is undefined if it is null, and not a broken connection', async () => {
		const { transport } = await served(json('null'));
		expect(await transport({ method: 'GET', path: '/x/' })).toMatchObject({ kind: 'answer', body: undefined });
	});

	it.each([
		['iso-8859-1', 'latin1'],
		['"UTF-16LE"', 'utf16le'],
		['utf-8', 'utf8'],
		['unheard-of', 'utf8'],
	] as const)('is read in the charset that it declares: %s', async (charset, encoding) => {
		const type = `application/json; charset=${charset}`;
		const { transport } = await served((_request, response) =>
			response.writeHead(200, { 'content-type': type }).end(Buffer.from('{"firstName":"René"}', encoding)),
		);
		for (const body of [undefined, { a: 1 }])
			expect(await transport({ method: 'GET', path: '/x/', body })).toMatchObject({ body: { firstName: 'René' } });
	});

	it('is read as UTF-8 if it is valid UTF-8, whatever charset the server declares', async () => {
		const type = 'application/json;charset=ISO-8859-1';
		const { transport } = await served((_request, response) =>
			response.writeHead(200, { 'content-type': type }).end('{"firstName":"René"}'),
		);
		expect(await transport({ method: 'GET', path: '/x/' })).toMatchObject({ body: { firstName: 'René' } });
	});

	it('is read as UTF-8 also where it is cut within a character', async () => {
		const stream = {
			async *[Symbol.asyncIterator]() {
				yield Buffer.from('Zoë');
			},
			destroy: () => undefined,
		};
		const type = 'application/json;charset=ISO-8859-1';
		expect(await readText(stream, 3, type)).toEqual({ text: 'Zo', isCut: true });
	});

	it.each<[string, Parameters<typeof listen>[0], string]>([
		[
			'it is of another service',
			(request) => {
				request.socket.end('SSH-2.0-OpenSSH_9.9\r\n');
			},
			'The server at the Base URL does not follow HTTP',
		],
		...['gzip', 'deflate', 'br'].map((encoding): [string, Parameters<typeof listen>[0], string] => [
			`it is not packed as it says (${encoding})`,
			(_request, response) => {
				response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': encoding }).end('{"a": 1}');
			},
			'could not be unpacked',
		]),
	])('says what is wrong when %s', async (_title, answer, said) => {
		const { transport } = await served(answer);
		for (const body of [undefined, { a: 1 }])
			expect(await transport({ method: 'GET', path: '/x/', body })).toMatchObject({
				kind: 'noAnswer',
				cause: 'reset',
				message: expect.stringContaining(said),
				advice: expect.stringContaining('Base URL'),
			});
	});

	it.each<[string, Parameters<typeof listen>[0], string]>([
		['the connection breaks at once', (request) => request.socket.destroy(), 'reset'],
		[
			'the body breaks off',
			(request, response) => {
				response.writeHead(200, { 'content-length': '50' }).write('{"a":');
				void sleep(20).then(() => request.socket.destroy());
			},
			'reset',
		],
		[
			'a success without the body that it announces',
			(_request, response) => {
				response.writeHead(200, { 'content-type': 'application/json' }).end();
			},
			'reset',
		],
		[
			'it is no HTTP',
			(request) => {
				request.socket.end('nonsense\r\n\r\n');
			},
			'reset',
		],
		['it takes too long', () => undefined, 'timeout'],
	])('is no answer when %s', async (_title, answer, cause) => {
		for (const body of [undefined, { a: 1 }]) {
			const { transport } = await served(answer, {}, 300);
			expect(await transport({ method: 'GET', path: '/x/', body })).toMatchObject({
				kind: 'noAnswer',
				cause,
				maybeApplied: false,
			});
		}
		const { transport } = await served(answer, {}, 300);
		expect(await transport({ method: 'PUT', path: '/x/', body: { a: 1 } })).toMatchObject({
			kind: 'noAnswer',
			cause,
			maybeApplied: true,
		});
	});

	it('is no answer without anything applied if nobody listens', async () => {
		const { transport, listener } = await served(json('{}'));
		await listener.stop();
		listeners.length = 0;
		expect(await transport({ method: 'PUT', path: '/x/', body: { a: 1 } })).toMatchObject({
			kind: 'noAnswer',
			cause: 'unreachable',
			maybeApplied: false,
			code: 'ECONNREFUSED',
		});
	});

	it('does not follow a redirect, whatever the method', async () => {
		const elsewhere = await served(json('{"elsewhere":true}'));
		const { transport } = await served((_request, response) =>
			response.writeHead(307, { location: `${elsewhere.listener.url}/` }).end(),
		);
		for (const request of [
			{ method: 'GET', path: '/x/' },
			{ method: 'GET', path: '/x/', body: { a: 1 } },
			{ method: 'PUT', path: '/x/', body: { a: 1 } },
		] as const) {
			expect(await transport(request)).toMatchObject({ kind: 'answer', status: 307 });
		}
		expect(elsewhere.seen).toEqual([]);
	});
});

describe('what a failed connection means', () => {
	const failing = (code: string, more: object = {}) =>
		new Error('wrapped', { cause: Object.assign(new Error('inner'), { code, ...more }) });

	it.each([
		['ENOTFOUND', {}, 'unreachable', false],
		['DEPTH_ZERO_SELF_SIGNED_CERT', {}, 'unreachable', false],
		['CERT_HAS_EXPIRED', {}, 'unreachable', false],
		['ERR_TLS_CERT_ALTNAME_INVALID', {}, 'unreachable', false],
		['ERR_SSL_BAD_RECORD_TYPE', {}, 'reset', true],
		['ETIMEDOUT', { syscall: 'connect' }, 'unreachable', false],
		['ETIMEDOUT', { errors: [] }, 'unreachable', false],
		['ETIMEDOUT', { syscall: 'read' }, 'timeout', true],
		['ECONNRESET', {}, 'reset', true],
		['EPIPE', {}, 'reset', true],
		['SOMETHING_NEW', {}, 'reset', true],
		['constructor', {}, 'reset', true],
	])('%s %j', (code, more, cause, maybeApplied) => {
		expect(noAnswer(failing(code, more), false)).toMatchObject({ cause, maybeApplied, code });
	});

	it.each([
		['HPE_INVALID_CONSTANT', 'does not follow HTTP', 'https://'],
		['HPE_INVALID_VERSION', 'does not follow HTTP', 'https://'],
		['HPE_INVALID_CHUNK_SIZE', "The platform's answer is damaged", 'proxy'],
	])('distinguishes a server of another protocol from a damaged answer: %s', (code, message, advice) => {
		expect(connectionExplanation(failing(code))).toMatchObject({
			message: expect.stringContaining(message),
			advice: expect.stringContaining(advice),
		});
	});

	it('says what to do about a certificate, and about an address that n8n itself blocks', () => {
		expect(connectionExplanation(failing('SELF_SIGNED_CERT_IN_CHAIN')).message).toContain('certificate');
		expect(connectionExplanation(new Error('10.0.0.1 resolves to a restricted IP address'))).toMatchObject({
			cause: 'unreachable',
			advice: expect.stringContaining('N8N_SSRF'),
		});
	});
});

describe('the clock', () => {
	it('wakes at once when the signal fires, before or while it sleeps, and never rejects', async () => {
		const ending = new AbortController();
		const asleep = n8nClock.sleep(3_600_000, ending.signal);
		ending.abort();
		await expect(asleep).resolves.toBeUndefined();
		await expect(n8nClock.sleep(3_600_000, ending.signal)).resolves.toBeUndefined();
		await expect(n8nClock.sleep(1)).resolves.toBeUndefined();
	});
});
