/** Trouble in a real n8n: faults of every kind, and sessions lost while the sync runs. */

import { describe, expect, test } from '@jest/globals';
import type { FaultPlan } from '../../simulator';
import type { Execution, Item } from '../../tools/n8n';
import { chaosCase, chaosWorkflow, listsOn, missing, requestsReach, SYNC, type ChaosCase } from './support/chaos-case';
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
	test.each([1, 2, 3])(
		'seed %i: after any outcome, the next run without faults makes the platform equal to the file',
		async (seed) => {
			const job = chaosCase(seed);
			const id = await prepare(job, 'corePassword');
			const chance: FaultPlan['chance'] = {
				seed,
				probabilities: {
					statusBefore: 0.03,
					statusAfter: 0.03,
					resetBefore: 0.03,
					resetAfter: 0.03,
					malformed: 0.02,
					truncated: 0.02,
					throttle: 0.02,
					loseSessions: 0.01,
				},
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
		},
	);
});

describe('one sign-in', () => {
	const WORKFLOWS = 5;
	const LANES = 10;

	test.each(['corePassword', 'gatewayPassword'] as const)(
		`for ${WORKFLOWS * LANES} first requests side by side, and one more when the session is lost: %s`,
		async (method) => {
			const job = chaosCase(5);
			const id = await prepare(job, method, { concurrency: LANES });
			simulator().setSettings({ latencyMs: 150 });
			const executions = await Promise.all(
				Array.from({ length: WORKFLOWS }, async () => await n8n().rest.start(id, TRIGGER)),
			);
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
		},
	);
});

/** A refreshed access token is a sign-in as well. */
function signIns(): number {
	const { signIns: full, refreshes } = simulator().stats();
	return full + refreshes;
}
