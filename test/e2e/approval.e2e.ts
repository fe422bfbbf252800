/* eslint-disable @n8n/community-nodes/no-restricted-imports --
   keeps plan and journal where n8n may read them, as a person would */
/** The careful operator in a real n8n: plan, approve exactly that plan, apply it, and take it back. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { documentationWorld } from '../../simulator';
import type { Execution, Item, WorkflowData } from '../../tools/n8n';
import { apioCredential } from './support/credentials';
import { supervisedMembers, SYNCED_MEMBERS, syncWorkflow } from './support/sync-case';
import { useN8n } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { apioNode, chain, readFileNode, TRIGGER } from './support/workflows';

const NODE = 'APIO Sync';
const n8n = useN8n();
const simulator = useSimulator({ world: documentationWorld() });
let credential: { id: string; name: string };

beforeAll(async () => {
	credential = await n8n().rest.createCredential(apioCredential(simulator(), 'accessToken'));
});

async function run(workflow: WorkflowData): Promise<Execution> {
	const { id } = await n8n().rest.createWorkflow(workflow);
	return await n8n().rest.run(id, TRIGGER);
}

function summaryOf({ error, runs }: Execution): Item {
	expect(error).toBeNull();
	return runs[NODE][0].outputs[0]?.[0] as Item;
}

/** Keeps a document of a summary as a file, and gives the workflow that hands it to an operation. */
async function handOver(summary: Item, noun: 'plan' | 'journal', parameters: object): Promise<WorkflowData> {
	const file = join(n8n().home.folders.files, `${noun}.json`);
	writeFileSync(file, await n8n().rest.binary((summary.binary ?? {})[noun]));
	const node = apioNode(
		NODE,
		'apioCallCenterSync',
		{ [`${noun}Source`]: 'binary', [`${noun}BinaryProperty`]: 'data', ...parameters },
		credential,
	);
	return chain(noun, readFileNode(noun, file), node);
}

describe('plan, approve, apply, roll back', () => {
	test('applies the approved plan and no other, and returns to the first state', async () => {
		const first = supervisedMembers(simulator());
		const planned = summaryOf(await run(syncWorkflow(n8n().home, 'plan', credential)));
		const { planHash, removalsToApprove } = planned.json;
		const approved = { approvedHash: planHash, approvedRemovals: removalsToApprove };

		const refused = await run(
			await handOver(planned, 'plan', { operation: 'applyPlan', ...approved, approvedHash: 'f'.repeat(64) }),
		);
		expect(refused.status).toBe('error');
		expect(refused.error?.message).toContain('The plan was refused');
		expect(simulator().stats().appliedWrites).toBe(0);

		const applied = summaryOf(await run(await handOver(planned, 'plan', { operation: 'applyPlan', ...approved })));
		expect(applied.json).toMatchObject({ operation: 'applyPlan', status: 'applied', planHash });
		expect(supervisedMembers(simulator())).toEqual(SYNCED_MEMBERS);

		// The list has two members and loses one of them again: half, which the guards allow a small list; in total it is
		// few.
		const rolledBack = summaryOf(await run(await handOver(applied, 'journal', { operation: 'rollBack' })));
		expect(rolledBack.json).toMatchObject({ operation: 'rollBack', status: 'applied' });
		expect(supervisedMembers(simulator())).toEqual(first);
	});
});
