/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   a test's own HTTP client, which can send a body with GET */
import { Agent, request } from 'node:http';

import type { Simulator } from '../../simulator';

export interface HttpAnswer {
	status: number;
	headers: Record<string, string | string[] | undefined>;
	text: string;
	json: unknown;
}

/** One connection per request, so that no test depends on another's connection. Rejects when the connection breaks. */
export async function send(
	method: string,
	url: string,
	options: { headers?: Record<string, string>; body?: unknown; text?: string } = {},
): Promise<HttpAnswer> {
	const text = options.text ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
	return await new Promise((resolve, reject) => {
		const outgoing = request(
			url,
			{
				method,
				agent: new Agent(),
				headers: {
					...options.headers,
					...(text === undefined ? {} : { 'content-length': String(Buffer.byteLength(text)) }),
				},
			},
			(incoming) => {
				const chunks: Buffer[] = [];
				incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
				incoming.on('error', reject);
				incoming.on('end', () => {
					const body = Buffer.concat(chunks).toString('utf8');
					resolve({
						status: incoming.statusCode ?? 0,
						headers: incoming.headers,
						text: body,
						json: parse(body),
					});
				});
			},
		);
		outgoing.on('error', reject);
		outgoing.end(text);
	});
}

/** The Cookie header of a new session. */
export async function signInAtGateway(simulator: Simulator): Promise<string> {
	const { username, password } = simulator.account;
	const answer = await send('POST', `${simulator.gatewayUrl}/login/`, { body: { username, password } });
	const cookies = answer.headers['set-cookie'] as string[];
	return cookies.map((cookie) => cookie.split(';')[0]).join('; ');
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
