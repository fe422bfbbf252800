/* eslint-disable @n8n/community-nodes/no-restricted-globals -- waits with a timer */

/** One run of one workflow, with what it cost. */

import { parseFlatted, type Item, type SimulatorProcess } from '../../tools/n8n';
import type { Job } from './job';
import { cpuSeconds, peakMegabytes, residentMegabytes } from './process-figures';
import type { Harness } from './harness';
import { MEASURED, TRIGGER } from './workflows';

/** ms without a request after which the work at the platform is over. */
const QUIET_MS = 1_000;

export interface Measurement {
	readonly requests: number;
	/** From the first request's arrival at the platform to the last one's. */
	readonly sendingSeconds: number;
	/** Of the measured nodes, from their input to their output. */
	readonly nodeSeconds: number;
	/** Of the whole workflow. */
	readonly workflowSeconds: number;
	/** Of n8n's process, the whole workflow included; null where the system does not tell. */
	readonly cpuSeconds: number | null;
	/** Before the run, and at most since n8n was started; before anybody asked n8n for the execution's data. */
	readonly idleMegabytes: number | null;
	readonly peakMegabytes: number | null;
	/** Files of the item that the last measured node put out first; null where it put out none. */
	readonly files: NonNullable<Item['binary']> | null;
	/** Answers other than 2xx. */
	readonly refused: number;
	/** Lists that are not as wanted afterwards. */
	readonly wrongLists: number;
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

/**
 * Asking n8n whether it has finished takes time from what is measured, so the platform is asked until nothing comes any
 * more.
 */
async function untilQuiet({ stats }: SimulatorProcess): Promise<void> {
	for (let before = -1, now = 0; now === 0 || now !== before; before = now, now = (await stats()).requests) {
		await new Promise((resolve) => setTimeout(resolve, QUIET_MS));
	}
}

/** @throws Error when the workflow does not succeed: a benchmark of failures says nothing */
export async function measure(harness: Harness, job: Job, workflowId: string): Promise<Measurement> {
	const { problem, ...measurement } = await observe(harness, job, workflowId);
	if (problem !== null) throw new Error(`The workflow did not succeed: ${problem}`);
	return measurement;
}

/** One run, whatever becomes of it; `problem` is null where the workflow succeeded. */
export async function observe(
	harness: Harness,
	job: Job,
	workflowId: string,
): Promise<Measurement & { readonly problem: string | null }> {
	const { n8n, simulator } = harness;
	await harness.resetPlatform();
	const cpuBefore = cpuSeconds(n8n.pid);
	const idle = residentMegabytes(n8n.pid);
	const id = await n8n.rest.start(workflowId, TRIGGER);
	await untilQuiet(simulator);
	await n8n.rest.waitUntilEnded(id, workflowId);
	const cpuAfter = cpuSeconds(n8n.pid);
	const peak = peakMegabytes(n8n.pid);
	const { status, error } = await n8n.rest.waitFor(id);

	const { startedAt, stoppedAt, data } = await n8n.rest.call<{ startedAt: string; stoppedAt: string; data: string }>(
		'GET',
		`/rest/executions/${id}`,
	);
	const { runData } = (parseFlatted(data) as RunTimes).resultData;
	const { requests, byStatus, firstAt, lastAt } = await simulator.stats();
	const accepted = Object.entries(byStatus).filter(([code]) => code.startsWith('2'));
	return {
		requests,
		sendingSeconds: ((lastAt ?? 0) - (firstAt ?? 0)) / 1_000,
		nodeSeconds: secondsOf(runData),
		workflowSeconds: (Date.parse(stoppedAt) - Date.parse(startedAt)) / 1_000,
		cpuSeconds: cpuBefore === null || cpuAfter === null ? null : cpuAfter - cpuBefore,
		files: filesOf(runData),
		idleMegabytes: idle,
		peakMegabytes: peak,
		refused: requests - accepted.reduce((sum, [, count]) => sum + count, 0),
		wrongLists: job.wrongLists(await simulator.state()),
		problem: status === 'success' ? null : [status, error?.message, error?.description].filter(Boolean).join(': '),
	};
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
