/* eslint-disable @n8n/community-nodes/no-restricted-imports -- reads n8n's log */
/**
 * Everything at once in a real n8n: faults of every kind, somebody else's edits and a quota, and in the middle of it
 * nothing more, the stop button, or `kill -9`. Checked from the simulator's own record; the breadth of this is in
 * test/chaos, in virtual time.
 */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { type FaultPlan, type Simulator } from '../../simulator';
import { SeededRandom } from '../../tools/seeded-random';
import { startN8n, type Execution, type Item, type N8nHome, type N8nServer } from '../../tools/n8n';
import {
	chaosCase,
	chaosWorkflow,
	listOf,
	listsOn,
	missing,
	requestsReach,
	silence,
	SYNC,
	type ChaosCase,
} from './support/chaos-case';
import { apioCredential } from './support/credentials';
import { makeHome } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { TRIGGER } from './support/workflows';

const ENDS = ['by itself', 'by the stop button', 'by kill -9'] as const;
const SEEDS = [1, 2, 3, 4, 5, 6];
const LATENCY_MS = 15;
const SLOW_MS: [number, number] = [200, 2_000];

const simulator = useSimulator({ world: chaosCase(SEEDS[0]).world });
let home: N8nHome;
let remove = () => {};
let n8n: N8nServer;

beforeAll(async () => {
	({ home, remove } = makeHome());
	n8n = await startN8n(home);
});

afterAll(async () => {
	await n8n?.kill();
	remove();
});

describe('faults, third parties and a quota at once', () => {
	test.each(SEEDS.map((seed) => [seed, ENDS[seed % ENDS.length]] as const))('seed %i, ended %s', async (seed, end) => {
		const job = chaosCase(seed);
		simulator().setFaults({});
		simulator().setSettings({
			latencyMs: LATENCY_MS,
			quota: { rate: 60, burst: 20, retryAfter: 'seconds', rateLimitHeaders: 'none' },
		});
		simulator().reset(job.world);
		const credential = await n8n.rest.createCredential(apioCredential(simulator(), 'corePassword'));
		const { id } = await n8n.rest.createWorkflow(chaosWorkflow(home, job, credential));

		simulator().setFaults({ chance: everything(seed) });
		const troubled = await n8n.rest.start(id, TRIGGER);
		const untilThen = requestsReach(simulator(), new SeededRandom(seed).integer(job.wanted.size, 3 * job.wanted.size));
		if (end === 'by kill -9') {
			await untilThen;
			await n8n.kill();
			await silence(SLOW_MS[1] + 10 * LATENCY_MS);
			n8n = await startN8n(home);
		} else {
			if (end === 'by the stop button') {
				await Promise.race([untilThen, n8n.rest.waitFor(troubled)]);
				await n8n.rest.cancel(troubled);
				const pressedAt = Date.now();
				await silence(SLOW_MS[1] + 1_000);
				expect(
					simulator()
						.requests()
						.filter(({ at }) => at > pressedAt + 1_000),
				).toEqual([]);
			}
			const execution = await n8n.rest.waitFor(troubled);
			if (end === 'by itself') {
				expect(execution.error).toBeNull();
				expect(untrueOutcomes(execution, simulator())).toEqual([]);
			}
			expect(JSON.stringify(execution)).not.toContain(simulator().account.password);
		}
		expect(unwanted(job, simulator())).toEqual([]);
		expect(readFileSync(home.logFile, 'utf8')).not.toContain(simulator().account.password);

		simulator().setFaults({});
		simulator().setSettings({ latencyMs: 0, quota: null });
		const sent = simulator().stats();
		const left = missing(job.wanted, listsOn(simulator()));
		expect((await n8n.rest.run(id, TRIGGER)).error).toBeNull();
		expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
		expect(simulator().stats().appliedWrites - sent.appliedWrites).toBe(left);
	});
});

function everything(seed: number): NonNullable<FaultPlan['chance']> {
	return {
		seed,
		probabilities: {
			statusBefore: 0.02,
			statusAfter: 0.02,
			resetBefore: 0.02,
			resetAfter: 0.02,
			slow: 0.01,
			slowLate: 0.01,
			malformed: 0.02,
			truncated: 0.02,
			throttle: 0.02,
			loseSessions: 0.01,
			unauthorized: 0.01,
			thirdParty: 0.05,
		},
		slowMs: SLOW_MS,
		retryAfter: ['1'],
		match: { path: 'supervised_agents' },
	};
}

/** What the client's requests did that the file does not ask for: members put on or taken off against it. */
function unwanted({ wanted }: ChaosCase, { changes }: Simulator): string[] {
	return changes()
		.filter(({ request, cascade }) => request !== null && !cascade)
		.flatMap(({ userId, callCenterId, added, removed }) => {
			const list = listOf(userId ?? '', callCenterId ?? '');
			const asked = wanted.get(list) ?? new Set();
			return [...added.filter((id) => !asked.has(id)), ...removed.filter((id) => asked.has(id))].map(
				(id) => `${id} of ${list}`,
			);
		});
}

/** Members that the run calls applied and that no request of a client changed. */
function untrueOutcomes({ runs }: Execution, { changes }: Simulator): string[] {
	const done = new Set(
		changes()
			.filter(({ request }) => request !== null)
			.flatMap(({ userId, callCenterId, added, removed }) => [
				...added.map((id) => `add ${id} of ${listOf(userId ?? '', callCenterId ?? '')}`),
				...removed.map((id) => `remove ${id} of ${listOf(userId ?? '', callCenterId ?? '')}`),
			]),
	);
	const reported = (runs[SYNC][0].outputs[1] ?? []).flatMap(({ json }) => reportedAsApplied(json));
	expect(reported.length).toBeGreaterThan(0);
	return reported.filter((change) => !done.has(change));
}

function reportedAsApplied({ supervisor, callCenter, adds, removes }: Item['json']): string[] {
	const of = (verb: string, members: unknown) =>
		(members as Array<{ id: string; outcome: string }>)
			.filter(({ outcome }) => outcome === 'applied')
			.map(({ id }) => `${verb} ${id} of ${listOf(String(supervisor), String(callCenter))}`);
	return [...of('add', adds), ...of('remove', removes)];
}
