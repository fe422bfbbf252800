/** Starts the simulator on loopback, from tests and from the command. */

import { ADMIN_PREFIX } from './admin';
import type { FaultPlan } from './faults';
import { createHttpFace } from './http';
import type { LoggedRequest, Statistics } from './log';
import { createWorld } from './seeded-world';
import { ApioServer } from './server';
import type { SimulatorSettings } from './settings';
import type { WorldState } from './state';
import type { AppliedChange } from './store';
import type { ListEdit } from './third-party';
import { DEFAULT_ACCOUNT, type AccountSpec, type WorldSpec } from './world-spec';

export interface StartOptions {
	/** 0, the default: any free port. */
	port?: number;
	/** Default: a small seeded world. */
	world?: WorldSpec;
	settings?: Partial<SimulatorSettings>;
	faults?: FaultPlan;
}

export interface Simulator {
	/** `http://127.0.0.1:<port>`. */
	readonly url: string;
	/** Base URLs as a credential takes them. */
	readonly gatewayUrl: string;
	readonly coreUrl: string;
	readonly adminUrl: string;
	/** The core, for whatever is not listed here. */
	readonly server: ApioServer;
	/** The first account of the world. */
	readonly account: AccountSpec;
	state(): WorldState;
	stats(): Statistics;
	requests(): readonly LoggedRequest[];
	/** What was applied, by the client and by third parties. */
	changes(): readonly AppliedChange[];
	setFaults(plan: FaultPlan): void;
	setSettings(settings: Partial<SimulatorSettings>): void;
	/** A third party's change, now. */
	edit(edit: ListEdit): void;
	loseSessions(): void;
	reset(world?: WorldSpec): void;
	/** Breaks all connections and frees the port. */
	stop(): Promise<void>;
}

/** Rejects when the port is taken, and throws when the world contradicts itself. */
export async function startSimulator(options: StartOptions = {}): Promise<Simulator> {
	const world = options.world ?? createWorld();
	const server = new ApioServer({ world, settings: options.settings, faults: options.faults });
	const face = createHttpFace(server);
	await new Promise<void>((resolve, reject) => {
		face.once('error', reject);
		face.listen(options.port ?? 0, '127.0.0.1', resolve);
	});
	const url = `http://127.0.0.1:${(face.address() as { port: number }).port}`;
	return {
		url,
		gatewayUrl: `${url}/api/v1`,
		coreUrl: `${url}/api/v01/p1`,
		adminUrl: url + ADMIN_PREFIX,
		server,
		account: world.accounts?.[0] ?? DEFAULT_ACCOUNT,
		state: () => server.state(),
		stats: () => server.stats(),
		requests: () => server.requests(),
		changes: () => server.changes(),
		setFaults: (plan) => server.setFaults(plan),
		setSettings: (settings) => server.setSettings(settings),
		edit: (edit) => server.edit(edit, Date.now()),
		loseSessions: () => server.loseSessions(),
		reset: (spec) => server.reset(spec),
		stop: async () =>
			await new Promise<void>((resolve) => {
				face.close(() => resolve());
				face.closeAllConnections();
			}),
	};
}
