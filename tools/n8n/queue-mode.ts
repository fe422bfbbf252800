/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals,
   @n8n/community-nodes/require-node-api-error --
   reads logs and polls with a timer */

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { N8nHome, type HomeOptions } from './n8n-home';
import { startN8n, type N8nServer } from './n8n-server';
import type { OwnedProcess } from './owned-process';
import { startPostgres, startRedis } from './services';

const POLL_MS = 100;
const READY_PATIENCE_MS = 2 * 60_000;
/** Executions that one worker runs at a time. */
const CONCURRENCY = 5;

/** A process of n8n that runs executions which the main process has put into the queue. */
export interface QueueWorker {
	/** The executions that it has begun, by their ids. */
	started(): string[];
	/** `kill -9`. Resolves when it is gone. */
	kill(): Promise<void>;
	stop(): Promise<void>;
}

/** n8n in queue mode: Redis, PostgreSQL, a main process and workers, each with a user folder of its own. */
export interface QueueMode {
	readonly main: N8nServer;
	readonly workers: readonly QueueWorker[];
	stop(): Promise<void>;
}

async function isReady(baseUrl: string): Promise<boolean> {
	try {
		return (await fetch(`${baseUrl}/healthz/readiness`)).ok;
	} catch {
		return false;
	}
}

async function waitUntilReady(owned: OwnedProcess, baseUrl: string): Promise<void> {
	const deadline = Date.now() + READY_PATIENCE_MS;
	while (!(await isReady(baseUrl))) {
		if (!owned.isRunning || Date.now() > deadline) throw new Error(`The worker does not start:\n${owned.output}`);
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
}

async function startWorker(home: N8nHome): Promise<QueueWorker> {
	const { owned, baseUrl } = await home.launch(['worker', `--concurrency=${CONCURRENCY}`]);
	await waitUntilReady(owned, baseUrl);
	return {
		started: () => [...logOf(home).matchAll(/Worker started execution (\d+)/g)].map(([, id]) => id),
		kill: async () => {
			owned.kill();
			await owned.ended;
		},
		stop: async () => await owned.stop(),
	};
}

function logOf({ logFile }: N8nHome): string {
	return existsSync(logFile) ? readFileSync(logFile, 'utf8') : '';
}

/** `options.userFolder` is the folder in which each process gets one of its own. */
export async function startQueueMode(options: HomeOptions, workerCount: number): Promise<QueueMode> {
	const started: Array<{ stop(): Promise<void> }> = [];
	const start = async <T extends { stop(): Promise<void> }>(starting: Promise<T>): Promise<T> => {
		const process = await starting;
		started.unshift(process);
		return process;
	};
	const stop = async () => {
		for (const process of started.splice(0)) await process.stop();
	};
	try {
		return { ...(await startProcesses(options, workerCount, start)), stop };
	} catch (problem) {
		await stop();
		throw problem;
	}
}

async function startProcesses(
	options: HomeOptions,
	workerCount: number,
	start: <T extends { stop(): Promise<void> }>(starting: Promise<T>) => Promise<T>,
): Promise<Omit<QueueMode, 'stop'>> {
	const redis = await start(startRedis());
	const postgres = await start(startPostgres());
	const environment = {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redis.port),
		// A burst's answers get lost where a job is gone from the queue before the main process looks for its end.
		N8N_EXECUTIONS_QUEUE_KEEP_LAST_COMPLETED: '1000',
		N8N_EXECUTIONS_QUEUE_KEEP_LAST_FAILED: '1000',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_DATABASE: 'postgres',
		DB_POSTGRESDB_USER: 'n8n',
		...options.environment,
	};
	const homeOf = (name: string) => new N8nHome({ ...options, environment, userFolder: join(options.userFolder, name) });
	// It migrates the database, so the workers come after it.
	const main = await start(startN8n(homeOf('main')));
	const workers: QueueWorker[] = [];
	while (workers.length < workerCount) workers.push(await start(startWorker(homeOf(`worker${workers.length + 1}`))));
	return { main, workers };
}
