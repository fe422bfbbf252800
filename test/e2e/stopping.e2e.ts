/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads n8n's log */
/**
 * A run that is stopped in a real n8n: by the editor's button, by a time-out of n8n, and just before one of the
 * workflow.
 */

import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { Execution } from '../../tools/n8n';
import {
	chaosCase,
	chaosWorkflow,
	listsOn,
	missing,
	requestsReach,
	silence,
	SYNC,
	type ChaosCase,
} from './support/chaos-case';
import { apioCredential } from './support/credentials';
import { useN8n } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { TRIGGER } from './support/workflows';

/** Seconds; too few for 60 requests at the pace below, enough for what is run in peace. */
const TIMEOUT = 6;
const PACE = { startRate: 8, maxRate: 8 };

const n8n = useN8n({ environment: { EXECUTIONS_TIMEOUT: String(TIMEOUT) } });
const simulator = useSimulator({ world: chaosCase(1).world });

/** A platform in its first state, and the workflow. */
async function prepare(job: ChaosCase, settings: object = {}): Promise<string> {
	simulator().setSettings({ latencyMs: 100 });
	simulator().reset(job.world);
	return await workflow(job, PACE, settings);
}

async function workflow(job: ChaosCase, options: object, settings: object): Promise<string> {
	const credential = await n8n().rest.createCredential(apioCredential(simulator(), 'accessToken'));
	const made = chaosWorkflow(n8n().home, job, credential, options);
	const { id } = await n8n().rest.createWorkflow({ ...made, settings: { ...made.settings, ...settings } });
	return id;
}

/** The first figure of each kind in a line such as `4 lists changed, 7 agents added, 1 removed, 37 not attempted`. */
function figuresIn(line: string): { done: number; left: number } {
	const count = (what: RegExp) => Number(what.exec(line)?.[1] ?? 0);
	return {
		done: count(/(\d+) agents? added/) + count(/(\d+) (?:agents? )?removed/),
		left: count(/(\d+) (?:changes )?not attempted/),
	};
}

function lastLineOfLog(): string {
	return (
		readFileSync(n8n().home.logFile, 'utf8')
			.match(/Stopped early \(.*/g)
			?.at(-1) ?? ''
	);
}

/**
 * Nothing leaves later than a second after, what was done is reported, and the next run does the rest and no more.
 */
async function expectGoodOrder(job: ChaosCase, stopped: Execution, at: number): Promise<void> {
	await silence(2_000);
	expect(
		simulator()
			.requests()
			.filter((request) => request.at > at + 1_000),
	).toEqual([]);
	const left = missing(job.wanted, listsOn(simulator()));
	const sent = simulator().stats();
	expect(left).toBeGreaterThan(0);
	expect(sent.appliedWrites).toBeGreaterThan(0);
	expect(figuresIn(lastLineOfLog())).toEqual({ done: sent.appliedWrites, left });

	// As of the stop: answers that were still under way then may be missing from it, and nothing else.
	const kept = figuresIn(stopped.customData.APIO_Sync ?? '');
	expect(kept.done + kept.left).toBe(sent.appliedWrites + left);
	expect(kept.done).toBeLessThanOrEqual(sent.appliedWrites);
	expect(kept.done).toBeGreaterThanOrEqual(sent.appliedWrites - 4);

	simulator().setSettings({ latencyMs: 0 });
	expect((await n8n().rest.run(await workflow(job, {}, {}), TRIGGER)).status).toBe('success');
	expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
	expect(simulator().stats().requests - sent.requests).toBe(job.wanted.size + left);
}

test("the editor's stop button", async () => {
	const job = chaosCase(4);
	const id = await prepare(job);
	const executionId = await n8n().rest.start(id, TRIGGER);
	await requestsReach(simulator(), job.wanted.size + 10);
	const pressedAt = Date.now();
	await n8n().rest.cancel(executionId);
	await silence(1_000);
	const stopped = await n8n().rest.waitFor(executionId);
	// Of the node's own output n8n keeps nothing: docs/invariants.md.
	expect([stopped.status, stopped.runs]).toEqual(['canceled', {}]);
	await expectGoodOrder(job, stopped, pressedAt);
});

test('the time-out of n8n', async () => {
	const job = chaosCase(5);
	const id = await prepare(job);
	const stopped = await n8n().rest.run(id, TRIGGER);
	expect([stopped.status, Object.keys(stopped.runs)]).toEqual(['canceled', [TRIGGER, 'HR file']]);
	await expectGoodOrder(job, stopped, stopped.stoppedAt);
});

test('the time-out of the workflow: the run ends before it, and hands back its report', async () => {
	const job = chaosCase(6);
	const id = await prepare(job, { executionTimeout: TIMEOUT });
	const ended = await n8n().rest.run(id, TRIGGER);
	expect(ended.status).toBe('success');
	const [summary] = ended.runs[SYNC][0].outputs[0] ?? [];
	const left = missing(job.wanted, listsOn(simulator()));
	expect(summary.json).toMatchObject({
		status: 'stopped',
		reason: { code: 'timeLimit' },
		counts: { notAttempted: left },
	});
	expect(Object.keys(summary.binary ?? {})).toEqual(expect.arrayContaining(['journal', 'report', 'notAttempted']));
	await expectGoodOrder(job, ended, ended.stoppedAt);
});
