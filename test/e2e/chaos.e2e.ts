/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads n8n's log */
/** Trouble in a real n8n: faults of every kind, the editor's stop button, and sessions lost while the sync runs. */

import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import type { FaultPlan } from '../../simulator';
import type { Execution, Item } from '../n8n/driver';
import { chaosCase, chaosWorkflow, listsOn, missing, requestsReach, silence, SYNC, type ChaosCase } from './support/chaos-case';
import { apioCredential, type SignInMethod } from './support/credentials';
import { useN8n } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { TRIGGER } from './support/workflows';

const n8n = useN8n();
const simulator = useSimulator({ world: chaosCase(1).world });

/** A platform in its first state, a credential that never signed in, and the workflow. */
async function prepare(job: ChaosCase, method: SignInMethod, options: object = {}): Promise<string> {
	simulator().setFaults({});
	simulator().setSettings({ latencyMs: 0, quota: null });
	simulator().reset(job.world);
	const credential = await n8n().rest.createCredential(apioCredential(simulator(), method));
	const { id } = await n8n().rest.createWorkflow(chaosWorkflow(n8n().home, job, credential, options));
	return id;
}

function summaryOf({ runs }: Execution): Item {
	return runs[SYNC][0].outputs[0]?.[0] as Item;
}

describe('faults of every kind', () => {
	test.each([1, 2, 3])('seed %i: whatever became of the run, the next one in peace makes the platform what the file says', async (seed) => {
		const job = chaosCase(seed);
		const id = await prepare(job, 'corePassword');
		const chance: FaultPlan['chance'] = {
			seed,
			probabilities: { statusBefore: 0.03, statusAfter: 0.03, resetBefore: 0.03, resetAfter: 0.03, malformed: 0.02, truncated: 0.02, throttle: 0.02, loseSessions: 0.01 },
			retryAfter: ['1'],
			match: { path: 'supervised_agents' },
		};
		simulator().setFaults({ chance });
		const troubled = await n8n().rest.run(id, TRIGGER);
		expect(troubled.error).toBeNull();
		const json = JSON.stringify(troubled.runs);
		expect(json).not.toContain(simulator().account.password);

		simulator().setFaults({});
		const sent = simulator().stats();
		const left = missing(job.wanted, listsOn(simulator()));
		const peaceful = await n8n().rest.run(id, TRIGGER);
		expect(summaryOf(peaceful).json.status).toBe(left === 0 ? 'unchanged' : 'applied');
		expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
		expect(simulator().stats().appliedWrites - sent.appliedWrites).toBe(left);
	});
});

describe("the editor's stop button", () => {
	/** n8n 2.41 throws away what a node hands back after it was stopped, so the log is where a person finds it. */
	test('stops new requests within a second, what was done is in the log, and the next run does the rest', async () => {
		const job = chaosCase(4);
		const id = await prepare(job, 'accessToken', { startRate: 10, maxRate: 10 });
		simulator().setSettings({ latencyMs: 100 });
		const lists = job.wanted.size;
		const executionId = await n8n().rest.start(id, TRIGGER);
		await requestsReach(simulator(), lists + 10);
		const pressedAt = Date.now();
		await n8n().rest.cancel(executionId);
		await silence(3_000);
		const late = simulator()
			.requests()
			.filter(({ at }) => at > pressedAt + 1_000);
		expect(late).toEqual([]);
		expect((await n8n().rest.waitFor(executionId)).status).toBe('canceled');

		const left = missing(job.wanted, listsOn(simulator()));
		const sent = simulator().stats();
		expect(left).toBeGreaterThan(0);
		const told = stoppedLineIn(readFileSync(n8n().home.logFile, 'utf8'));
		expect(told).toEqual({ done: sent.appliedWrites, notAttempted: left });

		simulator().setSettings({ latencyMs: 0 });
		expect((await n8n().rest.run(id, TRIGGER)).error).toBeNull();
		const now = simulator().stats();
		expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
		expect(now.requests - sent.requests).toBe(lists + left);
	});
});

/** `Stopped early (…): 3 lists changed, 7 agents added, 4 removed, 37 not attempted: …` */
function stoppedLineIn(log: string): { done: number; notAttempted: number } {
	const line = /Stopped early \(.*/.exec(log)?.[0] ?? '';
	const count = (what: RegExp) => Number(what.exec(line)?.[1] ?? 0);
	return {
		done: count(/(\d+) agents? added/) + count(/(\d+) (?:agents? )?removed/),
		notAttempted: count(/(\d+) not attempted/),
	};
}

describe('one sign-in', () => {
	const WORKFLOWS = 5;
	const LANES = 10;

	test.each(['corePassword', 'gatewayPassword'] as const)(`for ${WORKFLOWS * LANES} first requests side by side, and one more when the session is lost: %s`, async (method) => {
		const job = chaosCase(5);
		const id = await prepare(job, method, { concurrency: LANES });
		simulator().setSettings({ latencyMs: 150 });
		const executions = await Promise.all(Array.from({ length: WORKFLOWS }, async () => await n8n().rest.start(id, TRIGGER)));
		await Promise.all(executions.map(async (each) => await n8n().rest.waitFor(each)));
		expect(signIns()).toBe(1);

		simulator().reset(job.world);
		const again = n8n().rest.run(id, TRIGGER);
		// The first reads meet the session that the reset has ended, and are sent again; then it is well under way.
		await requestsReach(simulator(), 3 * job.wanted.size);
		const before = signIns();
		simulator().loseSessions();
		expect((await again).error).toBeNull();
		expect(signIns() - before).toBe(1);
		expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
	});
});

/** A refreshed access token is a sign-in as well. */
function signIns(): number {
	const { signIns: full, refreshes } = simulator().stats();
	return full + refreshes;
}
