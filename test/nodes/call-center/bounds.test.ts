/** Time and size of an answer have bounds, whatever the platform sends. */

import { afterEach, describe, expect, it } from '@jest/globals';

import { sleep } from 'n8n-workflow';

import { getAgentProfile, supervisedAgents } from '../../../lib/apio';
import { MAX_BYTES, MAX_BYTES_OF_REFUSAL } from '../../../nodes/shared/answer-body';
import { replaceSupervisedAgents } from '../../../lib/apio/supervised-agents';
import type { HttpRequest } from '../../../lib/apio/transport';
import { ApioCallCenter } from '../../../nodes/ApioCallCenter/ApioCallCenter.node';
import { connect } from '../../../nodes/shared/n8n-transport';
import { listen, type Listener } from '../../credentials/listener';
import { executeContext, testCredential } from '../../support/engine';

const listeners: Listener[] = [];
afterEach(async () => {
	for (const listener of listeners.splice(0)) await listener.stop();
});

type Answer = Parameters<typeof listen>[0];

async function served(
	answer: Answer,
	{ timeoutMs = 60_000, fields = {}, signal }: { timeoutMs?: number; fields?: object; signal?: AbortSignal } = {},
) {
	const listener = await listen(answer);
	listeners.push(listener);
	const credential = {
		baseUrl: `${listener.url}/api/v1`,
		signInMethod: 'accessToken',
		accessToken: ['a', 'token'].join('-'),
		...fields,
	};
	return await connect(executeContext({ type: new ApioCallCenter(), parameters: {}, credential }), {
		timeoutMs,
		signal,
	});
}

const REQUESTS: HttpRequest[] = [
	{ method: 'GET', path: '/x/' },
	{ method: 'GET', path: '/x/', body: { a: 1 } },
	{ method: 'PUT', path: '/x/', body: { a: 1 } },
];

/** Sends a byte every few milliseconds for as long as anybody listens. */
function drip(response: NodeJS.WritableStream, byte: string, counted: { gone: number } = { gone: 0 }): void {
	let open = true;
	response.on('close', () => {
		open = false;
		counted.gone++;
	});
	response.on('error', () => undefined);
	void (async () => {
		while (open) {
			response.write(byte);
			await sleep(10);
		}
	})();
}

describe('an answer that drips', () => {
	it.each<[string, (counted: { gone: number }) => Answer]>([
		[
			'in its body',
			(counted) => (_request, response) =>
				drip(response.writeHead(200, { 'content-type': 'application/json' }), ' ', counted),
		],
		['in the body of a refusal', (counted) => (_request, response) => drip(response.writeHead(503), '<', counted)],
		[
			'in its headers',
			(counted) =>
				({ socket }) => {
					socket.write('HTTP/1.1 200 OK\r\nX-Slow: ');
					drip(socket, 'x', counted);
				},
		],
	])('%s ends at the deadline, and the connection with it', async (_, answer) => {
		const counted = { gone: 0 };
		const { transport } = await served(answer(counted), { timeoutMs: 300 });
		for (const request of REQUESTS) {
			expect(await transport(request)).toEqual({
				kind: 'noAnswer',
				cause: 'timeout',
				code: 'timeout',
				maybeApplied: request.method !== 'GET',
				message: 'The platform did not answer in time',
			});
		}
		while (counted.gone < REQUESTS.length) await sleep(10);
	});

	it('does not hold a run that was cancelled', async () => {
		const ending = new AbortController();
		const { transport } = await served(
			(_request, response) => {
				drip(response.writeHead(200), ' ');
				ending.abort();
			},
			{ timeoutMs: 1_000, signal: ending.signal },
		);
		const sent = transport(REQUESTS[2]);
		expect(await sent).toMatchObject({ kind: 'noAnswer', cause: 'timeout', maybeApplied: true });
	});

	it('has one deadline, however often its session is renewed meanwhile', async () => {
		let asked = 0;
		const { transport } = await served(
			(request, response) => {
				if (request.url?.endsWith('/login/'))
					return void response.writeHead(200, { 'set-cookie': `sessionid=number-${++asked}-of-many` }).end('{}');
				void sleep(200).then(() => response.writeHead(401).end('{}'));
			},
			{
				timeoutMs: 300,
				fields: { signInMethod: 'gatewayPassword', username: 'drip', password: ['a', 'password'].join('-') },
			},
		);
		expect(await transport(REQUESTS[0])).toMatchObject({ kind: 'noAnswer', cause: 'timeout' });
	});

	it('does not delay a caller that has read another answer', async () => {
		const { transport } = await served((_request, response) => response.end('{}'), { timeoutMs: 1_000 });
		expect(await transport(REQUESTS[0])).toMatchObject({ status: 200 });
		await sleep(1_100);
		expect(await transport(REQUESTS[0])).toMatchObject({ status: 200 });
	});
});

describe('an answer without end', () => {
	const endless =
		(status: number, counted: { gone: number; sent: number }): Answer =>
		(_request, response) => {
			response.writeHead(status, { 'content-type': 'application/json' });
			const piece = Buffer.alloc(1024 * 1024, '[');
			let open = true;
			response.on('close', () => {
				open = false;
				counted.gone++;
			});
			const more = () => {
				while (open && response.write(piece)) counted.sent += piece.length;
				if (open) response.once('drain', more);
			};
			more();
		};

	it('is read up to the limit and refused, and the connection is closed', async () => {
		const counted = { gone: 0, sent: 0 };
		const { transport } = await served(endless(200, counted));
		const list = { tenantId: 't', groupId: 'g', userId: 's', callCenterId: 'c' };
		const read = await supervisedAgents({ transport, criteriaIn: 'body' }, list);
		expect(read).toMatchObject({
			ok: false,
			failure: { kind: 'unreadable', maybeApplied: false, message: expect.stringContaining('longer than 64 MB') },
		});
		while (counted.gone < 1) await sleep(10);
		expect(counted.sent).toBeLessThan(2 * MAX_BYTES);
	});

	it('is a refusal if its status is one', async () => {
		const counted = { gone: 0, sent: 0 };
		const { transport } = await served(endless(500, counted));
		for (const request of REQUESTS) expect(await transport(request)).toMatchObject({ kind: 'answer', status: 500 });
		while (counted.gone < REQUESTS.length) await sleep(10);
		expect(counted.sent).toBeLessThan(REQUESTS.length * 20 * MAX_BYTES_OF_REFUSAL);
	});
});

describe('headers of an answer', () => {
	it.each([20, 70])('of %d kB are reported as too long', async (kilobytes) => {
		const { transport } = await served((_request, response) =>
			response.writeHead(200, { 'x-long': 'x'.repeat(kilobytes * 1024) }).end('{}'),
		);
		for (const request of REQUESTS) {
			expect(await transport(request)).toMatchObject({
				kind: 'noAnswer',
				cause: 'reset',
				maybeApplied: request.method !== 'GET',
				message: expect.stringContaining("headers of the platform's answer are too long"),
			});
		}
	});
});

describe('an answer nested 100,000 deep', () => {
	it.each([
		['arrays', '['.repeat(100_000) + ']'.repeat(100_000)],
		['objects', '{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)],
		['an unknown member of a profile', `{"call_centers":[],"other":${'['.repeat(100_000) + ']'.repeat(100_000)}}`],
	])('cannot be used: %s', async (_, body) => {
		const { transport } = await served((_request, response) =>
			response.writeHead(200, { 'content-type': 'application/json' }).end(body),
		);
		const read = await getAgentProfile({ transport, criteriaIn: 'body' }, { tenantId: 't', groupId: 'g', userId: 'u' });
		expect(read).toMatchObject({
			ok: false,
			failure: { kind: 'unreadable', message: expect.stringContaining('100 levels') },
		});
	});

	it('is a refusal if its status is one', async () => {
		const { transport } = await served((_request, response) =>
			response
				.writeHead(400, { 'content-type': 'application/json' })
				.end('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
		);
		const read = await getAgentProfile({ transport, criteriaIn: 'body' }, { tenantId: 't', groupId: 'g', userId: 'u' });
		expect(read).toMatchObject({ ok: false, failure: { kind: 'refused', status: 400 } });
	});
});

describe.each([206, 226])('status %i', (status) => {
	const LIST = { tenantId: 't', groupId: 'g', userId: 's', callCenterId: 'c' };

	it('is not taken for a whole list, in reads and writes', async () => {
		const { transport } = await served((_request, response) =>
			response
				.writeHead(status, { 'content-type': 'application/json', 'content-range': 'items 0-0/9' })
				.end('{"supervised_agents":[{"userId":"a"}],"call_centers":[]}'),
		);
		const apio = { transport, criteriaIn: 'body' } as const;
		expect(await supervisedAgents(apio, LIST)).toMatchObject({
			ok: false,
			failure: { kind: 'unreadable', status, maybeApplied: false, message: expect.stringContaining('incomplete') },
		});
		expect(await getAgentProfile(apio, LIST)).toMatchObject({
			ok: false,
			failure: { kind: 'unreadable', maybeApplied: false },
		});
		expect(await replaceSupervisedAgents(apio, LIST, ['a'])).toMatchObject({
			ok: false,
			failure: { kind: 'unreadable', maybeApplied: true },
		});
	});
});

it.each(['corePassword', 'gatewayPassword'])(
	'a sign-in without end is read up to a limit (%s)',
	async (signInMethod) => {
		const listener = await listen((_request, response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			const more = () => {
				while (!response.destroyed && response.write(' '.repeat(65_536)));
				if (!response.destroyed) response.once('drain', more);
			};
			more();
		});
		listeners.push(listener);
		const { status, message } = await testCredential({
			baseUrl: `${listener.url}/api/v01/p1`,
			signInMethod,
			username: 'endless',
			password: ['a', 'password'].join('-'),
		});
		expect([status, message]).toEqual(['Error', expect.stringContaining('does not sign in as APIO does')]);
	},
);
