/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits with a timer */

/** One run of one workflow, with what it cost. */

import { parseFlatted, type EndedExecution, type Item, type N8nServer } from '../../tools/n8n';
import type { Job } from './job';
import { cpuSeconds, forgetPeak, peakMegabytes, residentMegabytes } from './process-figures';
import type { Harness } from './harness';
import { MEASURED, TRIGGER } from './workflows';

/** ms between two looks at the platform: after one without a request, n8n is asked whether it has finished. */
const LOOK_MS = 1_000;

/** One run, as far as it is known without having n8n read the execution's data. */
export interface Run {
	readonly executionId: string;
	/** `died`: n8n's process has ended; `unfinished`: the time was over. Else as n8n says: `success`, `error`, ... */
	readonly status: string;
	readonly requests: number;
	/** Answers other than 2xx. */
	readonly refused: number;
	/** From the first request's arrival at the platform to the last one's. */
	readonly sendingSeconds: number;
	/** Of the whole workflow. */
	readonly workflowSeconds: number;
	/** Of n8n's process, the whole workflow included; null where the system does not show it. */
	readonly cpuSeconds: number | null;
	/** Before the run, and at most since then. */
	readonly idleMegabytes: number | null;
	readonly peakMegabytes: number | null;
	/** Lists that are not as wanted afterwards. */
	readonly wrongLists: number;
}

export interface Measurement extends Run {
	/** Of the measured nodes, from their input to their output. */
	readonly nodeSeconds: number;
	/** Files of the item that the last measured node put out first; null where it put out none. */
	readonly files: NonNullable<Item['binary']> | null;
}

interface NodeRun {
	readonly executionTime: number;
	readonly data?: { readonly main?: ReadonlyArray<readonly Item[] | null> };
}

interface RunTimes {
	readonly resultData: {
		readonly runData: Readonly<Record<string, readonly NodeRun[]>>;
	};
}

/** One run of the workflow, whatever becomes of it. @param mostMs after which it is not waited for any longer */
export async function run(harness: Harness, job: Job, workflowId: string, mostMs = Infinity): Promise<Run> {
	const { n8n, simulator } = harness;
	await harness.resetPlatform();
	const cpuBefore = cpuSeconds(n8n.pid);
	const idleMegabytes = residentMegabytes(n8n.pid);
	forgetPeak(n8n.pid);
	const started = performance.now();
	const executionId = await n8n.rest.start(workflowId, TRIGGER);
	// The peak of a process that has died is unknown.
	let peak = idleMegabytes;
	let ended: EndedExecution | null = null;
	for (
		let before = -1, now = 0;
		ended === null && n8n.isRunning && performance.now() - started < mostMs;
		before = now
	) {
		await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
		peak = peakMegabytes(n8n.pid) ?? peak;
		now = (await simulator.stats()).requests;
		// Asking n8n takes time from what is measured.
		if (now === before) ended = await endedOrBusy(n8n, executionId, workflowId);
	}
	const waitedSeconds = (performance.now() - started) / 1_000;
	const cpuAfter = cpuSeconds(n8n.pid);
	const peakAtEnd = peakMegabytes(n8n.pid);
	const { requests, byStatus, firstAt, lastAt } = await simulator.stats();
	const accepted = Object.entries(byStatus).filter(([code]) => code.startsWith('2'));
	return {
		executionId,
		status: ended?.status ?? (n8n.isRunning ? 'unfinished' : 'died'),
		requests,
		refused: requests - accepted.reduce((sum, [, count]) => sum + count, 0),
		sendingSeconds: ((lastAt ?? 0) - (firstAt ?? 0)) / 1_000,
		workflowSeconds:
			ended === null ? waitedSeconds : (Date.parse(ended.stoppedAt) - Date.parse(ended.startedAt)) / 1_000,
		cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
		idleMegabytes,
		peakMegabytes: peakAtEnd ?? peak,
		wrongLists: job.wrongLists(await simulator.state()),
	};
}

/** Null also where n8n's database is too busy to say: with 250,000 items at work, n8n may answer 500 for minutes. */
async function endedOrBusy(
	{ rest }: N8nServer,
	executionId: string,
	workflowId: string,
): Promise<EndedExecution | null> {
	const ended = await rest.ended(executionId, workflowId).catch((problem: Error) => problem);
	if (!(ended instanceof Error)) return ended;
	if (!ended.message.startsWith('n8n answered 500')) throw ended;
	return null;
}

/** @throws Error when the workflow does not succeed: a benchmark of failures says nothing */
export async function measure(harness: Harness, job: Job, workflowId: string): Promise<Measurement> {
	const { problem, ...measurement } = await observe(harness, job, workflowId);
	if (problem !== null) throw new Error(`The workflow did not succeed: ${problem}`);
	return measurement;
}

/** One run with what the execution's data tell; `problem` is null where the workflow succeeded. */
export async function observe(
	harness: Harness,
	job: Job,
	workflowId: string,
): Promise<Measurement & { readonly problem: string | null }> {
	const each = await run(harness, job, workflowId);
	const { rest } = harness.n8n;
	const { data } = await rest.call<{ data: string }>('GET', `/rest/executions/${each.executionId}`);
	const { runData } = (parseFlatted(data) as RunTimes).resultData;
	const problem = each.status === 'success' ? null : await problemOf(harness, each);
	return { ...each, nodeSeconds: secondsOf(runData), files: filesOf(runData), problem };
}

/** What n8n says about an execution that failed. */
export async function problemOf(harness: Harness, { executionId }: Run): Promise<string> {
	const { status, error } = await harness.n8n.rest.waitFor(executionId);
	return [status, error?.message, error?.description].filter(Boolean).join(': ');
}

function secondsOf(runData: RunTimes['resultData']['runData']): number {
	return measuredRuns(runData).reduce((sum, { executionTime }) => sum + executionTime, 0) / 1_000;
}

function filesOf(runData: RunTimes['resultData']['runData']): Measurement['files'] {
	return measuredRuns(runData).at(-1)?.data?.main?.[0]?.[0]?.binary ?? null;
}

/** In the order of the workflow. */
function measuredRuns(runData: RunTimes['resultData']['runData']): NodeRun[] {
	return Object.entries(runData).flatMap(([node, runs]) => (node.startsWith(MEASURED) ? runs : []));
}
