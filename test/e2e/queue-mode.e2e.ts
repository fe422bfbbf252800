/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-restricted-globals --
   keeps n8n's things in a temporary folder, and polls while time passes */
/**
 * n8n in queue mode: a main process, two workers, Redis and PostgreSQL. Binary data are in the database, which is n8n's
 * default there.
 */

import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
	ensureRuntime,
	REPOSITORY,
	startQueueMode,
	type Execution,
	type QueueMode,
	type WorkflowData,
	type WorkflowNode,
} from '../../tools/n8n';
import { chaosCase, listsOn, missing, requestsReach, silence, SYNC, WIDE_OPEN } from './support/chaos-case';
import { apioCredential, byId } from './support/credentials';
import { packageTarball } from './support/prepared';
import { useSimulator } from './support/use-simulator';
import { apioNode, inARow, webhookNode } from './support/workflows';

const WORKERS = 2;
const LATENCY_MS = 15;
/** Of one schedule, until each worker has had a turn. */
const MOST_RUNS = 40;
const job = chaosCase(31);
const simulator = useSimulator({ world: job.world, settings: { latencyMs: LATENCY_MS } });

let folder: string;
let n8n: QueueMode;
const servers: Server[] = [];
let credential: { id: string; name: string };

beforeAll(async () => {
	folder = mkdtempSync(join(tmpdir(), 'n8n-queue-'));
	n8n = await startQueueMode(
		{ runtime: ensureRuntime(), userFolder: folder, packageTarball: packageTarball() },
		WORKERS,
	);
	credential = await n8n.main.rest.createCredential(apioCredential(simulator(), 'corePassword'));
});
afterAll(async () => {
	for (const server of servers) server.close();
	await n8n?.stop();
	if (!process.env.E2E_KEEP) rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => {
	simulator().setSettings({ quota: null });
	simulator().reset(job.world);
});

/** The sync of one CSV file, or of rows written in the node. */
function syncNode(more: object, options: object = {}) {
	const parameters = {
		operation: 'sync',
		kind: 'supervisedAgents',
		source: 'csv',
		mode: 'mirror',
		tenantId: byId('tenant1'),
		groupId: byId('group1'),
		options: { startRate: 200, maxRate: 200, maxEntries: 1, ...WIDE_OPEN, ...options },
		...more,
	};
	return apioNode(SYNC, 'apioCallCenterSync', parameters, credential);
}

async function activated(path: string, ...nodes: readonly WorkflowNode[]): Promise<string> {
	const { id, versionId } = await n8n.main.rest.createWorkflow(inARow(path, ...nodes));
	await n8n.main.rest.activate(id, versionId);
	return id;
}

/** Posts HR's file to a webhook as a form does, and gives the first item of the answer. */
async function post(path: string, csv: string): Promise<Record<string, unknown>> {
	const form = new FormData();
	form.append('data', new Blob([csv], { type: 'text/csv' }), 'hr.csv');
	const answer = await fetch(`${n8n.main.baseUrl}/webhook/${path}`, { method: 'POST', body: form });
	expect(answer.status).toBe(200);
	return (await answer.json()) as Record<string, unknown>;
}

/** The workflow's execution of that number, from 1, once it is over. */
async function execution(workflowId: string, number: number): Promise<Execution> {
	for (;;) {
		const ids = await n8n.main.rest.executionsOf(workflowId);
		if (ids.length >= number) return await n8n.main.rest.waitFor(ids[number - 1]);
		await silence(200);
	}
}

const startedByWorkers = () => n8n.workers.map((worker) => worker.started());

test('takes a file from a webhook into the database, and a worker syncs it', async () => {
	const id = await activated('upload', webhookNode('upload'), syncNode({}));
	const summary = await post('upload', job.csv);
	expect(summary.status).toBe('applied');
	expect(missing(job.wanted, listsOn(simulator()))).toBe(0);

	const [executionId] = await n8n.main.rest.executionsOf(id);
	expect(startedByWorkers().flat()).toContain(executionId);
	const { runs } = await n8n.main.rest.waitFor(executionId);
	const { binary } = runs[SYNC][0].outputs[0]![0];
	expect(binary!.report.id).toMatch(/^database:/);
	const journal = JSON.parse((await n8n.main.rest.binary(binary!.journal)).toString()) as { format: string };
	expect(journal.format).toBe('n8n-nodes-apio/journal');
});

test('answers bursts of a webhook from both workers, and signs in once a process', async () => {
	await activated(
		'hire',
		webhookNode('hire'),
		syncNode({ mode: 'add', source: 'json', rowsJson: '={{ $json.body }}' }),
	);
	const rows = job.csv
		.split('\r\n')
		.slice(1, 21)
		.map((line) => line.split(';'))
		.map(([supervisor, callCenter, agent]) => ({ supervisor, callCenter, agent }));
	const before = startedByWorkers().map(({ length }) => length);
	simulator().loseSessions();
	const signedIn = simulator().stats().signIns;
	const answers = await Promise.all(
		rows.map(async (row) => {
			const answer = await fetch(`${n8n.main.baseUrl}/webhook/hire`, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify([row]),
			});
			return ((await answer.json()) as { status: string }).status;
		}),
	);
	expect(answers.filter((status) => status !== 'applied' && status !== 'unchanged')).toEqual([]);
	const live = listsOn(simulator());
	for (const { supervisor, callCenter, agent } of rows)
		expect(live.get(`${supervisor} in ${callCenter}`)).toContain(agent);
	const each = startedByWorkers().map(({ length }, worker) => length - before[worker]);
	expect(each.reduce((sum, count) => sum + count)).toBe(rows.length);
	expect(Math.min(...each)).toBeGreaterThan(0);
	expect(simulator().stats().signIns - signedIn).toBeLessThanOrEqual(WORKERS);
});

test('keeps the memory of a scheduled sync across workers: an unchanged file costs a share of the reads', async () => {
	let { csv } = job;
	const id = await activateExample('quarter-hour-sync.json', {
		'Every Quarter of an Hour': { rule: { interval: [{ field: 'seconds', secondsInterval: 5 }] } },
		'HR Export': { url: await serve(() => csv) },
		Sync: syncNode(
			{ matchPeopleBy: 'userId', matchCallCentersBy: 'id' },
			{ readLists: 'changed', memoryField: 'memory' },
		).parameters,
	});
	try {
		await memoryIsKept(id, () => ([csv] = halves(job.csv)));
	} finally {
		await n8n.main.rest.deactivate(id);
	}
});

/** @param halve from then on HR's file has half of the lists */
async function memoryIsKept(id: string, halve: () => void): Promise<void> {
	const { size } = job.wanted;
	// By worker: it read a share of the lists only. Which worker takes a job is chance.
	const lean = new Set<number>();
	let runs = 0;
	while (lean.size < WORKERS) {
		expect(runs).toBeLessThan(MOST_RUNS);
		const done = await execution(id, ++runs);
		expect(done.error).toBeNull();
		expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
		const { counts } = done.runs.Sync[0].outputs[0]![0].json as { counts: { lists: { notRead: number } } };
		const worker = startedByWorkers().findIndex((started) => started.includes(done.id));
		// Runs that begin before the first has ended know of nothing yet.
		if (counts.lists.notRead === size - Math.ceil(size / 24)) lean.add(worker);
		else expect({ worker, lean }).toEqual({ worker, lean: new Set() });
	}
	// The memory has the size of the last source as well, so a worker notices half an export.
	halve();
	let stopped = await execution(id, ++runs);
	while (stopped.error === null && runs < 2 * MOST_RUNS) stopped = await execution(id, ++runs);
	expect(stopped.error?.description).toContain('The source shrank');
	expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
}

test('two syncs at once share the quota, whichever workers have them, and lose nothing', async () => {
	simulator().setSettings({ quota: { rate: 20, burst: 5, retryAfter: 'seconds', rateLimitHeaders: 'none' } });
	const pace = { startRate: 10, maxRate: 500 };
	await activated('shared-1', webhookNode('shared-1'), syncNode({}, pace));
	await activated('shared-2', webhookNode('shared-2'), syncNode({}, pace));
	const [half, rest] = halves(job.csv);
	const before = startedByWorkers().flat().length;
	const first = post('shared-1', half);
	await requestsReach(simulator(), 5);
	const [one, two] = await Promise.all([first, post('shared-2', rest)]);
	expect([one.status, two.status]).toEqual(['applied', 'applied']);
	expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
	expect(startedByWorkers().flat().length - before).toBe(2);
	const { requests, throttled } = simulator().stats();
	expect(throttled).toBeGreaterThan(0);
	expect(requests / (requests - throttled)).toBeLessThan(1.5);
});

test('a worker is killed in the middle of a sync: the next run makes the missing changes and no others', async () => {
	const id = await activated('killed', webhookNode('killed', 'onReceived'), syncNode({}));
	const lists = job.wanted.size;
	await post('killed', job.csv);
	await requestsReach(simulator(), lists + 20);
	const [interrupted] = await n8n.main.rest.executionsOf(id);
	const worker = n8n.workers.find((each) => each.started().includes(interrupted))!;
	await worker.kill();
	await silence(10 * LATENCY_MS);
	const left = missing(job.wanted, listsOn(simulator()));
	expect(left).toBeGreaterThan(0);
	const sent = simulator().stats();

	await post('killed', job.csv);
	expect((await execution(id, 2)).error).toBeNull();
	expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
	const now = simulator().stats();
	const reads = (now.byMethod.GET ?? 0) - (sent.byMethod.GET ?? 0);
	const signIns = now.signIns - sent.signIns;
	expect({ reads, writes: now.requests - sent.requests - reads - signIns }).toEqual({ reads: lists, writes: left });
});

/** A URL that answers with the text of the moment. */
async function serve(text: () => string): Promise<string> {
	const server = createServer((_request, response) => response.end(text()));
	servers.push(server);
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}/hr.csv`;
}

/** Imports an example with other values of some nodes' parameters, and activates it. */
async function activateExample(file: string, changed: Readonly<Record<string, object>>): Promise<string> {
	const example = JSON.parse(readFileSync(join(REPOSITORY, 'examples', file), 'utf8')) as WorkflowData;
	const nodes = example.nodes.map((each) => ({
		...each,
		parameters: { ...each.parameters, ...changed[each.name] },
		...(each.type.startsWith('n8n-nodes-apio') ? { credentials: { apioApi: credential } } : {}),
	}));
	const { id, versionId } = await n8n.main.rest.createWorkflow({ ...example, nodes });
	await n8n.main.rest.activate(id, versionId);
	return id;
}

/** The same header above the lists of half of the supervisors, and above the others. */
function halves(csv: string): [string, string] {
	const [header, ...lines] = csv.split('\r\n');
	const supervisors = [...new Set(lines.map((line) => line.split(';')[0]))];
	const first = new Set(supervisors.slice(0, supervisors.length / 2));
	const part = (inFirst: boolean) =>
		[header, ...lines.filter((line) => first.has(line.split(';')[0]) === inFirst)].join('\r\n');
	return [part(true), part(false)];
}
