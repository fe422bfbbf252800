/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   a server of its own for answers that the simulator never gives */
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';
import { connect, createServer as createTcp, type Socket } from 'node:net';

export interface Listener {
	readonly url: string;
	stop(): Promise<void>;
}

/** Answers on loopback as the test says. With `tls`, over https with that certificate. */
export async function listen(answer: RequestListener, tls?: { key: string; cert: string }): Promise<Listener> {
	const server: Server = tls ? createHttps(tls, answer) : createHttp(answer);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const { port } = server.address() as { port: number };
	return {
		url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`,
		stop: async () =>
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** A way to the listener at `url` on which the bytes of an answer are replaced by `spoilt`, once `from` says so. */
export async function spoiltWay(url: string, spoilt: Buffer, from: () => boolean): Promise<Listener> {
	const { port, protocol } = new URL(url);
	const ends: Socket[] = [];
	const server = createTcp((client) => {
		const beyond = connect(Number(port), '127.0.0.1');
		for (const end of [client, beyond]) ends.push(end.on('error', () => undefined));
		client.pipe(beyond);
		beyond.on('data', (bytes) => client.write(from() ? spoilt : bytes));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `${protocol}//127.0.0.1:${(server.address() as { port: number }).port}`,
		stop: async () =>
			await new Promise<void>((resolve) => {
				server.close(() => resolve());
				for (const end of ends) end.destroy();
			}),
	};
}
