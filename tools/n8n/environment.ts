/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-hardcoded-secrets
   -- describes a process's environment; its key protects nothing but a test's folder */

import { delimiter, dirname, join } from 'node:path';
import type { N8nRuntime } from './runtime';

/** Where one n8n keeps its things. */
export interface Folders {
	/** N8N_USER_FOLDER: settings, database and packages are in its `.n8n`. */
	readonly user: string;
	/** The only folder that n8n's file nodes may read and write. */
	readonly files: string;
}

export interface Ports {
	readonly http: number;
	/** Of the broker that n8n's task runner connects to; one per n8n process. */
	readonly broker: number;
}

/** So that credentials can be read by every process that shares the user folder; protects nothing outside tests. */
const ENCRYPTION_KEY = 'n8n-nodes-apio-tests';
/** Modules that ask n8n's own services at start. The names are checked by n8n, and older releases do not know them. */
const CALLING_OUT = { current: 'mcp-registry,instance-ai,chat-hub,agents,insights', oldest: undefined };

/**
 * The environment of an n8n that is on loopback only and asks nobody anything. Of this process's own environment it
 * takes nothing but what programs need to run, so that somebody's N8N_* settings change no test.
 */
export function n8nEnvironment(runtime: N8nRuntime, folders: Folders, ports: Ports): Record<string, string> {
	const wanted: Record<string, string | undefined> = {
		// n8n starts its task runner as plain `node`.
		PATH: [dirname(runtime.node), process.env.PATH].join(delimiter),
		HOME: folders.user,
		LANG: 'C.UTF-8',
		TZ: 'UTC',
		TMPDIR: process.env.TMPDIR,
		NODE_OPTIONS: `--require ${JSON.stringify(join(__dirname, 'end-with-parent.cjs'))}`,

		N8N_USER_FOLDER: folders.user,
		N8N_RESTRICT_FILE_ACCESS_TO: folders.files,
		N8N_ENCRYPTION_KEY: ENCRYPTION_KEY,
		N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'false',
		N8N_LISTEN_ADDRESS: '127.0.0.1',
		N8N_HOST: '127.0.0.1',
		N8N_PORT: String(ports.http),
		N8N_RUNNERS_BROKER_PORT: String(ports.broker),
		// A worker has no editor: on the same port it says whether it is ready.
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(ports.http),
		// The login cookie must work over plain http.
		N8N_SECURE_COOKIE: 'false',
		GENERIC_TIMEZONE: 'UTC',

		N8N_DIAGNOSTICS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
		N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
		N8N_TEMPLATES_ENABLED: 'false',
		N8N_PERSONALIZATION_ENABLED: 'false',
		N8N_HIRING_BANNER_ENABLED: 'false',
		N8N_DYNAMIC_BANNERS_ENABLED: 'false',
		EXTERNAL_FRONTEND_HOOKS_URLS: '',
		N8N_AI_ENABLED: 'false',
		N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
		N8N_VERIFIED_PACKAGES_ENABLED: 'false',
		N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
		N8N_DISABLED_MODULES: CALLING_OUT[runtime.name],
	};
	return Object.fromEntries(
		Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}
