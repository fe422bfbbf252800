/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a server of its own for answers that the simulator never gives */
import { createServer as createHttp, type RequestListener, type Server } from 'node:http';
import { createServer as createHttps } from 'node:https';

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
