/* eslint-disable @n8n/community-nodes/no-restricted-imports -- asks the system for free ports */

import { createServer, type AddressInfo } from 'node:net';

/** So many ports that nobody on 127.0.0.1 uses now. All are held until all are known, so no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = await Promise.all(
		Array.from(
			{ length: count },
			() =>
				new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
					const server = createServer().once('error', reject);
					server.listen(0, '127.0.0.1', () => resolve(server));
				}),
		),
	);
	const ports = servers.map((server) => (server.address() as AddressInfo).port);
	await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
	return ports;
}
