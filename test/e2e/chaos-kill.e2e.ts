/** `kill -9` of n8n in the middle of a sync, at seeded moments, and the sync run again in a new n8n. */

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startN8n, type N8nHome, type N8nServer } from '../../tools/n8n';
import { chaosCase, chaosWorkflow, listsOn, missing, requestsReach, silence } from './support/chaos-case';
import { apioCredential } from './support/credentials';
import { makeHome } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { TRIGGER } from './support/workflows';
import { SeededRandom } from '../../tools/seeded-random';

const SEED = 20;
const KILLS = 10;
const LATENCY_MS = 15;
const random = new SeededRandom(SEED);
const job = chaosCase(SEED);
const simulator = useSimulator({ world: job.world, settings: { latencyMs: LATENCY_MS } });

let home: N8nHome;
let remove = () => {};
let n8n: N8nServer;
let workflowId: string;

beforeAll(async () => {
	({ home, remove } = makeHome());
	n8n = await startN8n(home);
	const credential = await n8n.rest.createCredential(apioCredential(simulator(), 'accessToken'));
	({ id: workflowId } = await n8n.rest.createWorkflow(chaosWorkflow(home, job, credential)));
});

afterAll(async () => {
	await n8n?.kill();
	remove();
});

describe('kill -9 in the middle of a sync', () => {
	const lists = job.wanted.size;
	const whole = lists + missing(job.wanted, new Map(initialLists()));

	test.each(Array.from({ length: KILLS }, (_, n) => [n + 1, random.integer(1, whole - 1)] as const))(
		'kill %i, after request %i: the next run makes the missing changes and no others',
		async (_, last) => {
			simulator().reset(job.world);
			await n8n.rest.start(workflowId, TRIGGER);
			await requestsReach(simulator(), last);
			await n8n.kill();
			await silence(10 * LATENCY_MS);
			const before = listsOn(simulator());
			const left = missing(job.wanted, before);
			const sent = simulator().stats();

			n8n = await startN8n(home);
			const execution = await n8n.rest.run(workflowId, TRIGGER);
			expect(execution.error).toBeNull();
			const now = simulator().stats();
			expect(missing(job.wanted, listsOn(simulator()))).toBe(0);
			const reads = (now.byMethod.GET ?? 0) - (sent.byMethod.GET ?? 0);
			expect({ reads, writes: now.requests - sent.requests - reads }).toEqual({ reads: lists, writes: left });
		},
	);
});

function* initialLists(): Generator<[string, Set<string>]> {
	for (const { serviceUserId, supervisors = {} } of job.world.tenants[0].groups[0].callCenters) {
		for (const [supervisor, members] of Object.entries(supervisors))
			yield [`${supervisor} in ${serviceUserId}`, new Set(members)];
	}
}
