/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions
   -- starts the installer of a real n8n */

import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';

export type RuntimeName = 'current' | 'oldest';

/** A real n8n on this machine, and the Node.js that runs it. */
export interface N8nRuntime {
	readonly name: RuntimeName;
	readonly version: string;
	/** Folder that holds its node_modules. */
	readonly folder: string;
	/** The node program to run it with. */
	readonly node: string;
	/** n8n's start script. */
	readonly bin: string;
}

export const REPOSITORY = resolve(__dirname, '..', '..');

/** Runs a file of `scripts/`; gives what it printed. Its progress and complaints go to standard error. */
export function runScript(file: string, ...args: readonly string[]): string {
	const command = [resolve(REPOSITORY, 'scripts', file), ...args];
	return execFileSync(process.execPath, command, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] }).trim();
}

/** Installs it where that was not done yet (minutes; progress on standard error). */
export function ensureRuntime(name: RuntimeName = 'current'): N8nRuntime {
	return JSON.parse(runScript('n8n-runtime.mjs', name, '--json')) as N8nRuntime;
}

/** Packs what is built in dist; gives the tarball's path. */
export function packPackage(): string {
	return runScript('pack.mjs');
}
