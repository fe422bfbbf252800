/* eslint-disable @n8n/community-nodes/no-restricted-globals -- polls with a timer */

import { N8nHome, type HomeOptions } from './n8n-home';
import type { OwnedProcess } from './owned-process';
import { RestClient } from './rest-client';

const POLL_MS = 200;
/** From start to first answer; migrations of a new database on a slow disk included. */
const READY_PATIENCE_MS = 5 * 60_000;

/** A running n8n, signed in as its owner. */
export interface N8nServer {
	readonly home: N8nHome;
	readonly rest: RestClient;
	/** Where the editor is. */
	readonly baseUrl: string;
	/** Of n8n itself (its task runner is a child of it). */
	readonly pid: number;
	readonly isRunning: boolean;
	/** Ends it in good order: n8n lets running executions finish for up to 30 s. */
	stop(): Promise<void>;
	/** `kill -9`, as a crash or an impatient administrator would. Resolves when it is gone. */
	kill(): Promise<void>;
}

/** While migrations run, every address answers 200 with a page; only the real settings are JSON. */
async function answersSettings(baseUrl: string): Promise<boolean> {
	try {
		const response = await fetch(`${baseUrl}/rest/settings`);
		return response.ok && (await response.text()).includes('userManagement');
	} catch {
		return false;
	}
}

async function waitUntilReady(owned: OwnedProcess, baseUrl: string, logFile: string): Promise<void> {
	const deadline = Date.now() + READY_PATIENCE_MS;
	while (!(await answersSettings(baseUrl))) {
		if (!owned.isRunning) throw new Error(`n8n ended while starting; its log is ${logFile}:\n${owned.output}`);
		if (Date.now() > deadline)
			throw new Error(`n8n did not answer within 5 minutes; its log is ${logFile}:\n${owned.output}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

/** Starts n8n on free ports of 127.0.0.1, in a new home or (`home`) in one that was used before. */
export async function startN8n(from: HomeOptions | N8nHome): Promise<N8nServer> {
	const home = from instanceof N8nHome ? from : new N8nHome(from);
	const { owned, baseUrl } = await home.launch(['start']);
	await waitUntilReady(owned, baseUrl, home.logFile);
	const rest = new RestClient(baseUrl);
	await rest.signIn();
	return {
		home,
		rest,
		baseUrl,
		pid: owned.pid,
		get isRunning() {
			return owned.isRunning;
		},
		stop: async () => await owned.stop(),
		kill: async () => {
			owned.kill();
			await owned.ended;
		},
	};
}
