/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   a test server, never published: it listens on loopback and delays answers */
/** The thin HTTP face of the server. */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import { ADMIN_PREFIX, handleAdmin } from './admin';
import type { SimulatorReply, SimulatorRequest } from './exchange';
import type { ApioServer } from './server';

/** Idle connections stay open this long, so that a test's pause is not taken for a reset. Milliseconds. */
const KEEP_ALIVE_MS = 120000;

export function createHttpFace(platform: ApioServer): Server {
	const face = createServer((incoming, outgoing) => {
		const chunks: Buffer[] = [];
		incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
		incoming.on('end', () => answer(platform, incoming, outgoing, chunks));
	});
	face.keepAliveTimeout = KEEP_ALIVE_MS;
	face.requestTimeout = 0;
	return face;
}

function answer(platform: ApioServer, incoming: IncomingMessage, outgoing: ServerResponse, chunks: Buffer[]): void {
	const target = incoming.url ?? '/';
	const mark = target.indexOf('?');
	const request: SimulatorRequest = {
		method: incoming.method ?? 'GET',
		path: mark < 0 ? target : target.slice(0, mark),
		query: mark < 0 ? '' : target.slice(mark + 1),
		headers: incoming.headers,
		body:
			chunks.length === 0
				? undefined
				: chunks.length === 1
					? chunks[0].toString('utf8')
					: Buffer.concat(chunks).toString('utf8'),
	};
	const now = Date.now();
	const admin = request.path === ADMIN_PREFIX || request.path.startsWith(`${ADMIN_PREFIX}/`);
	const made = admin ? handleAdmin(platform, request, now) : platform.handle(request, now);
	if (made.delayMs <= 0) deliver(made, outgoing);
	// Does not keep the process alive: a finished test must not wait for a slow answer.
	else setTimeout(() => deliver(made.later ? made.later(Date.now()) : made, outgoing), made.delayMs).unref();
}

function deliver(made: SimulatorReply, outgoing: ServerResponse): void {
	const { socket } = outgoing;
	if (!socket || socket.destroyed) return;
	if (made.ending === 'reset') {
		socket.resetAndDestroy();
		return;
	}
	const body = Buffer.from(made.body, 'utf8');
	outgoing.writeHead(made.status, { ...made.headers, 'content-length': body.length });
	if (made.ending === 'whole' && made.dripMs !== undefined) {
		drip(body, made.dripMs, outgoing);
		return;
	}
	if (made.ending === 'whole') {
		outgoing.end(body);
		return;
	}
	// The half that is sent must leave before the connection breaks.
	outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => socket.destroy());
}

function drip(body: Buffer, everyMs: number, outgoing: ServerResponse): void {
	let sent = 0;
	const next = () => {
		if (outgoing.destroyed) return;
		if (sent >= body.length) {
			outgoing.end();
			return;
		}
		outgoing.write(body.subarray(sent, (sent += 1)));
		// Does not keep the process alive, like a slow answer.
		setTimeout(next, everyMs).unref();
	};
	next();
}
