/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/no-dangerous-functions
   -- builds and starts what is measured */

/** A simulated platform and a real n8n with this package and the probe, each a process of its own. */

import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import {
	DEFAULT_ACCOUNT,
	type FaultPlan,
	type LoggedRequest,
	type QuotaSettings,
	type WorldSpec,
} from '../../simulator';
import {
	ensureRuntime,
	N8nHome,
	packPackage,
	REPOSITORY,
	startN8n,
	startSimulatorProcess,
	type N8nServer,
	type SimulatorProcess,
} from '../../tools/n8n';
import type { CredentialRef } from './workflows';

/** How to sign in at APIO Core. */
export type SignIn = 'accessToken' | 'corePassword';

export interface Harness {
	readonly simulator: SimulatorProcess;
	/** The one that runs now. */
	readonly n8n: N8nServer;
	readonly n8nVersion: string;
	readonly credential: CredentialRef;
	/** Puts a file where n8n may read it; gives its path. */
	file(name: string, content: string): string;
	/** The platform as it was at the start, with nothing recorded. */
	resetPlatform(): Promise<void>;
	/** From the next reset on; null for none. */
	setQuota(quota: QuotaSettings | null): Promise<void>;
	/** ms that the platform takes for an answer, from now on. */
	setLatency(latencyMs: number): Promise<void>;
	/** From the next reset on; `{}` for none. */
	setFaults(faults: FaultPlan): Promise<void>;
	/** A new process with the same workflows: nothing warm, nothing in its memory. */
	restartN8n(): Promise<void>;
	/** All requests since the last reset. */
	requests(): Promise<LoggedRequest[]>;
	stop(): Promise<void>;
}

const { m2mToken: accessToken, username, password } = DEFAULT_ACCOUNT;
const PROOF: Readonly<Record<SignIn, Readonly<Record<string, string>>>> = {
	accessToken: { accessToken },
	corePassword: { username, password },
};

export async function startHarness(world: WorldSpec, signIn: SignIn = 'accessToken'): Promise<Harness> {
	execFileSync(process.execPath, [join(REPOSITORY, 'node_modules', 'gulp', 'bin', 'gulp.js'), 'build', '--silent'], {
		cwd: REPOSITORY,
		stdio: 'inherit',
	});
	const runtime = ensureRuntime();
	const folder = mkdtempSync(join(tmpdir(), 'n8n-bench-'));
	const worldFile = join(folder, 'world.json');
	writeFileSync(worldFile, JSON.stringify(world));
	const simulator = await startSimulatorProcess({
		args: ['--world', worldFile],
		logFile: join(folder, 'simulator.log'),
	});
	const home = new N8nHome({
		runtime,
		userFolder: join(folder, 'home'),
		packageTarball: packPackage(),
		// A process that is kept busy on purpose answers its own watchdog late, which must not shut the interface.
		environment: { DB_PING_TIMEOUT_MS: '60000' },
	});
	installProbe(home);
	let n8n = await startN8n(home);
	const credential = await n8n.rest.createCredential({
		name: 'APIO',
		type: 'apioApi',
		data: { baseUrl: simulator.coreUrl, signInMethod: signIn, ...PROOF[signIn] },
	});
	const tell = async (method: string, what: string, body: object) => {
		const response = await fetch(`${simulator.url}/_admin/${what}`, { method, body: JSON.stringify(body) });
		if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${what}: ${await response.text()}`);
	};
	return {
		simulator,
		get n8n() {
			return n8n;
		},
		n8nVersion: runtime.version,
		credential,
		file(name, content) {
			const path = join(home.folders.files, name);
			writeFileSync(path, content);
			return path;
		},
		resetPlatform: async () => await tell('POST', 'reset', {}),
		setQuota: async (quota) => await tell('PUT', 'settings', { quota }),
		setLatency: async (latencyMs) => await tell('PUT', 'settings', { latencyMs }),
		setFaults: async (faults) => await tell('PUT', 'faults', faults),
		async restartN8n() {
			await n8n.stop();
			n8n = await startN8n(home);
		},
		requests: async () => (await (await fetch(`${simulator.url}/_admin/requests`)).json()) as LoggedRequest[],
		async stop() {
			await n8n.stop();
			await simulator.stop();
			rmSync(folder, { recursive: true });
		},
	};
}

/** Where n8n looks for nodes of the house, which need no package around them. */
function installProbe(home: N8nHome): void {
	const folder = join(home.folders.user, '.n8n', 'custom');
	mkdirSync(folder, { recursive: true });
	buildSync({
		entryPoints: [join(__dirname, 'HelperProbe.node.ts')],
		outfile: join(folder, 'HelperProbe.node.js'),
		bundle: true,
		platform: 'node',
		target: 'node20',
		external: ['n8n-workflow'],
	});
}
