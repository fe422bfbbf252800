/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   a server of its own, which hands requests on as they came */
import { request as ask, type IncomingMessage, type ServerResponse } from 'node:http';

import type { Random } from '../../lib/clock';
import { SPELLINGS } from '../support/spellings';
import { listen, type Listener } from './listener';

export interface EchoingProxy extends Listener {
	/** Everything secret that has passed: what was signed in with, and what signing in gave. */
	readonly secrets: ReadonlySet<string>;
	/** Whether sign-ins are answered by the proxy as well. */
	echoesSignIns: boolean;
	/** Share of the requests that the proxy answers itself, with what it was sent. */
	share: number;
	random: Random;
	/** How often it has. */
	echoes: number;
}

const STATUSES = [
	200, 200, 201, 202, 206, 207, 207, 301, 302, 307, 308, 400, 401, 403, 404, 404, 409, 410, 418, 422, 451, 500, 501,
	502, 504,
];

/** A proxy before the platform that now and then answers itself, and shows what it was sent in all manners. */
export async function echoingProxy(platform: string, known: readonly string[]): Promise<EchoingProxy> {
	const secrets = new Set(known);
	const target = new URL(platform);
	const pick = <T>(from: readonly T[]): T => from[Math.floor(proxy.random() * from.length)];

	const echo = ({ headers: { authorization, cookie } }: IncomingMessage, response: ServerResponse) => {
		proxy.echoes++;
		const cookies = (cookie ?? '').split('; ').map((pair) => pair.slice(pair.indexOf('=') + 1));
		const sent = [...known, (authorization ?? '').replace('Bearer ', ''), ...cookies].filter(Boolean);
		const spelled = sent.map((secret) => pick(Object.values(SPELLINGS))(secret));
		const [status, all] = [pick(STATUSES), spelled.join(' and ')];
		const headers = {
			location: `https://elsewhere.example/${encodeURIComponent(all)}/?next=x`,
			'x-request': Buffer.from(all, 'utf8')
				.toString('latin1')
				.replace(/[^\x20-\xff]/g, ' '),
		};
		const list = [{ userId: 'agent1@acme.example', lastName: all }];
		const shapes: Array<[string, string]> = [
			[
				'application/json',
				JSON.stringify({
					errors: [
						{
							code: 3,
							message: `You sent ${all}`,
							details: { errors: [{ error_code: 4008, level: 'Error', summary: all, detail: all }] },
						},
					],
				}),
			],
			['application/json', JSON.stringify({ error: all, message: all, reason: all, details: all })],
			[
				'application/json',
				JSON.stringify({
					supervised_agents: list,
					call_centers: [],
					users: list,
					echo: { [all]: [all] },
					agentACDState: all,
				}),
			],
			[
				'application/json',
				JSON.stringify({
					supervised_agents: [{ userId: pick(spelled) }],
					call_centers: [{ serviceUserId: pick(spelled), name: all }],
					users: [{ userId: all }],
					tenants: [{ tenantId: all }],
				}),
			],
			['application/json', `{"cut short": ${JSON.stringify(all)}`],
			['text/html', `<html><head><title>${all}</title></head><body>${all}</body></html>`],
			['text/html', `<!doctype html><p title="${all}">${all}</p>`],
			['text/plain', all],
		];
		const [type, body] = pick(shapes);
		response.writeHead(status, pick(['OK', 'Refused', 'See token']), { 'content-type': type, ...headers }).end(body);
	};

	const pass = (request: IncomingMessage, response: ServerResponse, body: Buffer) => {
		const { method, url, headers } = request;
		const options = {
			host: target.hostname,
			port: target.port,
			method,
			path: url,
			headers: { ...headers, host: target.host },
		};
		ask(options, (answer) => {
			const chunks: Buffer[] = [];
			answer.on('data', (chunk: Buffer) => chunks.push(chunk));
			answer.on('end', () => {
				const text = Buffer.concat(chunks).toString();
				if (url?.includes('/auth/'))
					for (const [, token] of text.matchAll(/"(?:access|refresh)_token":\s*"([^"]+)"/g)) secrets.add(token);
				for (const cookie of answer.headers['set-cookie'] ?? []) secrets.add(cookie.split(';')[0].split('=')[1]);
				response.writeHead(answer.statusCode ?? 500, answer.headers).end(text);
			});
		}).end(body);
	};

	const listener = await listen((request, response) => {
		const chunks: Buffer[] = [];
		request.on('data', (chunk: Buffer) => chunks.push(chunk));
		request.on('end', () => {
			const isSignIn = /\/(auth|login)\//.test(request.url ?? '');
			if (proxy.random() < proxy.share && (!isSignIn || proxy.echoesSignIns)) echo(request, response);
			else pass(request, response, Buffer.concat(chunks));
		});
	});
	const proxy: EchoingProxy = { ...listener, secrets, echoesSignIns: false, share: 1, random: () => 0, echoes: 0 };
	return proxy;
}
