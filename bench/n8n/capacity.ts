/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a bare client, cheaper than anything that is measured */

import { Agent, request } from 'node:http';
import pLimit from 'p-limit';
import { DEFAULT_ACCOUNT } from '../../simulator';
import type { RecordedRequest } from './job';

/** Requests a second that the platform answers to a bare client over kept connections: far above what is measured. */
export async function capacity(requests: readonly RecordedRequest[], concurrency: number): Promise<number> {
	const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
	const limit = pLimit(concurrency);
	const started = performance.now();
	await Promise.all(requests.map(async (each) => await limit(send, each, agent)));
	agent.destroy();
	return requests.length / ((performance.now() - started) / 1_000);
}

async function send({ method, url, body }: RecordedRequest, agent: Agent): Promise<void> {
	const text = body === undefined ? undefined : JSON.stringify(body);
	const headers = {
		authorization: `Bearer ${DEFAULT_ACCOUNT.m2mToken}`,
		...(text === undefined ? {} : { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }),
	};
	await new Promise<void>((resolve, reject) => {
		const sent = request(url, { method, agent, headers }, (answer) => answer.resume().once('end', resolve));
		sent.once('error', reject).end(text);
	});
}
