/* eslint-disable @n8n/community-nodes/no-restricted-imports -- a test server on loopback */
/** Serves one file by SFTP, with the ssh2 that n8n itself brings along. */

import { generateKeyPairSync } from 'node:crypto';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { ensureRuntime } from '../../../tools/n8n';

type Listener = (...values: never[]) => void;

interface Emitter {
	on(event: string, listener: Listener): Emitter;
}

interface Sftp extends Emitter {
	handle(request: number, handle: Buffer): void;
	data(request: number, bytes: Buffer): void;
	status(request: number, code: number): void;
	attrs(request: number, attributes: object): void;
	name(request: number, names: object[]): void;
}

interface Ssh2 {
	readonly Server: new (
		options: object,
		onClient: (client: Emitter) => void,
	) => Emitter & {
		listen(port: number, host: string, done: () => void): void;
		address(): AddressInfo;
		close(done: () => void): void;
	};
	readonly utils: { readonly sftp: { readonly STATUS_CODE: { OK: number; EOF: number; NO_SUCH_FILE: number } } };
}

export interface SftpServer {
	readonly port: number;
	stop(): Promise<void>;
}

/** Anybody may sign in. */
export async function startSftpServer(path: string, content: () => Buffer): Promise<SftpServer> {
	const { Server, utils } = createRequire(join(ensureRuntime().folder, 'package.json'))('ssh2') as Ssh2;
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const hostKeys = [privateKey.export({ type: 'pkcs1', format: 'pem' })];
	const server = new Server({ hostKeys }, (client) => {
		client.on('error', () => {});
		client.on('authentication', (context: { accept(): void }) => context.accept());
		client.on('session', (accept: () => Emitter) => {
			accept().on('sftp', (open: () => Sftp) => serveFile(open(), path, content, utils.sftp.STATUS_CODE));
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const stop = async () => await new Promise<void>((resolve) => server.close(resolve));
	return { port: server.address().port, stop };
}

function serveFile(sftp: Sftp, path: string, content: () => Buffer, codes: Ssh2['utils']['sftp']['STATUS_CODE']): void {
	const attributes = () => ({ mode: 0o100644, uid: 0, gid: 0, size: content().length, atime: 0, mtime: 0 });
	const show = (request: number, asked: string) =>
		asked === path ? sftp.attrs(request, attributes()) : sftp.status(request, codes.NO_SUCH_FILE);
	sftp.on('OPEN', (request: number, asked: string) => {
		if (asked === path) sftp.handle(request, Buffer.from('file'));
		else sftp.status(request, codes.NO_SUCH_FILE);
	});
	sftp.on('STAT', show);
	sftp.on('LSTAT', show);
	sftp.on('FSTAT', (request: number) => sftp.attrs(request, attributes()));
	sftp.on('REALPATH', (request: number, asked: string) => {
		sftp.name(request, [{ filename: asked, longname: asked, attrs: {} }]);
	});
	sftp.on('READ', (request: number, _handle: Buffer, offset: number, length: number) => {
		const bytes = content().subarray(offset, offset + length);
		if (bytes.length === 0) sftp.status(request, codes.EOF);
		else sftp.data(request, bytes);
	});
	sftp.on('CLOSE', (request: number) => sftp.status(request, codes.OK));
}
