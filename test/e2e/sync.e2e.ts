/** The node APIO Call Center Sync in a real n8n: plan, sync, and nothing left to do. */

import { beforeAll, describe, expect, test } from '@jest/globals';
import { documentationWorld } from '../../simulator';
import type { Item } from '../../tools/n8n';
import { apioCredential } from './support/credentials';
import { supervisedMembers, SYNCED_MEMBERS, syncWorkflow } from './support/sync-case';
import { useN8n } from './support/use-n8n';
import { useSimulator } from './support/use-simulator';
import { TRIGGER } from './support/workflows';

const n8n = useN8n();
const simulator = useSimulator({ world: documentationWorld() });
let credential: { id: string; name: string };

beforeAll(async () => {
	credential = await n8n().rest.createCredential(apioCredential(simulator(), 'gatewayPassword'));
});

async function run(operation: 'plan' | 'sync') {
	const { id } = await n8n().rest.createWorkflow(syncWorkflow(n8n().home, operation, credential));
	const execution = await n8n().rest.run(id, TRIGGER);
	expect(execution.error).toBeNull();
	const [summary, changes] = execution.runs['APIO Sync'][0].outputs;
	return { summary: summary?.[0] as Item, changes: changes ?? [] };
}

describe('APIO Call Center Sync', () => {
	test('plans without writing', async () => {
		const before = supervisedMembers(simulator());
		const { summary, changes } = await run('plan');
		expect(summary.json).toMatchObject({ operation: 'plan', status: 'planned' });
		expect(changes).toHaveLength(1);
		expect(simulator().stats().appliedWrites).toBe(0);
		expect(supervisedMembers(simulator())).toEqual(before);
	});

	test('syncs, and hands over its files', async () => {
		const { summary } = await run('sync');
		expect(summary.json).toMatchObject({ operation: 'sync', status: 'applied' });
		expect(supervisedMembers(simulator())).toEqual(SYNCED_MEMBERS);

		const { report, journal } = summary.binary ?? {};
		expect((await n8n().rest.binary(report)).toString('utf8')).toMatch(/^<!doctype html>/i);
		expect(JSON.parse((await n8n().rest.binary(journal)).toString('utf8'))).toHaveProperty(
			'planHash',
			summary.json.planHash,
		);
	});

	test('has nothing to do the second time', async () => {
		const writes = simulator().stats().appliedWrites;
		const { summary, changes } = await run('sync');
		expect(summary.json).toMatchObject({ operation: 'sync', status: 'unchanged' });
		expect(changes).toEqual([]);
		expect(simulator().stats().appliedWrites).toBe(writes);
	});
});
