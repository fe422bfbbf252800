/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   keeps n8n's things in a temporary folder */
/** One n8n per test file: a new user folder with our package in it, started before the tests and ended after them. */

import { afterAll, beforeAll } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensureRuntime, N8nHome, startN8n, type N8nServer, type RuntimeName } from '../../../tools/n8n';
import { packageTarball } from './prepared';

export interface UseN8nOptions {
	/** By default the newest n8n, or the one that the variable E2E_RUNTIME names. */
	readonly runtime?: RuntimeName;
	/** Further variables of n8n's environment. */
	readonly environment?: Readonly<Record<string, string>>;
}

function chosenRuntime(): RuntimeName {
	return process.env.E2E_RUNTIME === 'oldest' ? 'oldest' : 'current';
}

/** A home for n8n in a new temporary folder; `remove` deletes it. Set E2E_KEEP=1 to look at the folders afterwards. */
export function makeHome(options: UseN8nOptions = {}): { home: N8nHome; remove: () => void } {
	const userFolder = mkdtempSync(join(tmpdir(), 'n8n-e2e-'));
	const home = new N8nHome({
		runtime: ensureRuntime(options.runtime ?? chosenRuntime()),
		userFolder,
		packageTarball: packageTarball(),
		environment: options.environment,
	});
	return { home, remove: () => process.env.E2E_KEEP || rmSync(userFolder, { recursive: true, force: true }) };
}

/** Gives a function that hands over the running n8n; call it inside a test. */
export function useN8n(options: UseN8nOptions = {}): () => N8nServer {
	let server: N8nServer | undefined;
	let remove = () => {};
	beforeAll(async () => {
		const made = makeHome(options);
		remove = made.remove;
		server = await startN8n(made.home);
	});
	afterAll(async () => {
		await server?.stop();
		remove();
	});
	return () => {
		if (!server) throw new Error('n8n is not running: call this inside a test.');
		return server;
	};
}
