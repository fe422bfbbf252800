/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions
   -- starts processes and keeps their files */

import { execFileSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OwnedProcess, type ProcessOptions } from './owned-process';
import { freePorts } from './ports';
import { findPrograms } from './programs';

const POLL_MS = 50;
/** A database on a slow disk included. */
const READY_PATIENCE_MS = 60_000;

/** A server on a free port of 127.0.0.1, whose data is gone when it stops. */
export interface Service {
	readonly port: number;
	stop(): Promise<void>;
}

async function accepts(port: number): Promise<boolean> {
	return await new Promise((resolve) => {
		const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false));
		socket.once('connect', () => socket.end());
	});
}

interface Start {
	readonly command: string;
	readonly args: readonly string[];
	readonly port: number;
	/** Removed when the server has stopped. */
	readonly folder: string;
	readonly user?: ProcessOptions['user'];
}

export async function startService({ command, args, port, folder, user }: Start): Promise<Service> {
	const logFile = join(folder, 'log');
	// It ends with this process, also where that is killed.
	const owned = new OwnedProcess('setpriv', ['--pdeathsig', 'INT', command, ...args], {
		cwd: folder,
		env: { LC_ALL: 'C.UTF-8', PATH: process.env.PATH ?? '' },
		logFile,
		user,
	});
	const deadline = Date.now() + READY_PATIENCE_MS;
	while (!(await accepts(port))) {
		if (!owned.isRunning || Date.now() > deadline) throw new Error(`${command} does not start:\n${owned.output}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	return {
		port,
		stop: async () => {
			await owned.stop();
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/** Redis that keeps nothing on disk. */
export async function startRedis(): Promise<Service> {
	const [port] = await freePorts(1);
	const folder = mkdtempSync(join(tmpdir(), 'redis-'));
	const args = ['--bind', '127.0.0.1', '--port', String(port), '--save', '', '--appendonly', 'no'];
	return await startService({ command: findPrograms()['redis-server'], args, port, folder });
}

/** The user that Debian's package of a server makes for it, for a server that refuses to run as root. */
export function serverUser(name: string): ProcessOptions['user'] {
	if (process.getuid?.() !== 0) return undefined;
	const id = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
	return { uid: id('-u'), gid: id('-g') };
}

/** PostgreSQL with a new cluster; `n8n` is its superuser and needs no password. */
export async function startPostgres(): Promise<Service> {
	const [port] = await freePorts(1);
	const programs = findPrograms();
	const user = serverUser('postgres');
	const folder = mkdtempSync(join(tmpdir(), 'postgres-'));
	if (user) chownSync(folder, user.uid, user.gid);
	const data = join(folder, 'data');
	const initdb = ['-D', data, '-U', 'n8n', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'];
	execFileSync(programs.initdb, initdb, { cwd: folder, stdio: 'pipe', ...user });
	const settings = { listen_addresses: '127.0.0.1', port, unix_socket_directories: '', fsync: 'off' };
	const args = ['-D', data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
	return await startService({ command: programs.postgres, args, port, folder, user });
}
