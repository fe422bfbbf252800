/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   starts a process and polls it */

import { join } from 'node:path';
import type { AppliedChange, Statistics, WorldState } from '../../simulator';
import { OwnedProcess } from './owned-process';
import { REPOSITORY } from './runtime';

const POLL_MS = 50;

/** A simulated platform in a process of its own, so that it and n8n do not share a processor's turn. */
export interface SimulatorProcess {
	readonly url: string;
	/** Base URLs as a credential takes them. */
	readonly gatewayUrl: string;
	readonly coreUrl: string;
	readonly pid: number;
	state(): Promise<WorldState>;
	stats(): Promise<Statistics>;
	/** What was applied after the change of that number; all without one. */
	changes(since?: number): Promise<AppliedChange[]>;
	stop(): Promise<void>;
}

export interface SimulatorProcessOptions {
	/** As `npm run simulator -- --help` lists them, e.g. `['--rate', '20']`. */
	readonly args: readonly string[];
	readonly logFile: string;
}

export async function startSimulatorProcess({ args, logFile }: SimulatorProcessOptions): Promise<SimulatorProcess> {
	const owned = new OwnedProcess(
		process.execPath,
		[
			'--require',
			join(__dirname, 'end-with-parent.cjs'),
			'--import',
			'tsx',
			join(REPOSITORY, 'simulator', 'cli.ts'),
			'--port',
			'0',
			...args,
		],
		{ cwd: REPOSITORY, env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' }, logFile },
	);
	let ready: RegExpMatchArray | null;
	while (!(ready = owned.output.match(/Ready on (\S+)/))) {
		if (!owned.isRunning) throw new Error(`The simulator ended while starting:\n${owned.output}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	const url = ready[1];
	const ask = async <T>(path: string): Promise<T> => {
		const response = await fetch(`${url}/_admin/${path}`);
		if (!response.ok) throw new Error(`The simulator answered ${response.status} to ${path}: ${await response.text()}`);
		return (await response.json()) as T;
	};
	return {
		url,
		gatewayUrl: `${url}/api/v1`,
		coreUrl: `${url}/api/v01/p1`,
		pid: owned.pid,
		state: async () => await ask('state'),
		stats: async () => await ask('stats'),
		changes: async (since = 0) => await ask(`changes?since=${since}`),
		stop: async () => await owned.stop(),
	};
}
