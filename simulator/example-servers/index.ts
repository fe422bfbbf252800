/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   test servers, never published: they listen on loopback */
/**
 * The servers beside the platform that the example workflows name: the one from which HR's files come, a chat that
 * takes messages, a mail server, and one page that shows whatever was received. Nothing leaves the machine.
 */

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Server as NetServer } from 'node:net';
import { EXAMPLE_HR_FILES } from '../example-world';
import { createMailServer } from './mail-server';
import type { Mail } from './mime';
import { receivedPage } from './page';

export type { Mail } from './mime';

export interface ExampleServers {
	/** `http://127.0.0.1:<port>`: `/hr/<group>.csv`, `POST /chat`, and what was received at `/`. */
	readonly url: string;
	readonly smtpPort: number;
	readonly mails: readonly Mail[];
	/** The JSON bodies that the chat was sent. */
	readonly chat: ReadonlyArray<{ readonly text?: unknown }>;
	/** The files of HR's server by group; may be changed. */
	readonly hrFiles: Record<string, string>;
	/** Empties mail and chat, and has HR's files as they were. */
	forget(): void;
	stop(): Promise<void>;
}

export interface ExampleServersOptions {
	/** 0, the default: any free port. */
	readonly httpPort?: number;
	readonly smtpPort?: number;
	/** Called with a line for each mail and each message of the chat. */
	readonly onReceived?: (line: string) => void;
}

/** Rejects when a port is taken. */
export async function startExampleServers(options: ExampleServersOptions = {}): Promise<ExampleServers> {
	const { onReceived = () => {} } = options;
	const mails: Mail[] = [];
	const chat: Array<{ text?: unknown }> = [];
	const hrFiles = { ...EXAMPLE_HR_FILES };
	const mailServer = createMailServer((mail) => {
		mails.push(mail);
		onReceived(`Mail to ${mail.to}: ${mail.subject}`);
	});
	const webServer = createServer((request, response) => {
		void answer(request, response, { mails, chat, hrFiles, onReceived });
	});
	const smtpPort = await listen(mailServer, options.smtpPort ?? 0);
	const httpPort = await listen(webServer, options.httpPort ?? 0).catch(async (problem: unknown) => {
		await close(mailServer);
		throw problem;
	});
	return {
		url: `http://127.0.0.1:${httpPort}`,
		smtpPort,
		mails,
		chat,
		hrFiles,
		forget: () => {
			mails.length = 0;
			chat.length = 0;
			Object.assign(hrFiles, EXAMPLE_HR_FILES);
		},
		stop: async () => {
			webServer.closeAllConnections();
			await Promise.all([close(webServer), close(mailServer)]);
		},
	};
}

interface Received {
	readonly mails: Mail[];
	readonly chat: Array<{ text?: unknown }>;
	readonly hrFiles: Record<string, string>;
	readonly onReceived: (line: string) => void;
}

async function answer(request: IncomingMessage, response: ServerResponse, received: Received): Promise<void> {
	const { mails, chat, hrFiles, onReceived } = received;
	const path = (request.url ?? '/').split('?')[0];
	const send = (status: number, type: string, body: string) => {
		response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
		response.end(body);
	};
	const [, group = ''] = /^\/hr\/([\w-]+)\.csv$/.exec(path) ?? [];
	if (request.method === 'POST' && path === '/chat') {
		const message = readJson(await bodyOf(request));
		if (message === undefined) return send(400, 'text/plain', 'Send JSON with "text".');
		chat.push(message);
		onReceived(`Chat: ${String(message.text)}`);
		return send(200, 'text/plain', 'ok');
	}
	if (Object.hasOwn(hrFiles, group)) return send(200, 'text/csv', hrFiles[group]);
	if (path === '/') return send(200, 'text/html', receivedPage(mails, chat));
	send(
		404,
		'text/plain',
		`Nothing here. HR's files: ${Object.keys(hrFiles)
			.map((name) => `/hr/${name}.csv`)
			.join(', ')}`,
	);
}

function readJson(text: string): { text?: unknown } | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return typeof value === 'object' && value !== null ? value : undefined;
	} catch {
		return undefined;
	}
}

async function bodyOf(request: IncomingMessage): Promise<string> {
	let body = '';
	request.setEncoding('utf8');
	for await (const chunk of request) body += String(chunk);
	return body;
}

async function listen(server: Server | NetServer, port: number): Promise<number> {
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, '127.0.0.1', resolve);
	});
	return (server.address() as AddressInfo).port;
}

async function close(server: Server | NetServer): Promise<void> {
	await new Promise<void>((resolve) => server.close(() => resolve()));
}
